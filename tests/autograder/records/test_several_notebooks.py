"""A unit of two notebooks of which one was not handed in, or could not be graded."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from nbformat import write
from nbformat.v4 import new_notebook

from autograder.course.folder import CONFIG_FILE, Course
from autograder.exports.shared import to_grade_by_hand, without_grade
from autograder.grading.grade_submission import NotGraded, about_the_others
from autograder.grading.graded_notebook import add_notes
from autograder.records import audit
from autograder.records.explain import explain
from autograder.records.explain_unit import explain_units
from autograder.records.gradebook import Submission, read_submissions, read_unit
from autograder.records.recording import record_marks, record_missing
from autograder.records.standing import Kind, standings

# Each test grades a small class.
pytestmark = pytest.mark.slow

UNIT, ONE, TWO = "project", "teil1", "teil2"
BROKEN = NotGraded("teil2.ipynb is not a notebook.")


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Ada did both, Bob's second is broken, Cyd handed in one, and both of Dia's are broken."""
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    (tmp_path / "roster.csv").write_text("id\nada\nbob\ncyd\ndia\n")
    course = Course.at(tmp_path)
    course.api  # noqa: B018  (it finds nbgrader's alembic)
    from nbgrader.api import Gradebook

    with Gradebook(course.api.coursedir.db_url) as gradebook:
        gradebook.add_assignment(UNIT)
        for name in (ONE, TWO):
            gradebook.add_notebook(name, UNIT)
            gradebook.add_grade_cell("test", name, UNIT, max_score=4, cell_type="code")
            gradebook.add_grade_cell("essay", name, UNIT, max_score=2, cell_type="markdown")
            gradebook.add_solution_cell("essay", name, UNIT)
        for student in ("ada", "bob", "cyd", "dia"):
            gradebook.add_student(student)
            gradebook.add_submission(UNIT, student)
        for student, name in (("ada", ONE), ("ada", TWO), ("bob", ONE), ("cyd", ONE)):
            record_marks(gradebook, UNIT, name, student, {"test": 3.0})
            folder = course.directory("autograded", student, UNIT)
            folder.mkdir(parents=True, exist_ok=True)
            write(new_notebook(), folder / f"{name}.ipynb")  # type: ignore[no-untyped-call]
        record_missing(gradebook, UNIT, TWO, "cyd")
    released = course.directory("release", ".", UNIT)
    released.mkdir(parents=True)
    for name in (ONE, TWO):
        write(new_notebook(), released / f"{name}.ipynb")  # type: ignore[no-untyped-call]
    return course


def of(course: Course, student: str) -> Submission:
    return next(one for one in read_submissions(course, UNIT) if one.student == student)


def by_hand(course: Course, student: str, name: str, **points: float) -> None:
    with course.gradebook() as gradebook:
        for cell, given in points.items():
            gradebook.find_grade(cell, name, UNIT, student).manual_score = given
        gradebook.db.commit()


def record(course: Course, student: str, **about: Any) -> None:
    audit.record(course, read_unit(course, UNIT), student, "g1", "a test", {}, **about)


def told(course: Course, student: str) -> list[tuple[str, str]]:
    return [(one.kind, one.words) for one in standings(course, UNIT, only=[student])]


@pytest.mark.parametrize(
    ("student", "failed", "not_graded", "missing", "total"),
    [
        ("ada", False, [], [], 6),
        ("bob", False, [TWO], [], 3),
        ("cyd", False, [], [TWO], 3),
        ("dia", True, [], [], 0),
    ],
)
def test_what_is_there_counts_and_what_is_lacking_is_known(
    course: Course,
    student: str,
    failed: bool,
    not_graded: list[str],
    missing: list[str],
    total: int,
) -> None:
    one = of(course, student)
    assert (one.failed, one.not_graded, one.missing) == (failed, not_graded, missing)
    assert one.total == total


