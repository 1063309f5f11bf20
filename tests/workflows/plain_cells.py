"""nbgrader's own kinds of cells behind a unit's text: an essay, plain tests, and a task."""

from __future__ import annotations

from pathlib import Path

RIGHT, WRONG = "def square(x):\n    return x * x", "def square(x):\n    return x * abs(x)"
ESSAY = "The local slopes are functions of the values.\n\nSo they are kept."
HIDDEN = "assert square(-2) == 4"
TAIL = """
# %% [markdown] nbgrader={"grade": true, "grade_id": "essay-1", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false, "cell_type": "markdown"}
# YOUR ANSWER HERE

# %% nbgrader={"grade": false, "grade_id": "square", "locked": false, "schema_version": 3, "solution": true, "task": false, "cell_type": "code"}
def square(x):
    ### BEGIN SOLUTION
    return x * x
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "square-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false, "cell_type": "code"}
assert square(3) == 9
### BEGIN HIDDEN TESTS
assert square(-2) == 4
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "share", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false, "cell_type": "code"}
2 * (square(-1) == 1) - 0.5

# %% [markdown] nbgrader={"grade": false, "grade_id": "poster", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": true, "cell_type": "markdown"}
# Draw the graph of your network in a cell below.
"""  # noqa: E501


def append_and_rename(course: Path, original: str, unit: str) -> Path:
    """Appends these cells to a unit's text, and gives the unit another name.

    Args:
        course: the course folder.
        original: the unit's name.
        unit: its new name.

    Returns:
        The text.
    """
    text = course / "solutions" / original / f"{original}.py"
    with text.open("a") as file:
        file.write(TAIL)
    text = text.rename(text.with_name(f"{unit}.py"))
    text.parent.rename(course / "solutions" / unit)
    return course / "solutions" / unit / f"{unit}.py"
