"""The verdict on one part: its form, its value, and whether it follows from earlier parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Exercise, Part
from autograder.inside.asking import STOPPED, Response, call_with_inputs
from autograder.judge.approximations import DIFFERENCES, numeric_explanation
from autograder.judge.compare import close, form_fault
from autograder.judge.context import Case, Context
from autograder.judge.diagnosis import Finding, diagnose
from autograder.judge.forms import SINGLE_HIDES, Reading, read_forms
from autograder.judge.own_values import leaves_something
from autograder.judge.verdict import PartVerdict, Status

# Stands for a value that did not come back.
ABSENT = object()


def follows(
    part: Part,
    values: Sequence[Any],
    given: Sequence[Response],
    truth: Sequence[SimpleNamespace],
) -> bool:
    """Whether every value of a part that is not a number is right or follows from earlier ones.

    Args:
        part: the part looked at.
        values: what came back for it.
        given: all that came back.
        truth: all right values.
    """
    if part.follows is None:
        return False
    try:
        return all(
            part.accepts(value, right) or part.follows(value, response.values)
            for value, response, right in zip(values, given, truth, strict=True)
        )
    except Exception:
        return False


def missing(
    part: Part, values: Sequence[Any], responses: Sequence[Response], exercise: Exercise
) -> PartVerdict | None:
    """The verdict on a part that did not come back on some inputs, or None if it did.

    Args:
        part: the part looked at.
        values: what came back for it, `ABSENT` where nothing did.
        responses: all that came back.
        exercise: what was asked.
    """
    asked_otherwise = exercise.ask is not call_with_inputs
    words = [value for value in values if type(value) is str and value.startswith(STOPPED)]
    if asked_otherwise and words and part.accept is None:
        return PartVerdict(part, Status.MISSING, message=words[0].removeprefix(STOPPED))
    without = [r for r, value in zip(responses, values, strict=True) if value is ABSENT]
    if not without:
        return None
    if asked_otherwise:
        # What comes back was named by the way of asking; the student knows it by its label.
        return PartVerdict(part, Status.MISSING, message="nothing was returned for it.")
    others = without[0].others
    found = f" Your dict has other names: {', '.join(others)}." if others else ""
    return PartVerdict(part, Status.MISSING, message=f"there is no entry {part.name!r}.{found}")


def form_verdict(
    context: Context, values: Sequence[Any], ties: Sequence[Any]
) -> PartVerdict | None:
    """The verdict on a part whose form is not what was asked for, or None if it is.

    Args:
        context: the part and what it may rest on.
        values: what came back for it.
        ties: what came back on the probes that tell rivals apart.
    """
    part = context.part
    if part.accept is not None:
        return None
    faults = [form_fault(value, right) for value, right in zip(values, context.right, strict=True)]
    first = next((i for i, fault in enumerate(faults) if fault), None)
    if first is None:
        return None
    fault = faults[first]
    assert fault is not None
    # Which inputs it is about matters only when it happens on some of them.
    on = "" if all(faults) else f" (On this input: {context.case.probes[first]}.)"
    comparable = all(fault is None or fault.kind in ("shape", "nonfinite") for fault in faults)
    finding = diagnose(context, values, ties) if comparable else None
    unnamed = finding is not None and not finding.name and not all(faults)
    # Ordinary numbers that are wrong tell more than a nan far out.
    if unnamed and (among := _among_numbers(context, values, ties, faults)):
        return PartVerdict(part, Status.WRONG, among, kind=fault.kind)
    return PartVerdict(part, Status.MALFORMED, finding, fault.message + on, fault.kind)


def _among_numbers(
    context: Context, values: Sequence[Any], ties: Sequence[Any], faults: Sequence[Any]
) -> Finding | None:
    """What is known about a value where it is a number, if it is wrong there."""
    if any(fault and fault.kind != "nonfinite" for fault in faults):
        return None
    kept = [i for i, fault in enumerate(faults) if not fault]
    context, values = context.only(kept), [values[i] for i in kept]
    if _all_close(values, list(context.bases())[-1], context.case.exercise.tolerance):
        return None
    found = diagnose(context, values, ties)
    return found if found.name or found.clues else None


def reading_of(context: Context, values: Sequence[Any], malformed: PartVerdict) -> Reading | None:
    """Reads a part in another form than was asked for.

    Args:
        context: the part and what it may rest on.
        values: what came back for it.
        malformed: what is wrong with its form.

    Returns:
        The values in the form that was asked for, or None if they cannot be read so.
    """
    # Where a lost axis is one of the exercise's own mistakes, the form is what was asked.
    if malformed.finding and malformed.finding.mistake:
        return None
    return read_forms(values, context.right)


def single_verdict(context: Context, right: bool, malformed: PartVerdict) -> PartVerdict:
    """The verdict on a part in single precision.

    Args:
        context: the part and what it may rest on.
        right: whether the numbers are right, to as many digits as they have.
        malformed: what is wrong with its form.
    """
    if right and context.part.name in context.case.exercise.derivatives:
        message = f"{malformed.message} {SINGLE_HIDES}"
        return replace(malformed, status=Status.NUMERIC, message=message)
    return in_form(malformed, right)


def in_form(malformed: PartVerdict, right: bool, finding: Finding | None = None) -> PartVerdict:
    """The verdict on a part in another form than was asked for, which tells what is wrong first.

    Args:
        malformed: what is wrong with its form.
        right: whether the numbers are right.
        finding: what is known about them if they are wrong.

    Returns:
        The verdict, with the finding that has a name, if one has.
    """
    if right:
        return replace(malformed, status=Status.FORM, finding=None)
    known = [one for one in (malformed.finding, finding) if one]
    named = [one for one in known if one.name or one.rivals]
    return replace(malformed, finding=next(iter(named or known), None))


def value_verdict(
    context: Context,
    values: Sequence[Any],
    may_follow: bool,
    explained: bool,
    ties: Sequence[Any],
) -> PartVerdict:
    """The verdict on a part that can be compared.

    Args:
        context: the part and what it may rest on.
        values: what came back for it.
        may_follow: whether it may earn points by following from wrong earlier parts.
        explained: whether known mistakes account for those.
        ties: what came back on the probes that tell rivals apart.
    """
    part, exercise = context.part, context.case.exercise
    if part.accept is not None:
        for value, right in zip(values, context.case.truth, strict=True):
            if problem := _acceptance_problem(part, value, right):
                return PartVerdict(part, Status.WRONG, diagnose(context, values, ties), problem)
        return PartVerdict(part, Status.RIGHT)
    tolerance = exercise.tolerance
    if _all_close(values, context.right, tolerance):
        numeric = numeric_explanation(exercise, part, values, context.right)
        if numeric is not DIFFERENCES:
            return PartVerdict(part, Status.RIGHT)
        if context.rests_on_own and _is_exact(exercise, part, values, context.expected()):
            return PartVerdict(part, Status.FOLLOWS)
        return PartVerdict(part, Status.NUMERIC, Finding("", numeric.slug, explanation=numeric))
    expected = context.expected() if may_follow and context.rests_on_own else None
    if expected:
        expected = _where_finite(context.case, values, expected)
    if (
        expected
        and _all_close(values, expected, tolerance)
        and leaves_something(context, expected, explained)
    ):
        numeric = numeric_explanation(exercise, part, values, expected)
        if numeric is not DIFFERENCES:
            return PartVerdict(part, Status.FOLLOWS)
        return PartVerdict(part, Status.NUMERIC, Finding("", numeric.slug, explanation=numeric))
    finding = diagnose(context, values, ties)
    # One price for one fault: whether its digits suffice is a matter of chance.
    status = Status.NUMERIC if finding.explanation is DIFFERENCES else Status.WRONG
    return PartVerdict(part, status, finding)


def _where_finite(case: Case, values: Sequence[Any], expected: Sequence[Any]) -> list[Any]:
    """What follows from earlier values; in special cases the value itself if nothing finite does.

    An earlier value may be too small for a float there, and its logarithm is lost.
    """
    return [
        value if case.exercise.probes[i].special and not np.isfinite(one).all() else one
        for i, value, one in zip(case.asked, values, expected, strict=True)
    ]


def _is_exact(
    exercise: Exercise, part: Part, values: Sequence[Any], expected: Sequence[Any]
) -> bool:
    """Whether values are what follows from earlier ones, without an approximation of their own."""
    follows = _all_close(values, expected, exercise.tolerance)
    return follows and numeric_explanation(exercise, part, values, expected) is not DIFFERENCES


def _acceptance_problem(part: Part, value: Any, right: SimpleNamespace) -> str | None:
    assert part.accept is not None
    try:
        return part.accept(value, right)
    except Exception as error:
        return f"it could not be read ({type(error).__name__})."


def _all_close(values: Sequence[Any], rights: Sequence[Any], tolerance: float) -> bool:
    return all(close(value, right, tolerance) for value, right in zip(values, rights, strict=True))
