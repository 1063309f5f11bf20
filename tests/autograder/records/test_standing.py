from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from workflows.gradebook_rows import Row, write_gradebook

from autograder.course.arrangements import Arrangement, What, shown, write_arrangements
from autograder.course.folder import CONFIG_FILE, Course
from autograder.files.ledger import digest
from autograder.grading.companions import handed_in_files
from autograder.records import audit
from autograder.records.gradebook import read_unit
from autograder.records.graded_versions import GradedVersions
from autograder.records.said_late import say_late
from autograder.records.standing import Kind, Standing, duration, standings, together

UNIT = "midterm"
DUE = datetime(2026, 11, 22, 20)
CELLS = [Row("one", 5, source="assert f(1)"), Row("essay", 3, kind="essay")]


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Ada is done, Bob late with a penalty, Cyd waits, Dia failed, and Eve handed in nothing."""
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    (tmp_path / "roster.csv").write_text("id\nada\nbob\ncyd\ndia\neve\n")
    course = Course.at(tmp_path)
    scores: dict[str, dict[str, float | None]] = {
        "ada": {"one": 4, "essay": 2},
        "bob": {"one": 4, "essay": 1},
        "cyd": {"one": 4, "essay": None},
        "dia": {"one": None, "essay": None},
    }
    write_gradebook(course, UNIT, CELLS, scores, {"bob": 1.5})
    with course.gradebook() as gradebook:
        gradebook.update_or_create_assignment(UNIT, duedate=DUE.isoformat())
        for name, late in (("ada", 0), ("bob", 27), ("cyd", -1)):
            gradebook.find_submission(UNIT, name).timestamp = DUE + timedelta(hours=late)
        gradebook.db.commit()
    return course


def by_student(found: list[Standing]) -> dict[str, list[tuple[str, str]]]:
    told: dict[str, list[tuple[str, str]]] = {}
    for one in found:
        told.setdefault(one.student, []).append((one.kind, one.words))
    return told


def test_each_has_a_reason_and_the_gravest_come_first(course: Course) -> None:
    audit.record(
        course, read_unit(course, UNIT), "dia", "g", "grade", {}, "the notebook is not JSON"
    )
    due = shown(DUE.replace(tzinfo=UTC))
    assert [(one.student, one.kind, one.words) for one in standings(course, UNIT)] == [
        ("dia", Kind.NOT_GRADED, "the notebook is not JSON"),
        ("eve", Kind.MISSING, f"handed in nothing; due {due}"),
        ("bob", Kind.PENALISED, f"1 day 3 hours after the due date {due}: 5 − 1.5 = 3.5 of 8"),
        ("cyd", Kind.BY_HAND, "essay"),
    ]


def test_who_is_not_in_the_roster_is_named_with_the_class(course: Course) -> None:
    (course.root / "roster.csv").write_text("id,email\n7,ADA@uni.example\nbob,\ncyd,\neve,\n")
    (course.root / "submitted" / "ada" / UNIT).mkdir(parents=True)
    (course.root / "submitted" / "stranger" / UNIT).mkdir(parents=True)
    found = [one for one in standings(course, UNIT) if one.kind is Kind.UNKNOWN]
    assert [(one.student, one.words.partition(";")[0]) for one in found] == [
        ("dia", "counted in the class's numbers"),
        ("stranger", "handed in"),
    ]
    (course.root / "roster.csv").write_text("id,first_name,last_name,email,lms_user_id\n")
    assert Kind.UNKNOWN not in [one.kind for one in standings(course, UNIT)]


def test_two_folders_of_one_student_come_first(course: Course) -> None:
    (course.root / "roster.csv").write_text("id,login\nada,al7\nbob,\ncyd,\ndia,\neve,\n")
    (course.root / "submitted" / "al7" / UNIT).mkdir(parents=True)
    told = standings(course, UNIT)
    words = "ada and al7 are folders of the same student: keep one in submitted/"
    assert together(told)[0] == ("ada, al7", Kind.SEVERAL, words)
    (course.root / "submitted" / "ada" / UNIT).mkdir(parents=True)
    assert together(standings(course, UNIT))[0] == ("ada, al7", Kind.SEVERAL, words)
    (course.root / "submitted" / "al7" / UNIT).rmdir()
    assert Kind.SEVERAL not in [one.kind for one in standings(course, UNIT)]


def test_a_failure_known_to_the_caller_is_not_looked_up(course: Course) -> None:
    audit.record(course, read_unit(course, UNIT), "dia", "g", "grade", {}, "of an earlier run")
    told = by_student(standings(course, UNIT, {"dia": "of now"}))
    assert told["dia"] == [(Kind.NOT_GRADED, "of now")]


def test_a_failure_that_nobody_recorded_says_what_to_do(course: Course) -> None:
    assert by_student(standings(course, UNIT))["dia"] == [
        (Kind.NOT_GRADED, f"run course-bp grade {UNIT} to see why")
    ]


def test_who_could_not_be_graded_and_handed_in_again_is_not_graded_yet(course: Course) -> None:
    notebook = course.root / "submitted" / "dia" / UNIT / f"{UNIT}.ipynb"
    notebook.parent.mkdir(parents=True)
    notebook.write_text("broken")
    audit.record(
        course, read_unit(course, UNIT), "dia", "g", "grade", {}, "the notebook is not JSON"
    )
    told = by_student(standings(course, UNIT))
    assert told["dia"] == [(Kind.NOT_GRADED, "the notebook is not JSON")]
    notebook.write_text("{}")
    ((kind, words),) = by_student(standings(course, UNIT))["dia"]
    assert (kind, "handed in again" in words) == (Kind.NOT_YET, True)


def test_of_what_could_not_be_graded_and_is_gone_nothing_is_said_to_be_handed_in(
    course: Course,
) -> None:
    notebook = course.root / "submitted" / "dia" / UNIT / f"{UNIT}.ipynb"
    notebook.parent.mkdir(parents=True)
    notebook.write_text("broken")
    audit.record(
        course, read_unit(course, UNIT), "dia", "g", "grade", {}, "the notebook is not JSON"
    )
    shutil.rmtree(notebook.parent)
    assert by_student(standings(course, UNIT))["dia"] == [
        (
            Kind.NOT_GRADED,
            "the notebook is not JSON; its folder in submitted/ is gone now: put it back, or give "
            "points by hand",
        )
    ]


def test_late_without_a_penalty_is_told_apart(course: Course) -> None:
    with course.gradebook() as gradebook:
        notebook = gradebook.find_submission_notebook(UNIT, UNIT, "bob")
        notebook.late_submission_penalty = None
        gradebook.db.commit()
    ((kind, words),) = by_student(standings(course, UNIT))["bob"]
    assert (kind, words.partition(" after")[0]) == (Kind.LATE, "1 day 3 hours")


def test_nobody_is_late_by_a_negative_time(course: Course) -> None:
    until = (DUE + timedelta(hours=30)).replace(tzinfo=UTC)
    write_arrangements(course, [Arrangement("bob", UNIT, What.EXTENDED, until)])
    (_, words), _ = by_student(standings(course, UNIT))["bob"]
    assert words == (
        f"in time for the extension to {shown(until)}, but a penalty is recorded from before: "
        "5 − 1.5 = 3.5 of 8"
    )


def test_what_canvas_calls_late_without_a_time_is_late_without_a_penalty(course: Course) -> None:
    for student in ("ada", "bob"):
        say_late(course, UNIT, student, True)
    assert by_student(standings(course, UNIT)).get("ada") is None  # There is a time.
    with course.gradebook() as gradebook:
        gradebook.find_submission(UNIT, "ada").timestamp = None
        gradebook.db.commit()
    ((kind, words),) = by_student(standings(course, UNIT))["ada"]
    assert (kind, "write the time into timestamp.txt" in words) == (Kind.LATE, True)


def test_extensions_are_listed_and_count(course: Course) -> None:
    until = (DUE + timedelta(hours=26)).replace(tzinfo=UTC)
    write_arrangements(
        course,
        [Arrangement(name, UNIT, What.EXTENDED, until, "ill") for name in ("bob", "eve", "ada")],
    )
    told = by_student(standings(course, UNIT))
    extended = (Kind.EXTENDED, f"to {shown(until)} (ill)")
    penalised = f"1 hour after the extension to {shown(until)}: 5 − 1.5 = 3.5 of 8"
    assert told["bob"] == [(Kind.PENALISED, penalised), extended]
    assert told["eve"] == [(Kind.MISSING, f"handed in nothing; due {shown(until)}"), extended]
    assert told["ada"] == [extended]


def test_an_extension_that_changes_nothing_says_so(course: Course) -> None:
    until = (DUE - timedelta(hours=1)).replace(tzinfo=UTC)
    write_arrangements(course, [Arrangement("ada", UNIT, What.EXTENDED, until)])
    ((_, words),) = by_student(standings(course, UNIT))["ada"]
    assert "but that is not after the due date" in words
    with course.gradebook() as gradebook:
        gradebook.find_assignment(UNIT).duedate = None
        gradebook.db.commit()
    ((_, words),) = by_student(standings(course, UNIT))["ada"]
    assert "but the unit has no due date" in words


def test_an_extension_granted_through_nbgrader_is_listed(course: Course) -> None:
    with course.gradebook() as gradebook:
        gradebook.grant_extension(UNIT, "ada", hours=1)
    ((kind, words),) = by_student(standings(course, UNIT))["ada"]
    assert (kind, words.endswith(", granted through nbgrader")) == (Kind.EXTENDED, True)


def test_who_is_excused_is_not_missing(course: Course) -> None:
    write_arrangements(
        course,
        [
            Arrangement("eve", UNIT, What.EXCUSED, reason="in hospital"),
            Arrangement("ada", UNIT, What.DROPPED),
        ],
    )
    told = by_student(standings(course, UNIT))
    assert told["eve"] == [(Kind.EXCUSED, "need not hand in (in hospital)")]
    assert told["ada"] == [(Kind.DROPPED, "does not count in the course total")]


def test_what_was_handed_in_since_is_not_graded_yet(course: Course) -> None:
    notebook = course.root / "submitted" / "eve" / UNIT / f"{UNIT}.ipynb"
    notebook.parent.mkdir(parents=True)
    notebook.write_text("first")
    assert by_student(standings(course, UNIT))["eve"] == [
        (Kind.NOT_YET, f"run course-bp grade {UNIT}")
    ]
    ada = course.root / "submitted" / "ada" / UNIT / f"{UNIT}.ipynb"
    ada.parent.mkdir(parents=True)
    ada.write_text("first")
    GradedVersions(course).record(UNIT, "ada", digest(handed_in_files(ada.parent)), "grader")
    assert "ada" not in by_student(standings(course, UNIT))
    ada.write_text("second")
    ((kind, words),) = by_student(standings(course, UNIT))["ada"]
    assert (kind, words.partition(":")[0]) == (
        Kind.NOT_YET,
        "handed in again since it was graded",
    )


def test_a_folder_that_cannot_be_a_student_is_named(course: Course) -> None:
    (course.root / "submitted" / "a\x1b[2Jb" / UNIT).mkdir(parents=True)
    first = standings(course, UNIT)[0]
    assert (first.kind, "control characters" in first.words) == (Kind.NOT_GRADED, True)
    assert "\x1b" not in first.student


def test_some_students_can_be_asked_for(course: Course) -> None:
    assert {one.student for one in standings(course, UNIT, only=["bob"])} == {"bob"}


def test_students_with_the_same_reason_share_a_line() -> None:
    found = [
        Standing("ada", Kind.MISSING, "x"),
        Standing("bob", Kind.MISSING, "x"),
        Standing("cyd", Kind.MISSING, "y"),
        *(Standing(f"s{number}", Kind.BY_HAND, "essay") for number in range(5)),
    ]
    assert together(found) == [
        ("ada, bob", Kind.MISSING, "x"),
        ("cyd", Kind.MISSING, "y"),
        ("s0, s1, s2, s3, s4", Kind.BY_HAND, "essay"),
    ]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "less than a minute"),
        (60, "1 minute"),
        (3600, "1 hour"),
        (7320, "2 hours 2 minutes"),
        (86400 + 120, "1 day 2 minutes"),
        (2 * 86400 + 3 * 3600 + 240, "2 days 3 hours"),
    ],
)
def test_a_length_of_time_in_words(seconds: float, words: str) -> None:
    assert duration(timedelta(seconds=seconds)) == words
