"""What the zip leaves out is said when it is made, and nothing else."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from workflows.exam import code, text
from workflows.support import TWO_POINTS_A_DAY

from autograder.course.folder import CONFIG_FILE, Course
from autograder.exports.format import Choices
from autograder.exports.gradescope.zip import left_out

UNIT = "midterm"
LATE = "The zip does not take points off for late work: Gradescope does, as you set it there."
BY_PERSON = [
    f"{UNIT}: why (4 points) is graded by a person, and not part of this score.",
    f"{UNIT}: poster (2.5 points) is graded by a person, and not part of this score.",
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A released notebook with a test, an essay and a task."""
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    released = tmp_path / "release" / UNIT / f"{UNIT}.ipynb"
    released.parent.mkdir(parents=True)
    cells = [
        code("assert square(3) == 9", "square-test", 2.0, grade=True, locked=True),
        text("YOUR ANSWER HERE", "why", 4.0, grade=True, solution=True),
        text("Draw the graph.", "poster", 2.5, task=True, locked=True),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), released)
    return tmp_path


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", []),
        (TWO_POINTS_A_DAY, [LATE]),
        ('c.LateSubmissionPlugin.penalty_method = "zero"', [LATE]),
        (
            "c.Autograde.autograde_preprocessors = ["
            "'autograder.nbgrader_plugins.autograde.GradeInSandbox', 'mine.CountWords', "
            "'autograder.nbgrader_plugins.autograde.SaveMarks', "
            "'nbgrader.preprocessors.AssignLatePenalties']",
            ["The zip does not run CountWords of c.Autograde."],
        ),
        (
            'c.GradeInSandbox.packages = ["packaging"]',
            ["The image in Gradescope must have packaging: setup.sh does not install it."],
        ),
    ],
    ids=["nothing", "plugin", "policy", "step", "package"],
)
def test_what_the_zip_leaves_out_is_said(root: Path, line: str, words: list[str]) -> None:
    with (root / CONFIG_FILE).open("a") as config:
        config.write(f"{line}\n")
    assert left_out(Course.at(root), [UNIT], Choices()) == [*words, *BY_PERSON]
