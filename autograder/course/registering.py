"""Makes the gradebook know a unit as it was released."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from autograder.course.folder import Course, CourseError
from autograder.course.gradebook_lock import registering
from autograder.course.graded_cells import mark, released_exercises
from autograder.course.hidden_tests import hidden_tests, without_hidden_tests
from autograder.course.notebooks import (
    Place,
    given_files,
    read_notebook,
    released_notebooks,
    stray_notebooks,
)
from autograder.course.registration import (
    Adopted,
    Registered,
    adopt_cells,
    graded_cells,
    register,
    registered_cells,
)
from autograder.course.release import has_source, made_as_released, made_now
from autograder.course.usable import require_usable
from autograder.course.versions import exercise_version
from autograder.files.ledger import Ledger


def ensure_registered(course: Course, unit: str) -> None:
    """Makes a unit known to the gradebook as it was released, unless it is so already.

    What was released is never written again, and nothing is built.

    Args:
        unit: the unit's name.

    Raises:
        CourseError: if it was never built, is not in Python, or the gradebook holds submissions to
            another form of it.
    """
    with registering(course):
        notebooks = _released(course, unit)
        known, wanted = registered_cells(course, unit), graded_cells(notebooks)
        if known.cells != wanted or not set(notebooks).issubset(known.notebooks):
            if known.submissions:
                raise _another_form(course, unit, known, notebooks)
            _register(course, unit, notebooks)
            if registered_cells(course, unit).cells != wanted:
                register(course, unit, notebooks)
        note_exercises(course, unit, anew=False)


def note_exercises(course: Course, unit: str, *, anew: bool = True) -> None:
    """Notes which form of its exercises a unit is graded with, so that a change can be told.

    Args:
        unit: the unit's name.
        anew: whether it replaces what was noted before: every submission has been graded with it.
    """
    versions = Ledger(course.state / "exercises.jsonl")
    for exercise in released_exercises(course, unit):
        noted, now = versions.version(key := f"{unit}/{exercise.id}"), exercise_version(exercise)
        if noted != now and (anew or not noted):
            versions.record(key, now)


def adopt(course: Course, unit: str) -> Adopted:
    """Takes a unit's released notebooks into the gradebook, and keeps what people gave.

    Args:
        unit: the unit's name.

    Returns:
        Which cells are new there, which are gone, and which have other points.

    Raises:
        CourseError: if a cell is gone for which a person gave points or wrote a comment.
    """
    with registering(course):
        notebooks = _released(course, unit)
        known, wanted = registered_cells(course, unit).cells, graded_cells(notebooks)
        adopted = adopt_cells(course, unit, notebooks)
        _register(course, unit, notebooks)
    shown = _names(known, wanted)
    changed = [f"{shown[one]} {known[one]:g} → {wanted[one]:g}" for one in _revalued(known, wanted)]
    return replace(adopted, changed=tuple(changed))


def to_adopt(course: Course, unit: str) -> list[str]:
    """What `adopt` would change, a few words each; nothing is changed."""
    known = registered_cells(course, unit)
    return differences(known.cells, graded_cells(_released(course, unit)))


def _released(course: Course, unit: str) -> dict[str, Any]:
    found = {name: read_notebook(path) for name, path in released_notebooks(course, unit).items()}
    if not found:
        where = course.directory("release", ".", unit)
        raise CourseError(
            f"{unit} has not been built: there is no notebook in {where}. Run course-bp build "
            f"{unit}, or put there what students have. Nothing was graded."
        )
    for name, path in stray_notebooks(course, unit).items():
        if graded_cells({name: read_notebook(path)}):
            shown = path.relative_to(course.root)
            raise CourseError(
                f"{shown} has cells to grade, and nothing in the source makes it, such as after a "
                "notebook got another name. Remove it, or put its source back. Nothing was graded."
            )
    try:
        require_usable(unit, found, given_files(course, unit), course.packages)
        released_exercises(course, unit)
    except CourseError as problem:
        raise CourseError(f"{problem} Nothing was graded.") from None
    return found


def _register(course: Course, unit: str, notebooks: Mapping[str, Any]) -> None:
    """Registers from the sources where they would make these notebooks: they have hidden tests."""
    try:
        agree = has_source(course, unit) and made_as_released(course, unit)
    except CourseError:
        agree = False
    if agree:
        made_now(course, unit, str(course.api.coursedir.db_url))
        return
    tests = hidden_tests(course, unit)
    for name, notebook in notebooks.items():
        for cell in notebook.cells:
            whole = tests.get(name, {}).get(str(mark(cell).get("grade_id", "")))
            if whole and without_hidden_tests(course, whole) == cell.source:
                cell.source = whole
    register(course, unit, notebooks)


def _another_form(
    course: Course, unit: str, known: Registered, notebooks: Mapping[str, Any]
) -> CourseError:
    words = differences(known.cells, graded_cells(notebooks)) or [
        f"the gradebook does not know {', '.join(sorted(set(notebooks) - set(known.notebooks)))}"
    ]
    path = course.directory("release", ".", unit).relative_to(course.root)
    return CourseError(
        f"the notebook in {path}/ does not match the unit in the gradebook ({'; '.join(words)}). "
        "Nothing was graded. Put back the notebook that students have. If this one is to count "
        f"from now on, run course-bp register {unit}, which keeps all points given by hand, and "
        "grade again."
    )


def differences(known: Mapping[Place, float], wanted: Mapping[Place, float]) -> list[str]:
    """What the cells of the gradebook and those of the released notebooks do not agree on."""
    shown = _names(known, wanted)
    words = [
        f"{shown[place]} is worth {wanted[place]:g}, but {known[place]:g} in the gradebook"
        for place in _revalued(known, wanted)
    ]
    if alone := sorted(shown[place] for place in known.keys() ^ wanted.keys()):
        words.append(f"only one of them has {', '.join(alone)}")
    return words


def _revalued(known: Mapping[Place, float], wanted: Mapping[Place, float]) -> list[Place]:
    """The cells that are worth something else in the released notebooks."""
    return sorted(one for one in known.keys() & wanted.keys() if known[one] != wanted[one])


def _names(*cells: Iterable[Place]) -> dict[Place, str]:
    """What cells are called: by their id, with their notebook in front if there are several."""
    places = [place for those in cells for place in those]
    several = len({notebook for notebook, _ in places}) > 1
    return {place: "/".join(place) if several else place[1] for place in places}
