"""A function for each student, graded by course-bp and by stock nbgrader."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from workflows.attacks.notebook import cell
from workflows.support import REPOSITORY, Run
from written_passes import written_pass

from autograder.course.folder import Course
from autograder.random_functions.variants import variant_program

UNIT, COURSE, CHECK = "02-computation-graphs", "ml-2026", "quiz1-variant-check"
# Student → id in the notebook, whose function is answered, fan-out at which a path is lost.
CLASS = {
    "ada": ("ada", "ada", False),
    "bob": ("bob", "bob", True),
    "carl": ("dora", "dora", False),  # these two have exchanged their notebooks
    "dora": ("carl", "carl", False),
    "eve": ("eve", "fritz", False),  # these two their answers
    "fritz": ("fritz", "eve", False),
    "gina": ("bob", "gina", False),  # typed a wrong id
}
FULL = 5.0


def cells_of_the_manual() -> str:
    manual = (REPOSITORY / "docs" / "ta.md").read_text("utf-8")
    section = manual.split("### A function for each student")[1]
    found = re.search(r"```python\n(.*?)```", section, re.DOTALL)
    assert found
    return found[1]


def hand_in(course: Path, student: str, id: str, answers: str, loses: bool) -> None:
    notebook = json.loads((course / "notebooks" / UNIT / f"{UNIT}.ipynb").read_bytes())
    program = variant_program("quiz1", COURSE, answers)
    text = written_pass(program, next(iter(program.fan_outs)) if loses else "")
    cell(notebook, "quiz1-variant")["source"] = text
    for one in notebook["cells"]:
        if "".join(one["source"]).strip() == 'student_id = ""':
            one["source"] = f'student_id = "{id}"'
    path = course / "submitted" / student / UNIT / f"{UNIT}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook))


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    course = tmp_path_factory.mktemp("variants") / "course"
    assert run("course-bp", "new", str(course), "--unit", UNIT, cwd=course.parent).returncode == 0
    text = course / "solutions" / UNIT / f"{UNIT}.py"
    text.write_text(text.read_text("utf-8") + "\n" + cells_of_the_manual())
    done = run("course-bp", "build", cwd=course)
    assert done.returncode == 0, done.stderr
    for student, row in CLASS.items():
        hand_in(course, student, *row)
    return course


def scores(course: Path) -> dict[str, float]:
    with Course.at(course).gradebook() as gradebook:
        return {
            submission.student.id: grade.score
            for submission in gradebook.assignment_submissions(UNIT)
            for notebook in submission.notebooks
            for grade in notebook.grades
            if grade.name == CHECK
        }


def expected() -> dict[str, Any]:
    lost = pytest.approx(FULL - 1, abs=1.0)
    return {
        "ada": FULL,
        "bob": lost,
        **dict.fromkeys(("carl", "dora", "eve", "fritz"), 0.0),
        "gina": FULL,
    }


@pytest.fixture(scope="module")
def by_course_bp(handed_in: Path, tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    course = tmp_path_factory.mktemp("ours") / "course"
    shutil.copytree(handed_in, course)
    done = run("course-bp", "grade", UNIT, cwd=course)
    assert done.returncode == 0, done.stderr
    (course / "graded.txt").write_text(done.stdout)
    return course


def test_everybody_is_graded_by_their_own_function(by_course_bp: Path) -> None:
    found = scores(by_course_bp)
    assert found == expected()
    assert 0 < found["bob"] < FULL


def test_a_borrowed_id_is_said_to_the_student_and_to_the_assistant(by_course_bp: Path) -> None:
    printed = (by_course_bp / "graded.txt").read_text()
    assert "answers the variant of another id" in printed
    (page,) = (by_course_bp / "feedback" / "carl" / UNIT).glob("*.html")
    assert "the variant of &#x27;dora&#x27;" in page.read_text() or (
        "the variant of 'dora'" in page.read_text()
    )


def test_a_wrong_id_is_remarked_and_costs_nothing(by_course_bp: Path) -> None:
    (graded,) = (by_course_bp / "autograded" / "gina" / UNIT).glob("*.ipynb")
    assert "asks for the variant of 'bob', but 'gina' handed it in" in graded.read_text()


def test_the_mistake_is_counted_by_its_name_without_a_variable(by_course_bp: Path) -> None:
    (graded,) = (by_course_bp / "autograded" / "bob" / UNIT).glob("*.ipynb")
    assert "a path missing at a fan-out" in graded.read_text()


def test_stock_nbgrader_gives_the_same_scores(
    handed_in: Path, by_course_bp: Path, tmp_path: Path, run: Run
) -> None:
    course = tmp_path / "course"
    shutil.copytree(handed_in, course)
    for step in ("generate_assignment --force", "autograde"):
        done = run("nbgrader", *step.split(), UNIT, cwd=course)
        assert done.returncode == 0, done.stderr
    assert scores(course) == scores(by_course_bp)
