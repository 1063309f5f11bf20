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
from typing import Any

import numpy as np

from autograder.asking import Response
from autograder.diagnosis import Context, Finding, diagnose
from autograder.exercise import Exercise, Inputs, Part, Step
from autograder.values import close, form_fault
from course_bp.finite_difference import finite_difference

# Changing an argument in place, or stopping on some of the inputs, is a mistake of its own; it
# takes this share of what the parts earned.
FAULT_COST = 0.5


class Status(Enum):
    """What the judge found for one part."""

    RIGHT = "right"
    FOLLOWS = "right for your own earlier parts"
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
        """Whether the part earns its points."""
        return self.status in (Status.RIGHT, Status.FOLLOWS)


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
        earned = sum(verdict.part.points for verdict in self.parts if verdict.credited)
        return round(earned * (FAULT_COST if self.mutated or self.stopped_on else 1), 6)

    @property
    def full(self) -> bool:
        """Whether all is right."""
        return not (self.mutated or self.stopped_on) and all(
            verdict.credited for verdict in self.parts
        )

    @property
    def first_wrong(self) -> PartVerdict | None:
        """The earliest part that earns nothing."""
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


def judge(exercise: Exercise, drawn: Sequence[Inputs], responses: Sequence[Response]) -> Verdict:
    """Judges what came back for each set of inputs.

    Args:
        exercise: what was asked.
        drawn: the inputs, one dict a probe.
        responses: what came back, in the same order.

    Returns:
        The verdict.

    Raises:
        ValueError: if there are not as many responses as inputs.
    """
    if len(drawn) != len(responses):
        raise ValueError(f"{len(drawn)} sets of inputs but {len(responses)} responses")
    stopped = [i for i, response in enumerate(responses) if response.fault]
    answered = [i for i, response in enumerate(responses) if not response.fault]
    first = responses[stopped[0]] if stopped else Response()
    if stopped and all(exercise.probes[i].fixed for i in answered):
        parts = tuple(PartVerdict(part, Status.NOT_ASKED) for part in exercise.parts)
        return Verdict(exercise, parts, first.fault, first.message)
    mutated = [name for response in responses for name in response.mutated]
    return Verdict(
        exercise,
        _judge_parts(exercise, [drawn[i] for i in answered], [responses[i] for i in answered]),
        message=first.message,
        mutated=tuple(dict.fromkeys(mutated)),
        stopped_on=tuple(exercise.probes[i].name for i in stopped),
    )


def _judge_parts(
    exercise: Exercise, drawn: Sequence[Inputs], responses: Sequence[Response]
) -> tuple[PartVerdict, ...]:
    truth = [exercise.solve(inputs) for inputs in drawn]
    # What the student's later parts may rest on: own earlier parts that were wrong, and forward
    # steps that an identified mistake changes.
    own: list[dict[str, Any]] = [{} for _ in drawn]
    adopted: dict[str, Step] = {}
    trusted = True
    verdicts: list[PartVerdict] = []
    for part in exercise.parts:
        values = [response.values.get(part.name, _ABSENT) for response in responses]
        context = Context(exercise, part, drawn, truth, own if trusted else None, adopted)
        verdict = _form_verdict(context, values)
        if verdict is None:
            verdict = _value_verdict(context, values)
            if verdict.status is Status.WRONG and part.accept is None:
                trusted &= not _insincere(values, verdict.finding)
                for mine, value in zip(own, values, strict=True):
                    mine[part.name] = value
                adopted.update(_upstream_steps(exercise, verdict.finding))
            elif verdict.status is Status.FOLLOWS:
                for mine, value in zip(own, values, strict=True):
                    mine[part.name] = value
        verdicts.append(verdict)
    return tuple(verdicts)


_ABSENT = object()


def _form_verdict(context: Context, values: Sequence[Any]) -> PartVerdict | None:
    part = context.part
    if any(value is _ABSENT for value in values):
        return PartVerdict(part, Status.MISSING, message=f"there is no entry {part.name!r}.")
    if part.accept is not None:
        return None
    faults = [
        form_fault(value, getattr(right, part.name))
        for value, right in zip(values, context.truth, strict=True)
    ]
    first = next((fault for fault in faults if fault), None)
    if first is None:
        return None
    comparable = all(fault is None or fault.kind == "shape" for fault in faults)
    finding = diagnose(context, values) if comparable else None
    return PartVerdict(part, Status.MALFORMED, finding, first.message, first.kind)


def _value_verdict(context: Context, values: Sequence[Any]) -> PartVerdict:
    part = context.part
    if part.accept is not None:
        for value, right in zip(values, context.truth, strict=True):
            if problem := part.accept(value, right):
                finding = diagnose(context, values)
                return PartVerdict(part, Status.WRONG, finding, problem)
        return PartVerdict(part, Status.RIGHT)
    tolerance = context.exercise.tolerance
    if _all_close(values, [getattr(right, part.name) for right in context.truth], tolerance):
        return PartVerdict(part, Status.RIGHT)
    if context.own is not None and _all_close(values, context.expected(), tolerance):
        return PartVerdict(part, Status.FOLLOWS)
    return PartVerdict(part, Status.WRONG, diagnose(context, values))


def _all_close(values: Sequence[Any], rights: Sequence[Any], tolerance: float) -> bool:
    return all(close(value, right, tolerance) for value, right in zip(values, rights, strict=True))


def _insincere(values: Sequence[Any], finding: Finding | None) -> bool:
    """Whether a wrong value looks like no computation: one same number for all inputs.

    Later parts may rest on an own wrong value, but not on an unexplained constant: an answer of
    zeros would otherwise be consistent with itself.
    """
    if finding is not None and finding.mistake is not None:
        return False
    entries = np.concatenate([np.ravel(np.asarray(value, dtype=float)) for value in values])
    return bool(np.ptp(entries) == 0)


def _upstream_steps(exercise: Exercise, finding: Finding | None) -> Mapping[str, Step]:
    """The ungraded steps that an identified mistake computes wrongly."""
    if finding is None or finding.mistake is None:
        return {}
    graded = {part.name for part in exercise.parts}
    return {name: step for name, step in finding.mistake.wrong.items() if name not in graded}


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
