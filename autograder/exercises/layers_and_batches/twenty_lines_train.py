"""Deck D4's training loop: gradient descent on the twenty-line network, with biases."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Exercise, Mistake, Part, Probe, Step
from autograder.exercises.layers_and_batches.forward_slips import bias_left_out
from autograder.exercises.layers_and_batches.four_equations import UNIT
from autograder.exercises.layers_and_batches.twenty_lines import STEPS, network
from autograder.exercises.layers_and_batches.untrained import nothing_trained

PARAMETERS = ("w1", "b1", "w2", "b2")


def _right_gradients(v: SimpleNamespace, wrong: dict[str, Step] | None = None) -> SimpleNamespace:
    now = SimpleNamespace(**vars(v))
    for name, step in STEPS.items():
        setattr(now, name, (wrong or {}).get(name, step)(now))
    return now


def _descend(v: SimpleNamespace, step: Callable[[SimpleNamespace], SimpleNamespace]) -> Any:
    """Gradient descent, with `step` for the forward and backward pass at the current parameters."""
    now = SimpleNamespace(**vars(v))
    losses = []
    for _ in range(v.steps):
        found = step(now)
        losses.append(found.loss)
        for name in PARAMETERS:
            setattr(now, name, getattr(now, name) - v.lr * getattr(found, f"grad_{name}"))
    return SimpleNamespace(losses=np.array(losses), **{p: getattr(now, p) for p in PARAMETERS})


def _with(**wrong: Step) -> Step:
    """Training with some steps of the pass computed otherwise."""
    return lambda v: _descend(v, lambda now: _right_gradients(now, wrong))


def _with_stale_forward(v: SimpleNamespace) -> Any:
    first = _right_gradients(v)
    wrong = {"h": lambda now: first.h, "y_pred": lambda now: first.y_pred}
    return _descend(v, lambda now: _right_gradients(now, wrong))


def _with_leftovers(v: SimpleNamespace) -> Any:
    kept = {f"grad_{name}": np.zeros(np.shape(getattr(v, name))) for name in PARAMETERS}

    def step(now: SimpleNamespace) -> SimpleNamespace:
        found = _right_gradients(now)
        for name in kept:
            kept[name] = kept[name] + getattr(found, name)
            setattr(found, name, kept[name])
        return found

    return _descend(v, step)


def _uphill(v: SimpleNamespace) -> Any:
    return _descend(SimpleNamespace(**{**vars(v), "lr": -v.lr}), _right_gradients)


def _untrained(v: SimpleNamespace) -> Any:
    return _descend(SimpleNamespace(**{**vars(v), "lr": 0.0}), _right_gradients)


def _training(lr: float, steps: int, *sizes: int) -> Any:
    draw_network = network(*sizes)
    return lambda rng: {**draw_network(rng), "lr": lr, "steps": steps}


TRAIN_EXERCISE = Exercise(
    id="twenty_lines.train",
    unit=UNIT,
    title="The twenty lines, training",
    objectives=("O4",),
    deck="D4, Full implementation of training a 2-layer Neural Network",
    steps={
        "run": lambda v: _descend(v, _right_gradients),
        "losses": lambda v: v.run.losses,
        "w2": lambda v: v.run.w2,
        "b2": lambda v: v.run.b2,
        "w1": lambda v: v.run.w1,
        "b1": lambda v: v.run.b1,
    },
    parts=(
        Part("losses", 0.7),
        Part("w2", 0.2),
        Part("b2", 0.2),
        Part("w1", 0.2),
        Part("b1", 0.2),
    ),
    probes=(
        Probe("7 examples, 12 steps", _training(0.005, 12, 7, 5, 4, 3)),
        Probe("5 examples, 20 steps", _training(0.01, 20, 5, 3, 3, 3)),
        Probe(
            "one example, one step, one unit in each layer",
            _training(0.01, 1, 1, 1, 1, 1),
            corner=True,
        ),
        Probe("a learning rate of 0", _training(0.0, 2, 3, 2, 3, 2), corner=True),
        Probe("two examples, one hidden unit", _training(0.02, 3, 2, 3, 1, 2), corner=True),
    ),
    tolerance=1e-8,
    why_tolerance="round-off error is carried from step to step",
    gradients=("losses", "w2", "b2", "w1", "b1"),
    mistakes=(
        bias_left_out("b1", run=_with(z=lambda now: now.x @ now.w1)),
        bias_left_out("b2", run=_with(y_pred=lambda now: now.h @ now.w2)),
        Mistake(
            "M1",
            "uphill",
            {"run": _uphill},
            "your {part} follow the gradient uphill, so the loss grows.",
            name="a step along the gradient instead of against it",
        ),
        # Each part by itself, so that an answer that trains nothing earns nothing.
        nothing_trained(
            "w1",
            {"losses": lambda v: _untrained(v).losses, **{p: attrgetter(p) for p in PARAMETERS}},
        ),
        Mistake(
            "M14",
            "w2 updated before grad_h",
            {"run": _with(grad_h=lambda now: now.grad_y_pred @ (now.w2 - now.lr * now.grad_w2).T)},
            "your {part} come from a loop that changes w2 first and then uses the new w2 for "
            "grad_h.",
        ),
        Mistake(
            "M28",
            "forward pass of the first step",
            {"run": _with_stale_forward},
            "your {part} come from a loop whose h and y_pred stay as they were at the start.",
        ),
        Mistake(
            "M17",
            "gradients pile up",
            {"run": _with_leftovers},
            "your {part} come from a loop that adds the gradients of each step to the earlier "
            "ones.",
        ),
        Mistake(
            "M20",
            "biases left alone",
            {
                "run": _with(
                    grad_b1=lambda now: np.zeros(now.b1.shape),
                    grad_b2=lambda now: np.zeros(now.b2.shape),
                )
            },
            "your {part} come from a loop that never changes b1 and b2.",
            name="biases that are never trained",
            question="Which of the four parameters change from step to step?",
        ),
        Mistake(
            "M2",
            "2 left out",
            {"run": _with(grad_y_pred=lambda now: now.y_pred - now.y)},
            "your {part} come from steps that are half as large as they should be. This loss has "
            "no ½.",
        ),
        Mistake(
            "M3",
            "mean for the sum",
            {"run": _with(grad_y_pred=lambda now: 2.0 * (now.y_pred - now.y) / len(now.x))},
            "your {part} come from steps that are divided by the number of examples, but the "
            "loss on the slide is a sum.",
        ),
        Mistake(
            "M5",
            "σ′ left out",
            {"run": _with(grad_z=lambda now: now.grad_h)},
            "your {part} come from a backward pass that skips the sigmoid.",
        ),
        Mistake(
            "M13",
            "h for x",
            {"run": _with(grad_w1=lambda now: now.h.T @ now.grad_z)},
            "your {part} come from a loop that pairs the errors with h, not with the inputs of "
            "w1. That runs only if both have the same size.",
        ),
    ),
    variants={
        "a dict of parameters": lambda x, y, w1, b1, w2, b2, lr, steps: _by_dict(
            x, y, w1, b1, w2, b2, lr, steps
        ),
        "the slide's loop on copies": lambda x, y, w1, b1, w2, b2, lr, steps: _as_on_the_slide(
            x, y, w1, b1, w2, b2, lr, steps
        ),
    },
    hints=(
        "In one pass of the loop, run forward and backward with the current parameters, record "
        "the loss, and then take a step for all four parameters.",
        "Your gradient function does the first half. Compute all four gradients before you "
        "change any parameter, and make new arrays, because the caller still needs the old ones.",
        "For one parameter, start with losses = []. In each step, find the loss and the gradient "
        "at w, append the loss, and set w = w − lr · gradient. After the loop, return the losses "
        "as an array, and w. Now do this with four parameters.",
    ),
)


def _by_dict(
    x: Any, y: Any, w1: Any, b1: Any, w2: Any, b2: Any, lr: float, steps: int
) -> dict[str, Any]:
    parameters = dict(w1=w1, b1=b1, w2=w2, b2=b2)
    losses = np.zeros(steps)
    for t in range(steps):
        h = 1 / (1 + np.exp(-(x @ parameters["w1"] + parameters["b1"])))
        gap = h @ parameters["w2"] + parameters["b2"] - y
        losses[t] = np.sum(gap * gap)
        back = (gap @ parameters["w2"].T) * h * (1 - h)
        slopes = dict(w1=x.T @ back, b1=back.sum(0), w2=h.T @ gap, b2=gap.sum(0))
        parameters = {name: parameters[name] - 2 * lr * slopes[name] for name in parameters}
    return {"losses": losses, **parameters}


def _as_on_the_slide(
    x: Any, y: Any, w1: Any, b1: Any, w2: Any, b2: Any, lr: float, steps: int
) -> dict[str, Any]:
    w1, b1, w2, b2 = w1.copy(), b1.copy(), w2.copy(), b2.copy()
    losses = []
    for _ in range(steps):
        h = 1 / (1 + np.exp(-(x.dot(w1) + b1)))
        y_pred = h.dot(w2) + b2
        losses.append(np.square(y_pred - y).sum())
        grad_y_pred = 2.0 * (y_pred - y)
        grad_w2 = h.T.dot(grad_y_pred)
        dz = grad_y_pred.dot(w2.T) * h * (1 - h)
        w1 -= lr * x.T.dot(dz)
        b1 -= lr * dz.sum(axis=0)
        w2 -= lr * grad_w2
        b2 -= lr * grad_y_pred.sum(axis=0)
    return dict(losses=np.array(losses), w1=w1, b1=b1, w2=w2, b2=b2)


EXERCISES = (TRAIN_EXERCISE,)
