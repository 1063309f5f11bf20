"""What people get wrong in the loop that trains the twenty-line network."""

from __future__ import annotations

from operator import attrgetter
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Mistake, Step
from autograder.exercises.layers_and_batches.piled_up import gradients_pile_up
from autograder.exercises.layers_and_batches.twenty_lines_descent import (
    PARAMETERS,
    descend,
    right_gradients,
)
from autograder.exercises.layers_and_batches.untrained import nothing_trained


def _with_stale_forward(v: SimpleNamespace) -> Any:
    first = right_gradients(v)
    wrong = {"h": lambda now: first.h, "y_pred": lambda now: first.y_pred}
    return descend(v, lambda now: right_gradients(now, wrong))


def _with_leftovers(v: SimpleNamespace) -> Any:
    kept = {f"grad_{name}": np.zeros(np.shape(getattr(v, name))) for name in PARAMETERS}

    def step(now: SimpleNamespace) -> SimpleNamespace:
        found = right_gradients(now)
        for name in kept:
            kept[name] = kept[name] + getattr(found, name)
            setattr(found, name, kept[name])
        return found

    return descend(v, step)


def _uphill(v: SimpleNamespace) -> Any:
    return descend(SimpleNamespace(**{**vars(v), "lr": -v.lr}), right_gradients)


def _untrained(v: SimpleNamespace) -> Any:
    return descend(SimpleNamespace(**{**vars(v), "lr": 0.0}), right_gradients)


def _changed(v: SimpleNamespace, **values: Any) -> SimpleNamespace:
    return SimpleNamespace(**{**vars(v), **values})


def _at_rate(rate: float) -> Step:
    return lambda v: descend(_changed(v, lr=rate), right_gradients)


def _some_steps(v: SimpleNamespace, steps: int) -> Any:
    return descend(_changed(v, steps=steps), right_gradients)


def _early(name: str) -> Step:
    return lambda v: getattr(v.run.points[-2], name)


def _after(name: str, steps: int) -> Step:
    return lambda v: getattr(v.run.points[steps if steps > 0 else steps - 1], name)


def _one_more(name: str) -> Step:
    # By then a parameter's own name may stand for its value after the training.
    return lambda v: getattr(_some_steps(_changed(v, **vars(v.run.points[-1])), 1), name)


def _shorter(steps: int) -> dict[str, Step]:
    """A loop of a number of steps, or if it is below 0, of so many fewer."""
    return {
        "losses": lambda v: v.run.losses[:steps],
        **{name: _after(name, steps) for name in PARAMETERS},
    }


_LONGER: dict[str, Step] = {
    "losses": lambda v: _some_steps(v, v.steps + 1).losses,
    **{name: _one_more(name) for name in PARAMETERS},
}


def _same_gradients(v: SimpleNamespace) -> Any:
    first = right_gradients(v)
    kept = {f"grad_{name}": getattr(first, f"grad_{name}") for name in PARAMETERS}
    return descend(v, lambda now: _changed(right_gradients(now), **kept))


def _at_the_start(v: SimpleNamespace) -> Any:
    return _changed(_same_gradients(v), losses=_untrained(v).losses)


def _one_after_the_other(first: tuple[str, str], then: tuple[str, str]) -> Step:
    """One layer moves, and the gradients of the other are found at the point between."""

    def step(now: SimpleNamespace) -> SimpleNamespace:
        found = right_gradients(now)
        moved = {
            name: getattr(now, name) - now.lr * getattr(found, f"grad_{name}") for name in first
        }
        between = right_gradients(_changed(now, **moved))
        return _changed(found, **{f"grad_{n}": getattr(between, f"grad_{n}") for n in then})

    return lambda v: descend(v, step)


LOOP_MISTAKES = (
    Mistake(
        "M1",
        "uphill",
        {"run": _uphill},
        "your {part} follows the gradient uphill, so the loss grows.",
        name="a step along the gradient instead of against it",
    ),
    # Each part by itself, so that an answer that trains nothing earns nothing.
    nothing_trained(
        "w1",
        {"losses": lambda v: _untrained(v).losses, **{p: attrgetter(p) for p in PARAMETERS}},
    ),
    Mistake(
        "M28",
        "forward pass of the first step",
        {"run": _with_stale_forward},
        "your {part} comes from a loop whose h and y_pred stay as they were at the start.",
    ),
    gradients_pile_up("step", run=_with_leftovers),
    Mistake(
        "M14",
        "output layer updated first",
        {"run": _one_after_the_other(("w2", "b2"), ("w1", "b1"))},
        "your {part} comes from a loop that changes w2 and b2 first and finds the gradients of w1 "
        "and b1 with the new ones.",
    ),
    Mistake(
        "M14",
        "hidden layer updated first",
        {"run": _one_after_the_other(("w1", "b1"), ("w2", "b2"))},
        "your {part} comes from a loop that changes w1 and b1 first and finds the gradients of w2 "
        "and b2 with the new ones.",
    ),
    Mistake(
        "M28",
        "last step not taken",
        {name: _early(name) for name in PARAMETERS},
        "your {part} is what it was before the last step.",
        name="the last step is not taken",
        question="How many steps do you take for three losses?",
        once=True,
    ),
    Mistake(
        "M28",
        "one step too few",
        _shorter(-1),
        "your {part} comes from a loop with one step too few.",
        name="one step too few",
        question="For steps = 3, which values does the counter of your loop take?",
        once=True,
    ),
    Mistake(
        "M28",
        "one step too many",
        _LONGER,
        "your {part} comes from a loop with one step too many.",
        name="one step too many",
        question="For steps = 3, which values does the counter of your loop take?",
        once=True,
    ),
    Mistake(
        "M28",
        "one loss too many",
        {"losses": _LONGER["losses"]},
        "your {part} also includes the loss after the last step.",
        name="one loss too many",
        question="Which steps should have their loss recorded, and is the last number one of them?",
    ),
    Mistake(
        "M28",
        "one step only",
        _shorter(1),
        "your {part} comes from a loop that ends after its first step.",
        name="only one step is taken",
        question="Which line is the last one inside your loop?",
        once=True,
    ),
    Mistake(
        "M28",
        "gradients of the first step",
        {"run": _same_gradients},
        "your {part} comes from a loop that follows the gradients of the first step again and "
        "again.",
        name="gradients that are computed once, before the loop",
        question="Which lines have to run again after the parameters have changed?",
    ),
    Mistake(
        "M28",
        "losses and gradients at the start",
        {"run": _at_the_start},
        "your {part} comes from a loop that works out every loss and every gradient with the "
        "parameters that were passed in.",
        name="every step begins with the first parameters",
        question="In your second step, which parameters does the forward pass use?",
    ),
    *(
        Mistake(
            "M31",
            f"learning rate {rate:g}",
            {"run": _at_rate(rate)},
            f"your {{part}} comes from steps with a learning rate of {rate:g}, whatever rate you "
            "were given.",
            name="the learning rate that was given is not used",
            question="Where does your function read its argument lr?",
        )
        for rate in (1e-4, 1e-3, 0.01, 0.1)
    ),
    *(
        Mistake(
            "M3",
            slug,
            {"losses": losses},
            f"your {{part}} is divided by the number of {of}, but the loss on the slide is a sum.",
            name="a mean where a sum is needed",
        )
        for slug, of, losses in (
            ("losses averaged", "examples", lambda v: v.run.losses / len(v.x)),
            ("losses averaged over the entries", "entries of y", lambda v: v.run.losses / v.y.size),
        )
    ),
)
