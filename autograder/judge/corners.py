"""Parts that are right on some inputs only: in what they were asked at all, or at its edge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.exercise import Part
from autograder.inside.asking import Response
from autograder.judge.answer_key import AnswerKey
from autograder.judge.compare import close, form_fault
from autograder.judge.forms import agree
from autograder.judge.shown import inputs_in_words
from autograder.judge.stops import earns_nothing_alone, was_shown
from autograder.judge.verdict import PartVerdict, Status


def narrowed(
    key: AnswerKey, verdicts: Sequence[PartVerdict], responses: Sequence[Response]
) -> tuple[PartVerdict, ...]:
    """Looks at the corners that were answered, part by part.

    Args:
        key: what was asked, worked out on all inputs.
        verdicts: the verdicts on the ordinary inputs.
        responses: what came back, one for each probe.

    Returns:
        The verdicts; a part that is right on ordinary inputs and wrong in a corner says so.
    """
    asked = [i for i in key.exercise.corners if not responses[i].fault]
    own: dict[int, dict[str, Any]] = {i: {} for i in asked}
    found = []
    for verdict in verdicts:
        any_form = verdict.status is Status.FORM
        wrong = [i for i in asked if not _right(key, verdict.part, i, responses[i], any_form)]
        if wrong and verdict.status in (Status.RIGHT, Status.FORM):
            verdict = _narrowed(key, verdict, wrong, own, responses)
        for i in wrong:
            if verdict.part.name in responses[i].values:
                own[i][verdict.part.name] = responses[i].values[verdict.part.name]
        found.append(verdict)
    return tuple(found)


def right_on_some(
    key: AnswerKey,
    verdicts: Sequence[PartVerdict],
    answered: Sequence[int],
    responses: Sequence[Response],
) -> tuple[PartVerdict, ...]:
    """Gives a part that is wrong on some ordinary inputs what it would earn by stopping there.

    Args:
        key: what was asked.
        verdicts: the verdicts on the ordinary inputs, part by part.
        answered: the numbers of the ordinary probes that were answered.
        responses: what came back, one for each probe.

    Returns:
        The verdicts. A mistake that has a name is one everywhere, and so it costs the whole part.
    """
    return tuple(
        _right_on_some(key, verdict, answered, responses)
        if verdict.status in (Status.WRONG, Status.MALFORMED, Status.MISSING)
        else verdict
        for verdict in verdicts
    )


def _right_on_some(
    key: AnswerKey,
    verdict: PartVerdict,
    answered: Sequence[int],
    responses: Sequence[Response],
) -> PartVerdict:
    finding, part = verdict.finding, verdict.part
    if finding and (finding.name or finding.rivals):
        return verdict
    right = [i for i in answered if _right(key, part, i, responses[i])]
    wrong = [i for i in answered if i not in right]
    if not wrong or all(earns_nothing_alone(key.exercise.probes[i]) for i in right):
        return verdict
    # Zeros are right where a value happens to be zero.
    if part.accept is None and not any(np.any(getattr(key.right(i), part.name)) for i in right):
        return verdict
    if not was_shown(key, part, right, wrong):
        return verdict
    message = f"right on some inputs, but wrong on this one: {inputs_in_words(key, wrong[0])}."
    if verdict.message:
        message = f"right on some inputs. On others, {verdict.message}"
    return replace(verdict, status=Status.NARROW, message=message)


def is_right_on(key: AnswerKey, probe: int, response: Response) -> bool:
    """Whether all parts of what came back for one set of inputs are right.

    Args:
        key: what was asked.
        probe: the number of the set.
        response: what came back for it.
    """
    return not response.fault and all(
        _right(key, part, probe, response) for part in key.exercise.parts
    )


def _right(
    key: AnswerKey, part: Part, probe: int, response: Response, any_form: bool = False
) -> bool:
    if part.name not in response.values:
        return False
    value, right = response.values[part.name], key.right(probe)
    if part.accept is not None:
        try:
            return part.accept(value, right) is None
        except Exception:
            return False
    wanted = getattr(right, part.name)
    fault = form_fault(value, wanted)
    if any_form or (fault and fault.kind == "list"):
        return agree([value], [wanted], key.exercise.tolerance)
    return fault is None and close(value, wanted, key.exercise.tolerance)


def _narrowed(
    key: AnswerKey,
    verdict: PartVerdict,
    wrong: Sequence[int],
    own: Mapping[int, Mapping[str, Any]],
    responses: Sequence[Response],
) -> PartVerdict:
    """The verdict on a part that is wrong in some corners.

    Where it follows from earlier parts that are wrong there, it has been paid for.
    """
    unpaid = [i for i in wrong if not _follows(key, verdict.part, i, own[i], responses[i])]
    if not unpaid:
        return replace(verdict, status=Status.FOLLOWS)
    message = f"right on ordinary inputs, but wrong on this one: {inputs_in_words(key, unpaid[0])}."
    return replace(verdict, status=Status.NARROW, message=message)


def _follows(
    key: AnswerKey, part: Part, probe: int, own: Mapping[str, Any], response: Response
) -> bool:
    if not own or part.accept is not None or part.name not in response.values:
        return False
    try:
        expected = getattr(key.exercise.solve(key.drawn[probe], own=own), part.name)
        return close(response.values[part.name], expected, key.exercise.tolerance, True)
    except Exception:
        return False
