"""The judge: is each part right, and if not, in what way is it wrong?

One judge serves the student's check, the grade and the tests. It knows nothing of notebooks and
runs no student code: it gets inputs and what came back for them. In order it looks at form (type,
dtype, shape, finiteness), then at untouched inputs, then at values. A part is right when it equals
the reference, or when it follows correctly from the student's own earlier parts, so that one
mistake costs once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.answer_key import AnswerKey
from autograder.asking import Response
from autograder.case import Case, Context
from autograder.diagnosis import Finding, diagnose
from autograder.exercise import Exercise, Inputs, Mistake, Part, Step
from autograder.numeric import DIFFERENCES, numeric_explanation
from autograder.values import close, form_fault
from course_bp.finite_differences import finite_difference

# Changing an argument in place, or stopping on some of the inputs, is a mistake of its own; it
# takes this share of what the parts earned.
FAULT_COST = 0.5
# An own wrong value may be this many times too large or too small and still be built upon.
ABSURD = 1e6


class Status(Enum):
    """What the judge found for one part."""

    RIGHT = "right"
    FOLLOWS = "right for your own earlier parts"
    NUMERIC = "right digits, by finite differences"
    WRONG = "wrong"
    MALFORMED = "malformed"
    MISSING = "missing"
    NOT_ASKED = "not asked"


@dataclass(frozen=True)
class PartVerdict:
    """The verdict on one part.

    Args:
        part: the part.
        status: what was found.
        finding: the mistake that explains the value, or what is known, for a wrong part.
        message: what is wrong with the form, or with a value that is no array.
        kind: the kind of a fault of form: "type", "dtype", "shape" or "nonfinite".
    """

    part: Part
    status: Status
    finding: Finding | None = None
    message: str = ""
    kind: str = ""

    @property
    def credited(self) -> bool:
        """Whether the part earns all its points."""
        return self.status in (Status.RIGHT, Status.FOLLOWS)

    def earned(self, exercise: Exercise) -> float:
        """The points that the part earns in an exercise."""
        share = exercise.differences_earn if self.status is Status.NUMERIC else self.credited
        return self.part.points * share


@dataclass(frozen=True)
class Verdict:
    """The verdict on one answer.

    Args:
        exercise: what was asked.
        parts: one verdict a part, in the exercise's order.
        fault: why the answer could not be judged at all: "", "unfinished", "call" or "error".
        message: that fault in words, or what stopped it on some of the inputs.
        stopped_on: names of the probes that it gave no answer for, when it was judged on others.
        mutated: inputs that the answer changed in place.
    """

    exercise: Exercise
    parts: tuple[PartVerdict, ...]
    fault: str = ""
    message: str = ""
    mutated: tuple[str, ...] = ()
    stopped_on: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """Points earned, between 0 and the exercise's points."""
        earned = sum(verdict.earned(self.exercise) for verdict in self.parts)
        return round(float(earned) * (FAULT_COST if self.mutated or self.stopped_on else 1), 6)

    @property
    def full(self) -> bool:
        """Whether all is right."""
        return not (self.mutated or self.stopped_on) and all(
            verdict.credited for verdict in self.parts
        )

    @property
    def first_wrong(self) -> PartVerdict | None:
        """The earliest part that does not earn all its points."""
        return next((verdict for verdict in self.parts if not verdict.credited), None)


class ReferenceDisagrees(Exception):
    """The exercise's own reference is not the derivative of its output: a fault of the course."""


def draw_inputs(exercise: Exercise, seed: Sequence[int]) -> list[Inputs]:
    """Draws the inputs of all probes.

    Args:
        exercise: the exercise.
        seed: integers that fix the draw; the public check uses fixed ones.

    Returns:
        One dict of inputs a probe.
    """
    rng = np.random.default_rng([*seed, *exercise.id.encode()])
    return [probe.draw(rng) for probe in exercise.probes]


