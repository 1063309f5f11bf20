"""The judge: is each part right, and if not, in what way is it wrong?

One judge serves the student's check, the grade and the tests. It knows nothing of notebooks and
runs no student code: it gets inputs and what came back for them. In order it looks at form (type,
dtype, shape, finiteness), then at untouched inputs, then at values. A part is right when it equals
the reference, or when it follows correctly from the student's own earlier parts, so that one
mistake costs once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.exercise import Exercise, Inputs, Part, Step
from autograder.inside.asking import Response
from autograder.judge.answer_key import AnswerKey
from autograder.judge.approximations import exact_difference
from autograder.judge.between_calls import told_of_calls
from autograder.judge.changed_inputs import told_of_changes
from autograder.judge.context import Case, Context, upstream_steps
from autograder.judge.corners import narrowed, right_on_some
from autograder.judge.diagnosis import Finding
from autograder.judge.earlier import NOTHING_EARLIER, Earlier
from autograder.judge.first_call import told_of_first_call
from autograder.judge.one_array import harmful_sharing, told_of_sharing
from autograder.judge.one_part import (
    ABSENT,
    follows,
    form_verdict,
    in_form,
    missing,
    reading_of,
    single_verdict,
    value_verdict,
)
from autograder.judge.own_values import (
    ONE_NUMBER,
    can_be_built_on,
    is_one_number,
    own_forward,
    varies_like,
)
from autograder.judge.stops import earns_nothing_alone, explains_stop, only_what_was_shown
from autograder.judge.verdict import PartVerdict, Status, Verdict


# A student's numbers may be too large for a difference; that says nothing to who grades.
@np.errstate(all="ignore")
def judge(
    exercise: Exercise,
    drawn: Sequence[Inputs],
    responses: Sequence[Response],
    key: AnswerKey | None = None,
    earlier: Earlier = NOTHING_EARLIER,
) -> Verdict:
    """Judges what came back for each set of inputs.

    Args:
        exercise: what was asked.
        drawn: the inputs, one dict per probe.
        responses: what came back, in the same order.
        key: the answer key of these inputs, when more than one answer is judged on them.
        earlier: for an exercise that builds on another, what was found wrong there.

    Returns:
        The verdict.

    Raises:
        ValueError: if there are not as many responses as inputs.
    """
    if len(drawn) != len(responses):
        raise ValueError(f"{len(drawn)} sets of inputs but {len(responses)} responses")
    responses = [
        replace(response, values=exercise.read(inputs, response.values))
        for inputs, response in zip(drawn, responses, strict=True)
    ]
    asked = exercise.ordinary
    stopped = [i for i in asked if responses[i].fault]
    answered = [i for i in asked if not responses[i].fault]
    first = responses[stopped[0]] if stopped else Response()
    if stopped and all(earns_nothing_alone(exercise.probes[i]) for i in answered):
        parts = tuple(PartVerdict(part, Status.NOT_ASKED) for part in exercise.parts)
        return Verdict(exercise, parts, first.fault, first.message)
    case = Case(key or AnswerKey(exercise, drawn), answered)
    ties = [r for r, probe in zip(responses, exercise.probes, strict=True) if probe.ties]
    own = own_forward(case, earlier.on(answered))
    explained = earlier.explained or not any(own)
    verdicts = _judge_parts(case, [responses[i] for i in answered], ties, own, explained)
    mutated = [name for response in responses for name in response.mutated]
    left_out = [i for i in stopped if not explains_stop(case.key, verdicts, i)]
    unexplained = [i for i in left_out if i not in earlier.stopped]
    beyond = next((kind for response in responses for kind in response.beyond), "")
    if beyond:
        verdicts = tuple(_by_difference(exercise, verdict, beyond) for verdict in verdicts)
    # A stop that an earlier answer has paid for costs nothing; but it shows nothing either.
    if left_out:
        verdicts = only_what_was_shown(case.key, verdicts, answered, left_out)
    verdicts = right_on_some(case.key, verdicts, answered, responses, left_out)
    verdicts = narrowed(case.key, verdicts, responses, earlier.values)
    verdicts = told_of_changes(case.key, verdicts, responses)
    verdicts = told_of_sharing(case.key, verdicts, responses)
    verdicts = told_of_first_call(case.key, verdicts, responses)
    verdicts = told_of_calls(exercise, verdicts, responses)
    at_the_edge = [i for i in exercise.corners if responses[i].fault and i not in earlier.stopped]
    # Which corners stop it too tells nothing to whoever stops on ordinary inputs.
    unexplained = unexplained or [
        i for i in at_the_edge if not explains_stop(case.key, verdicts, i)
    ]
    stops = [responses[i].message for i in unexplained]
    return Verdict(
        exercise,
        verdicts,
        message=stops[0] if stops else first.message,
        mutated=tuple(name for name in dict.fromkeys(mutated) if name not in earlier.mutated),
        stopped_on=tuple(exercise.probes[i].name for i in unexplained),
        shared=harmful_sharing(verdicts, responses, {name for one in drawn for name in one}),
    )


def _by_difference(exercise: Exercise, verdict: PartVerdict, kind: str) -> PartVerdict:
    """The verdict on a part, if numbers beyond double precision may have spared the chain rule."""
    paid = verdict.holds or verdict.credited
    if not paid or verdict.part.name not in exercise.derivatives:
        return verdict
    said = exact_difference(kind)
    finding = Finding("", said.slug, explanation=said)
    return replace(verdict, status=Status.NUMERIC, finding=finding)


def _judge_parts(
    case: Case,
    given: Sequence[Response],
    ties: Sequence[Response],
    own: list[dict[str, Any]],
    explained: bool,
) -> tuple[PartVerdict, ...]:
    """Judges part after part.

    Later parts may rest on `own`, to which parts are added that were wrong here, and on forward
    steps that an identified mistake changes. `explained` says whether known mistakes account for
    all of these.
    """
    exercise = case.exercise
    shadow: list[dict[str, Any]] = [{} for _ in given]
    adopted: dict[str, Step] = {}
    one_number = is_one_number(exercise, given)
    verdicts: list[PartVerdict] = []
    came = {part.name: [r.values.get(part.name, ABSENT) for r in given] for part in exercise.parts}
    for part in exercise.parts:
        context = Context(case, part, own, adopted, shadow, came)
        values = came[part.name]
        on_ties = [response.values.get(part.name, ABSENT) for response in ties]
        verdict = missing(part, values, given, exercise)
        malformed = None if verdict else form_verdict(context, values, on_ties)
        if malformed:
            reading = reading_of(context, values, malformed)
            if reading is None:
                verdict = malformed
            else:
                values = list(reading.values)
                if reading.single:
                    right = reading.agrees(context.right, exercise.tolerance)
                    verdict = single_verdict(context, right, malformed)
                    explained &= right
                    # What is made from it in double precision is as far off as it is.
                    if right or can_be_built_on(values, context.right, case):
                        _remember(own, part, values)
                elif malformed.kind == "list":
                    malformed = None  # A list of the right numbers is as good as an array.
        if verdict is None:
            may_follow = part.accept is None and not one_number
            if may_follow and not explained:
                may_follow = varies_like(values, context.right, exercise.tolerance)
            verdict = value_verdict(context, values, may_follow, explained, on_ties)
            spared = explained and not (verdict.credited or one_number)
            if spared and follows(part, values, given, case.truth):
                verdict = PartVerdict(part, Status.FOLLOWS)
            if verdict.status is not Status.RIGHT and part.accept is None:
                mistake = verdict.finding.mistake if verdict.finding else None
                chosen = verdict.status not in (Status.FOLLOWS, Status.NUMERIC)
                explained &= mistake is not None or not chosen
                if mistake or can_be_built_on(values, context.right, case):
                    _remember(own, part, values)
                adopted.update(upstream_steps(exercise, mistake))
            if malformed and verdict.status is not Status.NUMERIC:
                verdict = in_form(malformed, verdict.credited, verdict.finding)
        if one_number and verdict.status is Status.WRONG and any(map(np.any, values)):
            # Every mistake that gives this number would seem to explain it. Zeros have a name.
            verdict = replace(verdict, finding=Finding(clues=(ONE_NUMBER,)))
        if not verdict.credited and part.accept is None and verdict.kind in ("", "nonfinite"):
            _remember(shadow, part, values)
        verdicts.append(_again(verdict, verdicts))
    return tuple(verdicts)


def _again(verdict: PartVerdict, before: Sequence[PartVerdict]) -> PartVerdict:
    """The verdict on a part, if the slip that explains it has cost an earlier part already."""
    paid = [one.finding.name for one in (*before, verdict) if _is_once(one) and one.finding]
    again = _is_once(verdict) and verdict.finding and paid.count(verdict.finding.name) > 1
    return replace(verdict, status=Status.AGAIN) if again else verdict


def _is_once(verdict: PartVerdict) -> bool:
    return bool(verdict.finding and verdict.finding.source and verdict.finding.source.once)


def _remember(own: Sequence[dict[str, Any]], part: Part, values: Sequence[Any]) -> None:
    for mine, value in zip(own, values, strict=True):
        if value is not ABSENT:
            mine[part.name] = value
