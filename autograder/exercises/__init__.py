"""All exercises of the package: a folder per unit, and in it each module that names `EXERCISES`.

They are found, not listed: a new module is one file. The order in which students meet them is the
notebook's. A course may add exercises of its own (`own`); they are in the course's registry, not
in this one.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

from autograder.exercises.registry import Registry


def _found() -> Registry:
    found = {
        exercise.id: (exercise, f"{name.replace('.', '/')}.py")
        for name in [module.name for module in walk_packages(__path__, f"{__name__}.")]
        for exercise in getattr(import_module(name), "EXERCISES", ())
    }
    places = {id: place for id, (_, place) in found.items()}
    return Registry([exercise for exercise, _ in found.values()], places)


EXERCISES = _found()
find, of_unit, building_on = EXERCISES.find, EXERCISES.of_unit, EXERCISES.building_on
