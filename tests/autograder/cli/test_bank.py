"""What `course-bp bank` refuses, and the pages of its trials that it updates."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from autograder.bank.pages import read_rows
from autograder.cli.main import app

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--mutants", "1", "--rewrites", "1"], "--rewrites"),
        (["--untold"], "--untold"),
    ],
)
def test_options_that_do_not_go_together_are_refused(options: list[str], named: str) -> None:
    ran = CliRunner().invoke(app, ["bank", *options])
    assert ran.exit_code == 2
    assert named in ran.output


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page of the adversary with two exercises, of two changes each."""
    monkeypatch.chdir(ROOT)
    page = tmp_path / "adversary.md"
    both = ["--exercise", "quiz1.graph", "--exercise", "bp.parameters"]
    assert attacked(page, 2, *both).exit_code == 0
    return page


def attacked(page: Path, changes: int, *options: str) -> Result:
    fixed = ["--mutants", str(changes), "--workers", "1", "--page", str(page)]
    return CliRunner().invoke(app, ["bank", *fixed, *options])


def test_one_row_of_a_page_is_replaced(page: Path) -> None:
    before = read_rows(page.read_text("utf-8"))
    page.write_text(page.read_text("utf-8").replace("`quiz1.graph` | 1 |", "`quiz1.graph` | 7 |"))
    assert attacked(page, 2, "--update", "--exercise", "quiz1.graph").exit_code == 0
    assert read_rows(page.read_text("utf-8")) == before


def test_a_row_of_another_number_of_changes_is_refused(page: Path) -> None:
    ran = attacked(page, 3, "--update", "--exercise", "quiz1.graph")
    assert ran.exit_code == 2
    assert "made with 2 changes" in " ".join(ran.output.replace("│", " ").split())


def test_a_page_that_is_not_there_cannot_be_updated(tmp_path: Path) -> None:
    ran = attacked(tmp_path / "none.md", 2, "--update", "--exercise", "quiz1.graph")
    assert ran.exit_code == 2
    assert "cannot be updated" in " ".join(ran.output.replace("│", " ").split())


def test_a_long_run_says_what_is_done(page: Path) -> None:
    ran = attacked(page, 1, "--exercise", "quiz1.graph")
    assert "1 of 1: quiz1.graph" in ran.output
