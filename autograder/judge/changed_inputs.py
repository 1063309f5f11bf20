"""Parts that are wrong because an input was changed in place before they were worked out.

The steps are worked out again with the input as the call left it, from some step on. If that gives
the part on every input, it is the finding. If not, it is said that the change may be the reason:
what the input held in between is not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Inputs, Step
from autograder.inside.asking import Response
from autograder.inside.side_effects import changed_inputs
from autograder.judge.answer_key import AnswerKey
from autograder.judge.answered import Answered
from autograder.judge.clues import MOST
from autograder.judge.diagnosis import Finding
from autograder.judge.quantities import is_small, needed_for, turns_into, uses_of
from autograder.judge.slips import Explanation
from autograder.judge.verdict import PartVerdict, Status
from autograder.listed import listed


def told_of_changes(
    key: AnswerKey, verdicts: Sequence[PartVerdict], responses: Sequence[Response]
) -> tuple[PartVerdict, ...]:
    """Says of wrong parts that they were worked out from inputs that had been changed in place.

    Args:
        key: what was asked, worked out on all inputs.
        verdicts: the verdicts on its parts.
        responses: what came back, one for each probe.

    Returns:
        The verdicts. A mistake of the exercise's own stays; so does any other name unless the
        changed input gives the part.
    """
    asked = [i for i in key.exercise.ordinary if not responses[i].fault]
    small = is_small(key.exercise, [key.drawn[i] for i in asked])
    if not small or not any(responses[i].mutated for i in asked):
        return tuple(verdicts)
    case = _Changed(key, asked, responses)
    return tuple(case.told(verdict) if verdict.is_open else verdict for verdict in verdicts)


class _Changed(Answered):
    """The answer, and what it left of its inputs."""

    def told(self, verdict: PartVerdict) -> PartVerdict:
        """The verdict with a finding or a clue, if an input that the part needs was changed."""
        name, finding, inputs = verdict.part.name, verdict.finding, self._changed()
        if verdict.part.accept is not None or not inputs:
            return verdict
        for some in ([one] for one in inputs) if len(inputs) > 1 else ():
            if self._gives(name, some):
                return replace(verdict, finding=_finding(inputs[some[0]]))
        every = [place for places in inputs.values() for place in places]
        if self._gives(name, list(inputs)):
            return replace(verdict, finding=_finding(every))
        needed = needed_for(name, uses_of(self.key.exercise, self.key.right(0)))
        every = [place for one in inputs if one in needed for place in inputs[one]]
        unknown = finding is None or not (finding.name or finding.rivals or finding.follows)
        if verdict.status is not Status.WRONG or not unknown or not every:
            return verdict
        clue = (
            f"It is worked out from {listed(every)}, which your code changed in place. That may be "
            "the whole reason: fix it first, then check again."
        )
        found = finding or Finding()
        clues = (*found.clues[: MOST - 1], clue)
        return replace(verdict, finding=replace(found, clues=clues, fix_first=True))

    def _changed(self) -> dict[str, list[str]]:
        """The inputs that were changed → the places in them."""
        found: dict[str, list[str]] = {}
        for i in self.asked:
            if self.responses[i].mutated:
                for name, before in self.key.drawn[i].items():
                    after = self.responses[i].after.get(name)
                    if _is_like(before, after):
                        places = found.setdefault(name, [])
                        now = changed_inputs({name: before}, {name: after})
                        places += [place for place in now if place not in places]
        return {name: places for name, places in found.items() if places}

    def _gives(self, part: str, inputs: Sequence[str]) -> bool:
        """Whether a part is what comes of some inputs as they were left, from some step on."""
        exercise = self.key.exercise
        values, right = self.read(part), self.right(part)
        if values is None:
            return False
        names = list(exercise.steps)
        graded = [one.name for one in exercise.parts]
        earlier = [one for one in graded[: graded.index(part)] if one in names]
        return any(
            turns_into(
                values, right, exercise.tolerance, self._worked(part, inputs, start, own), True
            )
            for own in ([], earlier)
            for start in range(names.index(part) + 1)
        )

    def _worked(
        self, part: str, inputs: Sequence[str], start: int, own: Sequence[str]
    ) -> Iterator[Any]:
        """The part on each set of inputs, with the changed ones from a step on.

        Args:
            part: its name.
            inputs: the inputs that are taken as they were left.
            start: the number of the first step that sees them.
            own: the parts whose values are those that came back.
        """
        for i in self.asked:
            given, after = self.responses[i].values, self.responses[i].after
            drawn = self.key.drawn[i]
            left = {n: after[n] for n in inputs if _is_like(drawn[n], after.get(n))}
            mine = {n: given[n] for n in own if n in given}
            yield _solved(self.key, i, part, (start, left), mine)


def _solved(
    key: AnswerKey,
    probe: int,
    part: str,
    change: tuple[int, Inputs],
    own: Mapping[str, Any],
) -> Any:
    """A part with some inputs changed from a step on, or None where it cannot be worked out."""
    start, left = change

    def after(step: Step) -> Step:
        return lambda v: step(SimpleNamespace(**{**vars(v), **left}))

    later = list(key.exercise.steps.items())[start:]
    try:
        return getattr(key.solve(probe, {name: after(one) for name, one in later}, own, part), part)
    except Exception:
        return None


def _is_like(before: Any, after: Any) -> bool:
    """Whether of an input only floats have changed, so that steps can be worked out from it.

    It comes from beside the student's code: other sizes and counts could keep the judge busy.
    """
    if isinstance(before, np.ndarray):
        same = type(after) is np.ndarray and after.dtype == before.dtype
        if not same or after.shape != before.shape:
            return False
        is_float = before.dtype.kind == "f"
        return bool(np.isfinite(after).all() if is_float else np.array_equal(before, after))
    if isinstance(before, dict):
        same = type(after) is dict and after.keys() == before.keys()
        return same and all(_is_like(before[name], after[name]) for name in before)
    if isinstance(before, list | tuple):
        same = type(after) is type(before) and len(after) == len(before)
        return same and all(map(_is_like, before, after))
    return type(after) is type(before) and (type(before) is float or bool(after == before))


def _finding(places: Sequence[str]) -> Finding:
    names, it = listed(places), "it" if len(places) == 1 else "them"
    said = Explanation(
        "",
        "a changed input",
        f"your {{part}} is what you get with {names} as your code left {it}, not as {it} came in.",
        f"a value computed from {names} after your code had changed {it}",
        f"Which of your lines writes into {names}, and which lines use {it} after that?",
        changed=tuple(places),
    )
    return Finding("", said.slug, explanation=said)
