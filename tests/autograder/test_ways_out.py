"""Hostile names, messages and answers on their way out: nothing that controls, acts or runs."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hostile_text import HOSTILE, is_clean
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rich.console import Console

from autograder.batch.failure_page import Given, failure_page
from autograder.batch.result import Result
from autograder.cli.common import note, print_json, say
from autograder.cli.tables import (
    by_hand_table,
    changes_table,
    grade_table,
    notes_table,
    standings_table,
)
from autograder.course.folder import CONFIG_FILE, Course
from autograder.exercises import EXERCISES
from autograder.exports.gradescope.results import failure, results_file, results_of
from autograder.feedback.result import CheckResult
from autograder.files import clean
from autograder.grading.grade_submission import NotGraded
from autograder.grading.grader import _finished
from autograder.grading.rebuild import Rebuilt
from autograder.grading.remarks import Kind, Remark
from autograder.judge.verdict import PartVerdict, Status, Verdict
from autograder.nbgrader_plugins.student_page import StudentPage
from autograder.records import audit
from autograder.records.audit import AuditEntry
from autograder.records.explain import ScoreHistory, explanation_text
from autograder.records.explain_unit import CellScore, Grading, UnitHistory, unit_text
from autograder.records.gradebook import Submission
from autograder.records.regrades import ByHand, Change
from autograder.records.standing import Kind as StandingKind
from autograder.records.standing import Standing
from autograder.report.attention import Look, Reason
from autograder.report.gather import UnitReport
from autograder.report.mistakes import NamedMistake
from autograder.report.numbers import UnitNumbers
from autograder.report.page import report_page
from autograder.report.similar import Pair
from autograder.report.terminal import report_tables
from autograder.runner.outcome import Outcome, read_outcome

UNIT = "06-logistic-to-network"
# What rich itself writes: colours and weights.
STYLES = re.compile(r"\x1b\[[0-9;]*m")
few = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Elements(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(f"{tag} {name}" for name, _ in attributes)}


def printed(*pieces: Any) -> str:
    """What a terminal gets, without rich's own styles."""
    screen = Console(file=io.StringIO(), force_terminal=True, width=400)
    for piece in pieces:
        screen.print(piece)
    return STYLES.sub("", screen.file.getvalue())  # type: ignore[attr-defined]


def verdict_of(text: str) -> Verdict:
    exercise = EXERCISES["quiz2.forward"]
    parts = [PartVerdict(part, Status.MALFORMED, message=text) for part in exercise.parts]
    return Verdict(exercise, tuple(parts), message=text, stopped_on=("x",), shared=((text, text),))


def course_at(folder: Path) -> Course:
    (folder / CONFIG_FILE).write_text("c = get_config()\n")
    return Course.at(folder)


def report_of(text: str) -> UnitReport:
    commented = Submission(text, manual_comments={text: text})
    numbers = UnitNumbers(UNIT, 3.0, (commented,), (text,), None, (), ())
    return UnitReport(
        numbers,
        (NamedMistake(text, 1, {"quiz2.forward": 1}, "quiz2.forward", text),),
        (),
        (Look(text, Reason.CODE, text),),
        (Pair(UNIT, (text, text), 1.0, 9, (text,)),),
        (Change(text, "quiz2.forward", 0.0, 1.0),),
        (Standing(text, StandingKind.NOT_GRADED, text),),
    )


@few
@given(HOSTILE)
def test_the_terminal_is_not_controlled(text: str) -> None:
    results = [
        Result(text, UNIT, {"quiz2.forward": (0.0, 1.0)}, {"quiz2.forward": [text]}),
        Result(text, UNIT, failure=NotGraded(text).why, remarks=(text,), comments={text: text}),
    ]
    entry = AuditEntry("2026-11-29T00:00:00", "x", text, UNIT, summary=[text], failure="")
    failed = AuditEntry("2026-11-29T00:00:00", "x", text, UNIT, failure=text)
    histories = [
        ScoreHistory(text, UNIT, "quiz2.forward", 1.0, 0.0, None, 0.0, 0.0, 0.0, (one,))
        for one in (entry, failed)
    ]
    course = Course(Path("/nowhere"))
    cell, grading = CellScore(text, None, 1.0, True, (text,)), Grading("", text, "", "", text)
    unit = UnitHistory(
        text,
        UNIT,
        "",
        True,
        1.0,
        1.0,
        0.0,
        1.0,
        (cell,),
        ((text, text),),
        (text,),
        (grading,),
        ((text, text),),
    )
    assert is_clean(
        printed(
            grade_table(UNIT, results),
            notes_table(results),
            changes_table(UNIT, 1, [Change(text, "quiz2.forward", 0.0, 1.0)]),
            standings_table(UNIT, [Standing(text, StandingKind.MISSING, text)]),
            by_hand_table([ByHand(text, text, 1.0)]),
            unit_text(unit),
            *report_tables(report_of(text)),
            *(explanation_text(course, one) for one in histories),
        ),
        "\n",
    )


