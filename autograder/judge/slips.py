"""Generic mistakes: slips that can be made at the end of any part, derived from the right value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.exercise import Exercise, Inputs, Mistake, Step

Transform = Callable[[Any, Inputs], Any]


@dataclass(frozen=True)
class Explanation:
    """The words for a mistake that any exercise may show.

    Args:
        id: the catalogue's row, or "".
        slug: its short name.
        evidence: what shows it; `{part}` stands for the part's name, and `{everywhere}` for ", on
            every input" where that is so.
        name: a name that says it better than the catalogue's.
        question: one question that leads on (default: the catalogue's first hint).
        once: whether it costs points only in the first of the parts that show it.
        changed: the inputs that the answer had changed in place, if that is the mistake: the
            change then costs no more than the part.
    """

    id: str
    slug: str
    evidence: str
    name: str = ""
    question: str = ""
    once: bool = False
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Slip(Explanation):
    """A generic mistake at the end of a part.

    Args:
        transform: from the right value and the inputs to the wrong value.
    """

    transform: Transform


_SLIPS = (
    Slip(
        "M1",
        "sign",
        "your {part} has the right size but the opposite sign{everywhere}.",
        transform=lambda right, _: -right,
    ),
    Slip(
        "M2",
        "doubled",
        "your {part} is twice as large as it should be{everywhere}.",
        transform=lambda right, _: 2 * right,
    ),
    Slip(
        "M2",
        "halved",
        "your {part} is half as large as it should be{everywhere}.",
        transform=lambda right, _: right / 2,
    ),
    Slip(
        "M11",
        "transposed",
        "your {part} has the right numbers but with rows and columns swapped.",
        "a transposed matrix",
        "What does a row stand for here, and what does a column?",
        transform=lambda right, _: right.T,
    ),
    Slip(
        "M18",
        "zeros",
        "your {part} is zero on every input.",
        "zero everywhere",
        transform=lambda right, _: np.zeros(right.shape),
    ),
)


# Learning rates that people put in where a gradient alone is asked for.
_RATES = (0.1, 0.01)


def slips(exercise: Exercise, part: str) -> tuple[Slip, ...]:
    """The generic mistakes that can be made at the end of a part.

    Args:
        exercise: the exercise; its batch makes a sum instead of a mean possible, and its leaves an
            update instead of a gradient.

    Returns:
        The slips.
    """
    leaf = exercise.leaves.get(part, "") if part in exercise.derivatives else ""
    return (
        *_SLIPS,
        *(_batch_slips(exercise.batch) if exercise.batch else ()),
        *(slip for rate in _RATES if leaf for slip in _update_slips(leaf, rate)),
    )


def _batch_slips(batch: str) -> tuple[Slip, ...]:
    return (
        Slip(
            "M3",
            "sum for mean",
            "your {part} is too large by a factor that equals the number of examples.",
            "a sum where a mean is needed",
            transform=lambda right, drawn: right * len(drawn[batch]),
        ),
        Slip(
            "M3",
            "mean for sum",
            "your {part} is too small by a factor that equals the number of examples.",
            "a mean where a sum is needed",
            transform=lambda right, drawn: right / len(drawn[batch]),
        ),
    )


def _update_slips(leaf: str, rate: float) -> tuple[Slip, ...]:
    return (
        Slip(
            "M32",
            f"a step at a rate of {rate}",
            f"your {{part}} is −{rate} times the gradient{{everywhere}}.",
            transform=lambda right, _: -rate * right,
        ),
        Slip(
            "M32",
            f"the new value at a rate of {rate}",
            f"your {{part}} is {leaf} after a step of {rate} times the gradient.",
            transform=lambda right, drawn: drawn[leaf] - rate * right,
        ),
    )


def derived_mistakes(exercise: Exercise) -> Iterator[Mistake]:
    """Attaches every slip to every part that is a number or an array.

    Yields:
        One mistake a slip and part, such as "dW: transposed".
    """
    for part in exercise.parts:
        if part.accept is not None:
            continue
        for slip in slips(exercise, part.name):
            wrong = {part.name: _slipped(exercise, part.name, slip)}
            yield Mistake(slip.id, f"{part.name}: {slip.slug}", wrong, slip.evidence, slip.name)


def _slipped(exercise: Exercise, part: str, slip: Slip) -> Step:
    def step(values: Any) -> Any:
        return slip.transform(np.asarray(exercise.steps[part](values)), vars(values))

    return step
