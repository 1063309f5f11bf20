"""A course folder's own exercises: `exercises/*.py`, and what course.toml says about exercises."""

from __future__ import annotations

import json
import logging
import multiprocessing
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from autograder.course.course_file import (
    COURSE_FILE,
    CourseFile,
    ExerciseSettings,
    UnusableCourseFile,
)
from autograder.exercise import Exercise
from autograder.exercises import EXERCISES
from autograder.exercises.own import FOLDER, read_files, registry_with
from autograder.exercises.registry import Fault, Own, Registry
from autograder.judge.catalogue import CATALOGUE
from autograder.runner.job import CannotSend, ask_source

MARK = re.compile(r"""^# %%.*?\bcheck *= *["']([^"']+)["']""", re.MULTILINE)
_LOG = logging.getLogger("autograder")
CALL = re.compile(r"""\bcheck\(\s*["']([^"']+)["']""")


def own_registry(root: Path, said: CourseFile, units: Mapping[str, Iterable[Path]]) -> Registry:
    """The exercises of a course: the package's, and its own.

    Args:
        root: the course folder.
        said: its course.toml.
        units: unit → its texts and notebooks, which say what it checks.

    Returns:
        The registry; for a course that adds nothing, the package's own. What of the files cannot
        be used is told in the log, once.

    Raises:
        UnusableCourseFile: if course.toml names an exercise that there is not.
    """
    files = read_files(root / FOLDER)
    if not (files or said.exercise or said.replaces):
        return EXERCISES
    checked = {id: unit for unit in [*units][::-1] for id in _checked(units[unit])}
    own = Own(str(root / FOLDER), files, checked, said.replaces)
    made = registry_with(own, EXERCISES)
    points = _points(root, said, made)
    made = _examined(registry_with(replace(own, points=points), EXERCISES))
    for fault in made.faults:
        _tell(fault.message)
    return made


@cache
def _examined(made: Registry) -> Registry:
    """The registry without what would stop grading later."""
    ours = [exercise for id, exercise in made.items() if exercise is not EXERCISES.get(id)]
    faults = [fault for one in ours for fault in _faults(made, one)]
    # Others may build on those.
    return _examined(made.without(faults)) if faults else made


@cache
def _tell(message: str) -> None:
    """Says it once: not again when the course is opened again, and not in every worker process."""
    if multiprocessing.parent_process() is None:
        _LOG.warning("%s", message)


def _checked(paths: Iterable[Path]) -> Iterator[str]:
    """The exercises that texts and notebooks check, whether there are such exercises or not."""
    for path in paths:
        text = path.read_text("utf-8", "replace")
        if path.suffix == ".py":
            yield from MARK.findall(text)
            continue
        try:
            cells = json.loads(text)["cells"]
            sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        except (ValueError, KeyError, TypeError):
            continue  # Whoever reads the notebook says what is wrong with it.
        for source in sources:
            yield from CALL.findall(source)


def _points(root: Path, said: CourseFile, made: Registry) -> dict[str, dict[str, float]]:
    """Exercise → part → points, where course.toml gives other points than the exercise."""
    place = root / COURSE_FILE
    for id in said.replaces:
        if id not in EXERCISES:
            raise UnusableCourseFile(f"{place}: replaces has {id!r}. {_no_such(EXERCISES, id)}")
        if id in made and made[id] is EXERCISES[id]:
            raise UnusableCourseFile(
                f"{place}: replaces has {id!r}, but no file in {FOLDER}/ has an exercise of this "
                "id. Write it, or take the id out."
            )
    return {
        id: _of_parts(place, made, id, one)
        for id, one in said.exercise.items()
        if made.fault_of(id) is None and _known(place, made, id, one) and one.points is not None
    }


def _known(place: Path, made: Registry, id: str, one: ExerciseSettings) -> bool:
    if id not in made:
        raise UnusableCourseFile(f'{place}: [exercise."{id}"]: {_no_such(made, id)}')
    if one.reference and made[id] is EXERCISES.get(id):
        raise UnusableCourseFile(
            f'{place}: [exercise."{id}"]: reference is for the course\'s own exercises. '
            "This one is part of course-bp, which students have."
        )
    return True


def _of_parts(place: Path, made: Registry, id: str, one: ExerciseSettings) -> dict[str, float]:
    exercise = made[id]
    names = [part.name for part in exercise.parts]
    if isinstance(one.points, Mapping):
        if unknown := [name for name in one.points if name not in names]:
            raise UnusableCourseFile(
                f'{place}: points in [exercise."{id}"] names the part {unknown[0]!r}. '
                f"Its parts are {', '.join(names)}."
            )
        return {name: float(points) for name, points in one.points.items()}
    share = float(one.points or 0) / exercise.points
    return {part.name: part.points * share for part in exercise.parts}


def _no_such(registry: Registry, id: str) -> str:
    try:
        registry.find(id)
    except ValueError as error:
        return str(error)
    return ""


def _faults(made: Registry, exercise: Exercise) -> Iterator[Fault]:
    """Finds now what would stop grading later."""
    place, ids = made.places[exercise.id], frozenset([exercise.id])
    if exercise.builds_on and exercise.builds_on not in made:
        known = made.fault_of(exercise.builds_on)
        why = "cannot be used" if known else "does not exist"
        yield Fault(f"{place}: {exercise.id} builds on {exercise.builds_on!r}, which {why}.", ids)
    for mistake in exercise.mistakes:
        if mistake.id not in CATALOGUE and (mistake.id or not mistake.name):
            yield Fault(
                f"{place}: the mistake {mistake.slug!r} of {exercise.id} has the id "
                f"{mistake.id!r}, "
                'which is not a row of autograder/judge/catalogue.toml. Write id="" and a name.',
                ids,
            )
    try:
        ask_source(exercise)
    except CannotSend as problem:
        yield Fault(f"{place}: {problem}", ids)
