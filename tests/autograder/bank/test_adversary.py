from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from autograder.bank import adversary
from autograder.bank.adversary import attack
from autograder.bank.naming import Told
from autograder.bank.right_answers import right_answers
from autograder.bank.running import RightAnswer
from autograder.bank.survivors import holes
from autograder.cli.main import app
from autograder.course.folder import Course
from autograder.exercise import Probe
from autograder.exercises import EXERCISES, find
from autograder.feedback.words import named_mistakes
from autograder.judge.between_calls import KEPT
from autograder.judge.draw import draw_inputs
from autograder.judge.verdict import Verdict

COURSE = Course.at(Path(__file__).parents[3])


@pytest.mark.parametrize("id", EXERCISES)
def test_the_notebooks_solution_is_among_the_right_answers(id: str) -> None:
    assert right_answers(COURSE, find(id))[0].text.startswith(("def ", "class "))


@pytest.mark.parametrize("id", [id for id, one in EXERCISES.items() if not one.costly])
def test_no_changed_answer_earns_all_points_by_luck(id: str) -> None:
    exercise = find(id)
    found = attack(exercise, right_answers(COURSE, exercise), seed=1, sample=15, draws=1)
    assert found.made > 0
    assert holes(id, found) == []


def test_a_hole_is_found() -> None:
    exercise = find("quiz1.forward")
    either = Probe("either sign", lambda rng: {"x": 2.0, "z": float(rng.choice([-3.0, 3.0]))})
    blind = dataclasses.replace(exercise, again=False, probes=(either,))
    seed = next(n for n in range(99) if draw_inputs(blind, (n, 0))[0]["z"] > 0)
    found = attack(blind, right_answers(COURSE, exercise)[:1], seed, draws=8)
    (line,) = [line for line in holes("quiz1.forward", found) if "np.abs(z)" in line]
    assert line.endswith("z = np.abs(z): wrong on either sign")


def test_an_answer_that_loops_for_ever_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adversary, "SECONDS", 0.1)
    text = "def f(x):\n    i = 0\n    while i < 1:\n        i = i + 1\n    return {'J': x}\n"
    found = attack(find("j.paths"), [], seed=1)
    assert found.made == 0
    exercise = dataclasses.replace(
        find("j.paths"),
        steps={"J": lambda v: v.x},
        parts=(dataclasses.replace(find("j.paths").parts[0], name="J"),),
        mistakes=(),
        variants={},
        output="",
        leaves={},
    )
    found = attack(exercise, [RightAnswer("f", text, {"np": np})], seed=1, draws=1)
    assert found.refused > 0


def test_of_a_slow_answer_every_tenth_mutant_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = right_answers(COURSE, find("quiz1.graph"))
    every = attack(find("quiz1.graph"), answers, seed=1, draws=0).made
    monkeypatch.setattr(adversary, "SLOW", -1.0)
    assert attack(find("quiz1.graph"), answers, seed=1, draws=0).made == -(-every // 10)


def test_a_wrong_answer_is_not_said_to_remember_earlier_calls(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names: set[str] = set()

    def told(verdict: Verdict) -> Told:
        names.update(named_mistakes(verdict))
        return Told.NAMED

    monkeypatch.setattr(adversary, "told", told)
    answers = right_answers(COURSE, find("quiz1.forward"))
    attack(find("quiz1.forward"), answers, seed=1, sample=20, draws=1, naming=True)
    assert names
    assert KEPT.name not in names


def test_a_right_answer_that_is_refused_is_an_error() -> None:
    wrong = RightAnswer("f", "def f(x, z):\n    return {}\n", {"np": np})
    with pytest.raises(ValueError, match=r"quiz1\.forward: the right answer f is refused"):
        attack(find("quiz1.forward"), [wrong], seed=1)


def test_a_right_answer_that_is_refused_on_another_draw_is_reported() -> None:
    exercise = find("quiz1.forward")
    below = Probe("either sign", lambda rng: {"x": 2.0, "z": float(rng.choice([-3.0, 3.0]))})
    blind = dataclasses.replace(exercise, again=False, probes=(below,))
    seed = next(n for n in range(99) if draw_inputs(blind, (n, 0))[0]["z"] > 0)
    answer = right_answers(COURSE, exercise)[0]
    narrow = dataclasses.replace(answer, text=answer.text.replace("x * z", "x * abs(z)"))
    found = attack(blind, [narrow], seed, sample=1, draws=8)
    assert found.unlucky[0].startswith("the right answer quiz1_forward is refused on draw ")
    assert found.unlucky[0].endswith(": either sign")
    assert holes("quiz1.forward", found)[0] == f"quiz1.forward: {found.unlucky[0]}"


def test_the_command_attacks_one_exercise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(COURSE.root)
    ran = CliRunner().invoke(
        app, ["bank", "--exercise", "quiz1.forward", "--mutants", "20", "--workers", "1"]
    )
    assert ran.exit_code == 0, ran.output
    assert "| `quiz1.forward` | 2 | 60 |" in ran.output
