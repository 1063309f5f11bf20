"""Stands in for a room of course_bp that a graded answer may not use.

Its names can be imported, so that the notebook's own cells run; using one says why it is not there.
"""

from __future__ import annotations

from typing import Any

from autograder.inside.asking import Withheld


class _NotHere:
    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        raise Withheld(
            f"{self._name} is not available while a notebook is graded, because the exercises ask "
            "for your own work. On your own machine it works."
        )

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return _NotHere(f"{self._name}.{name}")


# It says by itself why it is not there, in every room.
_NotHere.__module__ = "autograder.withheld"


def __getattr__(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(name)
    return _NotHere(f"{__name__}.{name}")
