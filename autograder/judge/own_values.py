"""Which of a student's own earlier values later parts may build on, and what that may earn.

One mistake costs once: what follows correctly from a wrong value earns its points. It earns them
only where something was left to get wrong. Zeros follow from zeros, and an error signal with a
single entry makes everything that follows from it nearly zero. A student who chooses such values
has shown nothing with the rest.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.exercise import Exercise
from autograder.inside.asking import Response
from autograder.judge.compare import close, form_fault
from autograder.judge.context import Case, Context
from autograder.judge.forms import read_as_asked
from autograder.judge.quantities import is_constant, used_by
from autograder.judge.slips import slips

# A student's wrong value may be this many times too large or too small and still be built on.
ABSURD = 1e6
# Entries smaller than this fraction of the largest in their tensor count as zero.
NOTHING = 1e-6
# At least this share of the entries that count in the right value must count in the student's, and
# of their places on any input. ReLU instead of another activation leaves about half of the entries,
# and more of the places, because its zeros move; one entry among two zeros leaves a third.
FULL = (0.25, 0.4)
# The same for what is made of that, such as products of two values with zeros.
FULL_LATER = (0.2, 0.2)

# What is said of an answer for which `is_one_number` holds.
ONE_NUMBER = "Your whole answer is the same number, on every input."

_NUMERIC = (float, int, np.ndarray, np.floating)


def own_forward(case: Case, earlier: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What the student computed wrongly in the exercise that this one builds on.

    Args:
        case: what was asked.
        earlier: the values that `found_wrong` gave, on the probes that were answered.

    Returns:
        The part of it that later parts may build on, one dict per probe that was answered.
    """
    own: list[dict[str, Any]] = [{} for _ in case.asked]
    if not case.exercise.builds_on or not earlier:
        return own
    for name in set.intersection(*map(set, earlier)) & set(case.exercise.steps):
        values = [one[name] for one in earlier]
        right = [getattr(truth, name) for truth in case.truth]
        read = [read_as_asked(v, r) for v, r in zip(values, right, strict=True)]
        if None in read:
            continue
        values = [one.values[0] for one in read if one]
        if can_be_built_on(values, right, case):
            for mine, value in zip(own, values, strict=True):
                mine[name] = value
    return own


def can_be_built_on(values: Sequence[Any], rights: Sequence[Any], case: Case) -> bool:
    """Whether later parts may build on a wrong value that no known mistake explains.

    Not on nothing, and not on the absurd: values of 1e-320 or 1e300 make everything after them
    underflow or saturate, and then any constant follows. Not on a few entries among zeros. And not
    on constants: on an adjoint of 1, a derivative and a local derivative are the same.

    Args:
        values: what the student returned for a part, one value per probe.
        rights: the right values.
        case: what was asked.
    """
    sizes = all(
        _largest(right) / ABSURD <= _largest(value) <= _largest(right) * ABSURD
        for value, right in zip(values, rights, strict=True)
    )
    return sizes and _as_full(values, rights, FULL) and _varies_everywhere(values, rights, case)


def varies_like(values: Sequence[Any], rights: Sequence[Any], tolerance: float = 0.0) -> bool:
    """Whether a value varies over inputs and entries where the right one does.

    Zeros follow from zeros; an unexplained constant would otherwise be consistent with itself.

    Args:
        values: one value per probe.
        rights: the right values.
        tolerance: differences that are not variation, relative to the largest entry.
    """
    return not is_constant(values, tolerance) or is_constant(rights, tolerance)


def leaves_something(context: Context, expected: Sequence[Any], explained: bool) -> bool:
    """Whether a part that follows from the student's earlier values could have been wrong on them.

    Args:
        context: the part and what it rests on.
        expected: its value on each probe, from the student's own earlier parts.
        explained: whether known mistakes account for those, so that nothing in them was chosen.

    Returns:
        False where it is zero, or mostly zeros, and the right value is not; or where most known
        mistakes would give the same as no mistake, up to a factor. Of values that may have been
        chosen also where one of the exercise's own mistakes would, or where it is an earlier value
        up to a factor, and the right value is not.
    """
    if not _as_full(expected, context.right, FULL_LATER):
        return False
    mistakes = list(_mistakes_told_apart(context, expected))
    told = [*mistakes, *_slips_told_apart(context, expected)]
    chosen = not explained and (not all(mistakes) or _is_a_copy(context, expected))
    return 2 * sum(told) >= len(told) and not chosen


def is_one_number(exercise: Exercise, responses: Sequence[Response]) -> bool:
    """Whether the whole answer is a single number on every input: nothing follows from that."""
    names = [part.name for part in exercise.parts if part.accept is None]
    values = [response.values.get(name) for response in responses for name in names]
    if len(names) < 2 or any(not isinstance(v, _NUMERIC) or form_fault(v, v) for v in values):
        return False
    return is_constant(values)


