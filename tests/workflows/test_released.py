"""What was released stays as it is: grading goes by it, and a change of the text is told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from workflows.attacks.notebook import BACKWARD, FORWARD, UNIT, Notebook, answered, cell
from workflows.support import Run

from autograder.course.folder import Course
from autograder.course.registration import registered_cells
from autograder.exercises import of_unit

FULL = sum(exercise.points for exercise in of_unit(UNIT))


@pytest.fixture
def course(built_course: Path, tmp_path: Path) -> Path:
    course = Path(shutil.copytree(built_course, tmp_path / "course"))
    path = course / "submitted" / "ada" / UNIT / f"{UNIT}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(answered(notebook_of(course), FORWARD, BACKWARD)))
    return course


def released(course: Path) -> Path:
    return course / "notebooks" / UNIT / f"{UNIT}.ipynb"


def notebook_of(course: Path) -> Notebook:
    return json.loads(released(course).read_bytes())  # type: ignore[no-any-return]


def text(course: Path) -> Path:
    return course / "solutions" / UNIT / f"{UNIT}.py"


def files(course: Path) -> dict[Path, bytes]:
    found = [*(course / "notebooks").rglob("*"), *(course / "solutions").rglob("*")]
    return {path: path.read_bytes() for path in found if path.is_file()}


def grade(course: Path, run: Run, *options: str) -> Any:
    return run("course-bp", "grade", UNIT, "--no-pages", *options, cwd=course)


def words(done: Any) -> str:
    assert "Traceback" not in done.stderr
    return " ".join(done.stderr.split())


def worth(course: Path) -> dict[str, float]:
    found = registered_cells(Course.at(course), UNIT).cells
    return {name: points for (_, name), points in found.items() if name.endswith("-check")}


def test_a_text_that_changed_is_named_and_left_alone(course: Path, run: Run) -> None:
    first = grade(course, run)
    assert (first.returncode, "has changed" in words(first)) == (0, False)
    known = worth(course)
    assert sum(known.values()) == FULL
    text(course).write_text(text(course).read_text("utf-8") + '\n# %% locked="later"\nx = 1\n')
    before = files(course)
    for count in range(2):
        again = grade(course, run, "--json")
        assert again.returncode == 0, again.stderr
        (ada,) = json.loads(again.stdout)[UNIT]
        assert (ada["score"], ada["unchanged"]) == (3.0, True)
        told = words(again)
        assert f"solutions/{UNIT}/{UNIT}.py has changed since it was released" in told, count
        assert f"course-bp build {UNIT}" in told
    assert files(course) == before
    assert worth(course) == known


def test_a_text_that_cannot_be_built_stops_no_grading(course: Path, run: Run) -> None:
    content = text(course).read_text("utf-8")
    text(course).write_text(content.replace('check="quiz2.backward"', 'check="quiz9.backward"'))
    before = files(course)
    done = grade(course, run)
    assert done.returncode == 0, done.stderr
    assert "cannot be built now" in words(done)
    assert files(course) == before
    # The gradebook knows the unit from the notebook that was released.
    assert sum(worth(course).values()) == FULL


def test_a_unit_that_changed_before_it_was_ever_graded_is_registered_as_released(
    course: Path, run: Run
) -> None:
    shutil.rmtree(course / ".course-bp", ignore_errors=True)
    text(course).write_text(text(course).read_text("utf-8") + '\n# %% locked="later"\nx = 1\n')
    done = grade(course, run)
    assert done.returncode == 0, done.stderr
    assert "has changed since it was released" in words(done)
    with Course.at(course).gradebook() as gradebook:
        sources = gradebook.find_notebook(UNIT, UNIT).source_cells
        assert "later" not in {source.name for source in sources}


def test_nothing_is_said_in_a_clone_whose_text_is_the_released_one(course: Path, run: Run) -> None:
    shutil.rmtree(course / ".course-bp", ignore_errors=True)
    text(course).with_suffix(".ipynb").unlink()
    before = files(course)
    done = grade(course, run)
    summary = f"{UNIT}: 1 graded; scores in gradebook.db, graded notebooks in autograded/"
    assert (done.returncode, words(done)) == (0, summary)
    assert files(course) == before


def test_a_unit_that_was_never_built_is_not_built_by_grading(course: Path, run: Run) -> None:
    shutil.rmtree(course / "notebooks")
    done = grade(course, run)
    assert done.returncode == 2
    assert f"{UNIT} has not been built" in words(done)
    assert f"Run course-bp build {UNIT}" in words(done)
    assert not (course / "notebooks").exists()


def test_a_released_notebook_that_was_edited_is_named_and_graded_by(course: Path, run: Run) -> None:
    notebook = notebook_of(course)
    notebook["cells"][0]["source"] = "# Another title"
    released(course).write_text(json.dumps(notebook))
    before = files(course)
    done = grade(course, run)
    assert done.returncode == 0, done.stderr
    assert f"notebooks/{UNIT}/{UNIT}.ipynb was edited after it was built" in words(done)
    assert files(course) == before
    stopped = run("course-bp", "build", UNIT, cwd=course)
    assert stopped.returncode == 2
    assert "was edited since it was built, and building would undo that" in words(stopped)
    assert files(course) == before
    done = run("course-bp", "build", UNIT, "--overwrite", cwd=course)
    assert done.returncode == 0, done.stderr
    (kept,) = (course / ".course-bp" / "replaced").iterdir()
    assert (kept.read_bytes(), kept.name in words(done)) == (before[released(course)], True)


def test_a_source_notebook_that_was_edited_goes_back_into_the_text(course: Path, run: Run) -> None:
    path = text(course).with_suffix(".ipynb")
    notebook = json.loads(path.read_bytes())
    notebook["cells"][0]["source"] = ["# Another title\n", "\n", "and a line"]
    path.write_text(json.dumps(notebook))
    done = grade(course, run)
    assert done.returncode == 0, done.stderr
    assert f"solutions/{UNIT}/{UNIT}.ipynb was edited, and its text was not" in words(done)
    stopped = run("course-bp", "build", UNIT, cwd=course)
    assert (stopped.returncode, f"course-bp import {UNIT}" in words(stopped)) == (2, True)
    done = run("course-bp", "import", UNIT, cwd=course)
    assert done.returncode == 0, done.stderr
    assert (
        text(course)
        .read_text("utf-8")
        .startswith("# %% [markdown]\n# # Another title\n#\n# and a line\n")
    )
    assert run("course-bp", "build", UNIT, cwd=course).returncode == 0
    assert "# Another title" in "".join(notebook_of(course)["cells"][0]["source"])


def test_doctor_names_what_does_not_agree_with_its_fix(course: Path, run: Run) -> None:
    assert grade(course, run).returncode == 0
    text(course).write_text(text(course).read_text("utf-8") + '\n# %% locked="later"\nx = 1\n')
    with Course.at(course).gradebook() as gradebook:
        gradebook.find_grade_cell("quiz2-backward-check", UNIT, UNIT).max_score = 5
        gradebook.db.commit()
    versions = course / ".course-bp" / "exercises.jsonl"
    versions.write_text(json.dumps([f"{UNIT}/quiz2.forward", "an earlier one"]) + "\n")
    done = run("course-bp", "doctor", "--json", cwd=course)
    found = [one for one in json.loads(done.stdout) if one["name"] == UNIT]
    assert done.returncode == 1
    assert len(found) == 3
    for words_of, state, fix in (
        ("has changed since it was released", "note", f"course-bp build {UNIT}"),
        ("quiz2-backward-check is worth 2, but 5 in the gradebook", "fault", "course-bp register"),
        ("quiz2.forward changed after", "note", f"course-bp regrade {UNIT}"),
    ):
        (one,) = [one for one in found if words_of in one["found"]]
        assert (one["state"], fix in one["fix"]) == (state, True)


def test_points_that_changed_in_the_released_notebook_are_not_taken_over(
    course: Path, run: Run
) -> None:
    assert grade(course, run).returncode == 0
    known = worth(course)
    notebook = notebook_of(course)
    cell(notebook, "quiz2-backward-check")["metadata"]["nbgrader"]["points"] = 20
    released(course).write_text(json.dumps(notebook))
    done = grade(course, run)
    assert done.returncode == 2
    assert "quiz2-backward-check is worth 20, but 2 in the gradebook" in words(done)
    assert worth(course) == known


def test_points_that_the_gradebook_has_otherwise_are_named_with_the_way_on(
    course: Path, run: Run
) -> None:
    assert grade(course, run).returncode == 0
    with Course.at(course).gradebook() as gradebook:
        gradebook.find_grade_cell("quiz2-backward-check", UNIT, UNIT).max_score = 5
        gradebook.db.commit()
    done = grade(course, run)
    assert done.returncode == 2
    assert "quiz2-backward-check is worth 2, but 5 in the gradebook" in words(done)
    way = ("course-bp", "register", UNIT)
    assert " ".join(way) in words(done)
    assert run(*way, cwd=course).returncode == 0
    assert grade(course, run).returncode == 0
    assert sum(worth(course).values()) == FULL


def test_another_form_than_the_gradebooks_stops_with_the_difference(course: Path, run: Run) -> None:
    assert grade(course, run).returncode == 0
    notebook = notebook_of(course)
    essay = {"grade_id": "essay", "grade": True, "solution": True, "locked": False, "points": 4}
    essay |= {"schema_version": 3, "task": False, "cell_type": "markdown"}
    notebook["cells"].append(
        {"cell_type": "markdown", "id": "essay", "source": "", "metadata": {"nbgrader": essay}}
    )
    released(course).write_text(json.dumps(notebook))
    done = grade(course, run)
    assert done.returncode == 2
    assert "only one of them has essay" in words(done)
    assert "Put back the notebook that students have" in words(done)
    # Without submissions there, the new form is what counts.
    (course / "gradebook.db").rename(course / "aside.db")
    assert grade(course, run).returncode == 0
    assert registered_cells(Course.at(course), UNIT).cells[UNIT, "essay"] == 4
