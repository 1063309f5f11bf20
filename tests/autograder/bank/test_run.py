from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder.bank.run import Tally, run_bank
from autograder.bank.table import bank_page
from autograder.cli.main import app
from autograder.exercise import Exercise, Mistake
from autograder.exercises import EXERCISES


def test_a_sound_bank_has_no_trouble(chain: Exercise) -> None:
    tally = run_bank(chain, seed=1)
    assert tally.trouble == ()
    assert tally.wrong == tally.refused == tally.named > 20
    assert tally.right == tally.accepted == 1


def test_a_mistake_that_passes_is_reported(chain: Exercise) -> None:
    harmless = Mistake("M5", "nothing wrong", {"dv": lambda v: v.u * v.du}, "your {part} is right.")
    tally = run_bank(dataclasses.replace(chain, mistakes=(harmless,)), seed=1)
    assert tally.refused == tally.wrong - 1
    assert tally.trouble == ("seed 1: nothing wrong passes",)


def test_a_right_answer_that_is_refused_is_reported(chain: Exercise) -> None:
    coarse = {"three digits": lambda w: {k: v.round(3) for k, v in chain.answer()(w=w).items()}}
    tally = run_bank(dataclasses.replace(chain, variants=coarse), seed=1)
    assert (tally.right, tally.accepted) == (2, 1)
    assert tally.trouble[0].startswith("seed 1: three digits is refused")


def test_a_mistake_with_two_names_counts_as_unnamed(chain: Exercise) -> None:
    again = Mistake("M9", "again", {"dv": lambda v: v.du}, "your {part} lacks u.")
    tally = run_bank(dataclasses.replace(chain, mistakes=(*chain.mistakes, again)), seed=1)
    assert tally.misnamed == 0
    assert tally.named == tally.wrong - 2


def test_the_page_never_rounds_to_a_hundred() -> None:
    page = bank_page({"quiz1.graph": Tally(100_000, 99_999, 5, 0, 3, 3)}, seeds=40)
    assert "| 99.99 % | 0.01 % | 0 % | 3 | 100 % |" in page


def test_the_command_runs_one_exercise_and_writes_no_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = ["bank", "--exercise", "quiz1.graph", "--seeds", "2", "--workers", "1"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0
    assert "| `quiz1.graph` | 4 | 2 | 8 | 100 % | 100 % | 0 % | 6 | 100 % |" in result.output
    assert list(tmp_path.iterdir()) == []


def test_the_command_knows_no_other_exercises() -> None:
    result = CliRunner().invoke(app, ["bank", "--exercise", "quiz1.grahp"])
    assert result.exit_code == 2


def test_the_published_table_has_all_exercises() -> None:
    page = (Path(__file__).parents[3] / "docs" / "mistakes-table.md").read_text("utf-8")
    assert all(f"| `{id}` |" in page for id in EXERCISES)
    assert f"| {sum(len(exercise.mistakes) for exercise in EXERCISES.values())} |" in page
