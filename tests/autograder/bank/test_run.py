from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder.bank.run import Tally, run_bank
from autograder.bank.table import Row, bank_page, read_page
from autograder.cli.main import app
from autograder.exercise import Exercise, Mistake
from autograder.exercises import EXERCISES, find


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
    page = bank_page({"quiz1.graph": Row(4, 2, Tally(100_000, 99_999, 5, 0, 3, 3))}, seeds=40)
    assert "| 99999 (99.99 %) | 5 (0.01 %) | 0 % | 3 | 100 % |" in page


def test_a_page_can_be_read_back() -> None:
    rows = {
        "quiz1.graph": Row(4, 2, Tally(100_000, 99_999, 5, 0, 3, 3)),
        "quiz1.forward": Row(5, 3, Tally(70, 70, 69, 1, 0, 0)),
    }
    assert read_page(bank_page(rows, seeds=7)) == (rows, 7)


def test_the_command_runs_one_exercise_and_writes_no_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = ["bank", "--exercise", "quiz1.graph", "--seeds", "2", "--workers", "1"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0
    own = len(find("quiz1.graph").mistakes)
    row = f"| `quiz1.graph` | {own} | 2 | {2 * own} | 100 % | 100 % | 0 % | 6 | 100 % |"
    assert row in result.output
    assert list(tmp_path.iterdir()) == []


def test_the_command_knows_no_other_exercises() -> None:
    result = CliRunner().invoke(app, ["bank", "--exercise", "quiz1.grahp"])
    assert result.exit_code == 2


def test_the_command_updates_the_row_of_one_exercise_and_the_total(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    old, other = Row(1, 1, Tally(9, 8, 8, 1, 4, 3)), Row(5, 2, Tally(20, 20, 20, 0, 6, 6))
    page.write_text(bank_page({"quiz1.graph": old, "quiz1.forward": other}, 2), "utf-8")
    arguments = ["bank", "--exercise", "quiz1.graph", "--update", "--workers", "1"]
    assert CliRunner().invoke(app, [*arguments, "--page", str(page)]).exit_code == 0
    own = len(find("quiz1.graph").mistakes)
    new = Row(own, 2, Tally(2 * own, 2 * own, 2 * own, 0, 6, 6))
    assert read_page(page.read_text("utf-8")) == ({"quiz1.forward": other, "quiz1.graph": new}, 2)
    total = f"| **All 2** | {5 + own} | 4 | {20 + 2 * own} | 100 % | 100 % | 0 % | 12 | 100 % |"
    assert total in page.read_text("utf-8")


def test_rows_of_other_seeds_do_not_get_into_a_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(bank_page({}, 2), "utf-8")
    arguments = ["bank", "--exercise", "quiz1.graph", "--update", "--seeds", "3"]
    assert CliRunner().invoke(app, [*arguments, "--page", str(page)]).exit_code == 2
    assert page.read_text("utf-8") == bank_page({}, 2)


def test_a_file_that_is_not_the_table_is_not_overwritten(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Something else\n", "utf-8")
    arguments = ["bank", "--exercise", "quiz1.graph", "--update", "--page", str(page)]
    assert CliRunner().invoke(app, arguments).exit_code == 2
    assert page.read_text("utf-8") == "# Something else\n"


PUBLISHED, SEEDS = read_page(
    (Path(__file__).parents[3] / "docs" / "mistakes-table.md").read_text("utf-8")
)


def test_the_published_table_has_all_exercises_in_order() -> None:
    assert list(PUBLISHED) == list(EXERCISES)


@pytest.mark.parametrize("id", PUBLISHED)
def test_a_published_row_is_of_the_exercise_as_it_is(id: str) -> None:
    exercise, row = EXERCISES[id], PUBLISHED[id]
    told = f"run: course-bp bank --exercise {id} --update"
    assert (row.mistakes, row.variants) == (len(exercise.mistakes), len(exercise.variants)), told
    assert row.tally.right == SEEDS * (1 + row.variants), told
    assert row.tally.wrong >= SEEDS * row.mistakes, told