def judge(
    exercise: Exercise,
    drawn: Sequence[Inputs],
    responses: Sequence[Response],
    key: AnswerKey | None = None,
) -> Verdict:
    """Judges what came back for each set of inputs.

    Args:
        exercise: what was asked.
        drawn: the inputs, one dict a probe.
        responses: what came back, in the same order.
        key: the answer key of these inputs, when more than one answer is judged on them.

    Returns:
        The verdict.

    Raises:
        ValueError: if there are not as many responses as inputs.
    """
    if len(drawn) != len(responses):
        raise ValueError(f"{len(drawn)} sets of inputs but {len(responses)} responses")
    asked = [i for i, probe in enumerate(exercise.probes) if not probe.ties]
    stopped = [i for i in asked if responses[i].fault]
    answered = [i for i in asked if not responses[i].fault]
    first = responses[stopped[0]] if stopped else Response()
    if stopped and all(exercise.probes[i].fixed for i in answered):
        parts = tuple(PartVerdict(part, Status.NOT_ASKED) for part in exercise.parts)
        return Verdict(exercise, parts, first.fault, first.message)
    case = Case(key or AnswerKey(exercise, drawn), answered)
    ties = [response for i, response in enumerate(responses) if i not in asked]
    verdicts = _judge_parts(case, [responses[i] for i in answered], ties)
    mutated = [name for response in responses for name in response.mutated]
    unexplained = [i for i in stopped if not _explains_stop(case.key, verdicts, i)]
    return Verdict(
        exercise,
        verdicts,
        message=first.message,
        mutated=tuple(dict.fromkeys(mutated)),
        stopped_on=tuple(exercise.probes[i].name for i in unexplained),
    )


def _explains_stop(key: AnswerKey, verdicts: Sequence[PartVerdict], probe: int) -> bool:
    """Whether a mistake that was found stops on these inputs too, so that it costs once."""
    found = [verdict.finding.mistake for verdict in verdicts if verdict.finding]
    return any(mistake is not None and key.wrong(probe, mistake) is None for mistake in found)


def _judge_parts(
    case: Case, given: Sequence[Response], ties: Sequence[Response]
) -> tuple[PartVerdict, ...]:
    exercise = case.exercise
    # What the student's later parts may rest on: own earlier parts that were wrong, and forward
    # steps that an identified mistake changes.
    own: list[dict[str, Any]] = [{} for _ in given]
    shadow: list[dict[str, Any]] = [{} for _ in given]
    adopted: dict[str, Step] = {}
    explained = True
    one_number = _is_one_number(exercise, given)
    verdicts: list[PartVerdict] = []
    for part in exercise.parts:
        context = Context(case, part, own, adopted, shadow)
        values = [response.values.get(part.name, _ABSENT) for response in given]
        verdict = _missing(part, values, given) or _form_verdict(context, values)
        if verdict is None:
            may_follow = part.accept is None and not one_number
            may_follow = may_follow and (explained or _varies_like(values, context.right))
            on_ties = [response.values.get(part.name, _ABSENT) for response in ties]
            verdict = _value_verdict(context, values, may_follow, on_ties)
            if verdict.status is not Status.RIGHT and part.accept is None:
                mistake = verdict.finding.mistake if verdict.finding else None
                explained &= mistake is not None or verdict.status is Status.FOLLOWS
                if mistake or _comparable_in_size(values, context.right):
                    _remember(own, part, values)
                adopted.update(_upstream_steps(exercise, mistake))
        if not verdict.credited and part.accept is None and verdict.kind in ("", "nonfinite"):
            _remember(shadow, part, values)
        verdicts.append(verdict)
    return tuple(verdicts)


_ABSENT = object()
_NUMERIC = (float, int, np.ndarray, np.floating)


def _remember(own: Sequence[dict[str, Any]], part: Part, values: Sequence[Any]) -> None:
    for mine, value in zip(own, values, strict=True):
        if value is not _ABSENT:
            mine[part.name] = value


def _missing(
    part: Part, values: Sequence[Any], responses: Sequence[Response]
) -> PartVerdict | None:
    if not any(value is _ABSENT for value in values):
        return None
    others = responses[0].others
    found = f" Your dict has other names: {', '.join(others)}." if others else ""
    return PartVerdict(part, Status.MISSING, message=f"there is no entry {part.name!r}.{found}")


def _form_verdict(context: Context, values: Sequence[Any]) -> PartVerdict | None:
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
    on = "" if all(faults) else f" (On these inputs: {context.case.probes[first]}.)"
    comparable = all(fault is None or fault.kind in ("shape", "nonfinite") for fault in faults)
    finding = diagnose(context, values) if comparable else None
    return PartVerdict(part, Status.MALFORMED, finding, fault.message + on, fault.kind)


