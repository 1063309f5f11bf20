"""Right numbers under a wrong name: two outputs swapped, two inputs, or another quantity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from types import SimpleNamespace
from typing import Any

from autograder.exercise import Part
from autograder.judge.compare import close
from autograder.judge.context import Context
from autograder.judge.quantities import alike, between, is_constant, is_small, turns_into
from autograder.judge.slips import Explanation


def swapped_outputs(context: Context, values: Sequence[Any]) -> list[Explanation]:
    """Two parts that each hold what belongs in the other.

    Args:
        context: the part and what it may rest on.
        values: what the student returned for it, one value per probe.
    """
    part = context.part
    return [
        Explanation(
            "M30",
            f"swapped with {other.name}",
            f"your {{part}} holds what belongs under {other.name!r}, and the other way round.",
            _both(context, part.name, other.name),
            "Which of the two values belongs under which name?",
        )
        for other in context.case.exercise.parts
        if other.name != part.name and _is_swapped(context, values, other)
    ]


def _both(context: Context, *names: str) -> str:
    """One name for the two of them, whichever is looked at."""
    first, second = (one.name for one in context.case.exercise.parts if one.name in names)
    return f"{first} and {second} swapped"


def _is_swapped(context: Context, values: Sequence[Any], other: Part) -> bool:
    part, theirs = context.part, context.given.get(other.name)
    if theirs is None or (part.accept is None) != (other.accept is None):
        return False
    if part.accept is not None:
        return _accepted(context, part, theirs) and _accepted(context, other, values)
    tolerance = context.case.exercise.tolerance
    for namespaces in context.namespaces():
        there = [getattr(v, other.name) for v in namespaces]
        here = [getattr(v, part.name) for v in namespaces]
        if (
            _same(values, there, tolerance)
            and _same(theirs, here, tolerance)
            and not _same(there, here, tolerance)
        ):
            return not _same(theirs, _after(context, values, other.name), tolerance)
    return False


def _after(context: Context, values: Sequence[Any], other: str) -> list[Any]:
    """What another part comes to if it is made with the student's value of this one."""
    exercise, part = context.case.exercise, context.part.name
    try:
        return [
            getattr(exercise.solve(inputs, own={part: value}), other)
            for inputs, value in zip(context.case.drawn, values, strict=True)
        ]
    except Exception:
        return []


def _accepted(context: Context, part: Part, values: Sequence[Any]) -> bool:
    return all(map(part.accepts, values, context.case.truth))


def another_quantity(context: Context, values: Sequence[Any]) -> list[Explanation]:
    """The value of another input or step, instead of the part's own.

    Args:
        context: the part and what it may rest on.
        values: what the student returned for it, one value per probe.
    """
    exercise, part = context.case.exercise, context.part.name
    if is_constant(values):
        return []
    # The first namespaces hold right values: what is meant to be equal is not confused.
    equal = {part}
    for namespaces in context.namespaces():
        here = [getattr(v, part) for v in namespaces]
        for name in context.case.known:
            there = [getattr(v, name) for v in namespaces]
            if name in equal or _same(there, here, exercise.tolerance):
                equal.add(name)
                continue
            if _same(values, there, exercise.tolerance):
                said = f"the value of {name}"
                evidence = f"your {{part}} equals {name}{{everywhere}}."
            elif _same(values, [-one for one in there], exercise.tolerance):
                said = f"the value of −{name}"
                evidence = f"your {{part}} equals −{name}{{everywhere}}."
            else:
                continue
            # Quantities that are always equal have one name: that of the first.
            return [
                Explanation(
                    "",
                    said,
                    evidence,
                    said,
                    f"What lies between {name} and {part}, and what does it do to the number?"
                    if _is_on_the_way(context, name)
                    else "Which quantity belongs here?",
                )
            ]
    return []


def _is_on_the_way(context: Context, name: str) -> bool:
    """Whether the part is made from a quantity, or the other way round."""
    part, uses = context.part.name, context.case.uses
    if name not in uses:
        return name in uses[part]
    names = list(uses)
    first, last = sorted((name, part), key=names.index)
    return bool(between(uses, first, last))


def swapped_inputs(context: Context, values: Sequence[Any]) -> list[Explanation]:
    """What comes out if two inputs change places.

    Args:
        context: the part and what it may rest on.
        values: what the student returned for it, one value per probe.
    """
    exercise, part = context.case.exercise, context.part.name
    drawn = context.case.drawn
    if not is_small(exercise, drawn):
        return []
    known = context.case.known
    found = []
    for a, b in combinations([name for name in drawn[0] if name in known], 2):
        if not alike(context.case.truth, a, b):
            continue
        made = _turned(context, part, a, b)
        if turns_into(values, context.right, exercise.tolerance, made, True):
            found.append(
                Explanation(
                    "M30",
                    f"{a} and {b} swapped",
                    f"your {{part}} is what you get with {a} and {b} swapped{{everywhere}}.",
                    f"{a} and {b} swapped",
                    f"Which of {a} and {b} belongs where in this line?",
                )
            )
    return found


def _turned(context: Context, part: str, a: str, b: str) -> Iterator[Any]:
    for inputs in context.case.drawn:
        try:
            solved: SimpleNamespace = context.case.exercise.solve(
                {**inputs, a: inputs[b], b: inputs[a]}
            )
            yield getattr(solved, part)
        except Exception:
            yield None


def _same(values: Sequence[Any], others: Sequence[Any], tolerance: float) -> bool:
    try:
        return all(close(a, b, tolerance) for a, b in zip(values, others, strict=True))
    except Exception:
        return False
