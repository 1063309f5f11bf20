"""Parts that are right on some inputs only: in what they were asked at all, or at its edge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.exercise import Part
from autograder.inside.asking import Response
from autograder.judge.answer_key import AnswerKey
from autograder.judge.clues import MOST, ON_SOME
from autograder.judge.forms import Reading, read_as_asked
from autograder.judge.one_part import follows
from autograder.judge.own_values import varies_like
from autograder.judge.rightness import is_right
from autograder.judge.shown import inputs_in_words
from autograder.judge.stops import earns_nothing_alone, was_shown
from autograder.judge.verdict import PartVerdict, Status


def narrowed(
    key: AnswerKey,
    verdicts: Sequence[PartVerdict],
    responses: Sequence[Response],
    earlier: Mapping[int, Mapping[str, Any]],
) -> tuple[PartVerdict, ...]:
    """Looks at the corners that were answered, part by part.

    Args:
        key: what was asked, worked out on all inputs.
        verdicts: the verdicts on the ordinary inputs.
        responses: what came back, one for each probe.
        earlier: the number of a probe → what was wrong there in the exercise that this one
            builds on, by name.

    Returns:
        The verdicts; a part that is right on ordinary inputs and wrong in a corner says so, and
        one that no mistake explains says in which corner it is right.
    """
    steps = key.exercise.steps
    asked = [i for i in key.exercise.corners if not responses[i].fault]
    own = {
        i: {
            name: read.values[0]
            for name, value in earlier.get(i, {}).items()
            if name in steps and (read := read_as_asked(value, getattr(key.right(i), name)))
        }
        for i in asked
    }
    found = []
    for verdict in verdicts:
        part, any_form = verdict.part, verdict.status in (Status.FORM, Status.NUMERIC)
        wrong = [i for i in asked if not is_right(key, part, i, responses[i], any_form)]
        if wrong and verdict.status in (Status.RIGHT, Status.FORM):
            verdict = _narrowed(key, verdict, wrong, own, responses)
        if wrong and part.accept is None:
            right = [i for i in asked if i not in wrong]
            verdict = _told_where_right(key, verdict, right)
        for i in asked if any_form else wrong:
            read = _read(key, part, i, responses[i])
            if read is not None:
                own[i][part.name] = read.values[0]
        found.append(verdict)
    return tuple(found)


def right_on_some(
    key: AnswerKey,
    verdicts: Sequence[PartVerdict],
    answered: Sequence[int],
    responses: Sequence[Response],
    stopped: Sequence[int],
) -> tuple[PartVerdict, ...]:
    """Gives a part that is wrong on some ordinary inputs what it would earn by stopping there.

    Args:
        key: what was asked.
        verdicts: the verdicts on the ordinary inputs, part by part.
        answered: the numbers of the ordinary probes that were answered.
        responses: what came back, one for each probe.
        stopped: the numbers of the ordinary probes on which the answer stopped for no known
            reason; a wrong value beside it must not earn what stopping alone does not.

    Returns:
        The verdicts. A mistake that has a name is one everywhere, and so it costs the whole part.
    """
    return tuple(
        _right_on_some(key, verdict, answered, responses, stopped)
        if verdict.status in (Status.WRONG, Status.MALFORMED, Status.MISSING)
        else verdict
        for verdict in verdicts
    )


def _told_where_right(key: AnswerKey, verdict: PartVerdict, right: Sequence[int]) -> PartVerdict:
    """Adds a clue to a part that no mistake explains: a special case in which it is right."""
    part, finding, probes = verdict.part, verdict.finding, key.exercise.probes
    if verdict.status is not Status.WRONG or finding is None or finding.name or finding.rivals:
        return verdict
    # More inputs of an ordinary kind, and the first ones once more, are nothing special.
    ordinary = {probes[i].draw for i in key.exercise.ordinary}
    special = [
        probes[i].name
        for i in right
        if probes[i].draw not in ordinary and np.any(getattr(key.right(i), part.name))
    ]
    if not (special and finding.clues) or finding.clues[0].startswith(ON_SOME):
        return verdict
    clue = f"It is right in a special case: {special[0]}."
    return replace(verdict, finding=replace(finding, clues=(clue, *finding.clues)[:MOST]))


def _right_on_some(
    key: AnswerKey,
    verdict: PartVerdict,
    answered: Sequence[int],
    responses: Sequence[Response],
    stopped: Sequence[int],
) -> PartVerdict:
    finding, part = verdict.finding, verdict.part
    if finding and (finding.name or finding.rivals):
        return verdict
    right = [i for i in answered if is_right(key, part, i, responses[i])]
    wrong = [i for i in answered if i not in right]
    if not wrong or all(earns_nothing_alone(key.exercise.probes[i]) for i in right):
        return verdict
    # Zeros are right where a value happens to be zero.
    if part.accept is None and not any(np.any(getattr(key.right(i), part.name)) for i in right):
        return verdict
    if not was_shown(key, part, right, [*wrong, *stopped]):
        return verdict
    here = inputs_in_words(key, wrong[0])
    message = (
        f"right on some inputs. On others, such as {here}, {verdict.message}"
        if verdict.message
        else f"right on some inputs, but wrong on this one: {here}."
    )
    return replace(verdict, status=Status.NARROW, message=message)


def _read(key: AnswerKey, part: Part, probe: int, response: Response) -> Reading | None:
    """The value of a part, read as an array of the right form; None if it cannot be."""
    if part.accept is not None or part.name not in response.values:
        return None
    return read_as_asked(response.values[part.name], getattr(key.right(probe), part.name))


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
        return verdict if verdict.status is Status.FORM else replace(verdict, status=Status.FOLLOWS)
    message = f"right on ordinary inputs, but wrong on this one: {inputs_in_words(key, unpaid[0])}."
    return replace(verdict, status=Status.NARROW, message=message)


def _follows(
    key: AnswerKey, part: Part, probe: int, own: Mapping[str, Any], response: Response
) -> bool:
    """Whether a value is what earlier wrong ones give, and those are not such that any would be."""
    if part.follows is not None:
        values, truth = [response.values.get(part.name)], [key.right(probe)]
        return bool(own) and follows(part, values, [response], truth)
    read = _read(key, part, probe, response)
    if not own or read is None:
        return False
    tolerance = key.exercise.tolerance
    try:
        expected = getattr(key.exercise.solve(key.drawn[probe], own=own), part.name)
        right = getattr(key.right(probe), part.name)
        return varies_like([expected], [right], tolerance) and read.agrees([expected], tolerance)
    except Exception:
        return False
