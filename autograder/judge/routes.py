"""Adjoints as sums over routes: which route was lost, counted twice, or taken with a wrong sign?

A step of a backward pass is linear in the adjoints that arrive. Setting all of them to zero but
one gives the contribution of one route (deck D0, Reverse Mode: the sum over the users of a node).
A student's value is then fitted by the contributions with coefficients 0, 1, 2 and −1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Exercise, Mistake, Step
from autograder.judge.compare import close
from autograder.judge.context import Context
from autograder.judge.slips import Explanation

DIRECT = "the direct path"
MOST_ROUTES = 6
_NAMES = {
    0: (
        "M15",
        "lost",
        ("a path missing at a fan-out"),
        "is missing exactly the contribution through",
    ),
    2: ("M15", "doubled", "a path counted twice", "counts twice the contribution through"),
    -1: ("M1", "sign", "the sign of one path", "has the wrong sign in the contribution through"),
}
_QUESTION = (
    "By which paths does this quantity reach the output, and does your line add each of them "
    "once, with its sign?"
)


def contributions(exercise: Exercise, part: str, values: SimpleNamespace) -> dict[str, Any]:
    """Splits a step of a backward pass by the adjoints that it uses.

    Args:
        exercise: the exercise; what comes after its output are adjoints.
        part: the step.
        values: all values of the pass.

    Returns:
        Adjoint → its share, at least two of them; {} where the step is not such a sum.
    """
    names = list(exercise.steps)
    if not exercise.output or exercise.output not in names or part not in names:
        return {}
    before = names[names.index(exercise.output) + 1 : names.index(part)]
    held = vars(values)
    nothing = {name: np.zeros(np.shape(held[name])) for name in before if _is_number(held[name])}
    step = exercise.steps[part]
    try:
        with np.errstate(all="ignore"):
            base = np.asarray(step(SimpleNamespace(**{**held, **nothing})), dtype=float)
            shares = {DIRECT: base} if base.any() else {}
            for name in nothing:
                kept = {**held, **nothing, name: held[name]}
                share = np.asarray(step(SimpleNamespace(**kept)), dtype=float) - base
                if share.any():
                    shares[name] = share
            total = np.asarray(step(values), dtype=float)
    except Exception:
        return {}
    if not 2 <= len(shares) <= MOST_ROUTES or not close(sum(shares.values()), total, 1e-9):
        return {}
    return shares


def route_explanations(context: Context, values: Sequence[Any]) -> list[Explanation]:
    """Fits a wrong value by the contributions of its routes.

    Args:
        context: the part and what it may rest on.
        values: what the student returned, one value per probe.

    Returns:
        All fits with one route wrong; if there is none, all with two.
    """
    exercise, part = context.case.exercise, context.part.name
    splits = [
        [contributions(exercise, part, solved) for solved in namespaces]
        for namespaces in context.namespaces()
    ]
    for count in (1, 2):
        found: dict[str, Explanation] = {}
        for split in splits:
            for change in _changes(split, count):
                if _fits(split, change, values, exercise.tolerance):
                    fit = _explanation(change)
                    found[fit.slug] = fit
        if found:
            return list(found.values())
    return []


def route_mistakes(exercise: Exercise, right: Sequence[SimpleNamespace]) -> Iterator[Mistake]:
    """Every mistake with one route of one part, for the bank.

    Args:
        right: all right values, one namespace per probe.

    Yields:
        The mistakes.
    """
    for part in exercise.parts:
        if part.accept is not None:
            continue
        for change in _changes([contributions(exercise, part.name, v) for v in right], 1):
            words = _explanation(change)
            wrong = {part.name: _changed(exercise, part.name, change)}
            slug = f"{part.name}: {words.slug}"
            yield Mistake(words.id, slug, wrong, words.evidence, words.name, words.question)


def _is_number(value: Any) -> bool:
    return isinstance(value, float | np.ndarray | np.floating)


def _changes(split: Sequence[dict[str, Any]], count: int) -> Iterator[dict[str, int]]:
    """Route → coefficient, for the routes that are wrong."""
    routes = list(split[0]) if split else []
    if not routes or any(set(shares) != set(routes) for shares in split):
        return
    for chosen in combinations(routes, count):
        for coefficients in product(_NAMES, repeat=count):
            yield dict(zip(chosen, coefficients, strict=True))


def _fits(
    split: Sequence[dict[str, Any]], change: dict[str, int], values: Sequence[Any], tolerance: float
) -> bool:
    return all(
        close(value, _sum(shares, change), tolerance)
        for shares, value in zip(split, values, strict=True)
    )


def _sum(shares: dict[str, Any], change: dict[str, int]) -> Any:
    return sum(change.get(name, 1) * share for name, share in shares.items())


def _changed(exercise: Exercise, part: str, change: dict[str, int]) -> Step:
    def step(values: Any) -> Any:
        found = _sum(contributions(exercise, part, values), change)
        return float(found) if np.ndim(found) == 0 else found

    return step


def _explanation(change: dict[str, int]) -> Explanation:
    words = [(_NAMES[coefficient], route) for route, coefficient in change.items()]
    evidence = ", and it ".join(f"{entry[3]} {route}" for entry, route in words)
    (id, _, name, _), _ = words[0]
    return Explanation(
        id,
        ", ".join(f"{route} {entry[1]}" for entry, route in words),
        f"your {{part}} {evidence}; the rest of it is right.",
        name if len(words) == 1 else "mistakes in two paths",
        _QUESTION,
    )
