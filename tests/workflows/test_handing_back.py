"""nbgrader's exchange there and back: each student gets the pages of their own submissions."""

from __future__ import annotations

import json
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from workflows.attacks.notebook import BACKWARD, FORWARD, UNIT, ZERO_BACKWARD, answered
from workflows.exchange_users import Student, enrol
from workflows.support import Run, hand_in

from autograder.course.folder import Course

SLIPS = ("timestamp.txt", "submission_secret.txt")


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that all users of this machine may enter, unlike pytest's own, with an exchange."""
    folder = Path(tempfile.mkdtemp(prefix="course-bp-exchange-"))
    folder.chmod(0o755)
    (folder / "exchange").mkdir()
    (folder / "exchange").chmod(0o777)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def course(built_course: Path, tmp_path_factory: pytest.TempPathFactory, place: Path) -> Path:
    course = Path(shutil.copytree(built_course, tmp_path_factory.mktemp("back") / "course"))
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(f'c.Exchange.root = "{place / "exchange"}"\n')
    return course


@pytest.fixture(scope="module")
def students(course: Path, place: Path, run: Run) -> list[Student]:
    found = enrol(place, Course.at(course).course_id, run, ("ada", "bob"))
    assert run("nbgrader", "release_assignment", UNIT, cwd=course).returncode == 0
    for student in found:
        student.nbgrader("fetch_assignment", UNIT)
    return found


def submit(student: Student, backward: str) -> None:
    path = student.home / UNIT / f"{UNIT}.ipynb"
    words = f"# written by {student.name}\n"
    notebook = answered(json.loads(path.read_bytes()), FORWARD, words + backward)
    path.write_text(json.dumps(notebook))
    student.nbgrader("submit", UNIT)


def in_words(course: Path, run: Run, *command: str) -> str:
    done = run(*command, cwd=course)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return str(done.stdout)


def test_each_student_gets_their_own_pages(
    course: Path, place: Path, students: list[Student], run: Run
) -> None:
    ada, bob = students
    submit(ada, BACKWARD)
    submit(bob, ZERO_BACKWARD)
    in_words(course, run, "nbgrader", "collect", UNIT)
    in_words(course, run, "course-bp", "grade", UNIT)
    in_words(course, run, "nbgrader", "release_feedback", UNIT)
    for student, other in ((ada, bob), (bob, ada)):
        student.nbgrader("fetch_feedback", UNIT)
        (page,) = student.pages(UNIT)
        assert f"written by {student.name}" in page
        assert f"written by {other.name}" not in page
    # Nobody can list the pages of others, whose names only their secrets give.
    if not os.geteuid():
        assert not (place / "exchange" / "course_bp" / "feedback").stat().st_mode & stat.S_IROTH

    # Ada hands in again. nbgrader's own step in between changes nothing.
    submit(ada, ZERO_BACKWARD)
    in_words(course, run, "nbgrader", "collect", "--update", UNIT)
    in_words(course, run, "course-bp", "grade", UNIT)
    in_words(course, run, "nbgrader", "generate_feedback", "--force", UNIT)
    in_words(course, run, "nbgrader", "release_feedback", UNIT)
    before = bob.pages(UNIT)
    for student in students:
        student.nbgrader("fetch_feedback", UNIT)
    first, second = ada.pages(UNIT)
    # Quiz 2 has 3 points, of which the backward pass has 2.
    assert ["(Score: 3.0 / 14.0)" in page for page in (first, second)] == [True, False]
    assert "(Score: 1.0 / 14.0)" in second
    assert len(bob.pages(UNIT)) == len(before) == 1


