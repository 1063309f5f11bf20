"""The generated notebooks: in step with the texts, gradable, and worth nothing untouched."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from workflows.support import REPOSITORY, Run, copy_course, hand_in

from autograder.course.folder import Course
from autograder.exercises import of_unit

UNITS = Course.at(REPOSITORY).units()
EXPLORED = "06-logistic-to-network"
WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture(scope="module")
def all_built(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    course = copy_course(tmp_path_factory.mktemp("all") / "course")
    done = run("course-bp", "build", cwd=course)
    assert done.returncode == 0, done.stderr
    return course


@pytest.mark.parametrize("unit", UNITS)
def test_the_committed_notebook_is_what_the_text_gives(all_built: Path, unit: str) -> None:
    name = f"{unit}/{unit}.ipynb"
    fresh = (all_built / "notebooks" / name).read_bytes()
    assert (REPOSITORY / "notebooks" / name).read_bytes() == fresh, "run: make notebooks"


@pytest.mark.parametrize("unit", UNITS)
def test_no_solution_reaches_the_students(all_built: Path, unit: str) -> None:
    folder = all_built / "notebooks" / unit
    assert [path.name for path in folder.rglob("*.py")] == []
    assert "BEGIN SOLUTION" not in (folder / f"{unit}.ipynb").read_text("utf-8")


@pytest.mark.parametrize("unit", UNITS)
def test_a_notebook_has_no_outputs(all_built: Path, unit: str) -> None:
    notebook = json.loads((all_built / "notebooks" / unit / f"{unit}.ipynb").read_bytes())
    assert not any(cell.get("outputs") for cell in notebook["cells"])


@pytest.fixture(scope="module")
def graded(all_built: Path, tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """Each unit handed in twice: with the solutions, and untouched; one also after it was run."""
    course = Path(shutil.copytree(all_built, tmp_path_factory.mktemp("graded") / "course"))
    for unit in UNITS:
        hand_in(course, "solved", unit, course / "solutions" / unit / f"{unit}.ipynb")
        hand_in(course, "untouched", unit, course / "notebooks" / unit / f"{unit}.ipynb")
    for student, folder in (("explored", "solutions"), ("only-explored", "notebooks")):
        path = hand_in(course, student, EXPLORED, course / folder / EXPLORED / f"{EXPLORED}.ipynb")
        done = run("jupyter", "nbconvert", "--to=notebook", "--execute", "--inplace", str(path),
                   cwd=course)  # fmt: skip
        assert done.returncode == 0, done.stderr
    done = run("course-bp", "grade", *UNITS, cwd=course)
    assert done.returncode == 0, done.stderr
    return course


@pytest.mark.parametrize("unit", UNITS)
def test_the_solution_gets_full_points(graded: Path, unit: str) -> None:
    with Course.at(graded).gradebook() as gradebook:
        submission = gradebook.find_submission(unit, "solved")
        assert submission.score == pytest.approx(sum(e.points for e in of_unit(unit)))
        assert submission.score == submission.max_score


@pytest.mark.parametrize("unit", UNITS)
def test_the_untouched_notebook_gets_nothing_and_says_what_to_do(graded: Path, unit: str) -> None:
    with Course.at(graded).gradebook() as gradebook:
        assert gradebook.find_submission(unit, "untouched").score == 0
    page = (graded / "feedback" / "untouched" / unit / f"{unit}.html").read_text("utf-8")
    assert page.count("This one is still waiting for your code") >= len(of_unit(unit))


def widgets_shown(path: Path) -> int:
    """How many widgets a notebook has among its outputs, all of them with their saved state."""
    notebook = json.loads(path.read_bytes())
    shown = [
        output["data"][WIDGET]["model_id"]
        for cell in notebook["cells"]
        for output in cell.get("outputs", [])
        if WIDGET in output.get("data", {})
    ]
    saved = notebook["metadata"].get("widgets", {})
    states = saved.get("application/vnd.jupyter.widget-state+json", {}).get("state", {})
    assert set(shown) <= set(states)
    return len(shown)


@pytest.mark.parametrize(
    ("student", "like"), [("explored", "solved"), ("only-explored", "untouched")]
)
def test_a_notebook_full_of_widgets_is_graded_like_one_that_was_never_run(
    graded: Path, student: str, like: str
) -> None:
    name = f"{EXPLORED}/{EXPLORED}.ipynb"
    assert widgets_shown(graded / "submitted" / student / name) >= 3
    assert widgets_shown(graded / "submitted" / like / name) == 0
    with Course.at(graded).gradebook() as gradebook:
        scores = [
            {grade.name: grade.auto_score for grade in notebook.grades}
            for one in (student, like)
            for notebook in gradebook.find_submission(EXPLORED, one).notebooks
        ]
    assert scores[0] == scores[1]
    assert len(scores[0]) == len(of_unit(EXPLORED))


@pytest.mark.parametrize("unit", UNITS)
def test_the_widgets_of_a_unit_are_not_made_when_it_is_graded(graded: Path, unit: str) -> None:
    assert widgets_shown(graded / "autograded" / "solved" / unit / f"{unit}.ipynb") == 0


@pytest.mark.parametrize("unit", UNITS)
def test_no_cell_of_either_stops_on_an_error(graded: Path, unit: str) -> None:
    for student in ("solved", "untouched"):
        path = graded / "autograded" / student / unit / f"{unit}.ipynb"
        errors = [
            output["ename"]
            for cell in json.loads(path.read_bytes())["cells"]
            for output in cell.get("outputs", [])
            if output["output_type"] == "error"
        ]
        assert errors == []


def test_validate_shows_the_feedback_as_the_error(all_built: Path, run: Run) -> None:
    unit = UNITS[0]
    done = run("nbgrader", "validate", f"notebooks/{unit}/{unit}.ipynb", cwd=all_built)
    assert "VALIDATION FAILED" in done.stdout
    assert "This one is still waiting for your code" in done.stdout
    assert "Traceback" not in done.stdout


def test_validate_is_content_with_the_solution(all_built: Path, run: Run) -> None:
    unit = UNITS[0]
    done = run("nbgrader", "validate", f"solutions/{unit}/{unit}.ipynb", cwd=all_built)
    assert "Success!" in done.stdout
