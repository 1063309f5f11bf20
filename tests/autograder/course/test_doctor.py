"""The doctor against real faults, each with its fix."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from autograder.course import doctor
from autograder.course.examined import FAULT, NOTE, OK, Examined
from autograder.course.folder import Course
from autograder.course.new import plan_course, write_course
from autograder.course.secret import VARIABLE, load_secret


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "home" / "secret"))
    write_course(plan_course(tmp_path / "course", ["02"]))
    return Course.at(tmp_path / "course")


def examined(course: Course) -> dict[str, Examined]:
    return {finding.name: finding for finding in doctor.examine(course.root)}


def test_a_new_course_has_no_fault_and_nothing_is_made(course: Course) -> None:
    before = sorted(course.root.rglob("*"))
    found = examined(course)
    assert [name for name, finding in found.items() if finding.state == FAULT] == []
    assert {found[name].state for name in ("Python", "sandbox", "folders", "disk")} == {OK}
    assert {found[name].state for name in ("units", "roster", "secret", "gradebook")} == {NOTE}
    assert sorted(course.root.rglob("*")) == before


def test_two_folders_of_one_student_are_a_fault(course: Course) -> None:
    (course.root / "roster.csv").write_text("id,login\nada,al7\n")
    (unit,) = course.units()
    for name in ("ada", "al7"):
        (course.root / "submitted" / name / unit).mkdir(parents=True)
    found = [one for one in doctor.examine(course.root) if one.name == unit]
    assert [(one.state, one.found) for one in found if "same student" in one.found] == [
        (FAULT, "ada and al7 are folders of the same student")
    ]


def test_a_folder_whose_text_has_another_name_is_a_fault(course: Course) -> None:
    (unit,) = course.units()
    (course.solutions / unit).rename(course.solutions / "02-renamed")
    found = examined(Course.at(course.root))
    assert found["02-renamed"].state == FAULT
    assert found["02-renamed"].fix.startswith(f"rename {unit}.py to 02-renamed.py in that folder")


def test_a_folder_that_is_no_course_is_a_fault(tmp_path: Path) -> None:
    assert list(doctor.examine(tmp_path))[-1].fix == "course-bp new DIR makes one"


def test_a_folder_in_place_of_the_secret_is_not_to_be_closed(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert examined(course)["secret"].state == FAULT
    assert "chmod" not in examined(course)["secret"].fix


def test_a_secret_that_others_may_read_is_a_fault(course: Course, tmp_path: Path) -> None:
    load_secret(course.course_id)
    assert examined(course)["secret"].state == OK
    secret = tmp_path / "home" / "secret"
    secret.chmod(0o644)
    assert examined(course)["secret"].fix == f"chmod 600 {secret}"
    secret.chmod(0o600)
    secret.write_text("no secret")
    assert examined(course)["secret"].state == FAULT


def test_a_locked_gradebook_is_a_fault(course: Course) -> None:
    with course.api.gradebook as gradebook:
        gradebook.update_or_create_student("ada")
    assert examined(course)["gradebook"].found.endswith("1 students, 0 assignments")
    with sqlite3.connect(course.root / "gradebook.db", isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        finding = examined(course)["gradebook"]
        other.execute("ROLLBACK")
    other.close()
    assert (finding.state, "locked" in finding.found) == (FAULT, True)
    assert "formgrader" in finding.fix


def test_an_unreachable_server_is_a_fault_without_its_password(course: Course) -> None:
    with (course.root / "nbgrader_config.py").open("a") as config:
        url = "postgresql://ta:hunter2@127.0.0.1:1/grades"
        config.write(f'c.CourseDirectory.db_url = "{url}"\n')
    finding = examined(Course.at(course.root))["gradebook"]
    assert finding.state == FAULT
    assert "hunter2" not in finding.found
    assert "db_url" in finding.fix


def test_a_faulty_configuration_is_a_fault(course: Course) -> None:
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write("this is no python\n")
    finding = examined(Course.at(course.root))["course folder"]
    assert (finding.state, finding.fix) == (FAULT, "fix that file")
    assert f"{course.root / 'nbgrader_config.py'} cannot be run: SyntaxError" in finding.found


def test_the_files_that_count_are_named_and_lost_steps_are_a_fault(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = tmp_path / "jupyter" / "nbgrader_config.py"
    theirs.parent.mkdir()
    theirs.write_text("c = get_config()\nc.Exchange.timezone = 'Europe/Berlin'\n")
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(theirs.parent))
    own = course.root / "nbgrader_config.py"
    finding = examined(course)["configuration"]
    assert (finding.state, finding.fix) == (NOTE, "")
    assert finding.found.index(str(theirs)) < finding.found.index(str(own))
    with own.open("a") as config:
        config.write("c.Autograde.autograde_preprocessors = ['nbgrader.preprocessors.Execute']\n")
    finding = examined(Course.at(course.root))["configuration"]
    assert finding.state == FAULT
    assert "would run submissions outside the sandbox" in finding.found


def test_a_faulty_roster_is_a_fault(course: Course) -> None:
    (course.root / "roster.csv").write_text("name\nada\n")
    assert "no column 'id'" in examined(course)["roster"].found


def test_the_courses_own_exercises_are_counted(tmp_path: Path) -> None:
    write_course(plan_course(tmp_path / "mine", empty=True))
    course = Course.at(tmp_path / "mine")
    found = examined(course)["exercises"]
    assert (found.state, found.found) == (OK, "1 of the course's own, in 1 file")
    (course.solutions / "01-first-unit" / "01-first-unit.py").write_text("# %%\nx = 1\n")
    found = examined(course)["exercises"]
    assert (found.state, "no unit checks parabola.slope" in found.found) == (NOTE, True)


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("exercises/more.py", "1 / 0\n", "more.py, line 1: ZeroDivisionError"),
        ("course.toml", "untis = []\n", "Did you mean units?"),
    ],
)
def test_what_cannot_be_used_of_the_courses_own_is_a_fault(
    tmp_path: Path, file: str, text: str, words: str
) -> None:
    write_course(plan_course(tmp_path / "mine", empty=True))
    (tmp_path / "mine" / file).write_text(text)
    found = [one.found for one in doctor.examine(tmp_path / "mine") if one.state == FAULT]
    assert any(words in one for one in found)
