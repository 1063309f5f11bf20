"""A second bank, by people who saw the students' notebooks and neither catalogue nor judge."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path
from typing import Any

import pytest
from judging import verdict_on

from autograder.exercise import Exercise
from autograder.exercises import EXERCISES
from autograder.feedback.words import named_mistakes

BANK = Path(__file__).parents[1] / "second_bank"
EXPECTED = tomllib.loads((BANK / "expected.toml").read_text("utf-8"))
SEEDS = (1, 2, 3)
BY_FILE = {id.replace(".", "_"): exercise for id, exercise in EXERCISES.items()}


def solutions(kind: str) -> list[Any]:
    found = []
    for path in sorted(BANK.glob("*.py")):
        spec = importlib.util.spec_from_file_location(f"second_bank_{path.stem}", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for name, answer in vars(module).items():
            if name.startswith(f"{kind}_"):
                exercise = BY_FILE[path.stem]
                found.append(pytest.param(exercise, answer, id=f"{path.stem}-{name}"))
    return found


@pytest.mark.parametrize(("exercise", "answer"), solutions("wrong"))
def test_a_wrong_solution_is_refused_and_never_called_by_a_wrong_name(
    exercise: Exercise, answer: Any
) -> None:
    may_be_called = EXPECTED[exercise.id.replace(".", "_")][answer.__name__]
    for seed in SEEDS:
        verdict = verdict_on(exercise, answer, seed)
        assert verdict.score < exercise.points
        assert set(named_mistakes(verdict)) <= set(may_be_called)


@pytest.mark.parametrize(("exercise", "answer"), solutions("right"))
def test_a_right_solution_is_accepted(exercise: Exercise, answer: Any) -> None:
    for seed in SEEDS:
        assert verdict_on(exercise, answer, seed).full


def test_most_wrong_solutions_are_named() -> None:
    named = [
        bool(named_mistakes(verdict_on(*parameters.values, SEEDS[0])))
        for parameters in solutions("wrong")
    ]
    assert sum(named) >= len(named) // 2
