"""The instructor's pages: one per unit, with counts, cells and numbers that are right."""

from __future__ import annotations

import doctest
import re
from pathlib import Path
from typing import Any

import pytest
import shares

from autograder.exercises import EXERCISES
from autograder.judge.catalogue import CATALOGUE
from course_bp.explore.stage.player import Player

REPOSITORY = Path(__file__).parents[1]
UNITS = sorted(path.name for path in (REPOSITORY / "solutions").iterdir() if path.is_dir())
PAGES = shares.unit_pages()
HEADINGS = (
    "What it teaches",
    "Common misconceptions",
    "Five minutes in the lecture",
    "Questions to ask aloud",
    "An exam question",
)
NOT_HANDED_IN = "The example class does not hand in this unit."

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


def flat(text: str) -> str:
    """A text in one line, with the minus that programs print."""
    return " ".join(text.replace("−", "-").split())


def section(page: Path, heading: str) -> str:
    after = re.split(rf"^##+ {heading}$", page.read_text("utf-8"), flags=re.MULTILINE)[1]
    return after.split("\n## ")[0]


def test_every_unit_has_a_page_that_the_index_links_to() -> None:
    index = (REPOSITORY / "docs" / "instructor" / "README.md").read_text("utf-8")
    assert [page.stem for page in PAGES] == UNITS
    assert [unit for unit in UNITS if f"({unit}.md)" not in index] == []


@pytest.mark.parametrize("start", ["README.md", "docs/ta.md"])
def test_the_pages_are_found_from(start: str) -> None:
    text = (REPOSITORY / start).read_text("utf-8")
    assert "instructor/README.md)" in text


@each_page
def test_a_page_has_all_its_parts(page: Path) -> None:
    found = re.findall(r"^## (.*)$", page.read_text("utf-8"), re.MULTILINE)
    assert tuple(found) == HEADINGS


@each_page
def test_the_shares_are_those_of_the_example_class(page: Path) -> None:
    text = page.read_text("utf-8")
    assert text == shares.filled(text, page.stem), "run: python examples/shares.py"
    assert (shares.COLUMN in text) == bool(shares.feedback_in(page.stem))
    assert (NOT_HANDED_IN in text) == (not shares.feedback_in(page.stem))


@each_page
def test_the_names_are_those_that_the_feedback_uses(page: Path) -> None:
    mistakes = [m for one in EXERCISES.values() if one.unit == page.stem for m in one.mistakes]
    said = {m.name or CATALOGUE[m.id].name for m in mistakes}
    said |= {entry.name for entry in CATALOGUE.values()}
    said = said.union(*shares.feedback_in(page.stem).values())
    names = [name for row in shares.names_in(page.read_text("utf-8")) for name in row]
    assert names
    assert [n for n in names if not any(shares.fits(n, words) for words in said)] == []


@each_page
def test_no_mistake_of_the_example_class_is_missing(page: Path) -> None:
    names = [name for row in shares.names_in(page.read_text("utf-8")) for name in row]
    said: set[str] = set().union(*shares.feedback_in(page.stem).values())
    known = {m.name for one in EXERCISES.values() for m in one.mistakes}
    known |= {entry.name for entry in CATALOGUE.values()}
    assert [w for w in said & known if not any(shares.fits(n, w) for n in names)] == []


@each_page
def test_the_cell_for_the_lecture_runs(page: Path) -> None:
    (cell,) = re.findall(r"```python\n(.*?)```", section(page, HEADINGS[2]), re.DOTALL)
    *before, last = re.split(r"\n(?=explore\.)", cell)
    scope: dict[str, Any] = {}
    exec("\n".join(before), scope)
    assert isinstance(eval(last, scope), Player)  # noqa: S307


@each_page
def test_the_exam_questions_numbers_are_the_librarys(page: Path) -> None:
    text = page.read_text("utf-8")
    test = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    runner.run(test, clear_globs=False)
    assert runner.failures == 0
    solution = flat(section(page, "Solution").split("### ")[0])
    shown = [line for example in test.examples for line in example.want.splitlines()]
    assert shown
    assert [
        line for line in shown if not re.search(rf"{re.escape(flat(line))}(?!\.?\d)", solution)
    ] == []
