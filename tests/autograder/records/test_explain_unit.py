from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from workflows.gradebook_rows import Row, write_gradebook

from autograder.course.folder import CONFIG_FILE, Course, CourseError
from autograder.records import audit
from autograder.records.explain import explain
from autograder.records.explain_unit import UnitHistory, explain_units, unit_of, unit_text
from autograder.records.gradebook import read_unit

CELLS = [Row("one", 5, source="assert f(1)"), Row("essay", 3, kind="essay")]


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Two units; Ada is in both, late in the first, and a person gave her points there."""
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    (tmp_path / "roster.csv").write_text("id\nada\neve\n")
    course = Course.at(tmp_path)
    scores: dict[str, dict[str, float | None]] = {
        "ada": {"one": 4, "essay": None},
        "bob": {"one": None, "essay": None},
    }
    write_gradebook(course, "midterm", CELLS, scores, {"ada": 1.5})
    write_gradebook(course, "final", CELLS, {"ada": {"one": 1, "essay": 3}})
    with course.gradebook() as gradebook:
        gradebook.find_grade("one", "midterm", "midterm", "ada").manual_score = 4.5
        gradebook.db.commit()
    return course


def text_of(history: UnitHistory) -> str:
    console = Console(file=StringIO(), width=80)
    console.print(unit_text(history), highlight=False)
    assert isinstance(console.file, StringIO)
    return " ".join(console.file.getvalue().split())


def test_every_score_and_the_sum_are_the_gradebooks(course: Course) -> None:
    (history,) = explain_units(course, "ada", "midterm")
    assert [(one.name, one.counts, one.points, one.by_hand) for one in history.cells] == [
        ("essay", None, 3.0, False),
        ("one", 4.5, 5.0, True),
    ]
    assert (history.raw, history.penalty, history.total, history.points) == (4.5, 1.5, 3.0, 8.0)
    text = text_of(history)
    assert "3 of 8 points count: 4.5 earned, 1.5 taken off for being late" in text
    assert "to grade by hand: essay" in text
    assert "one 4.5 5 by hand" in text


def test_without_a_unit_all_are_told(course: Course) -> None:
    assert [one.unit for one in explain_units(course, "ada")] == ["final", "midterm"]


def test_a_failure_and_every_grading_are_told(course: Course) -> None:
    audit.record(
        course, read_unit(course, "midterm"), "bob", "g1", "course-bp grade", {}, "is empty"
    )
    audit.record(
        course, read_unit(course, "midterm"), "bob", "g2", "nbgrader autograde", {}, "is broken"
    )
    (history,) = explain_units(course, "bob", "midterm")
    assert [(one.by, one.grader, one.failure) for one in history.gradings] == [
        ("course-bp grade", "g1", "is empty"),
        ("nbgrader autograde", "g2", "is broken"),
    ]
    assert not history.graded
    assert "not graded: is broken" in text_of(history)
    assert "points count" not in text_of(history)


def test_who_is_missing_is_explained_too(course: Course) -> None:
    assert [one.standing for one in explain_units(course, "eve")] == [
        (("missing", "handed in nothing"),)
    ] * 2


@pytest.mark.parametrize("name", ["ADA", "al@example.org", "AL7"])
def test_any_name_of_a_student_finds_the_folder(course: Course, name: str) -> None:
    (course.root / "roster.csv").write_text("id,email,lms_user_id\nal7,al@example.org,ada\n")
    (history,) = explain_units(course, name, "midterm")
    assert (history.student, history.total) == ("ada", 3.0)
    assert ("to grade by hand", "essay") in history.standing
    assert explain(course, name, "final/one").counts == 1


def test_each_folder_of_a_student_is_told(course: Course) -> None:
    (course.root / "roster.csv").write_text("id,email,lms_user_id\nada,bob@example.org,\n")
    found = explain_units(course, "ada", "midterm")
    assert [(one.student, one.total) for one in found] == [("ada", 3.0), ("bob", 0.0)]
    assert found[0].standing[0][0] == "several folders"
    assert explain(course, "ada", "midterm/one").counts == 4.5
    with pytest.raises(CourseError, match=r"ada and bob are folders of the same .* that you mean"):
        explain(course, "bob@example.org", "midterm/one")


@pytest.mark.parametrize("student", ["zoe", "a\x1b[2J"])
def test_nobody_is_no_student(course: Course, student: str) -> None:
    with pytest.raises(CourseError, match=r"nobody called 'zoe'|control characters"):
        explain_units(course, student)


def test_a_unit_is_known_by_the_beginning_of_its_name(course: Course) -> None:
    assert [unit_of(course, name) for name in ("mid", "midterm", "one", "x")] == [
        "midterm", "midterm", "", "",
    ]  # fmt: skip


def test_a_column_in_which_nothing_would_be_is_left_out(course: Course) -> None:
    (final,), (midterm,) = (
        explain_units(course, "ada", "final"),
        explain_units(course, "ada", "midterm"),
    )
    assert [len(unit_text(one).renderables[1].columns) for one in (final, midterm)] == [4, 5]
