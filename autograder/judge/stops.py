"""An answer that stops on some of the inputs: what it has shown on the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from autograder.exercise import Mistake, Part, Probe
from autograder.judge.answer_key import AnswerKey
from autograder.judge.compare import close
from autograder.judge.diagnosis import Finding
from autograder.judge.verdict import PartVerdict, Status

NOT_SHOWN = "On the inputs where your code does not stop, a common mistake gives the same value."


def earns_nothing_alone(probe: Probe) -> bool:
    """Whether an answer that stops on all other inputs has shown nothing by being right here."""
    return probe.fixed or probe.special or probe.corner


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
        if verdict.holds and not was_shown(key, verdict.part, answered, stopped)
        else verdict
        for verdict in verdicts
    )


def was_shown(key: AnswerKey, part: Part, answered: Sequence[int], stopped: Sequence[int]) -> bool:
    """Whether each mistake that the left out inputs would show shows on the answered ones too.

    Args:
        key: what was asked.
        part: the part that is right on the answered inputs.
        answered: the numbers of the probes that were answered.
        stopped: the numbers of those that were left out.
    """
    mistakes = (one for one in key.exercise.mistakes if part.name in one.wrong)
    shown_by = [partial(_shows, key, part, mistake) for mistake in mistakes]
    if part.accept is not None:
        # What is right on the first input may be right on all that were answered.
        constant = getattr(key.right(answered[0]), part.name)
        shown_by.append(partial(_differs, key, part, constant))
    return all(any(map(shows, answered)) or not any(map(shows, stopped)) for shows in shown_by)


def _shows(key: AnswerKey, part: Part, mistake: Mistake, probe: int) -> bool:
    """Whether a mistake changes a part's value on a probe, or stops there."""
    wrong = key.wrong(probe, mistake)
    return wrong is None or _differs(key, part, getattr(wrong, part.name), probe)


def _differs(key: AnswerKey, part: Part, value: Any, probe: int) -> bool:
    """Whether a value is not a right one for a part on a probe."""
    right = key.right(probe)
    if part.accept is not None:
        return not part.accepts(value, right)
    return not close(value, getattr(right, part.name), key.exercise.tolerance, True)
