from __future__ import annotations

import contextlib
import os
import pty
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder.cli.main import app
from autograder.course.folder import CONFIG_FILE

HUBER = """
from autograder.derived.author import exercise, real
from course_bp import abs, where

def huber(y, t):
    error = y - t
    size = abs(error)
    return where(size < 1.0, 0.5 * error * error, size - 0.5).mean()

EXERCISE = exercise("huber.gradient", huber, inputs={"y": real("N"), "t": real("N")}, points=2)
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "huber.py").write_text(HUBER)
    return tmp_path


def call(course: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["exercise", *words, "--course", str(course)])
    said = result.output + (f"{result.exception}" if result.exception else "")
    return result.exit_code, said


def test_a_new_exercise_can_be_used_as_it_is_written(course: Path) -> None:
    status, said = call(course, "new", "swish.backward")
    assert (status, "swish_backward.py" in said) == (0, True)
    status, said = call(course, "show", "swish.backward")
    assert status == 0
    assert "def swish_backward(x, w, upstream):" in said


@pytest.mark.parametrize(
    ("id", "words"), [("huber.gradient", "already"), ("../x", "cannot be"), ("", "cannot be")]
)
def test_an_id_that_cannot_be_used_is_refused(course: Path, id: str, words: str) -> None:
    status, said = call(course, "new", id)
    assert status != 0
    assert words in said


def test_a_file_that_is_there_is_not_written_over(course: Path) -> None:
    (course / "exercises" / "swish_backward.py").write_text(HUBER.replace("huber.g", "other.g"))
    status, said = call(course, "new", "swish.backward")
    assert status != 0
    assert "already exists" in said


def test_show_prints_cells_inputs_and_mistakes(course: Path) -> None:
    status, said = call(course, "show", "huber.gradient")
    assert status == 0
    assert "### BEGIN SOLUTION" in said
    assert "at the edges" in said
    assert "the two branches swapped" in said


def test_show_cells_is_a_text_that_a_unit_can_hold(course: Path) -> None:
    _, said = call(course, "show", "huber.gradient", "--cells")
    marks = [line for line in said.splitlines() if line.startswith("# %%")]
    assert len(marks) == 3
    assert marks[2] == '# %% check="huber.gradient"'


@pytest.mark.slow
def test_test_says_how_mistakes_and_changed_answers_fare(course: Path) -> None:
    status, said = call(course, "test", "huber.gradient", "--seeds", "1", "--mutants", "40")
    assert status == 0, said
    refused = re.search(r"on every draw: (\d+) of (\d+) refused, (\d+) named, 0 under", said)
    assert refused
    assert refused[1] == refused[2] == refused[3]
    assert re.search(r"Right answers: (\d+) of \1 accepted", said)
    assert "HOLE" not in said


CUBE = """
from autograder.derived.author import exercise, real

def cube(x):
    return (x**3).sum()

EXERCISE = exercise("cube.gradient", cube, inputs={"x": real("N", largest=5.0)}, points=1)
"""


@pytest.fixture
def cubes(course: Path) -> Path:
    (course / "exercises" / "huber.py").write_text(CUBE)
    return course


def all_of(terminal: int) -> str:
    """What is written to a terminal until it is closed."""
    found = b""
    # Linux says with an error that the other end is closed.
    with os.fdopen(terminal, "rb", buffering=0) as there, contextlib.suppress(OSError):
        while part := there.read(4096):
            found += part
    return found.decode()


def test_test_says_nothing_of_its_progress_in_a_pipe(cubes: Path) -> None:
    words = ["exercise", "test", "cube.gradient", "--mutants", "3", "--course", str(cubes)]
    result = CliRunner().invoke(app, words)
    assert "named" in result.stdout
    assert result.stderr == ""


def test_test_shows_its_progress_in_a_terminal(
    cubes: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    parent, child = pty.openpty()
    with ThreadPoolExecutor(1) as threads, os.fdopen(child, "w", encoding="utf-8") as terminal:
        reading = threads.submit(all_of, parent)
        monkeypatch.setattr("sys.stderr", terminal)
        tried = ["--mutants", "3", "--course", str(cubes)]
        app(["exercise", "test", "cube.gradient", *tried], standalone_mode=False)
        terminal.close()
        said = reading.result()
    assert re.search(r"mistakes.*changed answers", said, re.DOTALL)
    assert "changed answers" not in capsys.readouterr().out


def test_preview_is_a_page_with_the_feedback_of_each_mistake(course: Path) -> None:
    before = {*course.iterdir()}
    status, said = call(course, "preview", "huber.gradient")
    page = course / ".course-bp" / "previews" / "huber.gradient.html"
    assert (status, str(page) in said) == (0, True)
    assert page.read_text("utf-8").count("course-bp-feedback") >= 20
    assert {*course.iterdir()} - before == {course / ".course-bp"}


def test_preview_writes_where_the_author_says_and_says_when_it_replaces(
    cubes: Path, tmp_path: Path
) -> None:
    (tmp_path / "pages").mkdir()
    for place in ("pages", "pages/cube.gradient.html"):
        status, said = call(cubes, "preview", "cube.gradient", "--into", str(tmp_path / place))
        assert (status, str(tmp_path / "pages" / "cube.gradient.html") in said) == (0, True)
    assert "an earlier preview was replaced" in said


@pytest.mark.parametrize("place", ["notes.html", "nowhere/page.html"])
def test_preview_replaces_no_other_file_and_makes_no_folder(cubes: Path, place: str) -> None:
    (cubes / "notes.html").write_text("mine")
    status, said = call(cubes, "preview", "cube.gradient", "--into", str(cubes / place))
    assert status != 0
    assert "is not a preview" in said or "does not exist" in said
    assert (cubes / "notes.html").read_text() == "mine"


def test_preview_of_an_answer_shows_its_feedback(course: Path, tmp_path: Path) -> None:
    answer, page = tmp_path / "answer.py", tmp_path / "page.html"
    answer.write_text("def huber_gradient(y, t):\n    return {'dy': np.sign(y - t)}\n")
    where = ["--answer", str(answer), "--into", str(page)]
    status, _ = call(course, "preview", "huber.gradient", *where)
    assert status == 0
    assert "0 of 2 points" in page.read_text("utf-8")


def test_an_answer_that_stops_is_said(course: Path, tmp_path: Path) -> None:
    answer = tmp_path / "answer.py"
    answer.write_text("1 / 0\n")
    status, said = call(course, "preview", "huber.gradient", "--answer", str(answer))
    assert status != 0
    assert "ZeroDivisionError" in said