def _is_a_copy(context: Context, expected: Sequence[Any]) -> bool:
    """Whether a value is an earlier one times a factor, only because of the student's values."""
    tolerance = context.case.exercise.tolerance
    own = list(context.namespaces())[-1]
    for name in vars(own[0]):
        if name == context.part.name:
            return False
        mine, right = (
            [vars(one)[name] for one in several] for several in (own, context.case.truth)
        )
        with contextlib.suppress(TypeError, ValueError):
            if _proportional(expected, mine, tolerance) and not _proportional(
                context.right, right, tolerance
            ):
                return True
    return False


def _mistakes_told_apart(context: Context, expected: Sequence[Any]) -> Iterator[bool]:
    """For each of the exercise's mistakes in this part: would the student's value show it?

    A value from which a mistake differs by one factor does not show it: whoever chooses earlier
    values chooses the factor. Mistakes that are a factor always, such as a sign, are slips.
    """
    exercise, name = context.case.exercise, context.part.name
    own = list(context.namespaces())[-1]
    uses = set(context.case.uses[name])
    for mistake in exercise.mistakes:
        if (step := mistake.wrong.get(name)) is None:
            continue
        # What is spared by chosen values leaves something out. What reads something else agrees
        # with them only by coincidence.
        if not uses.issuperset(used_by(step, context.case.truth[0])):
            continue
        try:
            with np.errstate(all="ignore"):
                wrong = [step(values) for values in context.case.truth]
                mine = [step(values) for values in own]
        except Exception:
            continue
        if not _proportional(wrong, context.right, exercise.tolerance):
            yield not _proportional(mine, expected, exercise.tolerance)


def _slips_told_apart(context: Context, expected: Sequence[Any]) -> Iterator[bool]:
    """For each slip that changes the right value: does it change the student's as well?"""
    exercise = context.case.exercise
    for slip in slips(exercise, context.part.name):
        pairs = zip(context.right, expected, context.case.drawn, strict=True)
        turned = [
            (slip.transform(np.asarray(right), one), slip.transform(np.asarray(value), one))
            for right, value, one in pairs
        ]
        wrong, mine = [pair[0] for pair in turned], [pair[1] for pair in turned]
        if _differ(wrong, context.right, exercise.tolerance):
            yield _differ(mine, expected, exercise.tolerance)


def _proportional(values: Sequence[Any], others: Sequence[Any], tolerance: float) -> bool:
    """Whether values are others times one factor, over all inputs and entries."""
    if any(np.shape(value) != np.shape(other) for value, other in zip(values, others, strict=True)):
        return False
    mine, theirs = (
        np.concatenate([np.ravel(np.asarray(value, dtype=float)) for value in several])
        for several in (values, others)
    )
    if not mine.any() or not theirs.any():
        return not mine.any() and not theirs.any()
    with np.errstate(all="ignore"):
        # The square of a number as small as 1e-180 is 0, and that of 1e180 is infinite.
        mine, theirs = mine / np.abs(mine).max(), theirs / np.abs(theirs).max()
        factor = mine @ theirs / (theirs @ theirs)
        return close(mine, factor * theirs, tolerance, True)


def _differ(values: Sequence[Any], others: Sequence[Any], tolerance: float) -> bool:
    return not all(close(a, b, tolerance, True) for a, b in zip(values, others, strict=True))


def _varies_everywhere(values: Sequence[Any], rights: Sequence[Any], case: Case) -> bool:
    """Whether a value varies over the inputs, and over its entries for each of them."""
    tolerance = case.exercise.tolerance
    return varies_like(values, rights, tolerance) and all(
        varies_like([value], [right], tolerance)
        for value, right in zip(values, rights, strict=True)
    )


def _as_full(values: Sequence[Any], rights: Sequence[Any], shares: tuple[float, float]) -> bool:
    """Whether a value has about as many entries that count as the right one, over all inputs.

    An honest mistake may give 0 on some inputs, such as s(1 − s) at s = 1.
    """
    of_entries, of_places = shares
    mine, theirs = (list(map(_counting, several)) for several in (values, rights))
    entries = sum(map(np.sum, mine)) >= of_entries * sum(map(np.sum, theirs))
    return bool(entries and _places(mine) >= of_places * _places(theirs))


def _places(counting: Sequence[Any]) -> int:
    """How many places have an entry that counts, on at least one of the inputs of that shape."""
    seen: dict[tuple[int, ...], Any] = {}
    for one in counting:
        seen[one.shape] = seen.get(one.shape, False) | one
    return int(sum(map(np.sum, seen.values())))


def _counting(value: Any) -> Any:
    sizes = np.abs(np.asarray(value, dtype=float))
    return sizes > NOTHING * sizes.max(initial=0)


def _largest(value: Any) -> float:
    return float(np.abs(value).max(initial=0))
