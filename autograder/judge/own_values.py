"""Which of a student's own earlier values later parts may build on, and what that may earn.

One mistake costs once: what follows correctly from a wrong value earns its points. It earns them
only where something was left to get wrong. Zeros follow from zeros, and an error signal with a
single entry makes everything that follows from it nearly zero. A student who chooses such values
has shown nothing with the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.exercise import Exercise
from autograder.inside.asking import Response
from autograder.judge.compare import close, form_fault
from autograder.judge.context import Case, Context
from autograder.judge.slips import slips
from autograder.judge.verdict import Status, Verdict

# A student's wrong value may be this many times too large or too small and still be built on.
ABSURD = 1e6
# Entries smaller than this fraction of the largest in their tensor count as zero.
NOTHING = 1e-6
# At least this share of the entries that count in the right value must count in the student's.
FULL = 0.5

_NUMERIC = (float, int, np.ndarray, np.floating)


def found_wrong(verdict: Verdict, responses: Sequence[Response]) -> list[dict[str, Any]]:
    """The values of the parts that a verdict found wrong, for an exercise that builds on them.

    Args:
        verdict: the verdict on the earlier exercise.
        responses: what the same answer gave, at the same time, on the later exercise's inputs.

    Returns:
        Part → value, one dict per set of inputs.
    """
    names = [part.part.name for part in verdict.parts if part.status is Status.WRONG]
    return [
        {name: response.values[name] for name in names if name in response.values}
        for response in responses
    ]


def own_forward(case: Case, earlier: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What the student computed wrongly in the exercise that this one builds on.

    Args:
        case: what was asked.
        earlier: what `found_wrong` gave, one dict per probe that was answered; or nothing.

    Returns:
        The part of it that later parts may build on, one dict per probe that was answered.
    """
    own: list[dict[str, Any]] = [{} for _ in case.asked]
    if not case.exercise.builds_on or not earlier:
        return own
    for name in set.intersection(*map(set, earlier)) & set(case.exercise.steps):
        values = [one[name] for one in earlier]
        right = [getattr(truth, name) for truth in case.truth]
        if any(form_fault(v, r) for v, r in zip(values, right, strict=True)):
            continue
        if can_be_built_on(values, right) and _varies_everywhere(values, right, case):
            for mine, value in zip(own, values, strict=True):
                mine[name] = value
    return own


def can_be_built_on(values: Sequence[Any], rights: Sequence[Any]) -> bool:
    """Whether later parts may build on a wrong value that no known mistake explains.

    Not on nothing, and not on the absurd: values of 1e-320 or 1e300 make everything after them
    underflow or saturate, and then any constant follows. And not on a few entries among zeros.

    Args:
        values: what the student returned for a part, one value a probe.
        rights: the right values.
    """
    sizes = all(
        _largest(right) / ABSURD <= _largest(value) <= _largest(right) * ABSURD
        for value, right in zip(values, rights, strict=True)
    )
    return sizes and _as_full(values, rights)


def varies_like(values: Sequence[Any], rights: Sequence[Any], tolerance: float = 0.0) -> bool:
    """Whether a value varies over inputs and entries where the right one does.

    Zeros follow from zeros; an unexplained constant would otherwise be consistent with itself.

    Args:
        values: one value a probe.
        rights: the right values.
        tolerance: differences that are no variation, relative to the largest entry.
    """
    return not _is_constant(values, tolerance) or _is_constant(rights, tolerance)


def leaves_something(context: Context, expected: Sequence[Any]) -> bool:
    """Whether a part that follows from the student's earlier values could have been wrong on them.

    Args:
        context: the part and what it rests on.
        expected: its value on each probe, from the student's own earlier parts.

    Returns:
        False where it is zero, or mostly zeros, and the right value is not; or where most known
        mistakes would give the same as no mistake.
    """
    if not _as_full(expected, context.right):
        return False
    told = list(_tell_apart(context, expected))
    return 2 * sum(told) >= len(told)


def is_one_number(exercise: Exercise, responses: Sequence[Response]) -> bool:
    """Whether the whole answer is a single number on every input: nothing follows from that."""
    names = [part.name for part in exercise.parts if part.accept is None]
    values = [response.values.get(name) for response in responses for name in names]
    if len(names) < 2 or any(not isinstance(v, _NUMERIC) or form_fault(v, v) for v in values):
        return False
    return _is_constant(values)


def _tell_apart(context: Context, expected: Sequence[Any]) -> Iterator[bool]:
    """For each mistake that changes the right value: does it change the student's as well?"""
    exercise, name = context.case.exercise, context.part.name
    drawn = context.case.drawn
    own = list(context.namespaces())[-1]
    steps = [mistake.wrong[name] for mistake in exercise.mistakes if name in mistake.wrong]
    for step in steps:
        try:
            with np.errstate(all="ignore"):
                wrong = [step(values) for values in context.case.truth]
                mine = [step(values) for values in own]
        except Exception:
            continue
        if _differ(wrong, context.right, exercise.tolerance):
            yield _differ(mine, expected, exercise.tolerance)
    for slip in slips(exercise, name):
        pairs = zip(context.right, expected, drawn, strict=True)
        turned = [
            (slip.transform(np.asarray(right), one), slip.transform(np.asarray(value), one))
            for right, value, one in pairs
        ]
        wrong, mine = [pair[0] for pair in turned], [pair[1] for pair in turned]
        if _differ(wrong, context.right, exercise.tolerance):
            yield _differ(mine, expected, exercise.tolerance)


def _differ(values: Sequence[Any], others: Sequence[Any], tolerance: float) -> bool:
    return not all(close(a, b, tolerance, True) for a, b in zip(values, others, strict=True))


def _is_constant(values: Sequence[Any], tolerance: float = 0.0) -> bool:
    """Whether values are one number, over inputs and entries; those without an entry are."""
    entries = np.concatenate([np.ravel(np.asarray(value, dtype=float)) for value in values])
    if not entries.size:
        return True
    return bool(np.ptp(entries) <= tolerance * np.abs(entries).max())


def _varies_everywhere(values: Sequence[Any], rights: Sequence[Any], case: Case) -> bool:
    """Whether a value varies over the inputs, and over its entries for each of them."""
    tolerance = case.exercise.tolerance
    return varies_like(values, rights, tolerance) and all(
        varies_like([value], [right], tolerance)
        for value, right in zip(values, rights, strict=True)
    )


def _as_full(values: Sequence[Any], rights: Sequence[Any]) -> bool:
    """Whether a value has about as many entries that count as the right one, over all inputs.

    An honest mistake may give 0 on some inputs, such as s(1 − s) at s = 1.
    """
    return sum(map(_counting, values)) >= FULL * sum(map(_counting, rights))


def _counting(value: Any) -> int:
    sizes = np.abs(np.asarray(value, dtype=float))
    return int((sizes > NOTHING * sizes.max(initial=0)).sum())


def _largest(value: Any) -> float:
    return float(np.abs(value).max(initial=0))
