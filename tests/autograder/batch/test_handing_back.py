"""What lies beside a graded notebook, whatever a student put there."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.batch.handing_back import SECRET_NAME, STAMP_NAME, beside_graded, beside_page, clear
from autograder.course.folder import CONFIG_FILE, Course

UNIT = "06-logistic-to-network"
KEY = bytes(32)
TIME, SLIP = "2026-11-22 20:00:00.123456 UTC", "5eed" * 32


@pytest.fixture
def course(tmp_path: Path) -> Course:
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    for student in ("ada", "bob"):
        (tmp_path / "submitted" / student / UNIT).mkdir(parents=True)
    (tmp_path / "source" / UNIT).mkdir(parents=True)
    return Course.at(tmp_path)


def beside(course: Course, student: str = "ada") -> dict[str, bytes]:
    beside_graded(course, UNIT, student, KEY)
    folder = course.root / "autograded" / student / UNIT
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_slips_are_there_as_they_were_handed_in(course: Course) -> None:
    folder = course.root / "submitted" / "ada" / UNIT
    (folder / STAMP_NAME).write_text(TIME)
    (folder / SECRET_NAME).write_text(SLIP)
    assert beside(course) == {STAMP_NAME: TIME.encode(), SECRET_NAME: SLIP.encode()}


DAMAGE: dict[str, Callable[[Path], object]] = {
    "missing": lambda path: None,
    "empty": lambda path: path.write_bytes(b" \n"),
    "binary": lambda path: path.write_bytes(b"\xff\xfe\x00"),
    "control characters": lambda path: path.write_text("\x1b[2J" + TIME),
    "large": lambda path: path.write_bytes(b"5" * 1025),
    "a link": lambda path: path.symlink_to(path.parents[3] / CONFIG_FILE),
    "a pipe": lambda path: os.mkfifo(path),
    "a folder": lambda path: path.mkdir(),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_slip_that_cannot_be_used_is_replaced(course: Course, damage: str) -> None:
    folder = course.root / "submitted" / "ada" / UNIT
    DAMAGE[damage](folder / STAMP_NAME)
    DAMAGE[damage](folder / SECRET_NAME)
    found = beside(course)
    assert set(found) == {STAMP_NAME, SECRET_NAME}
    assert found[STAMP_NAME] == b""
    assert len(found[SECRET_NAME]) == 128
    # The same each time, another one for everybody.
    assert beside(course) == found
    assert beside(course, "bob")[SECRET_NAME] != found[SECRET_NAME]


@pytest.mark.parametrize("time", ["tomorrow", "2026-99-99 00:00:00 UTC", "9" * 300, "1e999 2 UTC"])
def test_a_time_that_nbgrader_could_not_read_is_left_out(course: Course, time: str) -> None:
    (course.root / "submitted" / "ada" / UNIT / STAMP_NAME).write_text(time)
    assert beside(course)[STAMP_NAME] == b""


def test_the_courses_own_files_come_over_the_students(course: Course) -> None:
    handed_in = course.root / "submitted" / "ada" / UNIT
    for name, content in (("shared.csv", "changed"), ("mine.csv", "1"), ("x.pyc", "1")):
        (handed_in / name).write_text(content)
    source = course.root / "source" / UNIT
    for name in ("shared.csv", f"{UNIT}.py", f"{UNIT}.ipynb"):
        (source / name).write_text("the course's")
    found = beside(course)
    assert set(found) == {STAMP_NAME, SECRET_NAME, "shared.csv", "mine.csv"}
    assert found["shared.csv"] == b"the course's"


def test_nothing_of_an_earlier_submission_is_left(course: Course) -> None:
    folder = course.root / "submitted" / "ada" / UNIT
    (folder / "data").mkdir()
    (folder / "data" / "old.csv").write_text("1")
    graded = course.root / "autograded" / "ada" / UNIT / f"{UNIT}.ipynb"
    assert "data/old.csv" in beside(course)
    graded.write_text("graded")
    (folder / "data" / "old.csv").unlink()
    (folder / "data").rmdir()
    (folder / "data").write_text("a file now")
    assert set(beside(course)) == {STAMP_NAME, SECRET_NAME, "data", graded.name}


def test_a_students_file_is_not_taken_for_the_page(course: Course) -> None:
    folder = course.root / "submitted" / "ada" / UNIT
    (folder / f"{UNIT}.html").write_text("forged")
    (folder / "mine.csv").write_text("1")
    beside(course)
    page = course.root / "feedback" / "ada" / UNIT / f"{UNIT}.html"
    page.parent.mkdir(parents=True)
    page.write_text("the page")
    beside_page(course, UNIT, "ada")
    assert page.read_text() == "the page"
    assert {path.name for path in page.parent.iterdir()} == {
        page.name,
        STAMP_NAME,
        SECRET_NAME,
        "mine.csv",
    }
    clear(course, UNIT, "ada")
    assert not page.parent.exists()
    assert not (course.root / "autograded" / "ada" / UNIT).exists()


@pytest.mark.parametrize(
    ("handed_in", "pages"),
    [
        ([f"{UNIT}.ipynb", "old.ipynb"], [f"{UNIT}.html"]),
        ([f"{UNIT} (1).ipynb"], [f"{UNIT} (1).html", f"{UNIT}.html"]),
        (["a\nb.ipynb", "\udcff.ipynb", "c.ipynb"], [f"{UNIT}.html", "c.html"]),
    ],
)
def test_a_notebook_of_another_name_has_a_page_of_that_name(
    course: Course, handed_in: list[str], pages: list[str]
) -> None:
    for name in handed_in:
        (course.root / "submitted" / "ada" / UNIT / name).write_text("{}")
    page = course.root / "feedback" / "ada" / UNIT / f"{UNIT}.html"
    page.parent.mkdir(parents=True)
    page.write_text("the page")
    beside(course)
    beside_page(course, UNIT, "ada")
    found = {path.name: path.read_text() for path in page.parent.glob("*.html")}
    assert found == dict.fromkeys(pages, "the page")
