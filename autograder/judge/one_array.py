"""One array that is returned as several parts: all of them hold what was written into it last."""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.exercise import Mistake
from autograder.inside.asking import Response
from autograder.judge.answer_key import AnswerKey
from autograder.judge.answered import Answered
from autograder.judge.compare import close
from autograder.judge.diagnosis import Finding
from autograder.judge.slips import Explanation
from autograder.judge.verdict import PartVerdict
from autograder.listed import listed

ONE_ARRAY = "one array for several results"
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def told_of_sharing(
    key: AnswerKey, verdicts: Sequence[PartVerdict], responses: Sequence[Response]
) -> tuple[PartVerdict, ...]:
    """Says of wrong parts that they are what another part holds, because they share its memory.

    Args:
        key: what was asked, worked out on all inputs.
        verdicts: the verdicts on its parts.
        responses: what came back, one for each probe.

    Returns:
        The verdicts. Points stay as they are, and so does a mistake of the exercise's own that
        would give the part from right values. Of parts that share one array the right one keeps
        its verdict; if none is right, the last does. A view into another part keeps any name.
    """
    asked = [i for i in key.exercise.ordinary if not responses[i].fault]
    names = [verdict.part.name for verdict in verdicts if verdict.part.accept is None]
    pairs = {pair for i in asked for pair in responses[i].shared if {*pair} <= {*names}}
    if not pairs:
        return tuple(verdicts)
    groups = [[n for n in names if n in group] for group in connected(pairs)]
    answered = Answered(key, asked, responses)
    held = {name: answered.given(name) for name in names}
    right = {name: answered.right(name) for name in names}
    holds = {verdict.part.name for verdict in verdicts if verdict.holds}

    def looked_at(verdict: PartVerdict) -> PartVerdict:
        name, finding = verdict.part.name, verdict.finding
        group = next((group for group in groups if name in group), [])
        if verdict.credited or not group:
            return verdict
        others = [
            other
            for other in group
            if (other in holds or group.index(other) > group.index(name))
            and _among(held[name], held[other])
            and not _among(right[name], right[other], key.exercise.tolerance)
        ]
        if not others or any(_gives(mistake, name) for mistake in _own_of(finding)):
            return verdict
        same = [
            other
            for other in group
            if other != name
            and _same_shape(held[name], held[other])
            and _among(held[other], held[name])
        ]
        # A row that is taken on purpose is a view too, and then its name says more.
        if not same and finding and finding.name:
            return verdict
        owner = next((other for other in others if other in holds), others[-1])
        said = _explanation(same or [owner], bool(same))
        return replace(verdict, finding=Finding("", said.slug, explanation=said))

    def _own_of(finding: Finding | None) -> Sequence[Mistake]:
        """The exercise's own mistakes that a finding may speak of."""
        if finding and finding.rivals:
            return key.exercise.mistakes
        return [finding.mistake] if finding and finding.mistake else []

    def _gives(mistake: Mistake, name: str) -> bool:
        """Whether a mistake gives a part without the student's own wrong values."""
        worked = (key.wrong(i, mistake) for i in asked)
        return all(
            one is not None and close(value, getattr(one, name), key.exercise.tolerance, True)
            for one, value in zip(worked, held[name], strict=True)
        )

    return tuple(map(looked_at, verdicts))


def harmful_sharing(
    verdicts: Sequence[PartVerdict], responses: Sequence[Response], inputs: Set[str]
) -> tuple[tuple[str, str], ...]:
    """Pairs that share memory: a part with an input, or two parts of which one is wrong.

    One array under two names is natural where both are to be equal, as db and delta are in BP3.

    Args:
        verdicts: the verdicts on the parts.
        responses: what came back.
        inputs: the names of the inputs.
    """
    holds = {verdict.part.name: verdict.holds for verdict in verdicts}
    pairs = dict.fromkeys(pair for response in responses for pair in response.shared)
    return tuple(
        (a, b)
        for a, b in pairs
        if a in holds and (b in inputs if b not in holds else not (holds[a] and holds[b]))
    )


def connected(pairs: Collection[Collection[str]]) -> list[list[str]]:
    """The groups into which pairs join names.

    Args:
        pairs: pairs of names.

    Returns:
        The groups, each name in one of them, sorted.
    """
    groups: list[set[str]] = []
    for pair in pairs:
        joined = [group for group in groups if group & set(pair)]
        groups = [group for group in groups if group not in joined]
        groups.append(set(pair).union(*joined))
    return sorted(map(sorted, groups))


def _explanation(others: Sequence[str], whole: bool) -> Explanation:
    count = len(others) + 1
    every = "both" if count == 2 else "all of them"
    partners = listed(["your {part}", *others])
    return Explanation(
        "",
        ONE_ARRAY,
        f"{partners} are the same array in memory, so {every} hold what was written into it last."
        if whole
        else f"your {{part}} shares memory with {others[0]}, so what was written into {others[0]} "
        "also changed {part}.",
        f"one array for {_COUNTS[count] if count < len(_COUNTS) else count} results",
        "Which of your lines makes a new array, and which ones write into an array that is still "
        "needed?",
    )


def _among(values: Sequence[Any], others: Sequence[Any], tolerance: float = 0.0) -> bool:
    """Whether the entries of each value are all to be found in the other."""
    return all(
        _is_number(value) and _is_number(other) and _are_in(np.ravel(value), other, tolerance)
        for value, other in zip(values, others, strict=True)
    )


def _same_shape(values: Sequence[Any], others: Sequence[Any]) -> bool:
    return all(np.shape(a) == np.shape(b) for a, b in zip(values, others, strict=True))


def _is_number(value: Any) -> bool:
    return isinstance(value, float | np.ndarray) and np.asarray(value).dtype.kind == "f"


def _are_in(entries: Any, other: Any, tolerance: float) -> bool:
    there = np.sort(np.ravel(other))
    if not there.size:
        return not entries.size
    above = np.searchsorted(there, entries).clip(max=there.size - 1)
    nearest = [np.abs(entries - there[place]) for place in (above, (above - 1).clip(min=0))]
    return bool((np.minimum(*nearest) <= tolerance * np.abs(entries)).all())
