"""The regulariser (λ/2) Σ w² over several weight matrices, beside the gradients of the data."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.domain import with_zeros
from autograder.exercise import Exercise, Inputs, Mistake, Part, Probe, Step
from autograder.exercises.training.asks import ask_gradients

UNIT = "08-training"
WEIGHTS = ("W1", "W2", "W3")
BIASES = ("b1", "b2", "b3")


def _gradient(name: str, weight: float) -> Step:
    """The data's gradient plus `weight` times λ times the parameter."""
    return lambda v: v.gradients[name] + weight * v.lam * v.parameters[name]


def _each(names: tuple[str, ...], weight: float) -> dict[str, Step]:
    return {f"d{name}": _gradient(name, weight) for name in names}


def _alone(name: str) -> Step:
    return lambda v: v.lam * v.parameters[name]


def _squares(v: SimpleNamespace, names: tuple[str, ...]) -> Any:
    return sum(np.sum(v.parameters[name] ** 2) for name in names)


def _mean_squares(v: SimpleNamespace) -> Any:
    return sum(np.mean(v.parameters[name] ** 2) for name in WEIGHTS)


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
        "penalty": lambda v: 0.5 * v.lam * _squares(v, _weights(v)),
        **_each(WEIGHTS, 1.0),
        **_each(BIASES, 0.0),
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
    ),
    tolerance=1e-11,
    why_tolerance="a sum of squares and one product",
    gradients=tuple(f"d{name}" for name in WEIGHTS + BIASES),
    mistakes=(
        Mistake(
            "M22",
            "½ left out of the penalty",
            {"penalty": lambda v: v.lam * _squares(v, WEIGHTS)},
            "your {part} is twice as large as it should be.",
            name="the ½ of the penalty is left out",
            question="What is in front of Σ w² in the definition?",
        ),
        Mistake(
            "M22",
            "biases in the penalty",
            {"penalty": lambda v: 0.5 * v.lam * _squares(v, WEIGHTS + BIASES)},
            "your {part} counts the biases too.",
            name="a penalty on the biases",
            question="Which tensors does the regulariser leave alone?",
        ),
        Mistake(
            "M3",
            "mean of the squares",
            {"penalty": lambda v: 0.5 * v.lam * _mean_squares(v)},
            "your {part} takes the mean of the squares in each matrix, but the text adds them up.",
        ),
        Mistake(
            "M22",
            "norm not squared",
            {"penalty": lambda v: 0.5 * v.lam * np.sqrt(_squares(v, WEIGHTS))},
            "your {part} uses the length of the weight vector, not the square of the length.",
            name="a norm that is not squared",
            question="What is ‖w‖ for the weights 3 and 4, and what is ‖w‖²?",
        ),
        Mistake(
            "M22",
            "−λ",
            _each(WEIGHTS, -1.0),
            "your {part} is right when λ = 0; otherwise the penalty term has the wrong sign.",
            name="a penalty term with the wrong sign",
            question="When a positive weight grows, does the penalty grow or shrink?",
        ),
        Mistake(
            "M22",
            "2λ",
            _each(WEIGHTS, 2.0),
            "your {part} is right when λ = 0; otherwise the penalty term is doubled.",
            name="a doubled penalty term",
            question="The ½ of the penalty meets the 2 of the square. What is left?",
        ),
        Mistake(
            "M22",
            "λ/2",
            _each(WEIGHTS, 0.5),
            "your {part} is right when λ = 0; otherwise the penalty term is halved.",
            name="a halved penalty term",
            question="What is the derivative of ½w² with respect to w?",
        ),
        Mistake(
            "M22",
            "regulariser forgotten",
            _each(WEIGHTS, 0.0),
            "your {part} is the gradient of the data term alone; λ does not change it.",
            name="a forgotten penalty term",
            question="What happens to your gradient when λ doubles?",
        ),
        Mistake(
            "M22",
            "data forgotten",
            {f"d{name}": _alone(name) for name in WEIGHTS},
            "your {part} does not depend on the gradient of the data term.",
            name="a penalty that replaces the data gradient",
            question="If the data gradient changes, does yours?",
        ),
        Mistake(
            "M22",
            "bias penalised",
            _each(BIASES, 1.0),
            "your {part} contains λ times the bias.",
            name="a penalty on the biases",
            question="Which tensors does the regulariser leave alone?",
        ),
    ),
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
