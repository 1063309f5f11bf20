from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from autograder.course.folder import Course
from autograder.course.secret import VARIABLE, BadSecret, fingerprint
from autograder.course.secret_record import course_secret, record_path, why_not_this_secret
from autograder.files.sharing import user_name


@pytest.fixture
def secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "home" / "secret"))
    return tmp_path / "home" / "secret"


@pytest.fixture
def course(tmp_path: Path, secret: Path) -> Course:
    (tmp_path / "course" / "solutions" / "one").mkdir(parents=True)
    (tmp_path / "course" / "solutions" / "one" / "one.py").touch()
    config = 'c = get_config()\nc.CourseDirectory.source_directory = "solutions"\n'
    (tmp_path / "course" / "nbgrader_config.py").write_text(config)
    return Course.at(tmp_path / "course")


def test_the_first_use_is_recorded_without_the_secret_itself(course: Course, secret: Path) -> None:
    first = course_secret(course)
    written = record_path(course).read_text("utf-8")
    known = json.loads(written)
    assert known["fingerprint"] == fingerprint(first)
    assert (known["file"], known["machine"]) == (str(secret), os.uname().nodename)
    assert first.hex() not in written
    assert course_secret(course) == first
    assert record_path(course).read_text("utf-8") == written


def test_a_secret_that_is_not_here_is_not_made_anew(course: Course, secret: Path) -> None:
    course_secret(course)
    aside = secret.rename(secret.with_name("aside"))
    with pytest.raises(BadSecret, match=r"not here: .*does not exist.*--new-secret"):
        course_secret(course)
    assert not secret.exists()
    aside.rename(secret)
    course_secret(course)


def test_another_secret_is_refused_until_it_is_wanted(course: Course, secret: Path) -> None:
    first = course_secret(course)
    secret.write_text("ab" * 32)
    with pytest.raises(BadSecret, match="is another"):
        course_secret(course)
    second = course_secret(course, new=True)
    assert second == bytes.fromhex("ab" * 32)
    assert course_secret(course) == second != first


def test_nobody_is_told_to_copy_a_file_onto_itself(course: Course, secret: Path) -> None:
    course_secret(course)
    secret.unlink()
    why = why_not_this_secret(course)
    assert f"It was made here, by {user_name(os.geteuid())}: put {secret} back from a backup" in why
    assert "copy it to" not in why
    record = json.loads(record_path(course).read_text("utf-8")) | {"machine": "elsewhere"}
    record_path(course).write_text(json.dumps(record))
    assert f"on elsewhere, in {secret}; copy it to {secret}" in why_not_this_secret(course)


@pytest.mark.parametrize(("score", "refused"), [(None, False), (0.0, True)])
def test_without_a_record_the_scores_of_a_unit_tell_that_there_was_one(
    course: Course, secret: Path, score: float | None, refused: bool
) -> None:
    with course.api.gradebook as gradebook:
        for unit in ("one", "other-assignment"):
            gradebook.add_assignment(unit)
            gradebook.add_notebook(unit, unit)
            gradebook.add_grade_cell("cell", unit, unit, max_score=1, cell_type="code")
        gradebook.add_student("ada")
        for unit, given in (("one", score), ("other-assignment", 1.0)):
            gradebook.add_submission(unit, "ada")
            (grade,) = gradebook.find_submission_notebook(unit, unit, "ada").grades
            grade.auto_score = given
        gradebook.db.commit()
    assert bool(why_not_this_secret(course)) == refused
    assert not secret.exists()


@pytest.mark.parametrize("content", ["", "[]", "{}", "\xff"])
def test_a_damaged_record_is_told(course: Course, content: str) -> None:
    course_secret(course)
    record_path(course).write_text(content, "latin-1")
    with pytest.raises(BadSecret, match="cannot be read"):
        course_secret(course)


def test_the_group_may_read_the_secret_of_a_shared_course(
    course: Course, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course_secret(course)
    secret.chmod(0o640)
    with pytest.raises(BadSecret, match="chmod 600"):
        course_secret(course)
    monkeypatch.setattr(Course, "groupshared", True)
    course_secret(course)
    secret.chmod(0o644)
    with pytest.raises(BadSecret, match="chmod o-rwx"):
        course_secret(course)
