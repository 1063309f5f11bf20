"""Martens and Sutskever (2012): logistic regression, one truncated Newton step."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Exercise, Inputs, Mistake, Part, Probe


def _sigmoid(a: Any) -> Any:
    return 1 / (1 + np.exp(-a))


def _conjugate_gradients(v: SimpleNamespace, damping: float, right_side: Any) -> Any:
    step = np.zeros(len(right_side))
    residual = right_side.copy()
    direction = residual.copy()
    for _ in range(v.iterations):
        turned = v.hessian @ direction + damping * direction
        length = residual @ residual / (direction @ turned)
        step = step + length * direction
        rest = residual - length * turned
        direction = rest + rest @ rest / (residual @ residual) * direction
        residual = rest
    return step


def _regression(examples: int, inputs: int, iterations: int) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        return {
            "x": rng.normal(size=(examples, inputs)),
            "y": rng.integers(0, 2, examples).astype(float),
            "theta": rng.normal(size=inputs),
            "v": rng.normal(size=inputs),
            "damping": float(rng.uniform(0.05, 0.2)),
            "iterations": iterations,
        }

    return draw


HESSIAN_FREE_EXERCISE = Exercise(
    id="hessian_free.step",
    unit="11-elective-hessian-free",
    title="A Hessian-free step",
    objectives=("O8",),
    deck="D1, references: Hessian-free optimisation (Martens)",
    steps={
        "p": lambda v: _sigmoid(v.x @ v.theta),
        "gradient": lambda v: v.x.T @ (v.p - v.y) / len(v.y),
        "hessian": lambda v: (v.x.T * (v.p * (1 - v.p))) @ v.x / len(v.y),
        "hv": lambda v: v.hessian @ v.v,
        "step": lambda v: _conjugate_gradients(v, v.damping, -v.gradient),
    },
    parts=(Part("gradient", 0.5), Part("hv", 0.75, "H v"), Part("step", 0.75)),
    probes=(
        Probe("11 examples, 5 inputs, 3 iterations", _regression(11, 5, 3)),
        Probe("5 examples, 5 inputs, 2 iterations", _regression(5, 5, 2)),
        Probe("one iteration", _regression(7, 3, 1), corner=True),
        Probe("one input", _regression(5, 1, 1), corner=True),
        Probe("one example", _regression(1, 3, 1), corner=True),
        Probe("v = 0", lambda rng: {**_regression(5, 3, 2)(rng), "v": np.zeros(3)}, corner=True),
    ),
    tolerance=1e-8,
    why_tolerance="conjugate gradients carry round-off error from iteration to iteration",
    batch="x",
    derivatives=("gradient", "hv"),
    gradients=("step",),
    mistakes=(
        Mistake(
            "M1",
            "y − p",
            {"gradient": lambda v: v.x.T @ (v.y - v.p) / len(v.y)},
            "your {part} is the gradient of the log-likelihood, not of the loss.",
        ),
        Mistake(
            "M5",
            "slope left out of H v",
            {"hessian": lambda v: v.x.T @ v.x / len(v.y)},
            "your {part} is missing the slope of the sigmoid.",
        ),
        Mistake(
            "M3",
            "H v summed",
            {"hessian": lambda v: (v.x.T * (v.p * (1 - v.p))) @ v.x},
            "your {part} uses a sum over the examples, but the exercise asks for the Hessian of "
            "the mean.",
            question="If you gave every example twice, should H v stay the same, or double?",
        ),
        Mistake(
            "M1",
            "step uphill",
            {"step": lambda v: _conjugate_gradients(v, v.damping, v.gradient)},
            "your {part} leads uphill. The right-hand side should be −gradient.",
            name="a step along the gradient instead of against it",
        ),
        Mistake(
            "M22",
            "damping forgotten",
            {"step": lambda v: _conjugate_gradients(v, 0.0, -v.gradient)},
            "your {part} solves the system without damping.",
            name="the damping is left out",
            question="Which matrix multiplies the direction?",
            hints=(
                "Which matrix multiplies the direction?",
                "Write down the system that the step solves, as the text gives it, and see what "
                "is added to H. In which line of your loop does that come in?",
                "Damping adds the same number to every entry on the diagonal, which keeps the "
                "step from going too far in flat directions. Take a system with one unknown, H = "
                "0.5, and a gradient of −1: without damping d is 2, and with a damping of 0.5 it "
                "is 1. In conjugate gradients the matrix occurs only in a product with a "
                "direction. The product of a direction with the matrix plus a multiple of the "
                "identity is the product with the matrix, plus that multiple of the direction "
                "itself. Every product in the loop needs both. The product that the exercise "
                "asks for as a separate result does not.",
            ),
        ),
    ),
    variants={
        "with the whole matrix": lambda *inputs: _with_matrix(*inputs),
        "example by example": lambda *inputs: _example_by_example(*inputs),
    },
    hints=(
        "H v is the derivative of the gradient in the direction v: differentiate xᵀ(p − y)/N with "
        "p = σ(xθ) once more.",
        "When θ moves along v, xθ moves along xv, and each p moves by that times its slope p(1 − "
        "p).",
        "Conjugate gradients for A d = r0: start with d = 0, residual r = r0, direction s = r. "
        "Each iteration: A s; α = r·r / s·A s; d += α s; new r = r − α A s; s = new r + (new "
        "r·new r / r·r) s. Here A s is H s + damping·s, and r0 is −gradient.",
    ),
)


def _with_matrix(
    x: Any, y: Any, theta: Any, v: Any, damping: float, iterations: int
) -> dict[str, Any]:
    p = _sigmoid(x @ theta)
    H = (x.T * (p - p**2)) @ x / len(x)
    A, gradient = H + damping * np.eye(len(theta)), (p - y) @ x / len(x)
    d, r = np.zeros_like(theta), -gradient
    s = r
    for _ in range(iterations):
        alpha = (r @ r) / (s @ A @ s)
        d, new = d + alpha * s, r - alpha * (A @ s)
        s, r = new + (new @ new) / (r @ r) * s, new
    return {"gradient": gradient, "hv": H @ v, "step": d}


def _example_by_example(
    x: Any, y: Any, theta: Any, v: Any, damping: float, iterations: int
) -> dict[str, Any]:
    def times(direction: Any) -> Any:
        total = np.zeros(len(theta))
        for row in x:
            p = _sigmoid(row @ theta)
            total += row * p * (1 - p) * (row @ direction)
        return total / len(y)

    gradient = np.mean([row * (_sigmoid(row @ theta) - t) for row, t in zip(x, y, strict=True)], 0)
    d, r = np.zeros(len(theta)), -gradient
    s = r.copy()
    square = r.dot(r)
    for _ in range(iterations):
        q = times(s) + damping * s
        alpha = square / s.dot(q)
        d += alpha * s
        r = r - alpha * q
        square, before = r.dot(r), square
        s = r + square / before * s
    return {"gradient": gradient, "hv": times(v), "step": d}


EXERCISES = (HESSIAN_FREE_EXERCISE,)
