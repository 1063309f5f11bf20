"""An answer that stops on some of the inputs: what it has shown on the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from autograder.exercise import Part, Probe
from autograder.judge.answer_key import AnswerKey
from autograder.judge.compare import close
from autograder.judge.diagnosis import Finding
from autograder.judge.verdict import PartVerdict, Status

NOT_SHOWN = "On the inputs where your code does not stop, a common mistake gives the same value."


def earns_nothing_alone(probe: Probe) -> bool:
    """Whether an answer that stops on all other inputs has shown nothing by being right here."""
    return probe.fixed or probe.special


def explains_stop(key: AnswerKey, verdicts: Sequence[PartVerdict], probe: int) -> bool:
    """Whether a mistake that was found stops on these inputs too, so that it costs once."""
    found = [verdict.finding.mistake for verdict in verdicts if verdict.finding]
    return any(mistake is not None and key.wrong(probe, mistake) is None for mistake in found)


def only_what_was_shown(
    key: AnswerKey,
    verdicts: Sequence[PartVerdict],
    answered: Sequence[int],
    stopped: Sequence[int],
) -> tuple[PartVerdict, ...]:
    """Takes the credit from parts of which the inputs that were left out are what matters.

    Args:
        key: what was asked, worked out on all inputs.
        verdicts: the verdicts on the answered inputs, part by part.
        answered: the numbers of the probes that were answered.
        stopped: the numbers of those on which the answer stopped.
    """
    return tuple(
        replace(verdict, status=Status.WRONG, finding=Finding(clues=(NOT_SHOWN,)))
        if verdict.credited and not _was_shown(key, verdict.part, answered, stopped)
        else verdict
        for verdict in verdicts
    )


def _was_shown(key: AnswerKey, part: Part, answered: Sequence[int], stopped: Sequence[int]) -> bool:
    """Whether each mistake that the left out inputs would show shows on the answered ones too."""
    return all(
        any(differs(i) for i in answered) or not any(differs(i) for i in stopped)
        for differs in _mistakes(key, part, answered)
    )


def _mistakes(key: AnswerKey, part: Part, answered: Sequence[int]) -> list[Any]:
    """For each mistake in a part, a function that says on which probes it changes the value."""

    def by(mistake: Any) -> Any:
        def differs(i: int) -> bool:
            wrong = key.wrong(i, mistake)
            return wrong is None or not _same(key, part, getattr(wrong, part.name), i)

        return differs

    found = [by(mistake) for mistake in key.exercise.mistakes if part.name in mistake.wrong]
    if part.accept is not None:
        # What is right on the first input may be right on all that were answered.
        constant = getattr(key.right(answered[0]), part.name)
        found.append(lambda i: not _same(key, part, constant, i))
    return found


def _same(key: AnswerKey, part: Part, value: Any, probe: int) -> bool:
    right = key.right(probe)
    if part.accept is None:
        return close(value, getattr(right, part.name), key.exercise.tolerance, True)
    try:
        return part.accept(value, right) is None
    except Exception:
        return False
