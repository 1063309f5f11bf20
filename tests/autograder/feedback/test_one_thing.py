"""A part whose name reads as several things is spoken of as one, with its verbs in the singular."""

from __future__ import annotations

import re
from typing import Any

import pytest
from judging import exercises, verdict_on

from autograder.exercise import Exercise
from autograder.feedback.words import feedback

_OF_SEVERAL = re.compile(
    r"(?<!of )(?<!in )your \{part\} (?:also )?"
    r"(are|have|were|do|come|hold|contain|include|follow|grow|begin|fall)\b"
)


def counting(**wrong: float) -> Any:
    def answer(n: int, m: int) -> dict[str, float]:
        return {"forward": n, "reverse": m, "differences": 2 * n} | wrong

    return answer


def words_on(answer: Any) -> str:
    return " ".join(feedback(verdict_on("accumulate.passes", answer)).text.split())


def test_the_evidence_speaks_of_one_entry() -> None:
    text = words_on(counting(differences=2.0))
    assert "Look at your entry differences (evaluations for central differences)." in text
    assert "your entry differences is 2, whatever n and m are." in text


def test_a_name_of_one_thing_stays_as_it_is() -> None:
    assert "your forward is 1, whatever n and m are." in words_on(counting(forward=1.0))


def test_several_things_are_right() -> None:
    text = words_on(counting(forward=0.5, reverse=0.25))
    assert "differences are right. Look first at forward" in text


@exercises
def test_what_a_mistake_shows_is_said_of_one_thing(exercise: Exercise) -> None:
    assert [m.slug for m in exercise.mistakes if _OF_SEVERAL.search(m.evidence)] == []


@pytest.mark.parametrize("said", ["your {part} are wrong.", "your {part} also include b."])
def test_what_is_said_of_several_things_would_be_found(said: str) -> None:
    assert _OF_SEVERAL.search(said)
