"""The file of a new exercise, with comments that say what to change."""

from __future__ import annotations

from pathlib import Path
from string import Template

from autograder.course.folder import Course, CourseError
from autograder.derived.titles import title_of
from autograder.exercises.own import FOLDER, ID

_TEMPLATE = Template('''"""$title: what the student differentiates, and what is asked."""

from autograder.derived.author import exercise, real
from course_bp import exp


# The forward pass, with course_bp's operations or NumPy's. Its local variables give their names to
# what feedback says ("a path missing at the fan-out of a").
def forward(x, w):
    a = x @ w
    return a / (1 + exp(-a))


EXERCISE = exercise(
    "$id",
    forward,
    title="$title",
    # The arguments in order, with their shapes in letters. real() is a float; above=0 and below=1
    # limit values; one_hot("N", "K"), label() and bits("N") are not differentiated.
    inputs={"x": real("N", "D"), "w": real("D")},
    # What is handed in: "dx" is the derivative with respect to x, "a" the value of the local
    # variable a.
    points={"dx": 1, "dw": 2},
)
''')


def write_exercise(course: Course, id: str) -> Path:
    """Writes the file of a new exercise.

    Args:
        course: the course folder.
        id: such as "gelu.backward".

    Returns:
        The file.

    Raises:
        CourseError: if the id cannot be one, is taken, or the file is there.
    """
    if not ID.fullmatch(id):
        raise CourseError(
            f"{id!r} cannot be an exercise's id. Use letters and digits, and single . _ - between "
            'them, such as "gelu.backward".'
        )
    if id in course.exercises:
        raise CourseError(f"There is already an exercise {id}: {course.exercises.places[id]}.")
    name = id.replace(".", "_").replace("-", "_")
    path = course.root / FOLDER / f"{name}.py"
    if path.exists():
        raise CourseError(f"{path} already exists.")
    path.parent.mkdir(exist_ok=True)
    path.write_text(_TEMPLATE.substitute(id=id, title=title_of(id)), "utf-8")
    return path
