from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from judging import positional, verdict_on

from autograder.bank.adversary import attack
from autograder.bank.naming import Told, told
from autograder.bank.right_answers import right_answers
from autograder.bank.survivors import told_lines, untold
from autograder.course.folder import Course
from autograder.exercises import find
from autograder.judge.clues import SIZES
from autograder.judge.diagnosis import Finding
from autograder.judge.verdict import PartVerdict, Status, Verdict

QUIZ = find("quiz1.forward")


def _with(**changes: object) -> object:
    right = positional(QUIZ)
    return lambda *inputs: {**right(*inputs), **{n: c(*inputs) for n, c in changes.items()}}  # type: ignore[operator]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (_with(c=lambda x, z: np.log10(x)), Told.NAMED),
        (_with(c=lambda x, z: "x"), Told.FORM),
        (lambda x, z: 1 / 0, Told.FORM),
        (_with(c=lambda x, z: np.log(x) * 1.7 + 0.1 * x * z), Told.CLUE),
    ],
)
def test_what_is_said_is_told_by_kind(answer: object, said: Told) -> None:
    assert told(verdict_on(QUIZ, answer)) is said


def test_the_adversary_counts_what_is_said_of_those_it_refuses() -> None:
    answers = right_answers(Course.at(Path(__file__).parents[3]), QUIZ)[:1]
    found = attack(QUIZ, answers, seed=1, sample=12, draws=1, naming=True)
    assert sum(found.told.values()) == found.refused
    one, every = told_lines({QUIZ.id: found})
    assert one.startswith("quiz1.forward: ")
    assert every.startswith("all 1: ")


@pytest.mark.parametrize("finding", [None, Finding(clues=tuple(SIZES)[:1])])
def test_a_size_alone_says_nothing_that_helps(finding: Finding | None) -> None:
    wrong = PartVerdict(QUIZ.parts[0], Status.WRONG, finding=finding)
    assert told(Verdict(QUIZ, (wrong,))) is Told.NEITHER


def test_those_about_which_nothing_is_said_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    def partly(verdict: Verdict) -> Told:
        return Told.NEITHER if verdict.score > 0 else Told.NAMED

    monkeypatch.setattr("autograder.bank.adversary.told", partly)
    answers = right_answers(Course.at(Path(__file__).parents[3]), QUIZ)[:1]
    found = attack(QUIZ, answers, seed=1, sample=12, draws=1, naming=True)
    scores = {one.what: verdict_on(QUIZ, answers[0].run(one.text)).score for one in found.untold}
    assert scores
    assert min(scores.values()) > 0
    assert len(found.untold) == found.told[Told.NEITHER] < found.refused
    assert untold(QUIZ.id, found) == [f"{QUIZ.id}: {what}" for what in scores]
