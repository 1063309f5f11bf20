"""The suspects of a line-up and their right names."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace

from autograder.exercise import Step

RIGHT = dict(
    scale=1.0, power=1.0, slope=1.0, again=0.0, square=0.0, extra=0.0, bias=0.0, moved=0.0,
    keep=0.0,
)  # fmt: skip
# What is changed in the right function, by the name of the mistake.
PLANTED: dict[str, list[dict[str, float]]] = {
    "M1": [{"scale": -1.0}],
    "M2": [{"scale": 2.0}, {"scale": 0.5}],
    "M3": [{"power": 0.0}],
    "M4": [{"extra": 1.0}],
    "M5": [{"slope": 0.0}],
    "M6": [{"again": 1.0}],
    "M11": [{"square": 1.0}],
    "M14": [{"moved": 0.1}, {"moved": 0.3}],
    "M17": [{"keep": 1.0}],
    "M20": [{"bias": 1.0}],
    "right": [{}],
}
GROUPS = {
    "sizes": ("M1", "M2", "M3", "M4", "M20"),
    "factors": ("M5", "M6", "M11", "M14", "right"),
    "memory": ("M17", "right", "right", "M17", "M5"),
}


def numbers(changed: Mapping[str, float]) -> list[float]:
    """What a suspect is built from.

    Args:
        changed: what is not as in the right function.
    """
    return list({**RIGHT, **changed}.values())


NAMES = {tuple(numbers(way)): name for name, ways in PLANTED.items() for way in ways}


def names_of(group: str, renamed: Mapping[str, str] | None = None) -> Step:
    """The right names of a group, or those of somebody who takes some for others.

    Args:
        group: the group.
        renamed: what is taken for what.
    """

    def names(v: SimpleNamespace) -> list[str]:
        true = [NAMES[one.parameters] for one in getattr(v, group)]
        return [(renamed or {}).get(name, name) for name in true]

    return names
