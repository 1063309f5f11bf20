"""What is released beside a unit's notebooks: the files of the course's own exercises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from autograder.course.folder import Course
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
    folder = course.directory("release", ".", unit) / FOLDER
    wanted = _content(course, unit, say)
    for path in sorted(folder.glob("*")) if (folder / ABOUT).is_file() else ():
        if path.is_file() and path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        path = folder / name
        if not path.is_file() or path.read_text("utf-8") != text:
            replace_file(path, text)
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def names_beside(course: Course, unit: str) -> frozenset[str]:
    """The paths within a unit of what `put_beside` wrote."""
    folder = course.directory("release", ".", unit) / FOLDER
    if not (folder / ABOUT).is_file():
        return frozenset()
    return frozenset(f"{FOLDER}/{path.name}" for path in folder.iterdir() if path.is_file())


def _content(course: Course, unit: str, say: Callable[[str], None]) -> dict[str, str]:
    own, asked = course.exercises.own, released_exercises(course, unit)
    files = {
        file
        for exercise in asked
        if (name := _file(course, exercise.id)) in own.files
        for file in needed(own.files, name)
    }
    ids = {exercise.id for exercise in asked}
    points = {id: parts for id, parts in own.points.items() if id in ids}
    if not (files or points):
        return {}
    others = [id for id in course.exercises if _file(course, id) in files and id not in ids]
    if others:
        say(
            f"{unit}: with the files of its exercises, students also get {', '.join(others)}. Put "
            "exercises of different units into different files."
        )
    there = {*ids, *others}
    told = replace(
        own,
        units={id: course.exercises[id].unit for id in sorted(there) if id in own.units},
        replaces=tuple(id for id in own.replaces if id in there),
        points=points,
    )
    texts = {name: own.files[name] for name in sorted(files)}
    return {**texts, ABOUT: about_text(Own(told.where, {}, told.units, told.replaces, told.points))}


def _file(course: Course, id: str) -> str:
    """The name of the file of one of the course's own exercises, or ""."""
    place = Path(course.exercises.places[id])
    return place.name if str(place.parent) == course.exercises.own.where else ""
