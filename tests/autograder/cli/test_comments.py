"""What a person wrote for a student stands in tables, exports, report and explanation."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from rich.console import Console
from workflows.gradebook_rows import Row, write_gradebook

from autograder.batch.result import new_result
from autograder.batch.task import Done, task_of
from autograder.cli.batches import results_as_data
from autograder.cli.tables import notes_table
from autograder.course.folder import Course
from autograder.records.gradebook import read_cells, read_one
from autograder.records.recording import NO_RESPONSE

Call = Callable[..., tuple[int, str, str]]
UNIT = "midterm"
WORDS = 'Well put, but "why"?\nSee me.'
ONE_LINE = 'Well put, but "why"? See me.'


@pytest.fixture
def course(folder: Path) -> Path:
    """Ada has a comment on her essay; to Bob, who wrote none, nbgrader says so."""
    course = Course.at(folder)
    cells = [Row("one", 5, source="assert f(1)"), Row("essay", 3, "essay")]
    scores: dict[str, dict[str, float | None]] = {"ada": {"one": 4, "essay": 2}, "bob": {"one": 1}}
    write_gradebook(course, UNIT, cells, scores)
    with course.gradebook() as gradebook:
        gradebook.find_comment("essay", UNIT, UNIT, "ada").manual_comment = WORDS
        gradebook.find_comment("essay", UNIT, UNIT, "bob").auto_comment = NO_RESPONSE
        gradebook.db.commit()
    return folder


def test_the_table_of_a_batch_has_it(course: Path) -> None:
    opened = Course.at(course)
    with opened.gradebook() as gradebook:
        cells = read_cells(opened, gradebook, UNIT)
        results = [
            new_result(
                task_of(opened, UNIT, name), Done(), read_one(opened, gradebook, UNIT, name, cells)
            )
            for name in ("ada", "bob")
        ]
    assert [one["comments"] for one in results_as_data(results, [])] == [{"essay": WORDS}, {}]
    console = Console(file=StringIO(), width=80)
    console.print(notes_table(results))
    assert isinstance(console.file, StringIO)
    rows = [line.split() for line in console.file.getvalue().splitlines()]
    assert ["ada", "essay", "comment:", *ONE_LINE.split()] in rows
    assert NO_RESPONSE not in console.file.getvalue()


def test_the_spreadsheet_has_it_in_a_column_of_its_own(course: Path, call: Call) -> None:
    status, out, err = call("export", "csv", UNIT, "--json")
    assert status == 0, err
    text = (course / json.loads(out)["written"][0]).read_text("utf-8-sig")
    _, ada, bob = csv.DictReader(io.StringIO(text, newline=""))
    assert (ada[f"{UNIT} comments"], bob[f"{UNIT} comments"]) == (f"essay: {ONE_LINE}", "")
    assert (ada[f"{UNIT} total"], bob[f"{UNIT} total"]) == ("6.0", "1.0")


def test_a_spreadsheet_without_any_has_no_such_column(course: Path, call: Call) -> None:
    with Course.at(course).gradebook() as gradebook:
        gradebook.find_comment("essay", UNIT, UNIT, "ada").manual_comment = None
        gradebook.db.commit()
    _, out, _ = call("export", "csv", UNIT, "--json")
    assert "comments" not in (course / json.loads(out)["written"][0]).read_text("utf-8-sig")


def test_gradescopes_results_have_it(course: Path, call: Call) -> None:
    status, out, err = call("export", "gradescope", UNIT, "--json")
    assert status == 0, err
    (ada,) = (name for name in json.loads(out)["written"] if name.endswith("ada/results.json"))
    results = json.loads((course / ada).read_text("utf-8"))
    assert f"essay: {ONE_LINE}" in " ".join(results["output"].split())


def test_the_report_has_it(course: Path, call: Call) -> None:
    status, out, err = call("report", UNIT)
    assert status == 0, err
    assert f"ada essay {ONE_LINE}" in " ".join(out.split())
    page = BeautifulSoup((course / "report.html").read_text("utf-8"), "html.parser")
    cells = [" ".join(cell.get_text().split()) for cell in page.select("td")]
    place = cells.index(ONE_LINE)
    assert cells[place - 2 : place] == ["ada", "essay"]
    (submission, _) = json.loads(call("report", UNIT, "--json")[1])[UNIT]["numbers"]["submissions"]
    assert submission["manual_comments"] == {"essay": WORDS}


@pytest.mark.parametrize("what", [UNIT, f"{UNIT}/essay"])
def test_the_explanation_has_it(course: Path, call: Call, what: str) -> None:
    status, out, err = call("explain", "ada", what)
    assert status == 0, err
    assert ONE_LINE in " ".join(out.split())
