"""Right numbers under a wrong name: two outputs exchanged, two inputs, or another quantity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.judge.compare import close
from autograder.judge.context import Context
from autograder.judge.quantities import alike, is_small, turns_into
from autograder.judge.slips import Explanation


def exchanged_outputs(context: Context, values: Sequence[Any]) -> list[Explanation]:
    """Two parts that each hold what belongs into the other.

    Args:
        context: the part and what it may rest on.
        values: what the student returned for it, one value per probe.
    """
    exercise, part = context.case.exercise, context.part.name
    found = []
    for other in exercise.parts:
        if other.name == part or other.accept is not None:
            continue
        theirs = context.given.get(other.name)
        for namespaces in context.namespaces():
            mine = [getattr(v, other.name) for v in namespaces]
            here = [getattr(v, part) for v in namespaces]
            if (
                theirs is not None
                and _same(values, mine, exercise.tolerance)
                and _same(theirs, here, exercise.tolerance)
                and not _same(mine, here, exercise.tolerance)
            ):
                found.append(
                    Explanation(
                        "M30",
                        f"exchanged with {other.name}",
                        f"your {{part}} is what belongs under {other.name!r}, and the other way "
                        "round.",
                        f"{part} and {other.name} exchanged",
                        "Which of the two values belongs under which name?",
                    )
                )
                break
    return found


def another_quantity(context: Context, values: Sequence[Any]) -> list[Explanation]:
    """The value of another input or step, in place of the part's own.

    Args:
        context: the part and what it may rest on.
        values: what the student returned for it, one value per probe.
    """
    exercise, part = context.case.exercise, context.part.name
    for namespaces in context.namespaces():
        here = [getattr(v, part) for v in namespaces]
        if _is_the_same_everywhere(values):
            return []
        for name in context.case.known:
            there = [getattr(v, name) for v in namespaces]
            if name == part or _same(there, here, exercise.tolerance):
                continue
            if _same(values, there, exercise.tolerance):
                said = f"the value of {name}"
                evidence = f"your {{part}} equals {name}, on every input."
            elif _same(values, [-one for one in there], exercise.tolerance):
                said = f"the value of −{name}"
                evidence = f"your {{part}} equals −{name}, on every input."
            else:
                continue
            # Quantities that are always equal have one name: that of the first.
            return [
                Explanation(
                    "",
                    said,
                    evidence,
                    said,
                    f"What lies between {name} and {part}, and what does it do to the number?",
                )
            ]
    return []


def exchanged_inputs(context: Context, values: Sequence[Any]) -> list[Explanation]:
    """What comes out if two inputs change places.

    Args:
        context: the part and what it may rest on.
        values: what the student returned for it, one value per probe.
    """
    exercise, part = context.case.exercise, context.part.name
    drawn = context.case.drawn
    if not is_small(drawn):
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
                    f"{a} and {b} exchanged",
                    f"your {{part}} is what comes out with {a} and {b} exchanged, on every input.",
                    f"{a} and {b} exchanged",
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


def _is_the_same_everywhere(values: Sequence[Any]) -> bool:
    entries = np.concatenate([np.ravel(value) for value in values])
    return not entries.size or bool(np.ptp(entries) == 0)