def test_beside_the_graded_notebook_lies_what_nbgrader_would_put_there(
    built_course: Path, run: Run, tmp_path: Path
) -> None:
    ours = Path(shutil.copytree(built_course, tmp_path / "ours"))
    notebook = ours / "notebooks" / UNIT / f"{UNIT}.ipynb"
    folder = hand_in(ours, "ada", UNIT, notebook).parent
    (folder / "data").mkdir()
    (folder / "data" / "mine.csv").write_text("1,2\n")
    (folder / "shared.csv").write_text("changed\n")
    (folder / "timestamp.txt").write_text("2026-11-22 20:00:00.123456 UTC")
    (folder / "submission_secret.txt").write_text("5eed" * 32)
    (ours / "solutions" / UNIT / "shared.csv").write_text("the course's\n")
    stock = Path(shutil.copytree(ours, tmp_path / "stock"))
    in_words(ours, run, "course-bp", "grade", UNIT)
    for step in ("generate_assignment --force", "autograde", "generate_feedback"):
        in_words(stock, run, "nbgrader", *step.split(), UNIT)
    for step in ("autograded", "feedback"):
        there = {}
        for root in (ours, stock):
            folder = root / step / "ada" / UNIT
            files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
            there[root] = {
                path.relative_to(folder): (
                    stat.S_IMODE(path.stat().st_mode),
                    path.read_bytes() if path.suffix in (".txt", ".csv") else b"",
                )
                for path in files
            }
        assert there[ours] == there[stock]
    assert (ours / "autograded" / "ada" / UNIT / "shared.csv").read_text() == "the course's\n"


def test_one_student_does_not_stop_the_release_for_the_others(
    course: Path, run: Run, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(course, tmp_path / "course"))
    notebook = copy / "notebooks" / UNIT / f"{UNIT}.ipynb"
    names = ("nothing", "empty", "pipe", "zoe")
    folders = {name: hand_in(copy, name, UNIT, notebook).parent for name in names}
    (folders["empty"] / "submission_secret.txt").write_bytes(b" \n")
    os.mkfifo(folders["pipe"] / "submission_secret.txt")
    (folders["zoe"] / "timestamp.txt").write_text("2026-11-22 20:00:00.123456 UTC")
    (folders["zoe"] / "submission_secret.txt").write_text("5eed" * 32)
    in_words(copy, run, "course-bp", "grade", UNIT)
    in_words(copy, run, "nbgrader", "release_feedback", UNIT)
    slips = [copy / "feedback" / name / UNIT / "submission_secret.txt" for name in names]
    secrets = [path.read_text() for path in slips]
    assert len(set(secrets)) == len(names)
    assert secrets[-1] == "5eed" * 32


def test_the_same_notebook_handed_in_again_gets_its_new_name(
    built_course: Path, run: Run, tmp_path: Path
) -> None:
    course = Path(shutil.copytree(built_course, tmp_path / "course"))
    folder = hand_in(course, "ada", UNIT, course / "notebooks" / UNIT / f"{UNIT}.ipynb").parent
    (folder / "old.csv").write_text("1")
    for number in (1, 2):
        slips = (f"2026-11-2{number} 20:00:00.123456 UTC", f"{number}" * 128)
        for name, content in zip(SLIPS, slips, strict=True):
            (folder / name).write_text(content)
        in_words(course, run, "course-bp", "grade", UNIT)
        for step in ("autograded", "feedback"):
            there = course / step / "ada" / UNIT
            assert tuple((there / name).read_text() for name in SLIPS) == slips
            assert (there / "old.csv").is_file() == (number == 1)
        (folder / "old.csv").unlink(missing_ok=True)
    with Course.at(course).gradebook() as gradebook:
        assert gradebook.find_submission(UNIT, "ada").timestamp.day == 22


def test_points_by_hand_and_a_regrade_reach_the_student(
    course: Path, students: list[Student], run: Run
) -> None:
    _, bob = students
    submit(bob, ZERO_BACKWARD)
    in_words(course, run, "nbgrader", "collect", "--update", UNIT)
    in_words(course, run, "course-bp", "grade", UNIT)
    with Course.at(course).gradebook() as gradebook:
        notebook = gradebook.find_submission_notebook(UNIT, UNIT, "bob")
        (grade,) = (one for one in notebook.grades if one.name == "quiz2-backward-check")
        grade.manual_score = 1.5
        comment = next(one for one in notebook.comments if one.name == "quiz2-backward")
        comment.manual_comment = "Half of it is right."
        gradebook.db.commit()
    for step in ("feedback", "regrade"):
        in_words(course, run, "course-bp", step, UNIT)
        in_words(course, run, "nbgrader", "release_feedback", UNIT)
        bob.nbgrader("fetch_feedback", UNIT)
        page = bob.pages(UNIT)[-1]
        assert "(Score: 2.5 / 14.0)" in page
        assert "Half of it is right." in page
