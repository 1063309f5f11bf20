"""The edge of what the statement allows: is what was right on ordinary inputs right here too?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from autograder.exercise import Part
from autograder.inside.asking import Response
from autograder.judge.answer_key import AnswerKey
from autograder.judge.compare import close, form_fault
from autograder.judge.shown import inputs_in_words
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
    return tuple(
        _narrowed(key, verdict, asked, responses) if verdict.status is Status.RIGHT else verdict
        for verdict in verdicts
    )


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


def _right(key: AnswerKey, part: Part, probe: int, response: Response) -> bool:
    if part.name not in response.values:
        return False
    value, right = response.values[part.name], key.right(probe)
    if part.accept is not None:
        try:
            return part.accept(value, right) is None
        except Exception:
            return False
    wanted = getattr(right, part.name)
    return form_fault(value, wanted) is None and close(value, wanted, key.exercise.tolerance)


def _narrowed(
    key: AnswerKey, verdict: PartVerdict, asked: Sequence[int], responses: Sequence[Response]
) -> PartVerdict:
    wrong = [i for i in asked if not _right(key, verdict.part, i, responses[i])]
    if not wrong:
        return verdict
    first = wrong[0]
    message = f"right on ordinary inputs, but wrong on this one: {inputs_in_words(key, first)}."
    return replace(verdict, status=Status.NARROW, message=message)