@few
@given(HOSTILE)
def test_what_is_printed_is_clean(text: str) -> None:
    out, error = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
        say(text)
        print_json({text: [text]})
        note(clean.terminal(text))
    assert is_clean(out.getvalue(), "\n\t")
    assert is_clean(STYLES.sub("", error.getvalue()), "\n")


@few
@given(HOSTILE)
@example("' onload='x")
def test_the_report_has_no_element_of_a_submission(text: str) -> None:
    page = report_page("Course", "today", [report_of(text)], {})
    assert Elements(page).found == Elements(report_page("C", "t", [report_of("ada")], {})).found
    assert is_clean(page, "\n\t")


@few
@given(HOSTILE)
@example("' onload='x")
def test_the_page_of_who_was_not_graded_has_no_element_of_a_submission(
    text: str,
) -> None:
    for cells in ((), (text, "ada")):
        pages = [
            failure_page(UNIT, why, why, [Given(why, 1, 2, why) for _ in cells])
            for why in (text, "ada")
        ]
        assert Elements(pages[0]).found == Elements(pages[1]).found
        assert is_clean(pages[0], "\n\t")


@few
@given(HOSTILE)
def test_feedback_has_no_element_of_a_submission(text: str) -> None:
    result = CheckResult(verdict_of(text))
    assert (
        Elements(result._repr_html_()).found
        == Elements(CheckResult(verdict_of("x"))._repr_html_()).found
    )
    assert is_clean(result._repr_html_(), "\n\t")
    assert is_clean(str(result), "\n")


@few
@given(HOSTILE)
def test_gradescopes_file_is_clean_json(text: str) -> None:
    told = results_of({"x": {"text": text}}, {"x": (0.0, 1.0)}, (Remark(Kind.BESIDE, text),))
    for results in (told, failure(text)):
        written = results_file(results).decode()
        assert is_clean(written, "\n")
        assert json.loads(written)["visibility"] == "visible"


@few
@given(HOSTILE)
def test_the_audit_trail_has_a_line_for_each_score(tmp_path: Path, text: str) -> None:
    path = tmp_path / "audit.jsonl"
    path.unlink(missing_ok=True)
    audit._append(path, [AuditEntry("x", "y", "ada", UNIT, summary=[text], failure=text)] * 2)
    written = path.read_text("utf-8")
    assert is_clean(written, "\n")
    assert len(written.splitlines()) == 2


@pytest.fixture(scope="module")
def exporter() -> StudentPage:
    return StudentPage()


def graded(text: str) -> Any:
    """A graded notebook with hostile text in all that a student can write into it."""
    from nbformat.v4 import new_code_cell, new_notebook, new_output

    told = [
        {"output_type": "stream", "name": "stdout", "text": text},
        {"output_type": "error", "ename": text, "evalue": text, "traceback": [text]},
        {"output_type": "display_data", "data": {"text/plain": text}},
    ]
    (step,) = read_outcome({"steps": [{"status": "ok", "outputs": told}]}, b"").steps
    cell = new_code_cell(text)  # type: ignore[no-untyped-call]
    cell.outputs = [new_output(**one) for one in step.outputs]  # type: ignore[no-untyped-call]
    rebuilt = Rebuilt(new_notebook(cells=[cell]), (), frozenset())  # type: ignore[no-untyped-call]
    remarks = [
        Remark(Kind.REPAIRED, text),
        Remark(Kind.BESIDE, f"{clean.code(text)} was not used."),
    ]
    return _finished(rebuilt, {}, remarks, Outcome(())).notebook


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.just(None), HOSTILE)
def test_the_page_has_no_element_of_a_submission(
    exporter: StudentPage, nothing: None, text: str
) -> None:
    notebook = graded(text)
    written = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    assert is_clean(json.dumps(json.loads(written), ensure_ascii=False))
    page, _ = exporter.from_notebook_node(notebook)
    body = page.partition("<body")[2]
    own = {"script", "a", "img", "iframe", "svg", "math", "form", "link", "object", "style"}
    assert not own & {found.partition(" ")[0] for found in Elements(body).found}
    assert not {found for found in Elements(body).found if " on" in found}
    assert is_clean(body, "\n\t")


def test_a_csv_of_hostile_names_has_no_formula() -> None:
    from autograder.exports.spreadsheet import csv_text

    rows = [[name, 1.0] for name in ("=1", "＝1", "\x1b[2J@x", "\u202e=1", "\ufeff+1")]
    written = csv_text(["student", "score"], rows)
    assert is_clean(written, "\n")
    assert all(row[0].startswith("'") for row in [*csv.reader(io.StringIO(written))][1:])
