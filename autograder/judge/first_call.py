"""An answer that goes on with what it worked out in an earlier call, for inputs that have changed.

An exercise's inputs are asked for one after the other. A step whose value stays what it was for the
first of them makes everything wrong that comes after it, in every later call, and nothing in the
first. Neither a formula nor a repetition of the first inputs shows that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.exercise import Part
from autograder.inside.asking import Response
from autograder.judge.answer_key import AnswerKey
from autograder.judge.answered import Answered
from autograder.judge.clues import MOST, ON_SOME
from autograder.judge.compare import close
from autograder.judge.diagnosis import Finding
from autograder.judge.own_values import ONE_NUMBER
from autograder.judge.quantities import is_number, is_small, known_names, turns_into
from autograder.judge.slips import Explanation
from autograder.judge.verdict import PartVerdict, Status

KEPT_FROM_FIRST = "kept from the first call"
_NAME = "a value kept from an earlier call"
RIGHT_AT_FIRST = (
    "It is right in the first call and wrong in later ones with other inputs of the same kinds, as "
    "if something were kept from the first call."
)
SAME_EACH_TIME = "Its value is the same on every input, whatever comes in."
# Fewer calls than these would show a pattern by chance.
_FEWEST = 3


def told_of_first_call(
    key: AnswerKey, verdicts: Sequence[PartVerdict], responses: Sequence[Response]
) -> tuple[PartVerdict, ...]:
    """Says of parts that are wrong in later calls only that a step keeps its earlier value.

    Args:
        key: what was asked, worked out on all inputs.
        verdicts: the verdicts on its parts.
        responses: what came back, one for each probe, in the order in which they were asked for.

    Returns:
        The verdicts. Points stay as they are, and so does a mistake of the exercise's own. Where no
        step explains the numbers, and nothing else has a name, there is a clue if it looks alike.
    """
    calls = [i for i, response in enumerate(responses) if not response.fault]
    if len(calls) < 2 or calls[0] != 0:
        return tuple(verdicts)
    case = _Calls(key, calls, responses)
    return tuple(case.told(verdict) if verdict.is_open else verdict for verdict in verdicts)


class _Calls(Answered):
    """The calls that were answered, in order, and what they gave."""

    def told(self, verdict: PartVerdict) -> PartVerdict:
        """The verdict with what is known of earlier calls, if anything is."""
        part, finding = verdict.part, verdict.finding
        if part.accept is not None or verdict.status is Status.MISSING:
            return verdict
        values, right = self.read(part.name), self.right(part.name)
        if values is None:
            return verdict
        tolerance = self.key.exercise.tolerance
        sound = [close(v, r, tolerance) for v, r in zip(values, right, strict=True)]
        if sound[0] and (step := self._stale_step(part, values, right)):
            return replace(verdict, finding=step)
        clues = finding.clues if finding else ()
        if finding and (finding.name or finding.follows or finding.fix_first):
            return verdict
        if self._right_at_first_alone(sound):
            # What is right in the first call alone needs no rivals that explain its numbers.
            left = [clue for clue in clues if not clue.startswith(ON_SOME)]
            found = Finding(clues=(RIGHT_AT_FIRST, *left)[:MOST])
            return replace(verdict, finding=found)
        told = ONE_NUMBER in clues or bool(finding and finding.rivals)
        if not told and _is_same_each_time(values, right):
            return replace(verdict, finding=Finding(clues=(SAME_EACH_TIME, *clues)[:MOST]))
        return verdict

    def _right_at_first_alone(self, sound: Sequence[bool]) -> bool:
        """Whether a part is right just where the first inputs come in, if they are ordinary."""
        exercise = self.key.exercise
        first = exercise.probes[0]
        # On a lecture's own numbers many a mistake does not show.
        if first.fixed or first.special:
            return False
        kinds = {exercise.probes[i].draw for i in exercise.ordinary}
        wrong = []
        for i, right in zip(self.asked, sound, strict=True):
            probe = exercise.probes[i]
            # At the edge of what is allowed there may be nothing to get wrong.
            if probe.draw in kinds and right != (i == 0 or probe.repeats):
                return False
            wrong += [i] if probe.draw in kinds and not right else []
        return len(wrong) >= _FEWEST

    def _stale_step(
        self, part: Part, values: Sequence[Any], right: Sequence[Any]
    ) -> Finding | None:
        """The finding for a step, the nearest before the part, whose old value gives the part."""
        exercise = self.key.exercise
        drawn = [self.key.drawn[i] for i in self.asked]
        names = list(exercise.steps)
        spoken = known_names(exercise, [self.key.right(i) for i in exercise.ordinary])
        before = [name for name in names[: names.index(part.name)] if name in spoken]
        steps = [*reversed(before), part.name] if is_small(exercise, drawn) else [part.name]
        for step in steps:
            kept = self._kept(step)
            if kept is None:
                continue
            made = self._with(step, kept, part.name)
            if turns_into(values, right, exercise.tolerance, made, True):
                return _finding(step, part.name, set(kept) == {0})
        return None

    def _kept(self, step: str) -> list[int] | None:
        """For each call the first one of the same size; None if the first value tells nothing."""
        found = self.right(step)
        # What is 0 or 1 at first is like a term or a factor that is missing.
        if not is_number(found[0]) or np.isin(found[0], (-1.0, 0.0, 1.0)).all():
            return None
        first: dict[tuple[int, ...], int] = {}
        return [
            first.setdefault(np.shape(one), i) for i, one in zip(self.asked, found, strict=True)
        ]

    def _with(self, step: str, kept: Sequence[int], part: str) -> Iterator[Any]:
        """The part in each call, with the step as it was in an earlier one."""
        for i, earlier in zip(self.asked, kept, strict=True):
            old = getattr(self.key.right(earlier), step)
            if step == part:
                yield old
                continue
            try:
                yield getattr(self.key.solve(i, {}, {step: old}, part), part)
            except Exception:
                yield None


def _is_same_each_time(values: Sequence[Any], right: Sequence[Any]) -> bool:
    """Whether a value never changes where the right one always does."""
    same = all(np.array_equal(values[0], value) for value in values)
    varies = not any(np.array_equal(right[0], one) for one in right[1:_FEWEST])
    return same and varies and len(values) >= _FEWEST


def _finding(step: str, part: str, first: bool) -> Finding:
    inputs = "the first inputs" if first else "the first inputs of the same size"
    evidence = (
        f"your {{part}} keeps the value that it had for {inputs}."
        if step == part
        else f"your {{part}} is what you get if {step} keeps the value that it had for {inputs}."
    )
    said = Explanation(
        "",
        KEPT_FROM_FIRST,
        evidence,
        _NAME,
        "What in your code outlives one call: a variable made outside the function, the default of "
        "an argument, or a number that belongs to one input?",
    )
    return Finding("", said.slug, explanation=said)
