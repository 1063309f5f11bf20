"""Martens and Sutskever (2012): logistic regression, one truncated Newton step."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.draws import FAR, large_and_small, times
from autograder.exercise import Exercise, Inputs, Part, Probe
from autograder.exercises.electives.conjugate_gradients import conjugate_gradients, sigmoid
from autograder.exercises.electives.hessian_free_mistakes import PRODUCT_MISTAKES
from autograder.exercises.electives.step_mistakes import STEP_MISTAKES


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


def _sparse(rng: np.random.Generator) -> Inputs:
    """A θ of zeros next to large inputs, some of which are 0."""
    inputs = _regression(5, 3, 2)(rng)
    large = FAR * inputs["x"] * rng.permutation([0.0, 1.0, 1.0])
    return {**inputs, "x": large, "theta": np.zeros(3), "damping": FAR**2 * inputs["damping"]}


HESSIAN_FREE_EXERCISE = Exercise(
    id="hessian_free.step",
    unit="11-elective-hessian-free",
    title="A Hessian-free step",
    objectives=("O8",),
    deck="D1, references: Hessian-free optimisation (Martens)",
    steps={
        "p": lambda v: sigmoid(v.x @ v.theta),
        "gradient": lambda v: v.x.T @ (v.p - v.y) / len(v.y),
        "hessian": lambda v: (v.x.T * (v.p * (1 - v.p))) @ v.x / len(v.y),
        "hv": lambda v: v.hessian @ v.v,
        "step": lambda v: conjugate_gradients(v),
    },
    parts=(Part("gradient", 0.5), Part("hv", 0.75, "H v"), Part("step", 0.75)),
    probes=(
        Probe("11 examples, 5 inputs, 3 iterations", _regression(11, 5, 3)),
        Probe("5 examples, 5 inputs, 2 iterations", _regression(5, 5, 2)),
        Probe("one iteration", _regression(7, 3, 1), corner=True),
        Probe("one input", _regression(5, 1, 1), corner=True),
        Probe("one example", _regression(1, 3, 1), corner=True),
        *large_and_small(
            _regression(5, 3, 2),
            "x",
            "θ",
            lambda far: {
                "x": times(far),
                **dict.fromkeys(("theta", "v"), times(1 / far)),
                "damping": times(far**2),
            },
        ),
        Probe("some x and θ = 0", _sparse, corner=True),
        Probe("v = 0", lambda rng: {**_regression(5, 3, 2)(rng), "v": np.zeros(3)}, corner=True),
    ),
    tolerance=1e-8,
    why_tolerance="conjugate gradients carry round-off error from iteration to iteration",
    batch="x",
    derivatives=("gradient", "hv"),
    gradients=("step",),
    mistakes=(*PRODUCT_MISTAKES, *STEP_MISTAKES),
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
    p = sigmoid(x @ theta)
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
            p = sigmoid(row @ theta)
            total += row * p * (1 - p) * (row @ direction)
        return total / len(y)

    gradient = np.mean([row * (sigmoid(row @ theta) - t) for row, t in zip(x, y, strict=True)], 0)
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
