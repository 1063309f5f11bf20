"""The shapes of one layer in three notations: columns, columns with a folded bias, rows."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.draws import given
from autograder.exercise import Exercise, Part, Probe
from autograder.exercises.chain_rule.rosetta_mistakes import WRONG_SHAPES

UNIT = "01-chain-rule"


def _shape_problem(name: str) -> Any:
    def problem(shape: Any, right: SimpleNamespace) -> str | None:
        if not isinstance(shape, tuple | list) or not all(
            isinstance(size, int | np.integer) for size in shape
        ):
            return "it should be a tuple of integers, such as (3, 5)."
        wanted = getattr(right, name)
        if len(shape) != len(wanted):
            return f"it has {len(shape)} axes; is this a vector or a matrix?"
        if tuple(shape) != wanted:
            return "one of its axes has the wrong length."
        return None

    return problem


def _has_the_shape_of(name: str) -> Any:
    """Whether a gradient has the shape that the student gave its matrix."""

    def follows(shape: Any, returned: Mapping[str, Any]) -> bool:
        lengths = isinstance(shape, tuple | list) and len(shape) == 2 and min(shape) > 0
        # Nothing follows from one number for every length.
        several = len({length for other in returned.values() for length in other}) > 1
        return lengths and several and tuple(shape) == tuple(returned[name])

    return follows


def _sizes(rng: np.random.Generator) -> dict[str, int]:
    primes = rng.permutation([3, 5, 7, 11, 13, 17, 19])
    return {name: int(p) for name, p in zip("NDM", primes, strict=False)}


_SHAPES = {
    "W": (lambda v: (v.M, v.D), "columns: W, with z = W x + b"),
    "delta": (lambda v: (v.M,), "columns: δ = ∂C/∂z"),
    "dW": (lambda v: (v.M, v.D), "columns: ∂C/∂W"),
    "alpha": (lambda v: (v.M, v.D + 1), "folded bias: α, with a = α x"),
    "W_rows": (lambda v: (v.D, v.M), "rows: W, with Z = X W + b"),
    "Z_rows": (lambda v: (v.N, v.M), "rows: Z"),
    "dW_rows": (lambda v: (v.D, v.M), "rows: ∂C/∂W"),
    "db_rows": (lambda v: (v.M,), "rows: ∂C/∂b"),
}

_FOLLOW = {"dW": _has_the_shape_of("W"), "dW_rows": _has_the_shape_of("W_rows")}

ROSETTA_EXERCISE = Exercise(
    id="rosetta.shapes",
    unit=UNIT,
    title="Shapes in three notations",
    objectives=("O3",),
    deck="D0–D4, the notations of their networks",
    steps={name: step for name, (step, _) in _SHAPES.items()},
    parts=tuple(
        Part(name, 0.25, label, accept=_shape_problem(name), follows=_FOLLOW.get(name))
        for name, (_, label) in _SHAPES.items()
    ),
    probes=(
        Probe("a batch of primes", _sizes),
        Probe("other sizes", _sizes),
        *(
            Probe(f"N = {N}, D = {D}, M = {M}", given(N=N, D=D, M=M), corner=True)
            for N, D, M in ((1, 5, 3), (5, 1, 3), (5, 3, 1), (1, 1, 1), (4, 4, 4), (2, 9, 9))
        ),
    ),
    gradients=("delta", "dW", "dW_rows", "db_rows"),
    mistakes=WRONG_SHAPES,
    variants={
        "from real arrays": lambda N, D, M: _shapes_of_arrays(N, D, M),
        "lists": lambda N, D, M: {
            "W": [M, D], "delta": [M], "dW": [M, D], "alpha": [M, 1 + D],
            "W_rows": [D, M], "Z_rows": [N, M], "dW_rows": [D, M], "db_rows": [M],
        },
    },
    hints=(
        "Write each formula with the shapes below its letters; the inner lengths must be equal.",
        "The derivative of a single number C with respect to a tensor has one entry for each "
        "entry of the tensor, so it has the tensor's shape.",
        "Take 2 inputs and 4 units. As columns, x is (2,) and z is (4,), so W turns 2 numbers "
        "into 4 and its shape is (4, 2). As rows with 3 examples, (3, 2) times (2, 4) is (3, 4).",
    ),
)  # fmt: skip


def _shapes_of_arrays(N: int, D: int, M: int) -> dict[str, tuple[int, ...]]:
    W, x, X, b = np.ones((M, D)), np.ones(D), np.ones((N, D)), np.zeros(M)
    z, Z = W @ x + b, X @ W.T + b
    alpha = np.column_stack([b, W])
    return {
        "W": W.shape,
        "delta": z.shape,
        "dW": np.outer(z, x).shape,
        "alpha": alpha.shape,
        "W_rows": W.T.shape,
        "Z_rows": Z.shape,
        "dW_rows": (X.T @ Z).shape,
        "db_rows": Z.sum(axis=0).shape,
    }


EXERCISES = (ROSETTA_EXERCISE,)
