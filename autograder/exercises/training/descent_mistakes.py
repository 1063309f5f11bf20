"""What people get wrong in an epoch of SGD with L2."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Mistake, Step
from autograder.exercises.layers_and_batches.piled_up import gradients_pile_up
from autograder.exercises.layers_and_batches.untrained import nothing_trained
from autograder.exercises.several_ways import in_one_step
from autograder.exercises.training.descent_steps import (
    PARAMETERS,
    WEIGHTS,
    changed,
    descend,
    forward_and_backward,
)
from autograder.exercises.training.l2_mistakes import PENALTY_MISTAKES
from autograder.exercises.training.pass_slips import pass_slips, updated_first


def _with_stale_hidden(v: SimpleNamespace) -> SimpleNamespace:
    # The hidden layer's parameters as they were before the first step.
    return descend(v, {"h": lambda now: np.tanh(now.x @ v.W + v.c)})


def _early(name: str) -> Step:
    return lambda v: getattr(v.run.points[-2], name)


def _after_the_first(name: str) -> Step:
    return lambda v: getattr(v.run.points[1], name)


def _last_slope(name: str) -> Step:
    return lambda v: (getattr(v.run.points[-2], name) - getattr(v.run, name)) / v.learning_rate


def _after_the_steps(v: SimpleNamespace) -> Any:
    losses = []
    for t in range(len(v.x)):
        now = descend(changed(v, x=v.x[: t + 1], y=v.y[: t + 1]))
        reached = changed(v, **{name: getattr(now, name) for name in PARAMETERS})
        losses.append(forward_and_backward(reached, v.x[t], v.y[t]).loss)
    return np.array(losses)


def _error(factor: float) -> Step:
    return lambda v: factor * (v.p - v.y)


def _each_example(v: SimpleNamespace, share: Callable[[int], float]) -> SimpleNamespace:
    """A step after every example, with a share of its gradient."""
    now, losses = v, []
    for x, y in zip(v.x, v.y, strict=True):
        losses.append(forward_and_backward(now, x, y).loss)
        wrong = {"dp": _error(2 * share(len(y)))}
        end = descend(changed(now, x=x[:, None], y=y[:, None]), wrong)
        now = changed(v, **{name: getattr(end, name) for name in PARAMETERS})
    return SimpleNamespace(losses=np.array(losses), **{p: getattr(now, p) for p in PARAMETERS})


def _all_from_the_start(v: SimpleNamespace, mean: bool) -> SimpleNamespace:
    """One step with the gradients of all batches at the parameters that were given."""
    found = [forward_and_backward(v, x, y) for x, y in zip(v.x, v.y, strict=True)]
    end = {}
    for name in PARAMETERS:
        share = v.lam if name in WEIGHTS else 0.0
        value = getattr(v, name)
        slopes = [getattr(one, f"d{name}") + share * value for one in found]
        end[name] = value - v.learning_rate * sum(slopes) / (len(slopes) if mean else 1)
    return SimpleNamespace(losses=np.array([one.loss for one in found]), **end)


# Each part by itself, so that an answer that trains nothing earns nothing.
UNTRAINED: dict[str, Step] = {
    "losses": lambda v: descend(v, direction=0.0).losses,
    **{name: attrgetter(name) for name in PARAMETERS},
}

MISTAKES = (
    *in_one_step(
        (
            "M1",
            "uphill",
            "run",
            lambda v: descend(v, direction=1.0),
            "follows the gradient uphill",
            "a step along the gradient instead of against it",
            "",
        ),
        (
            "M1",
            "y − p",
            "run",
            lambda v: descend(v, {"dp": lambda now: 2 * (now.y - now.p) / len(now.y)}),
            "follows the data's gradient uphill, while the penalty's share has the right sign",
            "the sign of the error is flipped",
            "If p is larger than y, should dp be positive or negative?",
        ),
        (
            "M3",
            "divided by the number of batches",
            "run",
            lambda v: descend(v, {"dp": lambda now: 2 * (now.p - now.y) / len(v.x)}),
            "comes from steps whose data gradient is divided by the number of batches, not by the "
            "number of examples in one",
            "the number of batches where the number of examples belongs",
            "x has the shape (T, N, D). Which of these is len(x)?",
        ),
    ),
    nothing_trained("w", UNTRAINED),
    *pass_slips(lambda wrong: {"run": lambda v: descend(v, wrong)}, b=lambda v: v.run.b),
    *updated_first(lambda wrong: {"run": lambda v: descend(v, wrong)}, attrgetter("lam")),
    *(
        gradients_pile_up("batch", slug, run=partial(descend, keep=1.0, with_penalty=kept))
        for slug, kept in (("", False), (" with their penalties", True))
    ),
    Mistake(
        "M28",
        "hidden layer of the first step",
        {"run": _with_stale_hidden},
        "your {part} comes from a loop whose hidden layer still uses the W and c from the start.",
    ),
    *(
        Mistake(
            "M28",
            f"all gradients at the start, their {'mean' if mean else 'sum'}",
            {"run": partial(_all_from_the_start, mean=mean)},
            "your {part} comes from gradients that were all computed with the parameters that "
            "were given.",
            name="every batch with the parameters from the start",
            question="With which parameters does the forward pass on the second batch run?",
        )
        for mean in (False, True)
    ),
    *(
        Mistake(
            "M3",
            f"a step after every example{slug}",
            {"run": partial(_each_example, share=share)},
            "your {part} comes from a loop that takes a step after each example, not "
            "one per batch.",
            name="a step after every example",
            question="How many steps does one batch make?",
        )
        for slug, share in (("", lambda n: 1.0), (", of its share in the mean", lambda n: 1 / n))
    ),
    Mistake(
        "M28",
        "losses after the step",
        {"losses": _after_the_steps},
        "your {part} holds the losses of the batches after their steps.",
        name="the losses are taken after the step",
        question="Which parameters belong to the loss of a batch: those before its step or after?",
    ),
    Mistake(
        "M28",
        "last batch left out",
        {name: _early(name) for name in PARAMETERS},
        "your {part} has not taken the step of the last batch.",
        name="the last step is not taken",
        question="How many steps do you take for three batches?",
        once=True,
    ),
    Mistake(
        "M28",
        "first batch only",
        {
            "losses": lambda v: v.run.losses[:1],
            **{name: _after_the_first(name) for name in PARAMETERS},
        },
        "your {part} comes from a loop that ends after the first batch.",
        name="only one step is taken",
        question="Which line is the last one inside your loop?",
        once=True,
    ),
    Mistake(
        "M31",
        "learning rate overridden",
        {"run": lambda v: descend(changed(v, learning_rate=0.1))},
        "your {part} comes from steps with a learning rate of 0.1, whatever rate you were given.",
        name="the learning rate that was given is not used",
        question="Where does your function read its argument learning_rate?",
    ),
    Mistake(
        "M31",
        "no learning rate",
        {"run": lambda v: descend(changed(v, learning_rate=1.0))},
        "your {part} comes from steps as long as the gradient itself.",
        name="the learning rate is left out",
        question="Where does your function read its argument learning_rate?",
    ),
    Mistake(
        "M32",
        "gradient of the last batch returned",
        {name: _last_slope(name) for name in PARAMETERS},
        "your {part} is a slope, namely the gradient of the last batch.",
        name="the gradient is returned instead of the parameter",
        question="Is this a slope, or a new weight?",
        once=True,
    ),
    *PENALTY_MISTAKES,
)
