"""One layer and a batch of rows, as in deck D4: Z = X W + b with W of shape (inputs, units)."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.domain import Real, corners
from autograder.exercise import Exercise, Inputs, Mistake, Part, Probe
from autograder.exercises.layers_and_batches import rows_mistakes
from autograder.exercises.layers_and_batches.formulas import UNIT


def _one_layer(examples: int, inputs: int, units: int) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        return {
            "X": rng.normal(size=(examples, inputs)),
            "W": rng.normal(size=(inputs, units)),
            "dZ": rng.normal(size=(examples, units)),
        }

    return draw


ROWS_EXERCISE = Exercise(
    id="bp.rows",
    unit=UNIT,
    title="One layer, a batch of rows",
    objectives=("O4",),
    deck="D4, Full implementation of training a 2-layer network; D1 and D3, BP2 to BP4",
    steps={
        "C": lambda v: np.sum(v.dZ * (v.X @ v.W)),
        "db": lambda v: v.dZ.sum(axis=0),
        "dW": lambda v: v.X.T @ v.dZ,
        "dX": lambda v: v.dZ @ v.W.T,
    },
    parts=(Part("db", 0.5, "∂C/∂b"), Part("dW", 0.5, "∂C/∂W"), Part("dX", 0.5, "∂C/∂X")),
    probes=(
        Probe("7 examples, 5 inputs, 3 units", _one_layer(7, 5, 3)),
        Probe("5 examples, 3 inputs, 3 units", _one_layer(5, 3, 3)),
        Probe("3 examples, 3 inputs, 3 units", _one_layer(3, 3, 3)),
        *corners(X=Real("N", "m"), W=Real("m", "n"), dZ=Real("N", "n")),
    ),
    output="C",
    leaves={"dW": "W", "dX": "X"},
    batch="X",
    mistakes=(
        Mistake(
            "M19",
            "bias not summed",
            {"db": lambda v: v.dZ},
            "your {part} has one row per example, but the layer has one bias per unit.",
        ),
        Mistake(
            "M20",
            "mean over the examples",
            {"db": lambda v: v.dZ.mean(axis=0)},
            "your {part} is the mean over the examples, but every example should add its own "
            "share.",
        ),
        Mistake(
            "M20",
            "one number for all biases",
            {"db": lambda v: v.dZ.sum()},
            "your {part} is a single number. It adds up the units as well as the examples.",
        ),
        Mistake(
            "M20",
            "last example only",
            {"db": lambda v: v.dZ[-1]},
            "your {part} is only the contribution of the last example.",
        ),
        Mistake(
            "M20",
            "sum over the units",
            {"db": lambda v: v.dZ.sum(axis=1)},
            "your {part} has one entry per example. It adds along the rows.",
        ),
        Mistake(
            "M20",
            "inputs in the bias",
            {"db": lambda v: v.X.sum(axis=1) @ v.dZ},
            "your {part} contains the inputs, but a bias is multiplied only by 1.",
            name="the inputs in the derivative of the bias",
            question="By how much does an entry of Z grow when its bias grows by 1?",
        ),
        Mistake(
            "M11",
            "dW transposed",
            {"dW": lambda v: v.dZ.T @ v.X},
            "your {part} has its rows and columns swapped.",
        ),
        Mistake(
            "M3",
            "dW averaged",
            {"dW": lambda v: v.X.T @ v.dZ / len(v.X)},
            "your {part} is divided by the number of examples a second time.",
            name="a mean where a sum is needed",
        ),
        Mistake(
            "M9",
            "upstream dropped in dW",
            {"dW": lambda v: v.X.T @ np.ones(v.dZ.shape)},
            "your {part} does not depend on dZ.",
        ),
        Mistake(
            "M11",
            "W where Wᵀ belongs",
            {"dX": lambda v: v.dZ @ v.W},
            "your {part} uses the matrix without a transpose, as the forward pass does. That "
            "runs only if two layers have the same size, and then it sums over the wrong index.",
            name="a missing transpose on the way back",
        ),
        Mistake(
            "M9",
            "upstream dropped in dX",
            {"dX": lambda v: np.ones(v.dZ.shape) @ v.W.T},
            "your {part} does not depend on dZ.",
        ),
        Mistake(
            "M12",
            "elementwise products",
            {"dW": lambda v: v.X * v.dZ, "dX": lambda v: v.dZ * v.W},
            "your {part} multiplies entry by entry, which runs only if the shapes are equal.",
        ),
        *rows_mistakes.FURTHER,
    ),
    variants={
        "example by example": lambda X, W, dZ: _rows_one_by_one(X, W, dZ),
        "einsum": lambda X, W, dZ: {
            "db": np.einsum("nk->k", dZ),
            "dW": np.einsum("ni,nk->ik", X, dZ),
            "dX": np.einsum("nk,ik->ni", dZ, W),
        },
        "by way of columns": lambda X, W, dZ: {
            "db": dZ.T @ np.ones(len(X)),
            "dW": (dZ.T @ X).T,
            "dX": (W @ dZ.T).T,
        },
    },
    hints=(
        "Write the shapes: X is (N, n_in), W is (n_in, n_out), dZ is (N, n_out). Which products "
        "have the shapes that you need?",
        "Every example adds its own share to the same W and b. For W, the sum over the examples "
        "is inside one matrix product; for b, you have to write it. dX has one row per example.",
        "For one example, BP4 says that entry (i, k) of dW is x_i times dz_k. With N examples it "
        "is sum_n X[n, i] · dZ[n, k]. The index that you sum over must come second in the left "
        "factor and first in the right one. Treat dX[n, i] = sum_k dZ[n, k] · W[i, k] in the "
        "same way.",
    ),
)


def _rows_one_by_one(X: Any, W: Any, dZ: Any) -> dict[str, Any]:
    db, dW, rows = np.zeros(W.shape[1]), np.zeros(W.shape), []
    for x, dz in zip(X, dZ, strict=True):
        db += dz
        dW += np.outer(x, dz)
        rows.append(W @ dz)
    return {"db": db, "dW": dW, "dX": np.array(rows)}


EXERCISES = (ROWS_EXERCISE,)
