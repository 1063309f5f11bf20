from __future__ import annotations

from pathlib import Path

import pytest
from own_files import course_with

from autograder.course.folder import Course, CourseError
from autograder.course.into_text import import_notebook
from autograder.course.sources import build, left_out, source_notebook, text_of

TEXT = """\
# %% locked="imports"
import numpy as np

# %% [markdown]
# ## Exercise: `quiz1.forward`
# Seven values.

# %%
start = 3

# %% [markdown]
# Begin here.

# %% solution="quiz1.forward"
def forward(x):
    ### BEGIN SOLUTION
    return {}
    ### END SOLUTION

# %% check="quiz1.forward"
check("quiz1.forward", forward)

# %%
hint("quiz1.forward")

# %% [markdown]
# ## Exercise: `quiz1.graph`

# %% solution="quiz1.graph"
def graph():
    ### BEGIN SOLUTION
    return {}
    ### END SOLUTION

# %% check="quiz1.graph"
check("quiz1.graph", graph)
"""


def course(root: Path, drop: str) -> Course:
    made = Course.at(course_with(root / "c", {}, f"[unit.w1]\ndrop = {drop}\n"))
    path = text_of(made, "w1")
    path.parent.mkdir(parents=True)
    path.write_text(TEXT)
    return made


def test_its_text_answer_check_and_hints_go_and_other_code_stays(tmp_path: Path) -> None:
    cells = source_notebook(course(tmp_path, '["quiz1.forward"]'), "w1").cells
    assert [cell.source.splitlines()[0] for cell in cells] == [
        "import numpy as np",
        "start = 3",
        "## Exercise: `quiz1.graph`",
        "def graph():",
        'check("quiz1.graph", graph)',
    ]


def test_the_text_before_another_exercise_stays(tmp_path: Path) -> None:
    cells = source_notebook(course(tmp_path, '["quiz1.graph"]'), "w1").cells
    assert cells[-1].source == 'hint("quiz1.forward")'
    assert len(cells) == 7


def test_what_is_dropped_is_not_said_to_be_missing(tmp_path: Path) -> None:
    assert "quiz1.graph" not in left_out(course(tmp_path, '["quiz1.graph"]'), "w1")


def test_an_exercise_that_the_unit_does_not_check_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"does not check quiz2\.forward, which course\.toml"):
        source_notebook(course(tmp_path, '["quiz2.forward"]'), "w1")


def test_an_import_would_lose_it_and_is_refused(tmp_path: Path) -> None:
    made = course(tmp_path, '["quiz1.graph"]')
    build(made, "w1")
    with pytest.raises(CourseError, match=r"leaves quiz1\.graph out"):
        import_notebook(made, "w1")
    assert text_of(made, "w1").read_text() == TEXT