def _value_verdict(
    context: Context, values: Sequence[Any], may_follow: bool, ties: Sequence[Any]
) -> PartVerdict:
    part, exercise = context.part, context.case.exercise
    if part.accept is not None:
        for value, right in zip(values, context.case.truth, strict=True):
            if problem := _acceptance_problem(part, value, right):
                return PartVerdict(part, Status.WRONG, diagnose(context, values), problem)
        return PartVerdict(part, Status.RIGHT)
    tolerance = exercise.tolerance
    if _all_close(values, context.right, tolerance):
        numeric = numeric_explanation(exercise, part, values, context.right)
        if numeric is DIFFERENCES:
            return PartVerdict(part, Status.NUMERIC, Finding("", numeric.slug, explanation=numeric))
        return PartVerdict(part, Status.RIGHT)
    if may_follow and _all_close(values, context.expected(), tolerance):
        return PartVerdict(part, Status.FOLLOWS)
    return PartVerdict(part, Status.WRONG, diagnose(context, values, ties))


def _acceptance_problem(part: Part, value: Any, right: SimpleNamespace) -> str | None:
    assert part.accept is not None
    try:
        return part.accept(value, right)
    except Exception as error:
        return f"it could not be read ({type(error).__name__})."


def _all_close(values: Sequence[Any], rights: Sequence[Any], tolerance: float) -> bool:
    return all(close(value, right, tolerance) for value, right in zip(values, rights, strict=True))


def _entries(values: Sequence[Any]) -> Any:
    return np.concatenate([np.ravel(np.asarray(value, dtype=float)) for value in values])


def _is_one_number(exercise: Exercise, responses: Sequence[Response]) -> bool:
    """Whether the whole answer is a single number, on all inputs: nothing follows from that."""
    names = [part.name for part in exercise.parts if part.accept is None]
    values = [response.values.get(name) for response in responses for name in names]
    if len(names) < 2 or any(not isinstance(v, _NUMERIC) or form_fault(v, v) for v in values):
        return False
    return bool(np.ptp(_entries(values)) == 0)


def _varies_like(values: Sequence[Any], rights: Sequence[Any]) -> bool:
    """Whether a value varies over inputs and entries where the right one does.

    Zeros follow from zeros; an unexplained constant would otherwise be consistent with itself.
    """
    return bool(np.ptp(_entries(values)) > 0 or np.ptp(_entries(rights)) == 0)


def _comparable_in_size(values: Sequence[Any], rights: Sequence[Any]) -> bool:
    """Whether later parts may rest on a wrong value: not on nothing, and not on the absurd.

    Values of 1e-320 or 1e300 make everything after them underflow or saturate, and then any
    constant follows.
    """
    return all(
        ABSURD**-1 * np.abs(right).max(initial=0)
        <= np.abs(value).max(initial=0)
        <= ABSURD * np.abs(right).max(initial=0)
        for value, right in zip(values, rights, strict=True)
    )


def _upstream_steps(exercise: Exercise, mistake: Mistake | None) -> Mapping[str, Step]:
    """The ungraded steps that an identified mistake computes wrongly."""
    graded = {part.name for part in exercise.parts}
    wrong = mistake.wrong if mistake else {}
    return {name: step for name, step in wrong.items() if name not in graded}


def check_reference(exercise: Exercise, inputs: Inputs) -> None:
    """Compares the reference with central differences of the exercise's output.

    Args:
        exercise: an exercise with `output` and `leaves`; others pass.
        inputs: where to compare.

    Raises:
        ReferenceDisagrees: if a leaf's reference is not the output's derivative.
    """
    right = exercise.solve(inputs)
    for name, leaf in exercise.leaves.items():

        def output(value: Any, leaf: str = leaf) -> Any:
            return getattr(exercise.solve({**inputs, leaf: value}), exercise.output)

        numeric = np.asarray(finite_difference(output)(inputs[leaf]))
        exact = np.asarray(getattr(right, name))
        scale = max(1e-300, float(np.abs(exact).max()))
        if numeric.shape != exact.shape or np.abs(numeric - exact).max() > 1e-6 * scale:
            raise ReferenceDisagrees(
                f"{exercise.id}: the reference for {name} differs from central differences; "
                "this is a fault of the course, not of the answer. Please tell your instructor."
            )
