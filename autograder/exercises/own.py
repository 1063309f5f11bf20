"""Exercises of a course's own: from files of the instructor to the course's registry.

What a course adds is data first (`Own`): the text of each file, and what the course says about it.
It can be sent to another machine, or into an archive. `registry_with` makes a registry of it, once
for each content. Nothing is changed in the package's own registry, so courses do not meet.

The files are the instructor's and trusted. They are never taken from a submission.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.exercise import Exercise
from autograder.exercises import loading
from autograder.exercises.registry import Own, Registry

FOLDER = "exercises"
ID = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[._-][A-Za-z0-9]+)*")


class Unusable(Exception):
    """An exercise of a course's own cannot be used; the message says which file and what to do."""


def read_files(folder: Path) -> dict[str, str]:
    """The Python files of a folder, in order of name.

    Args:
        folder: a course's `exercises/`, which need not exist.

    Raises:
        Unusable: if one is not text.
    """
    found = {}
    for path in sorted(folder.glob("*.py")):
        try:
            found[path.name] = path.read_text("utf-8")
        except UnicodeDecodeError:
            raise Unusable(f"{path} is not UTF-8; save it as UTF-8.") from None
    return found


_made: dict[str, Registry] = {}
_one_at_a_time = threading.Lock()


def registry_with(own: Own, package: Registry) -> Registry:
    """The package's exercises and a course's own.

    Args:
        own: what the course adds.
        package: the package's registry; it is not changed.

    Returns:
        Another registry; for a course that adds nothing, the package's.

    Raises:
        Unusable: if a file fails, has no exercise, or has one whose id is taken.
    """
    if not (own.files or own.points):
        return package
    key = hashlib.sha256(json.dumps(own.as_data(), sort_keys=True).encode()).hexdigest()
    with _one_at_a_time:
        if key not in _made:
            _made[key] = _registry(own, package)
        return _made[key]


def _registry(own: Own, package: Registry) -> Registry:
    exercises, places = dict(package), dict(package.places)
    for name, exercise in _written(own, package):
        place = f"{own.where}/{name}"
        known = places.get(exercise.id, "")
        if exercise.id in package and known == package.places[exercise.id]:
            if exercise.id not in own.replaces:
                raise Unusable(
                    f"{place} has an exercise {exercise.id!r}, and so has course-bp ({known}). "
                    f'Give it another id, or write replaces = ["{exercise.id}"] into course.toml.'
                )
        elif known:
            raise Unusable(
                f"{place} and {known} both have an exercise {exercise.id!r}. Give one of them "
                "another id."
            )
        version = _digest({file: own.files[file] for file in loading.needed(own.files, name)})
        unit = own.units.get(exercise.id, exercise.unit)
        exercises[exercise.id] = replace(exercise, unit=unit, version=version)
        places[exercise.id] = place
    for id, points in own.points.items():
        if id in exercises:
            exercises[id] = _worth(exercises[id], points)
    return Registry(exercises.values(), places, own)


def _written(own: Own, package: Registry) -> list[tuple[str, Exercise]]:
    """Each exercise of the files, with the file that it was made in."""
    try:
        modules = loading.load(own.files, own.where)
    except loading.Failed as problem:
        raise Unusable(str(problem)) from None
    seen = {id(exercise) for exercise in package.values()}
    found: list[tuple[str, Exercise]] = []
    helpers = {
        file for name in own.files for file in loading.needed(own.files, name) if file != name
    }
    for name, module in modules.items():
        here = _exercises_in(vars(module).values())
        if not here and name not in helpers and not name.startswith("_"):
            raise Unusable(
                f"{own.where}/{name} has no exercise. Give it one at module level, or a name that "
                "begins with an underscore if it only helps the others."
            )
        for exercise in here:
            if id(exercise) not in seen:
                seen.add(id(exercise))
                if not ID.fullmatch(exercise.id):
                    raise Unusable(
                        f"{own.where}/{name}: {exercise.id!r} cannot be an exercise's id. Use "
                        'letters and digits, and single . _ - between them, such as "sum.forward".'
                    )
                found.append((name, exercise))
    return found


def _exercises_in(values: Iterable[Any]) -> list[Exercise]:
    """The exercises of a module, also in its tuples and lists, each once."""
    found: dict[int, Exercise] = {}
    for value in list(values):
        for one in value if isinstance(value, tuple | list) else [value]:
            if isinstance(one, Exercise):
                found[id(one)] = one
    return list(found.values())


def _worth(exercise: Exercise, points: Mapping[str, float]) -> Exercise:
    parts = tuple(
        replace(part, points=points.get(part.name, part.points)) for part in exercise.parts
    )
    version = _digest({"version": exercise.version, **{k: str(v) for k, v in points.items()}})
    return replace(exercise, parts=parts, version=version)


def _digest(content: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:24]
