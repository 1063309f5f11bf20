"""Exercises of a course's own: from files of the instructor to the course's registry.

What a course adds is data first (`Own`): the text of each file, and what the course says about it.
It can be sent to another machine, or into an archive. `registry_with` makes a registry of it, once
for each content. Nothing is changed in the package's own registry, so courses do not meet. What
cannot be used is a `Fault` of the registry, and all other exercises are in it.

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
from autograder.exercises.registry import Fault, Own, Registry

FOLDER = "exercises"
ID = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[._-][A-Za-z0-9]+)*")
_QUOTED = re.compile(r"""["']([\w.-]+)["']""")


def read_files(folder: Path) -> dict[str, str]:
    """The Python files of a folder, in order of name.

    Args:
        folder: a course's `exercises/`, which need not exist.

    Returns:
        A file's name → its text. Bytes that are not UTF-8 stay in it as lone surrogates.
    """
    return {
        path.name: path.read_text("utf-8", "surrogateescape")
        for path in sorted(folder.glob("*.py"))
    }


_made: dict[str, Registry] = {}
_one_at_a_time = threading.Lock()


def registry_with(own: Own, package: Registry) -> Registry:
    """The package's exercises and a course's own.

    Args:
        own: what the course adds.
        package: the package's registry; it is not changed.

    Returns:
        Another registry, with its faults; for a course that adds nothing, the package's.
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
    written, faults = _written(own, package)
    by_id: dict[str, list[str]] = {}
    for name, exercise in written:
        by_id.setdefault(exercise.id, []).append(f"{own.where}/{name}")
    faults += [_taken(id, at, own, package) for id, at in by_id.items() if len(at) > 1]
    faults += [
        _taken(id, [*at, package.places[id]], own, package)
        for id, at in by_id.items()
        if len(at) == 1 and id in package and id not in own.replaces
    ]
    unclear = {id for fault in faults for id in fault.ids if id in by_id or id in own.replaces}
    for id in unclear:
        exercises.pop(id, None)
    for name, exercise in written:
        if exercise.id in unclear:
            continue
        version = _digest({file: own.files[file] for file in loading.needed(own.files, name)})
        unit = own.units.get(exercise.id, exercise.unit)
        exercises[exercise.id] = replace(exercise, unit=unit, version=version)
        places[exercise.id] = f"{own.where}/{name}"
    for id, points in own.points.items():
        if id in exercises:
            exercises[id] = _worth(exercises[id], points)
    return Registry(exercises.values(), places, own, faults)


def _taken(id: str, places: list[str], own: Own, package: Registry) -> Fault:
    """An id that two exercises have, so that nobody knows which of them is meant."""
    if id in package and len(places) == 2 and places[1] == package.places[id]:
        said = (
            f"{places[0]} has an exercise {id!r}, and so has course-bp ({places[1]}). Give it "
            f'another id, or write replaces = ["{id}"] into course.toml.'
        )
    elif len({*places}) == 1:
        said = f"{places[0]} has two exercises {id!r}. Give one of them another id."
    else:
        said = (
            f"{' and '.join(dict.fromkeys(places))} both have an exercise {id!r}. Give one of "
            "them another id."
        )
    return Fault(said, frozenset([id]))


def _written(own: Own, package: Registry) -> tuple[list[tuple[str, Exercise]], list[Fault]]:
    """Each exercise of the files with the file that it was made in, and what cannot be used."""
    modules, failed = loading.load(own.files, own.where)
    ids: dict[str, set[str]] = {}
    for name, message in failed.items():
        ids.setdefault(message, set()).update(_named_in(own.files[name]))
    seen = {id(exercise) for exercise in package.values()}
    found: list[tuple[str, Exercise]] = []
    helpers = {
        file for name in own.files for file in loading.needed(own.files, name) if file != name
    }
    for name, module in modules.items():
        here = _exercises_in(vars(module).values())
        if not here and name not in helpers and not name.startswith("_"):
            ids[
                f"{own.where}/{name} has no exercise. Give it one at module level, or a name that "
                "begins with an underscore if it only helps the others."
            ] = set()
        for exercise in here:
            if id(exercise) in seen:
                continue
            seen.add(id(exercise))
            if ID.fullmatch(exercise.id):
                found.append((name, exercise))
                continue
            ids[
                f"{own.where}/{name}: {exercise.id!r} cannot be an exercise's id. Use letters and "
                'digits, and single . _ - between them, such as "sum.forward".'
            ] = {exercise.id}
    usable = {exercise.id for _, exercise in found}
    return found, [Fault(said, frozenset(of - usable)) for said, of in ids.items()]


def _named_in(text: str) -> set[str]:
    """What may be an exercise's id in a file that cannot be run: all quoted words that could."""
    return {word for word in _QUOTED.findall(text) if ID.fullmatch(word)}


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
