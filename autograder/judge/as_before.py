"""Whether an answer still makes the mistakes that were found in it, on the inputs of a later one.

An exercise that builds on another takes the student's own values on inputs of its own. A function
can tell these inputs from those that it was judged on, and go on with values that it chose.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from autograder.exercise import Inputs, Step
from autograder.inside.asking import Response
from autograder.judge.answer_key import AnswerKey
from autograder.judge.compare import close
from autograder.judge.context import Case, Context, upstream_steps
from autograder.judge.rightness import is_right
from autograder.judge.verdict import Status, Verdict


def known_mistakes_alone(
    verdict: Verdict, drawn: Sequence[Inputs], responses: Sequence[Response]
) -> bool:
    """Whether known mistakes account for all that was found wrong, on further inputs too.

    Args:
        verdict: the verdict on an answer.
        drawn: the further inputs.
        responses: what the same answer gave on these.
    """
    exercise = verdict.exercise
    key = AnswerKey(exercise, drawn)
    own: list[dict[str, Any]] = [{} for _ in drawn]
    adopted: dict[str, Step] = {}
    for found in verdict.parts:
        name = found.part.name
        if found.status is Status.RIGHT:
            continue
        if found.status in (Status.FORM, Status.NARROW):
            if not all(is_right(key, found.part, i, one, True) for i, one in enumerate(responses)):
                return False
            continue
        mistake = found.finding.mistake if found.finding else None
        if found.status is Status.WRONG and mistake is None:
            return False
        # Where it gave no value, nothing can build on it.
        given = [i for i, response in enumerate(responses) if name in response.values]
        values = [responses[i].values[name] for i in given]
        if mistake is not None:
            mine = [own[i] for i in given]
            context = Context(Case(key, given), found.part, mine, adopted, mine)
            if given and not context.reproduces(mistake, values, _same(exercise.tolerance)):
                return False
            adopted |= upstream_steps(exercise, mistake)
        for i, value in zip(given, values, strict=True):
            own[i][name] = value
    return True


def _same(tolerance: float) -> Callable[[Any, Any], bool]:
    return lambda made, value: close(value, made, tolerance, True)
