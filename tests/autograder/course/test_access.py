"""What can be seen as any user; tests/workflows/test_two_assistants.py has the permissions."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from autograder.course.access import (
    gradebook_obstacle,
    open_to_the_group,
    require_access,
    sharing_obstacle,
)
from autograder.course.folder import Course, CourseError


@pytest.fixture
def course(tmp_path: Path) -> Course:
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    return Course.at(tmp_path)


def test_nothing_stands_in_the_way_of_a_new_course(course: Course) -> None:
    require_access(course)
    assert gradebook_obstacle(course) is None
    assert [path.name for path in course.root.iterdir()] == ["nbgrader_config.py"]


def test_a_gradebook_that_another_program_writes_is_locked(course: Course) -> None:
    file = course.root / "gradebook.db"
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("CREATE TABLE one (name)")
        assert gradebook_obstacle(course, 0.1) is None
        other.execute("BEGIN IMMEDIATE")
        found = gradebook_obstacle(course, 0.1)
        other.execute("ROLLBACK")
    other.close()
    assert found is not None
    assert "gradebook.db is locked by another program" in found.problem


def test_a_file_that_is_no_gradebook_is_for_others_to_name(course: Course) -> None:
    (course.root / "gradebook.db").write_text("no database at all")
    assert gradebook_obstacle(course) is None


def test_who_grades_is_told_what_to_do(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    file = course.root / "gradebook.db"
    file.touch()
    monkeypatch.setattr("os.access", lambda path, mode: path != file)
    with pytest.raises(CourseError, match=r"its owner\. Nothing was graded.*chmod u\+rw"):
        require_access(course)


def test_a_shared_course_must_be_the_groups(course: Course) -> None:
    course.root.chmod(0o755)
    found = sharing_obstacle(course)
    assert found is not None
    assert "chmod -R g+rwX" in found.fix
    course.root.chmod(0o2775)
    assert sharing_obstacle(course) is None
    course.state.mkdir()
    course.state.chmod(0o755)
    found = sharing_obstacle(course)
    assert found is not None
    assert f"chmod g+rwxs {course.state}" in found.fix


@pytest.mark.parametrize("shared", [False, True])
def test_our_own_files_are_opened_where_the_course_is_shared(
    course: Course, monkeypatch: pytest.MonkeyPatch, shared: bool
) -> None:
    monkeypatch.setattr(Course, "groupshared", shared)
    course.state.mkdir()
    files = [course.root / "gradebook.db", course.state / "audit.jsonl"]
    for file in files:
        file.touch()
        file.chmod(0o644)
    open_to_the_group(course)
    modes = [stat.S_IMODE(file.stat().st_mode) for file in files]
    assert modes == [0o664 if shared else 0o644] * 2
