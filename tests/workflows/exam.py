"""An assignment made with nbgrader alone: two notebooks, and every kind of cell that it knows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbformat import write
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

EXAM, FIRST, SECOND = "midterm", "warm-up", "networks"
HIDDEN = "assert square(-2) == 4"
DATA = "1,2,3,6\n"
# Notebook → id of the cell → points.
POINTS = {
    FIRST: {"square-test": 2.0, "share": 2.0, "why": 4.0},
    SECOND: {"square-test": 3.0, "sketch": 2.0, "poster": 3.0},
}
CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "own-course"
c.CourseDirectory.source_directory = "source"
c.CourseDirectory.release_directory = "release"
"""
ROSTER = "id,first_name,last_name,email,lms_user_id\n" + "".join(
    f"{name},{name.title()},Student,{name}@example.org,{number}\n"
    for number, name in enumerate(("ada", "bob", "cyd", "dan"), start=101)
)
RIGHT = "def square(x):\n    return x * x"
WRONG = "def square(x):\n    return x * abs(x)"
LOUD = "import sys\n\ndef square(x):\n    print('hm', file=sys.stderr)\n    return x * x"
MEAN = "import csv\n\ndef mean():\n    row = next(csv.reader(open('data.csv')))\n    return sum(map(float, row)) / len(row)"  # noqa: E501
ESSAY = "Because the slopes are functions of the values."
SKETCH = "picture = [[0, 1], [1, 0]]"


def mark(id: str, points: float | None = None, **about: bool) -> dict[str, Any]:
    """nbgrader's metadata of a cell."""
    found: dict[str, Any] = {"grade_id": id, "schema_version": 3, "grade": False}
    found |= {"solution": False, "locked": False, "task": False, **about}
    return {"nbgrader": found | ({} if points is None else {"points": points})}


def code(source: str, *about: Any, **more: bool) -> Any:
    return new_code_cell(source, metadata=mark(*about, **more) if about else {})


def text(source: str, *about: Any, **more: bool) -> Any:
    return new_markdown_cell(source, metadata=mark(*about, **more) if about else {})


def stub(source: str) -> str:
    name, _, body = source.partition("\n")
    return f"{name}\n    ### BEGIN SOLUTION\n{body}\n    ### END SOLUTION"


def notebooks() -> dict[str, Any]:
    """The instructor's notebooks."""
    first = [
        text("# Warm-up"),
        code("import numpy as np"),
        code(stub(RIGHT), "square", solution=True),
        code(
            f"assert square(3) == 9\n### BEGIN HIDDEN TESTS\n{HIDDEN}\n### END HIDDEN TESTS",
            "square-test", 2.0, grade=True, locked=True,
        ),
        code("1.5 * (square(-1) == 1)", "share", 2.0, grade=True, locked=True),
        text("YOUR ANSWER HERE", "why", 4.0, grade=True, solution=True),
    ]  # fmt: skip
    second = [
        code("from pathlib import Path", "imports", locked=True),
        code("def mean():\n    ### BEGIN SOLUTION\n    return 3.0\n    ### END SOLUTION", "mean",
             solution=True),
        code(
            "assert mean() == 3\n### BEGIN HIDDEN TESTS\nassert Path('data.csv').exists()\n"
            "### END HIDDEN TESTS",
            "square-test", 3.0, grade=True, locked=True,
        ),
        code("### BEGIN SOLUTION\npicture = 1\n### END SOLUTION", "sketch", 2.0, grade=True,
             solution=True),
        text("Draw the graph in a cell below.", "poster", 3.0, task=True, locked=True),
    ]  # fmt: skip
    about = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    cells = {FIRST: first, SECOND: second}
    for one in cells.values():
        for number, cell in enumerate(one):
            cell["id"] = f"cell-{number}"
    return {name: new_notebook(cells=found, metadata=about) for name, found in cells.items()}


def make_course(root: Path, config: str = "") -> Path:
    """A course folder of somebody else's, with this one assignment.

    Args:
        root: the folder to make.
        config: more lines of its nbgrader_config.py.
    """
    source = root / "source" / EXAM
    source.mkdir(parents=True)
    (root / "nbgrader_config.py").write_text(CONFIG + config)
    (root / "roster.csv").write_text(ROSTER)
    (source / "data.csv").write_text(DATA)
    for name, notebook in notebooks().items():
        write(notebook, source / f"{name}.ipynb")
    return root


def hand_in(root: Path, student: str, answers: dict[str, dict[str, str]]) -> None:
    """Hands in released notebooks.

    Args:
        student: the student's id.
        answers: notebook → id of the cell → answer; a notebook that is not named is not handed in.
    """
    folder = root / "submitted" / student / EXAM
    folder.mkdir(parents=True, exist_ok=True)
    for name, given in answers.items():
        released = (root / "release" / EXAM / f"{name}.ipynb").read_bytes()
        (folder / f"{name}.ipynb").write_bytes(filled(released, given))


def filled(released: bytes, answers: Mapping[str, str]) -> bytes:
    """A released notebook with answers: id of the cell → its new source."""
    notebook = json.loads(released)
    for cell in notebook["cells"]:
        id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if id in answers:
            cell["source"] = answers[id]
    return json.dumps(notebook).encode()


def hand_in_all(root: Path) -> None:
    """Four students: all right; wrong where it is hidden; one notebook alone; noisy."""
    second = {"mean": MEAN, "sketch": SKETCH}
    hand_in(root, "ada", {FIRST: {"square": RIGHT, "why": ESSAY}, SECOND: second})
    hand_in(root, "bob", {FIRST: {"square": WRONG}, SECOND: {"mean": "def mean():\n    return 2"}})
    hand_in(root, "cyd", {FIRST: {"square": RIGHT, "why": ESSAY}})
    hand_in(root, "dan", {FIRST: {"square": LOUD}, SECOND: second})


def scores_in(root: Path) -> dict[tuple[str, str, str], tuple[Any, Any, Any, bool]]:
    """Straight from the tables: student, notebook and cell → the three scores, and what waits."""
    query = (
        "SELECT sa.student_id, n.name, c.name, g.auto_score, g.manual_score, g.extra_credit,"
        " g.needs_manual_grade FROM grade g JOIN base_cell c ON g.cell_id = c.id"
        " JOIN submitted_notebook sn ON g.notebook_id = sn.id"
        " JOIN notebook n ON sn.notebook_id = n.id"
        " JOIN submitted_assignment sa ON sn.assignment_id = sa.id"
    )
    with sqlite3.connect(root / "gradebook.db") as connection:
        rows = connection.execute(query).fetchall()
    connection.close()
    return {row[:3]: (*row[3:6], bool(row[6])) for row in rows}


def totals_in(root: Path) -> dict[str, float]:
    """nbgrader's score of each student, from the same tables."""
    found: dict[str, float] = {}
    for (student, _, _), (auto, hand, extra, _) in scores_in(root).items():
        own = auto if hand is None else hand
        found.setdefault(student, 0.0)
        found[student] += 0.0 if own is None else own + (extra or 0.0)
    return found
