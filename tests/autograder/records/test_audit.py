"""The audit trail: append-only, one line a score, readable after a crash."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest

from autograder.course.folder import CONFIG_FILE, Course, CourseError
from autograder.course.versions import exercise_version
from autograder.exercises import EXERCISES
from autograder.grading.grader import Mark
from autograder.records import audit
from autograder.records.audit import graded_since, last_failures, moment, read_trail, trail_path
from autograder.records.gradebook import GradedCell, Submission, UnitGrades
from autograder.records.regrades import Change, regrade_changes

UNIT = "06-logistic-to-network"
VERDICT = {"fault": "", "mistakes": ["a sign"], "summary": ["a sign"], "parts": []}


@pytest.fixture
def course(tmp_path: Path) -> Course:
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    return Course.at(tmp_path)


def hand_in(course: Course, content: bytes) -> str:
    path = course.directory("submitted", "ada", UNIT) / f"{UNIT}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def record(course: Course, score: float, grader: str = "g1") -> None:
    marks = {UNIT: {"b-check": Mark("quiz2.backward", score, 2, ("a sign",), "ok", VERDICT)}}
    audit.record(course, grades(score), "ada", grader, "a test", marks)


def grades(score: float) -> UnitGrades:
    """What the gradebook holds: a check that is worth 3 there, and an essay that nobody read."""
    check = GradedCell("quiz2.backward", UNIT, "b-check", 3, "quiz2.backward")
    essay = GradedCell("essay", UNIT, "essay", 4, by_person=True)
    given = {"quiz2.backward": score + 0.25, "essay": 0.0}
    ada = Submission("ada", given, waiting=["essay"], by_hand=["quiz2.backward"])
    return UnitGrades(UNIT, (check, essay), 7, (ada,))


def test_each_score_is_one_line_with_all_that_explains_it(course: Course) -> None:
    sha256 = hand_in(course, b"one")
    record(course, 1.5)
    entry, essay = read_trail(course, UNIT, "ada")
    # The points and what counts are the gradebook's, extra credit included.
    assert (entry.score, entry.counts, entry.points) == (1.5, 1.75, 3)
    assert entry.mistakes == ["a sign"]
    assert (essay.exercise, essay.score, essay.counts, essay.points) == ("essay", None, None, 4)
    assert (essay.status, essay.submission) == ("by a person", sha256)
    assert (entry.submission, entry.grader) == (sha256, "g1")
    assert entry.exercise_version == exercise_version(EXERCISES["quiz2.backward"])
    assert moment(entry.at).utcoffset() is not None


def test_the_trail_only_grows_and_survives_a_cut_line(course: Course) -> None:
    hand_in(course, b"one")
    record(course, 1)
    with trail_path(course).open("a") as file:
        file.write('{"at": "2026-')
    before = trail_path(course).read_bytes()
    record(course, 2)
    assert trail_path(course).read_bytes().startswith(before)
    assert [entry.score for entry in read_trail(course)] == [1, None, 2, None]


def test_a_failure_is_on_record_without_a_score(course: Course) -> None:
    audit.record(course, grades(0), "ada", "g1", "a test", {}, "is empty")
    (entry,) = read_trail(course)
    assert (entry.exercise, entry.score, entry.failure) == ("", None, "is empty")


def test_the_trail_of_one_student_is_that_students_alone(course: Course) -> None:
    names = ["ada", "adam", "ßigrid", 'a "quoted" name']
    for student in names:
        audit.record(course, grades(1), student, "g1", "a test", {}, failure=f"no {student}")
    for student in names:
        assert [entry.student for entry in read_trail(course, UNIT, student)] == [student]
        assert list(last_failures(course, UNIT, student)) == [(student, "")]


def test_only_the_same_submission_by_another_grader_is_a_regrade(course: Course) -> None:
    hand_in(course, b"one")
    record(course, 0)
    hand_in(course, b"two")
    record(course, 1)
    assert regrade_changes(course, UNIT) == []
    record(course, 2, "g2")
    assert regrade_changes(course, UNIT) == [Change("ada", "quiz2.backward", 1, 2)]


def test_since_is_about_the_latest_grading(course: Course) -> None:
    hand_in(course, b"one")
    record(course, 1)
    entry, _ = read_trail(course)
    assert graded_since(course, UNIT, moment(entry.at)) == {"ada"}
    assert graded_since(course, UNIT, moment(entry.at) + timedelta(seconds=1)) == set()
    with pytest.raises(CourseError, match="write 2026-11-20"):
        moment("yesterday")


def test_exercises_of_one_module_share_a_version_and_others_do_not() -> None:
    version = {id: exercise_version(exercise) for id, exercise in EXERCISES.items()}
    assert version["accumulate.forward"] == version["accumulate.reverse"]
    assert version["quiz1.forward"] != version["quiz2.forward"]
    assert all(len(one) == 12 for one in version.values())
