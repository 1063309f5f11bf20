from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from autograder.bank import mirror
from autograder.bank.mirror import EXCEPT, reflect
from autograder.bank.reflections import lost
from autograder.bank.rewrites import Rewrite, rewrites
from autograder.bank.right_answers import right_answers
from autograder.bank.running import RightAnswer
from autograder.cli.main import app
from autograder.course.folder import Course
from autograder.exercises import EXERCISES, find
from autograder.judge.verdict import Status
from autograder.runner.client import Runner

COURSE = Course.at(Path(__file__).parents[3])
# How many rewrites of each exercise are tried; one of them is mixed.
SAMPLE = 10


@pytest.mark.parametrize("id", [id for id, one in EXERCISES.items() if not one.costly])
def test_no_rewritten_answer_loses_points(id: str) -> None:
    exercise = find(id)
    found = reflect(exercise, right_answers(COURSE, exercise)[:1], seed=1, sample=SAMPLE)
    assert found.made >= SAMPLE
    assert lost(id, found) == []


@pytest.mark.parametrize(("id", "what"), EXCEPT)
def test_each_exception_is_left_out_and_would_lose_points(
    id: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def only(*of: Any) -> Iterator[Rewrite]:
        return (rewrite for rewrite in rewrites(*of) if rewrite.what == what)

    monkeypatch.setattr(mirror, "rewrites", only)
    answers = right_answers(COURSE, find(id))[:1]
    assert reflect(find(id), answers, seed=1).made == 0
    monkeypatch.setattr(mirror, "EXCEPT", {})
    found = reflect(find(id), answers, seed=1)
    assert found.made == 1
    assert {loss.where for loss in found.losses} == {"check", "grading"}


def test_nor_does_one_in_the_sandbox(runner: Runner) -> None:
    exercise = find("rosetta.shapes")
    found = reflect(exercise, right_answers(COURSE, exercise)[:1], 1, 15, runner)
    assert found.sandboxed == found.made >= 15
    assert found.losses == []


def test_an_answer_that_is_refused_is_reported_for_check_and_grading() -> None:
    exercise = dataclasses.replace(find("quiz1.forward"), library=())
    text = right_answers(COURSE, exercise)[0].text.replace("x * z", "x + z")
    wrong = RightAnswer("quiz1_forward", text, {"np": np})
    found = reflect(exercise, [wrong], seed=1, sample=2)
    assert {loss.where for loss in found.losses} == {"check", "grading"}
    assert "a: wrong" in found.losses[0].why


def test_an_answer_that_cannot_be_run_is_reported() -> None:
    broken = RightAnswer("f", "def f(x, z):\n    return {}[x]\n", {"np": np})
    found = reflect(find("quiz1.forward"), [broken], seed=1, sample=1)
    assert "KeyError" in found.losses[0].why


def test_the_command_rewrites_one_exercise(monkeypatch: Any) -> None:
    monkeypatch.chdir(COURSE.root)
    arguments = ["bank", "--exercise", "j.paths", "--rewrites", "10", "--workers", "1"]
    ran = CliRunner().invoke(app, arguments)
    assert ran.exit_code == 0, ran.output
    assert "| `j.paths` | 2 | 22 |" in ran.output


@pytest.mark.parametrize(
    ("what", "derivative"), [("np.float32", Status.NUMERIC), ("an axis of length 1", Status.FORM)]
)
def test_a_form_may_cost_its_price_and_no_more(
    what: str, derivative: Status, monkeypatch: pytest.MonkeyPatch
) -> None:
    def free(*of: Any) -> Iterator[Rewrite]:
        for rewrite in rewrites(*of):
            if rewrite.what == what:
                assert derivative in rewrite.price
                yield rewrite
                yield dataclasses.replace(rewrite, price=rewrite.price - {derivative})

    monkeypatch.setattr(mirror, "rewrites", free)
    found = reflect(find("j.paths"), right_answers(COURSE, find("j.paths"))[:1], seed=1)
    assert found.made == 2
    assert {derivative in loss.rewrite.price for loss in found.losses} == {False}
