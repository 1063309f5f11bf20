"""Deck D4's training loop: gradient descent on the twenty-line network, with biases."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.draws import FAR, large_and_small, times, with_changes, with_zeros
from autograder.exercise import Exercise, Part, Probe
from autograder.exercises.layers_and_batches.formulas import UNIT
from autograder.exercises.layers_and_batches.twenty_lines import network
from autograder.exercises.layers_and_batches.twenty_lines_descent import (
    PARAMETERS,
    descend,
    right_gradients,
)
from autograder.exercises.layers_and_batches.twenty_lines_loop_mistakes import LOOP_MISTAKES
from autograder.exercises.layers_and_batches.twenty_lines_pass_mistakes import PASS_MISTAKES
from autograder.exercises.once import run_once


def _training(lr: float, steps: int, *sizes: int) -> Any:
    draw_network = network(*sizes)
    return lambda rng: {**draw_network(rng), "lr": lr, "steps": steps}


_one_step = _training(0.01, 1, 3, 2, 3, 2)

TRAIN_EXERCISE = Exercise(
    id="twenty_lines.train",
    unit=UNIT,
    title="The twenty lines, training",
    objectives=("O4",),
    deck="D4, Full implementation of training a 2-layer Neural Network",
    steps={
        "run": lambda v: descend(v, right_gradients),
        "losses": lambda v: v.run.losses,
        "w2": lambda v: v.run.w2,
        "b2": lambda v: v.run.b2,
        "w1": lambda v: v.run.w1,
        "b1": lambda v: v.run.b1,
    },
    parts=(
        Part("losses", 0.7, plural=True),
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
        Probe("many zeros", with_zeros(_training(0.02, 2, 3, 3, 4, 2)), corner=True),
        Probe(
            "one step with x = 0 and large w1",
            with_changes(_one_step, x=times(0.0), w1=times(FAR)),
            corner=True,
        ),
        Probe("a learning rate below a millionth", _training(3e-7, 2, 3, 2, 3, 2), corner=True),
        # After a second step these would saturate every unit.
        Probe("one step at a learning rate of 40", _training(40.0, 1, 3, 2, 3, 2), corner=True),
        *large_and_small(
            _one_step,
            "x",
            "w1",
            lambda far: {"x": times(far), "w1": times(1 / far)},
            before="one step with ",
        ),
        *(
            Probe(
                f"one step with {size} w2, b2 and y",
                with_changes(_one_step, **dict.fromkeys(("w2", "b2", "y"), times(factor))),
                corner=True,
            )
            for size, factor in (("large", 2.0**10), ("small", 1 / FAR))
        ),
        Probe("a small b1", with_changes(_one_step, b1=times(1 / FAR)), corner=True),
    ),
    tolerance=1e-8,
    why_tolerance="round-off error is carried from step to step",
    gradients=("losses", "w2", "b2", "w1", "b1"),
    mistakes=run_once(
        (*PASS_MISTAKES, *LOOP_MISTAKES), "run", ("x", "y", *PARAMETERS, "lr", "steps")
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
