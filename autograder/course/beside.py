"""What is released beside a unit's notebooks: the files of the course's own exercises."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from autograder.course.course_file import GRADER
from autograder.course.description import described
from autograder.course.folder import Course, CourseError
from autograder.course.graded_cells import released_exercises
from autograder.exercises.beside import ABOUT, about_text
from autograder.exercises.loading import needed
from autograder.exercises.own import FOLDER
from autograder.exercises.registry import Own
from autograder.files.ledger import replace_file


def put_beside(course: Course, unit: str, say: Callable[[str], None] = lambda text: None) -> None:
    """Writes the folder `exercises/` of a released unit, or removes what it no longer needs.

    Args:
        unit: a unit whose notebooks are released.
        say: called with a sentence if students get more than this unit's exercises.

    Raises:
        CourseError: if a notebook checks an exercise that there is not.
    """
    folder, wanted = _folder(course, unit), _content(course, unit, say)
    for path in _ours(folder):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        path = folder / name
        if not path.is_file() or path.read_text("utf-8") != text:
            replace_file(path, text)
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def is_beside(course: Course, unit: str) -> bool:
    """Whether a released unit's folder `exercises/` is what `put_beside` would write now.

    Raises:
        CourseError: if it could not be written now.
    """
    wanted = _content(course, unit, lambda text: None)
    there = {path.name: path.read_bytes() for path in _ours(_folder(course, unit))}
    return there == {name: text.encode() for name, text in wanted.items()}


def names_beside(course: Course, unit: str) -> frozenset[str]:
    """The paths within a unit of what `put_beside` wrote."""
    return frozenset(f"{FOLDER}/{path.name}" for path in _ours(_folder(course, unit)))


def _folder(course: Course, unit: str) -> Path:
    return course.directory("release", ".", unit) / FOLDER


def _ours(folder: Path) -> list[Path]:
    """What `put_beside` wrote; somebody may keep data in a folder of this name."""
    if not (folder / ABOUT).is_file():
        return []
    return [folder / ABOUT, *sorted(folder.glob("*.py"))]


def _content(course: Course, unit: str, say: Callable[[str], None]) -> dict[str, str]:
    own = course.exercises.own
    if not (own.files or own.points):
        return {}
    asked = released_exercises(course, unit)
    ids = {exercise.id for exercise in asked}
    secret = {id for id in course.exercises if _is_secret(course, id)}
    files = {
        file
        for id in ids - secret
        if (name := course.exercises.file_of(id)) in own.files
        for file in needed(own.files, name)
    }
    there = {id for id in course.exercises if course.exercises.file_of(id) in files}
    if mixed := sorted(there & secret):
        raise CourseError(
            f"{course.exercises.places[mixed[0]]} holds {mixed[0]}, whose reference stays with the "
            f"grader, but students of {unit} get this file for another exercise. Move "
            f"{mixed[0]} into a file of its own."
        )
    if others := sorted(there - ids):
        say(
            f"{unit}: with the files of its exercises, students also get {', '.join(others)}. Put "
            "exercises of different units into different files."
        )
    points = {id: parts for id, parts in own.points.items() if id in ids - secret}
    told = [described(exercise) for exercise in asked if exercise.id in secret]
    if not (files or points or told):
        return {}
    units = {id: own.units[id] for id in sorted(there) if id in own.units}
    replaces = tuple(id for id in own.replaces if id in there)
    texts = {name: own.files[name] for name in sorted(files)}
    return {**texts, ABOUT: about_text(Own("", {}, units, replaces, points), told)}


def _is_secret(course: Course, id: str) -> bool:
    return bool(course.exercises.file_of(id)) and course.said.reference_of(id) == GRADER