def test_exports_leave_out_who_has_nothing_and_name_what_waits(course: Course) -> None:
    assert without_grade(course, UNIT) == ["dia"]
    assert to_grade_by_hand(course, UNIT) == {"ada": 2, "bob": 3, "cyd": 1}


def test_what_to_know_first_names_the_notebook(course: Course) -> None:
    record(course, "bob", not_graded={TWO: BROKEN})
    by_hand_words = (Kind.BY_HAND, f"{ONE}/essay")
    assert told(course, "bob") == [(Kind.NOT_GRADED, BROKEN.why), by_hand_words]
    words = "did not hand in teil2.ipynb; it earns nothing"
    assert told(course, "cyd") == [(Kind.MISSING, words), by_hand_words]


def test_a_new_notebook_in_the_place_of_the_broken_one_is_noticed(course: Course) -> None:
    folder = course.directory("submitted", "bob", UNIT)
    folder.mkdir(parents=True)
    (folder / "teil2.ipynb").write_text("broken")
    record(course, "bob", not_graded={TWO: BROKEN})
    (folder / "teil2.ipynb").write_text("other")
    assert told(course, "bob")[0][0] == Kind.NOT_YET


def test_points_by_hand_end_it(course: Course) -> None:
    record(course, "bob", not_graded={TWO: BROKEN})
    by_hand(course, "bob", TWO, test=1.5, essay=2)
    by_hand(course, "cyd", TWO, test=1.5)
    by_hand(course, "dia", ONE, test=1)
    assert told(course, "bob") == [(Kind.BY_HAND, f"{ONE}/essay")]
    assert (of(course, "bob").total, of(course, "bob").not_graded) == (6.5, [])
    assert told(course, "cyd")[0] == (
        Kind.MISSING,
        "did not hand in teil2.ipynb; a person gave points for it",
    )
    dia = of(course, "dia")
    assert (dia.failed, dia.total, len(dia.waiting)) == (False, 1, 3)


def test_explain_tells_of_each_notebook(course: Course) -> None:
    record(course, "bob", not_graded={TWO: BROKEN})
    record(course, "cyd", missing=[TWO])
    (bob,) = explain_units(course, "bob", UNIT)
    assert [one.failure for one in bob.gradings] == [BROKEN.why]
    assert explain(course, "bob", f"{TWO}/test").history[-1].failure == BROKEN.why
    assert explain(course, "bob", f"{ONE}/test").history == ()
    (cyd,) = explain_units(course, "cyd", UNIT)
    lacking = {one.name: (one.counts, one.summary) for one in cyd.cells}
    assert lacking[f"{TWO}/test"] == (0, ("the notebook was not handed in",))


def test_the_notes_of_the_other_notebook_keep_it(course: Course) -> None:
    graded = course.directory("autograded", "cyd", UNIT) / f"{ONE}.ipynb"
    add_notes(graded, about_the_others({TWO: NotGraded("", missing=True)}))
    (history,) = explain_units(course, "cyd", UNIT)
    words = "teil2.ipynb was not handed in; the grader gave 0 points for it."
    assert history.remarks == (words,)
    assert words in graded.read_text("utf-8")


def test_the_trail_has_the_file_that_counted_whatever_its_name(course: Course) -> None:
    folder = course.directory("submitted", "bob", UNIT)
    folder.mkdir(parents=True)
    (folder / "teil1 (1).ipynb").write_text("one")
    record(course, "bob", failure="a reason")
    (entry,) = audit.read_trail(course, UNIT)
    assert entry.submission == hashlib.sha256(b"one").hexdigest()
    (folder / "x.ipynb").write_text("two")
    assert audit.submission_hash(course, UNIT, "bob") not in ("", entry.submission)


def test_students_do_not_read_what_the_grader_says_of_its_own_failure() -> None:
    (remark,) = about_the_others({TWO: NotGraded("the grader failed: 3.5 expected", "KeyError")})
    assert "3.5" not in remark.text
    assert "Your instructor can see the details" in remark.text
