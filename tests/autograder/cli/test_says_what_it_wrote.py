"""Each command that writes says what and where, and what it names has really been written."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from own_files import course_with, square

from autograder.batch.run import Options, grade_unit
from autograder.course.folder import Course
from autograder.course.release import release
from autograder.course.secret import VARIABLE
from autograder.course.sources import build

Call = Callable[..., tuple[int, str, str]]
UNIT = "w1"
TEXT, SOURCE = f"solutions/{UNIT}/{UNIT}.py", f"solutions/{UNIT}/{UNIT}.ipynb"
RELEASED = f"notebooks/{UNIT}/{UNIT}.ipynb"
GRADED, PAGE = (
    f"{step}/ada/{UNIT}/{UNIT}.{end}"
    for step, end in (("autograded", "ipynb"), ("feedback", "html"))
)
NEW = (
    "README.md",
    "course.toml",
    "exercises/parabola.py",
    "nbgrader_config.py",
    "roster.csv",
    "solutions/01-first-unit/01-first-unit.py",
)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A course of one exercise, to which Ada handed in the blank notebook."""
    place = tmp_path_factory.mktemp("written")
    root = course_with(place / "course", {"square.py": square()}, units={UNIT: "square.value"})
    (root / "roster.csv").write_text("id\nada\n")
    course = Course.at(root)
    build(course, UNIT)
    assert list(release(course, [UNIT])) == [UNIT]
    handed_in = root / "submitted" / "ada" / UNIT / f"{UNIT}.ipynb"
    handed_in.parent.mkdir(parents=True)
    shutil.copy(root / RELEASED, handed_in)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(place / "secret"))
        grade_unit(course, UNIT, Options())
        yield root


@pytest.fixture
def folder(graded: Path, tmp_path: Path) -> Path:
    """What `call` works in: a copy of the graded course."""
    return Path(shutil.copytree(graded, tmp_path / "course"))


def edit_text(folder: Path) -> None:
    with (folder / TEXT).open("a") as text:
        text.write("\n# %% [markdown]\n# The end.\n")


def edit_notebook(folder: Path) -> None:
    notebook = json.loads((folder / SOURCE).read_bytes())
    end = {"cell_type": "markdown", "id": "end", "metadata": {}, "source": "The end."}
    notebook["cells"].append(end)
    (folder / SOURCE).write_text(json.dumps(notebook))


def add_cell(folder: Path) -> None:
    """Builds the unit with one more test, which the gradebook does not know yet."""
    about = {"grade": True, "grade_id": "more", "points": 1, "solution": False, "locked": True}
    about |= {"task": False, "schema_version": 3, "cell_type": "code"}
    with (folder / TEXT).open("a") as text:
        text.write(f"\n# %% nbgrader={json.dumps(about)}\nassert answer(2)\n")
    course = Course.at(folder)
    build(course, UNIT)
    assert list(release(course, [UNIT])) == [UNIT]


def change_score(folder: Path) -> None:
    """Another score than the grader gives."""
    with Course.at(folder).gradebook() as gradebook:
        (grade,) = gradebook.find_submission_notebook(UNIT, UNIT, "ada").grades
        grade.auto_score = 1.5
        gradebook.db.commit()


def nothing(folder: Path) -> None:
    """Nothing has to be changed before."""


BATCH = "1 graded; scores in gradebook.db, graded notebooks in autograded/, pages in feedback/"
SAID = {
    "build": (edit_text, (), f"{RELEASED}\n", "", (RELEASED,)),
    "import": (edit_notebook, (UNIT,), f"{TEXT}\n", "", (TEXT,)),
    "new": (
        nothing,
        ("mine", "--empty"),
        "".join(f"mine/{name}\n" for name in NEW)
        + "\nNext: cd mine && course-bp build && course-bp doctor\n",
        "",
        tuple(f"mine/{name}" for name in NEW),
    ),
    "drop": (
        nothing,
        (UNIT, "ada"),
        f"arrangements.csv now says: ada is dropped in {UNIT}\n",
        "",
        ("arrangements.csv",),
    ),
    "export": (nothing, ("csv",), "exports/exercises.csv\n", "", ("exports/exercises.csv",)),
    "report": (nothing, (), "", "the page: report.html", ("report.html",)),
    "regrade": (change_score, (UNIT,), "", f"{UNIT}: {BATCH}", ("gradebook.db", GRADED, PAGE)),
    "feedback": (nothing, (), "wrote 1 page into feedback/\n", "", (PAGE,)),
    "register": (
        add_cell,
        (UNIT,),
        f"{UNIT}: new: more; gradebook.db keeps 1 submission, with all that was given by hand\n",
        "",
        ("gradebook.db",),
    ),
}


@pytest.mark.parametrize("command", SAID)
def test_a_command_names_what_it_wrote(folder: Path, call: Call, command: str) -> None:
    prepare, words, out, err, names = SAID[command]
    prepare(folder)
    before = {name: written(folder / name) for name in names}
    status, told, noted = call(command, *words)
    assert status == 0, noted
    assert not out or told == out
    assert err in noted
    assert [name for name in names if written(folder / name) in (None, before[name])] == []


def written(path: Path) -> int | None:
    """When a file was written; None if it is not there."""
    return path.stat().st_mtime_ns if path.exists() else None


@pytest.mark.parametrize("command", SAID)
def test_a_dry_run_writes_nothing(folder: Path, call: Call, command: str) -> None:
    prepare, words, *_ = SAID[command]
    prepare(folder)
    before = {path: written(path) for path in folder.rglob("*") if path.is_file()}
    status, _, noted = call(command, *words, "--dry-run")
    assert status == 0, noted
    assert {path: written(path) for path in folder.rglob("*") if path.is_file()} == before
