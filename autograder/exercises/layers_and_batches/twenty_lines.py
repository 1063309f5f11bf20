"""Deck D4's network in about twenty lines, with biases added: its gradients.

Examples are rows: h = σ(x w1 + b1), y_pred = h w2 + b2, loss = Σ (y_pred − y)². The names are
those of the slide; grad_h stands for ∂loss/∂h and so on.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.domain import Real, corners
from autograder.draws import FAR, large_and_small, times, with_changes
from autograder.exercise import Exercise, Inputs, Mistake, Part, Probe, Step
from autograder.exercises.layers_and_batches import twenty_lines_mistakes
from autograder.exercises.layers_and_batches.formulas import UNIT, sigmoid, slope
from autograder.exercises.layers_and_batches.forward_slips import bias_left_out


def network(examples: int, inputs: int, hidden: int, outputs: int) -> Any:
    """Draws a batch and the parameters of a network of these sizes."""

    def draw(rng: np.random.Generator) -> Inputs:
        return {
            "x": rng.normal(size=(examples, inputs)),
            "y": rng.normal(size=(examples, outputs)),
            "w1": rng.normal(size=(inputs, hidden)),
            "b1": rng.normal(size=hidden),
            "w2": rng.normal(size=(hidden, outputs)),
            "b2": rng.normal(size=outputs),
        }

    return draw


_small = network(3, 2, 3, 2)
STEPS: dict[str, Step] = {
    "z": lambda v: v.x @ v.w1 + v.b1,
    "h": lambda v: sigmoid(v.z),
    "y_pred": lambda v: v.h @ v.w2 + v.b2,
    "loss": lambda v: np.square(v.y_pred - v.y).sum(),
    "grad_y_pred": lambda v: 2.0 * (v.y_pred - v.y),
    "grad_w2": lambda v: v.h.T @ v.grad_y_pred,
    "grad_b2": lambda v: v.grad_y_pred.sum(axis=0),
    "grad_h": lambda v: v.grad_y_pred @ v.w2.T,
    "grad_z": lambda v: v.grad_h * slope(v.h),
    "grad_w1": lambda v: v.x.T @ v.grad_z,
    "grad_b1": lambda v: v.grad_z.sum(axis=0),
}

GRADIENTS_EXERCISE = Exercise(
    id="twenty_lines.gradients",
    unit=UNIT,
    title="The twenty lines, gradients",
    objectives=("O4",),
    deck="D4, Full implementation of training a 2-layer Neural Network",
    steps=STEPS,
    parts=(
        Part("loss", 0.2),
        Part("grad_y_pred", 0.4),
        Part("grad_w2", 0.4),
        Part("grad_b2", 0.3),
        Part("grad_h", 0.4),
        Part("grad_w1", 0.5),
        Part("grad_b1", 0.3),
    ),
    probes=(
        Probe("7 examples, 5 inputs, 4 hidden, 3 outputs", network(7, 5, 4, 3)),
        Probe("5 examples, 3 inputs, 3 hidden, 3 outputs", network(5, 3, 3, 3)),
        *corners(
            {"D_in": (1, 2), "D_out": (1, 2), "H": (1, 2)},
            x=Real("N", "D_in", largest=1.2),
            y=Real("N", "D_out", largest=1.2),
            w1=Real("D_in", "H", largest=1.2),
            b1=Real("H", largest=1.2),
            w2=Real("H", "D_out", largest=1.2),
            b2=Real("D_out", largest=1.2),
        ),
        *large_and_small(_small, "x", "w1", lambda far: {"x": times(far), "w1": times(1 / far)}),
        Probe("large x, w1 = 0", with_changes(_small, x=times(FAR), w1=np.zeros_like), corner=True),
        Probe(
            "large w2, b2 and y",
            with_changes(_small, **dict.fromkeys(("w2", "b2", "y"), times(2.0**10))),
            corner=True,
        ),
    ),
    output="loss",
    leaves={"grad_w2": "w2", "grad_b2": "b2", "grad_w1": "w1", "grad_b1": "b1"},
    tolerance=1e-9,
    why_tolerance="1 − h loses digits where a sigmoid is close to 1",
    batch="x",
    mistakes=(
        bias_left_out("b1", z=lambda v: v.x @ v.w1),
        bias_left_out("b2", y_pred=lambda v: v.h @ v.w2),
        bias_left_out("of both layers", z=lambda v: v.x @ v.w1, y_pred=lambda v: v.h @ v.w2),
        Mistake(
            "M3",
            "mean for the sum in the loss",
            {"loss": lambda v: np.square(v.y_pred - v.y).mean()},
            "your {part} is a mean over all entries, but the slide adds them up.",
            name="a mean where a sum is needed",
        ),
        Mistake(
            "M1",
            "y − y_pred",
            {"grad_y_pred": lambda v: 2.0 * (v.y - v.y_pred)},
            "your {part} has the right size but the opposite sign, on every input.",
        ),
        Mistake(
            "M2",
            "2 left out",
            {"grad_y_pred": lambda v: v.y_pred - v.y},
            "your {part} is half as large as it should be. This loss has no ½.",
        ),
        Mistake(
            "M3",
            "mean for the sum",
            {"grad_y_pred": lambda v: 2.0 * (v.y_pred - v.y) / len(v.x)},
            "your {part} is divided by the number of examples, but the loss on the slide is a sum.",
            name="a mean where a sum is needed",
        ),
        Mistake(
            "M5",
            "an extra σ′ at the output",
            {"grad_y_pred": lambda v: 2.0 * (v.y_pred - v.y) * slope(sigmoid(v.y_pred))},
            "your {part} contains the slope of a sigmoid, but the output of this network has no "
            "sigmoid.",
            name="the derivative of a sigmoid that is not there",
            question="What lies between h·w2 + b2 and y_pred?",
        ),
        Mistake(
            "M6",
            "z for h",
            {"grad_w2": lambda v: v.z.T @ v.grad_y_pred},
            "your {part} pairs the errors with the hidden values before their sigmoid.",
        ),
        Mistake(
            "M11",
            "grad_w2 transposed",
            {"grad_w2": lambda v: v.grad_y_pred.T @ v.h},
            "your {part} has its rows and columns swapped.",
        ),
        Mistake(
            "M4",
            "grad_w2 averaged",
            {"grad_w2": lambda v: v.h.T @ v.grad_y_pred / len(v.x)},
            "your {part} is divided by the number of examples, but nothing in this loss is.",
            name="a mean over the examples instead of a sum",
            question="Does this loss divide by the number of examples anywhere?",
            hints=(
                "Does this loss divide by the number of examples anywhere?",
                "Find every division by a number of examples in your lines, and the matching "
                "division in the loss.",
                "A gradient divides by the number of examples where the loss does, and nowhere "
                "else. Take two examples with the losses (w − 1)² and (w − 3)². Their sum has "
                "the derivative 2(w − 1) + 2(w − 3), and their mean has half of that. Which of "
                "the two is the loss of this exercise? Then look at the product that computes "
                "your part. Both of its factors have an axis for the examples, and multiplying "
                "along it adds up the contributions of the examples. After that, nothing is left "
                "to divide by.",
            ),
        ),
        Mistake(
            "M19",
            "grad_b2 not summed",
            {"grad_b2": lambda v: v.grad_y_pred},
            "your {part} has one row per example, but there is one bias per output.",
        ),
        Mistake(
            "M20",
            "grad_b2 averaged",
            {"grad_b2": lambda v: v.grad_y_pred.mean(axis=0)},
            "your {part} is the mean over the examples, but every example should add its own "
            "share.",
            once=True,
        ),
        Mistake(
            "M20",
            "grad_b2 along the rows",
            {"grad_b2": lambda v: v.grad_y_pred.sum(axis=1)},
            "your {part} has one entry per example. It adds along the rows.",
        ),
        Mistake(
            "M11",
            "w2 where its transpose belongs",
            {"grad_h": lambda v: v.grad_y_pred @ v.w2},
            "your {part} uses the matrix without a transpose, as the forward pass does. That "
            "runs only if two layers have the same size, and then it sums over the wrong index.",
            name="a missing transpose on the way back",
        ),
        Mistake(
            "M9",
            "errors dropped",
            {"grad_h": lambda v: np.ones(v.y.shape) @ v.w2.T},
            "your {part} does not depend on the errors at the output.",
        ),
        Mistake(
            "M36",
            "σ′ in grad_h",
            {"grad_h": lambda v: (v.grad_y_pred @ v.w2.T) * slope(v.h)},
            "your {part} contains σ′, which belongs to the step from h to the number before its "
            "sigmoid.",
        ),
        Mistake(
            "M5",
            "σ′ left out",
            {"grad_z": lambda v: v.grad_h},
            "your {part} is made from grad_h; the step through the sigmoid is missing.",
        ),
        Mistake(
            "M6",
            "σ′ at h",
            {"grad_z": lambda v: v.grad_h * slope(sigmoid(v.h))},
            "in your {part}, σ′ is evaluated at h, which is already the output of a sigmoid.",
        ),
        Mistake(
            "M13",
            "h for x",
            {"grad_w1": lambda v: v.h.T @ v.grad_z},
            "your {part} pairs the errors with h, not with the inputs of w1.",
        ),
        Mistake(
            "M20",
            "grad_b1 averaged",
            {"grad_b1": lambda v: v.grad_z.mean(axis=0)},
            "your {part} is the mean over the examples, but every example should add its own "
            "share.",
            once=True,
        ),
        Mistake(
            "M12",
            "elementwise product in grad_w2",
            {"grad_w2": lambda v: v.h * v.grad_y_pred},
            "your {part} multiplies entry by entry, which runs only if the shapes are equal.",
        ),
        *twenty_lines_mistakes.FURTHER,
    ),
    variants={
        "example by example": lambda x, y, w1, b1, w2, b2: _one_by_one(x, y, w1, b1, w2, b2),
        "einsum": lambda x, y, w1, b1, w2, b2: _einsum(x, y, w1, b1, w2, b2),
    },
    hints=(
        "Go back from the loss: grad_y_pred, then through the second sum to w2, b2 and h, then "
        "through the sigmoid and the first sum. Where does a bias enter each of the two sums, "
        "and what does the derivative with respect to it collect?",
        "With rows, the gradient of the weights is (inputs)ᵀ times (errors), and the gradient of "
        "the bias is the errors summed over the examples. What you pass down is the errors times "
        "(weights)ᵀ. The output has no sigmoid; the hidden layer has one between h and w1.",
        "Take one example, one input, one hidden unit and one output. Then e = 2(y_pred − y), "
        "grad_w2 = h e, grad_b2 = e and grad_h = e w2. Below the sigmoid, d = grad_h · h(1 − h), "
        "grad_w1 = x d and grad_b1 = d. Give each product the order and the transpose that its "
        "shape needs.",
    ),
)


def _one_by_one(x: Any, y: Any, w1: Any, b1: Any, w2: Any, b2: Any) -> dict[str, Any]:
    out: dict[str, Any] = {"loss": 0.0, "grad_y_pred": np.zeros(y.shape)}
    out.update(grad_w2=np.zeros(w2.shape), grad_b2=np.zeros(b2.shape))
    out.update(grad_w1=np.zeros(w1.shape), grad_b1=np.zeros(b1.shape))
    out["grad_h"] = np.zeros((len(x), len(b1)))
    for n in range(len(x)):
        h = (np.tanh((x[n] @ w1 + b1) / 2) + 1) / 2
        gap = h @ w2 + b2 - y[n]
        out["loss"] += float(gap @ gap)
        out["grad_y_pred"][n] = gap + gap
        out["grad_w2"] += 2 * np.outer(h, gap)
        out["grad_b2"] += 2 * gap
        out["grad_h"][n] = 2 * (w2 @ gap)
        dz = out["grad_h"][n] * (h - h * h)
        out["grad_w1"] += np.outer(x[n], dz)
        out["grad_b1"] += dz
    return out


def _einsum(x: Any, y: Any, w1: Any, b1: Any, w2: Any, b2: Any) -> dict[str, Any]:
    z = np.einsum("ni,ij->nj", x, w1) + b1
    h = np.exp(z) / (1 + np.exp(z))
    error = 2 * (np.einsum("nj,jk->nk", h, w2) + b2 - y)
    grad_h = np.einsum("nk,jk->nj", error, w2)
    dz = grad_h * np.exp(-z) * h**2
    return {
        "loss": np.sum(error**2) / 4,
        "grad_y_pred": error,
        "grad_w2": np.einsum("nj,nk->jk", h, error),
        "grad_b2": np.einsum("nk->k", error),
        "grad_h": grad_h,
        "grad_w1": np.einsum("ni,nj->ij", x, dz),
        "grad_b1": np.einsum("nj->j", dz),
    }


EXERCISES = (GRADIENTS_EXERCISE,)
