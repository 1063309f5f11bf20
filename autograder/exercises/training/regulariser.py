"""The regulariser (λ/2) Σ w² over several weight matrices, beside the gradients of the data."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.draws import with_zeros
from autograder.exercise import Exercise, Inputs, Part, Probe
from autograder.exercises.training.asks import ask_gradients
from autograder.exercises.training.penalty_mistakes import PENALTY_MISTAKES
from autograder.exercises.training.regulariser_mistakes import GRADIENT_MISTAKES
from autograder.exercises.training.regulariser_steps import BIASES, WEIGHTS, each, squares

UNIT = "08-training"


def _weights(v: SimpleNamespace) -> tuple[str, ...]:
    return tuple(name for name in v.parameters if name.startswith("W"))


def _draw(sizes: tuple[int, ...], lam: float | None, data: bool = True) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        shapes: dict[str, tuple[int, ...]] = {}
        for layer in range(1, len(sizes)):
            shapes[f"W{layer}"] = (sizes[layer - 1], sizes[layer])
            shapes[f"b{layer}"] = (sizes[layer],)
        return {
            "parameters": {name: rng.normal(size=shape) for name, shape in shapes.items()},
            "gradients": {name: data * rng.normal(size=shape) for name, shape in shapes.items()},
            "lam": float(rng.uniform(0.2, 0.8)) if lam is None else lam,
        }

    return draw


L2_EXERCISE = Exercise(
    id="l2.gradient",
    unit=UNIT,
    title="The regulariser and its gradient",
    objectives=("O5",),
    deck="D0, SGD and L2; D1, Goodfellow's Algorithm 6.4 with λΩ(θ)",
    ask=ask_gradients,
    steps={
        "penalty": lambda v: 0.5 * v.lam * squares(v, _weights(v)),
        **each(WEIGHTS, 1.0),
        **each(BIASES, 0.0),
    },
    parts=(
        Part("penalty", 0.5, "(λ/2) Σ w²"),
        *(Part(f"d{name}", 0.3) for name in WEIGHTS),
        *(Part(f"d{name}", 0.2) for name in BIASES),
    ),
    probes=(
        Probe("layers of 5, 7, 3 and 2", _draw((5, 7, 3, 2), None)),
        Probe("layers of 3, 3, 3 and 3", _draw((3, 3, 3, 3), None)),
        Probe("λ = 0", _draw((2, 5, 3, 7), 0.0), special=True),
        Probe("the regulariser alone, with data gradients of 0", _draw((2, 3, 5, 3), None, False)),
        Probe("four layers of weights", _draw((2, 3, 1, 2, 4), None), corner=True),
        Probe("one unit in each layer", _draw((1, 1, 1, 1), None), corner=True),
        Probe("many zeros", with_zeros(_draw((3, 2, 2, 3), None)), corner=True),
        Probe("a large λ", _draw((2, 3, 1, 2), 100.0), corner=True),
        Probe("a small λ", _draw((2, 3, 1, 2), 1e-7), corner=True),
    ),
    tolerance=1e-11,
    why_tolerance="a sum of squares and one product",
    gradients=tuple(f"d{name}" for name in WEIGHTS + BIASES),
    mistakes=(*PENALTY_MISTAKES, *GRADIENT_MISTAKES),
    variants={
        "by axes": lambda parameters, gradients, lam: _by_axes(parameters, gradients, lam),
        "as an increment": lambda parameters, gradients, lam: _increment(
            parameters, gradients, lam
        ),
    },
    hints=(
        "There are two cases: a weight matrix gets λ times itself on top of its data gradient, "
        "and a bias gets nothing extra.",
        "Go through the names of the parameters. The first letter tells weights (W) from biases "
        "(b). Make new arrays, because the gradients that you were given belong to the caller.",
        "Take a single weight w = 3 with λ = 0.1 and a data gradient of 2. The penalty is 0.05 · "
        "9 = 0.45, and the gradient is 2 + 0.1 · 3 = 2.3. For a bias the gradient stays 2.",
    ),
)


def _by_axes(parameters: Any, gradients: Any, lam: float) -> dict[str, Any]:
    penalty = 0.0
    total = {}
    for name, value in parameters.items():
        if value.ndim == 2:
            penalty += lam / 2 * np.vdot(value, value)
            total[name] = gradients[name] + lam * value
        else:
            total[name] = gradients[name].copy()
    return {"penalty": penalty, "gradients": total}


def _increment(parameters: Any, gradients: Any, lam: float) -> dict[str, Any]:
    total = {name: gradient.copy() for name, gradient in gradients.items()}
    weights = [name for name in total if name.startswith("W")]
    for name in weights:
        total[name] += lam * parameters[name]
    norms = [np.linalg.norm(parameters[name]) ** 2 for name in weights]
    return {"gradients": total, "penalty": lam * sum(norms) / 2}


EXERCISES = (L2_EXERCISE,)
