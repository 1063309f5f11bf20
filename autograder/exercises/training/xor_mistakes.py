"""What people get wrong when they train XOR."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Mistake, Step
from autograder.exercises.layers_and_batches.piled_up import gradients_pile_up
from autograder.exercises.training.descent_steps import (
    PARAMETERS,
    changed,
    forward_and_backward,
)
from autograder.exercises.training.pass_slips import pass_slips, updated_first
from autograder.exercises.training.xor_steps import FIRST, descend_path


def _first_losses(wrong: Mapping[str, Step]) -> dict[str, Step]:
    return {"first_losses": lambda v: descend_path(v, wrong)[0]}


def _at_rate(rate: float) -> dict[str, Step]:
    return {"first_losses": lambda v: descend_path(changed(v, learning_rate=rate))[0]}


def _each_example(factor: float, on_the_way: bool) -> dict[str, Step]:
    """A step after every example, with a factor in front of p − y.

    The loss of a sweep is taken before it, or it is the mean of the losses on the way.
    """
    wrong: dict[str, Step] = {"dp": lambda v: factor * (v.p - v.y)}

    def losses(v: SimpleNamespace) -> Any:
        now, found = v, []
        for _ in range(FIRST):
            before = forward_and_backward(now, v.x, v.y).loss
            met = []
            for n in range(len(v.y)):
                one = forward_and_backward(now, v.x[n : n + 1], v.y[n : n + 1], wrong)
                met.append(one.loss)
                now = _stepped(one, {name: getattr(one, f"d{name}") for name in PARAMETERS})
            found.append(np.mean(met) if on_the_way else before)
        return np.array(found)

    return {"first_losses": losses}


def _stepped(v: SimpleNamespace, slopes: Mapping[str, Any]) -> SimpleNamespace:
    moved = {name: getattr(v, name) - v.learning_rate * slopes[name] for name in PARAMETERS}
    return changed(v, **moved)


def _piled_up(v: SimpleNamespace) -> Any:
    now, losses = v, []
    left: dict[str, Any] = dict.fromkeys(PARAMETERS, 0.0)
    for _ in range(FIRST):
        found = forward_and_backward(now, v.x, v.y)
        losses.append(found.loss)
        left = {name: left[name] + getattr(found, f"d{name}") for name in PARAMETERS}
        now = _stepped(found, left)
    return np.array(losses)


def _same_gradients(v: SimpleNamespace) -> Any:
    now, losses = v, []
    first = forward_and_backward(v, v.x, v.y)
    slopes = {name: getattr(first, f"d{name}") for name in PARAMETERS}
    for _ in range(FIRST):
        losses.append(forward_and_backward(now, v.x, v.y).loss)
        now = _stepped(now, slopes)
    return np.array(losses)


MISTAKES = (
    Mistake(
        "M1",
        "uphill",
        {
            "first_losses": lambda v: descend_path(v, direction=1.0)[0],
            "trained": lambda v: descend_path(v, direction=1.0, most=20)[1],
        },
        "your {part} grows, because each step follows the gradient uphill.",
        name="a step along the gradient instead of against it",
    ),
    *pass_slips(_first_losses),
    *updated_first(_first_losses, lambda v: 0.0),
    Mistake(
        "M3",
        "sum for mean in the loss",
        {"first_losses": lambda v: 4 * descend_path(v)[0]},
        "your {part} holds sums over the four examples, but D1 divides by their number.",
        name="a sum where a mean is needed",
    ),
    Mistake(
        "M3",
        "sum for mean in loss and gradient",
        {"first_losses": lambda v: 4 * descend_path(v, {"dp": lambda now: 2 * (now.p - now.y)})[0]},
        "your {part} holds sums over the four examples, and falls like such a sum; D1 "
        "divides by the number of examples.",
        name="a sum where a mean is needed",
    ),
    Mistake(
        "M2",
        "half the sum of squares",
        {"first_losses": lambda v: 2 * descend_path(v, {"dp": lambda now: now.p - now.y})[0]},
        "your {part} holds half the sum of the squared errors, and falls like it. The loss in "
        "D1 is a mean without a ½.",
        name="a different loss: half the sum of the squares",
        question="What stands in front of the sum in the loss?",
    ),
    Mistake(
        "M2",
        "half the mean of squares",
        {
            "first_losses": lambda v: (
                descend_path(v, {"dp": lambda now: (now.p - now.y) / len(now.y)})[0] / 2
            )
        },
        "your {part} holds half the mean of the squared errors, and falls like it. The loss in "
        "D1 has no ½.",
    ),
    *(
        Mistake(
            "M3",
            f"a step after every example, {words}",
            _each_example(factor, on_the_way),
            "your {part} comes from a loop that takes a step after each example, not "
            "one per sweep.",
            name="a step after every example",
            question="How many steps do you take while you go once through the four examples?",
        )
        for factor, on_the_way, words in (
            (2.0, False, "losses before each sweep"),
            (2.0, True, "losses on the way"),
            (0.5, False, "of its share in the mean, losses before each sweep"),
            (0.5, True, "of its share in the mean, losses on the way"),
        )
    ),
    *(
        Mistake(
            "M31",
            f"learning rate {rate:g}",
            _at_rate(rate),
            f"your {{part}} comes from steps with a learning rate of {rate:g}, whatever rate you "
            "were given.",
            name="the learning rate that was given is not used",
            question="Where does your function read its argument learning_rate?",
        )
        for rate in (0.01, 0.1, 0.5)
    ),
    Mistake(
        "M31",
        "no learning rate",
        _at_rate(1.0),
        "your {part} comes from steps as long as the gradient itself.",
        name="the learning rate is left out",
        question="Where does your function read its argument learning_rate?",
    ),
    Mistake(
        "M28",
        "losses after the step",
        {"first_losses": lambda v: descend_path(v, most=FIRST + 1)[0][1:]},
        "your {part} begins with the loss after the first step.",
        name="the losses are taken after the step",
        question="Which loss comes first: that at the parameters that you were given, or the next?",
    ),
    gradients_pile_up("step", first_losses=_piled_up),
    Mistake(
        "M28",
        "gradients of the first step",
        {"first_losses": _same_gradients},
        "your {part} comes from a loop that follows the gradients of the first step again and "
        "again.",
        name="gradients that are computed once, before the loop",
        question="Which lines have to run again after the parameters have changed?",
    ),
)
