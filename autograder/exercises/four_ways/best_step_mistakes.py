"""Wrong best steps of a sweep over step sizes."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from autograder.exercise import Mistake, Step
from autograder.exercises.four_ways.difference_rules import central, forward
from autograder.exercises.four_ways.sweep_mistakes import Rule, errors

_BEST_HINTS = (
    "Print your errors next to the steps. Where is the smallest error?",
    "The best step of each difference is found among the errors of that difference.",
    "For steps of 0.1, 0.01 and 0.001 with errors 3e-2, 3e-3 and 3e-4, the best step is 0.001.",
)


def _smallest(rule: Rule) -> Step:
    return lambda v: float(v.steps[errors(v, rule).argmin()])


def _position(rule: Rule) -> Step:
    return lambda v: float(errors(v, rule).argmin())


def _always(step: float) -> Step:
    return lambda v: step


def _best(slug: str, wrong: dict[str, Step], evidence: str, name: str, question: str) -> Mistake:
    return Mistake("M33", slug, wrong, evidence, name=name, question=question, hints=_BEST_HINTS)


def _first_rise(rule: Rule) -> Step:
    """The step before the error rises for the first time."""

    def step(v: SimpleNamespace) -> float:
        found = errors(v, rule)
        rises = np.flatnonzero(np.diff(found) > 0)
        return float(v.steps[rises[0] if rises.size else -1])

    return step


WRONG_BEST_STEPS = (
    _best(
        "central best from the one-sided errors",
        {"central_best": _smallest(forward)},
        "your {part} is the step at which the one-sided error is smallest.",
        "the best step of the other difference",
        "In which of your two arrays did you look for the smallest error?",
    ),
    _best(
        "one-sided best from the central errors",
        {"forward_best": _smallest(central)},
        "your {part} is the step at which the central error is smallest.",
        "the best step of the other difference",
        "In which of your two arrays did you look for the smallest error?",
    ),
    *(
        _best(
            f"position of the {part}",
            {part: _position(rule)},
            "your {part} is the position of a step in the list.",
            "a position instead of a step",
            "Is np.argmin a step, or does it say where to find one?",
        )
        for part, rule in (("forward_best", forward), ("central_best", central))
    ),
    *(
        _best(
            f"first rise, {slug}",
            {f"{name}_best": _first_rise(rule) for name, rule in wrong.items()},
            "your {part} is the step before the error rises for the first time. Further on it is "
            "smaller.",
            "the search stops at the first rise",
            "After the error has risen once, can it still fall below all that came before?",
        )
        for slug, wrong in (
            ("both", {"forward": forward, "central": central}),
            ("one-sided", {"forward": forward}),
            ("central", {"central": central}),
        )
    ),
    *(
        _best(
            f"{size} step taken for {part}",
            {part: _always(step)},
            f"your {{part}} is the {size} step of all.",
            f"the {size} step is mistaken for the best",
            "Print your errors next to the steps. Where is the smallest error?",
        )
        for part in ("forward_best", "central_best")
        for size, step in (("smallest", 1e-13), ("largest", 0.1))
    ),
)
