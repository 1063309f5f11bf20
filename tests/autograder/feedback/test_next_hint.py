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


def test_where_hints_do_not_wait_each_call_gets_the_next_and_the_last_says_so(
    wrong: Verdict,
) -> None:
    hints = HintsInTurn(wrong, "one", waits=False, last="No more.")
    shown = [hints.next().text for _ in range(4)]
    assert [text[:11] for text in shown] == [
        "Hint 1 of 2", "Hint 2 of 2", "Hint 2 of 2", "Hint 2 of 2"
    ]  # fmt: skip
    assert shown[2] == f"{shown[1]} No more."


def test_other_hints_do_not_wait_either(wrong: Verdict) -> None:
    other = verdict_on(
        wrong.exercise, positional(wrong.exercise, wrong.exercise.mistakes[12].wrong)
    )
    hints = HintsInTurn(wrong, "one", waits=False).after(other, "two")
    assert hints.next().text != hints.next().text
