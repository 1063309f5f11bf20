from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from autograder.course.folder import CourseError
from autograder.course.sources import read_source
from autograder.exercises import EXERCISES

SOLUTION = '# %% solution="l2.gradient"\n### BEGIN SOLUTION\nx = 1\n### END SOLUTION\n\n'
CHECK = 'check("l2.gradient", l2_gradient)\n'


def check_cell(folder: Path, header: str) -> Any:
    """The metadata of a check cell with this header, in a text that also has its solution."""
    text = folder / "unit.py"
    text.write_text(f"{SOLUTION}# %% {header}\n{CHECK}")
    return read_source(text, EXERCISES).cells[-1].metadata


USUAL = {
    "schema_version": 3, "grade": True, "solution": False, "locked": True, "task": False,
    "cell_type": "code", "grade_id": "l2-gradient-check", "points": 2,
}  # fmt: skip


@pytest.mark.parametrize(
    ("own", "changed"),
    [
        ("", {}),
        (' nbgrader={"points": 9}', {"points": 9}),
        (' nbgrader={"grade_id": "ridge"}', {"grade_id": "ridge"}),
        (
            ' nbgrader={"grade": true, "grade_id": "ridge", "points": 4.5, "solution": false, '
            '"locked": true, "task": false, "schema_version": 3, "cell_type": "code"}',
            {"grade_id": "ridge", "points": 4.5},
        ),
    ],
)
def test_an_id_and_points_of_its_own_count(
    tmp_path: Path, own: str, changed: dict[str, object]
) -> None:
    assert check_cell(tmp_path, f'check="l2.gradient"{own}') == {"nbgrader": USUAL | changed}


def test_what_an_editor_keeps_on_a_cell_stays(tmp_path: Path) -> None:
    header = 'check="l2.gradient" tags=["mine"] jupyter={"source_hidden": true}'
    found = check_cell(tmp_path, header)
    assert found == {"nbgrader": USUAL, "tags": ["mine"], "jupyter": {"source_hidden": True}}


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ('check="l2.gradient" points=9', 'check="l2.gradient" also has points, which means nothin'),
        ('check="l2.gradient" id="r" pts=9', "also has id, pts, .* nbgrader={"),
        ('check="l2.gradient" nbgrader={"point": 9}', "also has nbgrader's 'point', which means"),
        ('check="l2.gradient" nbgrader={"points": "9"}', "has '9' points; write a number from 0"),
        ('check="l2.gradient" nbgrader={"points": -1}', "has -1 points"),
        ('check="l2.gradient" nbgrader={"grade": false}', "says 'grade': False .* means True"),
        ('check="l2.gradient" nbgrader={"solution": true}', "says 'solution': True"),
        ('check="l2.gradient" nbgrader=9', "has nbgrader=9, which is not a table"),
        ('check="l2.gradient" locked="x"', "marked as check and as locked; keep one"),
        ('locked="imports" nbgrader={"points": 9}', "also has nbgrader's 'points'"),
        ('check="l2.gradiant"', "l2.gradiant"),
    ],
)
def test_what_means_nothing_beside_a_mark_is_named(tmp_path: Path, header: str, words: str) -> None:
    with pytest.raises(CourseError) as refused:
        check_cell(tmp_path, header)
    assert re.search(words, str(refused.value)), refused.value
    assert "unit.py" in str(refused.value)
