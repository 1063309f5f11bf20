"""What `check` and practice share; tests/autograder/test_check.py asks for it through `hint`."""

from __future__ import annotations

import pytest
from judging import positional, verdict_on

from autograder.exercises import find
from autograder.feedback.next_hint import HintsInTurn
from autograder.judge.verdict import Verdict


@pytest.fixture(scope="module")
def wrong() -> Verdict:
    exercise = find("quiz1.backward")
    return verdict_on(exercise, positional(exercise, exercise.mistakes[2].wrong))


def test_the_same_attempt_gets_the_same_hint(wrong: Verdict) -> None:
    hints = HintsInTurn(wrong, "one")
    first = hints.next().text
    assert hints.next().text.startswith(first)


def test_a_changed_attempt_with_the_same_mistake_gets_the_next(wrong: Verdict) -> None:
    hints = HintsInTurn(wrong, "one")
    first = hints.next().text
    assert hints.after(wrong, "two").next().text[:8] == first[:5] + "2 o"


def test_after_a_right_answer_there_is_nothing_to_hint_at(wrong: Verdict) -> None:
    exercise = wrong.exercise
    right = verdict_on(exercise, positional(exercise))
    assert "nothing left" in HintsInTurn(wrong, "one").after(right, "two").next().text
