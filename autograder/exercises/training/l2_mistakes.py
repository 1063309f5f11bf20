"""What people get wrong about the penalty in an epoch of SGD."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Mistake, Step
from autograder.exercises.training.descent_steps import PARAMETERS, WEIGHTS, changed, descend


def _with_penalties(share: float) -> Step:
    return lambda v: v.run.losses + _penalties(v, share)


def _penalties(v: SimpleNamespace, share: float) -> Any:
    """A share of λ times the squares of the weights before each step."""
    found = []
    for t in range(len(v.x)):
        now = descend(changed(v, x=v.x[:t], y=v.y[:t]))
        found.append(share * v.lam * sum(np.sum(getattr(now, name) ** 2) for name in WEIGHTS))
    return np.array(found)


def _penalty_apart(decay: Callable[[SimpleNamespace, int], float], moved: bool) -> Step:
    """Weights that shrink by a share of themselves, before or after they have moved."""

    def run(v: SimpleNamespace) -> SimpleNamespace:
        now, losses = v, []
        for x, y in zip(v.x, v.y, strict=True):
            end = descend(changed(now, x=x[None], y=y[None]), penalised={})
            losses.append(end.losses[0])
            share = decay(v, len(y))
            for name in WEIGHTS:
                of = end if moved else now
                setattr(end, name, getattr(end, name) - share * getattr(of, name))
            now = changed(v, **{name: getattr(end, name) for name in PARAMETERS})
        return SimpleNamespace(losses=np.array(losses), **{p: getattr(now, p) for p in PARAMETERS})

    return run


PENALTY_MISTAKES = (
    *(
        Mistake(
            "M22",
            f"biases penalised{slug}",
            {"run": partial(descend, penalised=dict.fromkeys(names, 1.0))},
            f"your {{part}} comes from a loop that shrinks {words}.",
            name="a penalty on the biases",
            question="Which of W, c, w and b does the regulariser act on?",
        )
        for slug, names, words in (
            ("", PARAMETERS, "the biases too"),
            (": c", ("W", "w", "c"), "the bias c too"),
            (": b", ("W", "w", "b"), "the bias b too"),
        )
    ),
    *(
        Mistake(
            "M22",
            f"{exempt} exempt",
            {"run": partial(descend, penalised={kept: 1.0})},
            f"your {{part}} comes from a loop that regularises only {words}.",
            name=name,
            question=question,
        )
        for exempt, kept, words, name, question in (
            (
                "vector w",
                "W",
                "the matrix W",
                "the output weights are left out of the regulariser",
                "What does w multiply: is it a weight or a bias?",
            ),
            (
                "matrix W",
                "w",
                "the vector w",
                "the hidden weights are left out of the regulariser",
                "Over which weights does the sum of the penalty run?",
            ),
        )
    ),
    *(
        Mistake(
            "M22",
            slug,
            {"run": partial(descend, penalised=dict.fromkeys(WEIGHTS, weight))},
            f"your {{part}} is right when λ = 0, but otherwise {words}.",
            name=name,
            question=question,
        )
        for slug, weight, words, name, question in (
            (
                "λ forgotten",
                0.0,
                "λ has no effect on it",
                "a forgotten penalty term",
                "What happens to your steps when λ doubles?",
            ),
            (
                "−λ",
                -1.0,
                "the penalty pushes the weights away from 0",
                "a penalty term with the wrong sign",
                "When a positive weight grows, does the penalty grow or shrink?",
            ),
            (
                "2λ",
                2.0,
                "the penalty's share of each step is doubled",
                "a doubled penalty term",
                "The ½ of the penalty meets the 2 of the square. What is left?",
            ),
            (
                "λ/2",
                0.5,
                "the penalty's share of each step is halved",
                "a halved penalty term",
                "What is the derivative of ½w² with respect to w?",
            ),
        )
    ),
    *(
        Mistake(
            "M22",
            slug,
            {"run": _penalty_apart(decay, moved)},
            f"your {{part}} is right when λ = 0, but otherwise {words}.",
            name=name,
            question=question,
        )
        for slug, decay, moved, words, name, question in (
            (
                "λ/N",
                lambda v, n: v.learning_rate * v.lam / n,
                False,
                "the penalty's share is divided by the number of examples",
                "a penalty that is averaged over the examples",
                "Does the sum of the squared weights run over the examples?",
            ),
            (
                "λ without the learning rate",
                lambda v, n: v.lam,
                False,
                "the penalty's share of each step is not multiplied by the learning rate",
                "a penalty without the learning rate",
                "Which terms does the learning rate multiply in a step?",
            ),
            (
                "penalty at the new weights",
                lambda v, n: v.learning_rate * v.lam,
                True,
                "the penalty shrinks weights that have already moved",
                "the penalty is taken at the new weights",
                "With which weights are the two gradients of one step computed?",
            ),
        )
    ),
    *(
        Mistake(
            "M22",
            f"penalty in the losses{slug}",
            {"losses": _with_penalties(share)},
            "your {part} contains the penalty, but the exercise asks for the loss of the data.",
            name="the penalty is counted in the losses",
            question="Should the losses that you return change with λ at the start?",
        )
        for slug, share in ((", with ½", 0.5), (", without ½", 1.0))
    ),
)
