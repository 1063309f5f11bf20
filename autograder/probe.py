"""A way of drawing inputs for an exercise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Inputs = dict[str, Any]


@dataclass(frozen=True)
class Probe:
    """One way of drawing inputs for an exercise.

    Args:
        name: how feedback and tests speak of it ("the deck's values", "non-square layers").
        draw: takes a NumPy random generator and returns the inputs by name.
        fixed: whether it always gives the same inputs; being right on those alone earns nothing.
        special: whether it is a special case in which little is left to compute, such as λ = 0;
            being right on fixed and special ones alone earns nothing.
        ties: whether it serves only to tell mistakes apart that the other probes cannot; being
            right on it is not asked.
    """

    name: str
    draw: Callable[[np.random.Generator], Inputs]
    fixed: bool = False
    ties: bool = False
    special: bool = False
    corner: bool = False
    repeats: bool = False


def once_more(probes: tuple[Probe, ...]) -> tuple[Probe, ...]:
    """What is asked at the end, to see whether an answer remembers earlier calls.

    Args:
        probes: what is asked before.

    Returns:
        Other inputs of the first probe's sizes, then the first inputs themselves; nothing if all
        probes are fixed or special.
    """
    first = next((probe for probe in probes if not (probe.fixed or probe.special)), None)
    if first is None:
        return ()
    return (
        Probe(f"{first.name}, with other numbers", first.draw, corner=True),
        Probe("the first inputs once more", probes[0].draw, corner=True, repeats=True),
    )
