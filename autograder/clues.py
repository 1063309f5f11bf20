"""What can be said about a wrong value that no known mistake explains.

No clue states a right value or the difference to it: how many entries are right, on which inputs,
and whether the direction is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.case import Context
from autograder.values import close, close_entries


def clues_of(context: Context, values: Sequence[Any]) -> tuple[str, ...]:
    """Finds what is known about a wrong value.

    Args:
        context: the part and what it may rest on.
        values: what the student returned for it, one value a probe.

    Returns:
        Sentences for the student, the most telling first.
    """
    right = list(context.bases())[-1]
    tolerance = context.case.exercise.tolerance
    if any(np.shape(v) != np.shape(r) for v, r in zip(values, right, strict=True)):
        return ()
    if not all(np.isfinite(v).all() for v in (*values, *right)):
        return ()
    wrong = [not close(v, r, tolerance) for v, r in zip(values, right, strict=True)]
    pairs = [
        (np.asarray(v, dtype=float), np.asarray(r, dtype=float))
        for v, r, off in zip(values, right, wrong, strict=True)
        if off
    ]
    found = [_on_which_inputs(context.case.probes, wrong)]
    found += [_factor(pairs), _entries(pairs, tolerance), _direction(pairs)]
    return tuple(sentence for sentence in found if sentence)[:2]


def _on_which_inputs(probes: Sequence[str], wrong: Sequence[bool]) -> str:
    if all(wrong):
        return ""
    names = [probe for probe, off in zip(probes, wrong, strict=True) if off]
    return f"It is right on some inputs and wrong on others ({', '.join(dict.fromkeys(names))})."


def _factor(pairs: Sequence[tuple[Any, Any]]) -> str:
    factors = [_common_factor(value, right) for value, right in pairs if right.size > 1]
    if not factors or any(factor is None for factor in factors):
        return ""
    known = [factor for factor in factors if factor is not None]
    sizes = [abs(factor) for factor in known]
    size = "too large" if min(sizes) > 1 else "too small" if max(sizes) < 1 else "off"
    if np.ptp(known) < 1e-6 * sizes[0]:
        turned = ", with the opposite sign" if known[0] < 0 else ""
        return f"On all these inputs all entries are {size} by one and the same factor{turned}."
    return f"All entries are {size} by one factor, which differs between inputs."


def _common_factor(value: Any, right: Any) -> float | None:
    square = float((right * right).sum())
    factor = float((value * right).sum()) / square if square else 0.0
    if not factor or not close(value, factor * right, 1e-8):
        return None
    return factor


def _entries(pairs: Sequence[tuple[Any, Any]], tolerance: float) -> str:
    marks = [close_entries(value, right, tolerance) for value, right in pairs if right.size > 1]
    sound = sum(int(mark.sum()) for mark in marks)
    every = sum(mark.size for mark in marks)
    return f"{sound} of its {every} entries are right." if 0 < sound < every else ""


def _direction(pairs: Sequence[tuple[Any, Any]]) -> str:
    signs = {bool((np.sign(value) == np.sign(right)).all()) for value, right in pairs}
    if signs == {True}:
        return "Every sign is right; the sizes are not."
    return ""
