"""A right value times a constant, a number of entries, or another quantity."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.exercise import Inputs
from autograder.judge.compare import close
from autograder.judge.context import Context
from autograder.judge.quantities import turns_into
from autograder.judge.slips import Explanation

# What is left of a sum whose terms cancel each other, relative to the right value.
_ROUND_OFF = 1e-13
_CONSTANTS = {
    "log 2, which turns natural logarithms into those to base 2 or back": math.log(2),
    "log 10, which turns natural logarithms into those to base 10 or back": math.log(10),
    "100, as for percent": 100.0,
    "π": math.pi,
    "√2": math.sqrt(2),
    "10": 10.0,
    "3": 3.0,
    "4": 4.0,
}


def constant_factor(context: Context, values: Sequence[Any]) -> list[Explanation]:
    """One factor for all entries: a well-known number, or a number of rows or columns.

    Args:
        context: the part and what it may rest on.
        values: what the student returned for it, one value per probe.
    """
    for base in context.bases():
        factors = [_factor(v, r) for v, r in zip(values, base, strict=True)]
        if any(factor is None for factor in factors):
            continue
        known = np.array(factors, dtype=float)
        if np.allclose(known, 1, rtol=1e-9, atol=0):
            continue
        for turn, sign in (("", 1), (" with the opposite sign", -1)):
            for words, constant in _CONSTANTS.items():
                if _agree(sign * known, np.full(len(known), constant)):
                    return [_by_constant("too large", words, turn)]
                if _agree(sign * known, np.full(len(known), 1 / constant)):
                    return [_by_constant("too small", words, turn)]
            for words, lengths in _lengths(context.case.drawn).items():
                if _agree(sign * known, lengths):
                    return [_by_length("too large", words, turn)]
                if _agree(sign * known, 1 / lengths):
                    return [_by_length("too small", words, turn)]
    return []


def _by_constant(size: str, words: str, turn: str) -> Explanation:
    short = words.split(",")[0]
    return Explanation(
        "",
        f"{size} by {short}",
        f"your {{part}} is {size} by a factor of {words}{{everywhere}}{turn and ','}{turn}.",
        f"a factor of {short}" + (" and a wrong sign" if turn else ""),
        "Which constant does your line contain that the formula does not, or the other way round?",
    )


def _by_length(size: str, words: str, turn: str) -> Explanation:
    return Explanation(
        "M3",
        f"{size} by the {words}",
        f"your {{part}} is {size} by a factor that equals the {words}{{everywhere}}"
        f"{turn and ','}{turn}.",
        f"a {'sum instead of a mean' if size == 'too large' else 'mean instead of a sum'} over the "
        f"{words}",
        "What does your line divide by, and what does the formula divide by?",
    )


def _agree(known: Any, wanted: Any) -> bool:
    return bool(np.allclose(known, wanted, rtol=1e-9, atol=0))


def _factor(value: Any, right: Any) -> float | None:
    a, b = np.asarray(value, dtype=float), np.asarray(right, dtype=float)
    if a.shape != b.shape or not b.any() or not np.isfinite(a).all() or not np.isfinite(b).all():
        return None
    factor = float((a * b).sum() / (b * b).sum())
    return factor if factor and close(a, factor * b, 1e-10) else None


def _lengths(drawn: Sequence[Inputs]) -> dict[str, Any]:
    """Words → an axis's length on each input; of axes that are always as long, the first."""
    found: dict[str, Any] = {}
    for name in drawn[0]:
        if not all(isinstance(inputs[name], np.ndarray) for inputs in drawn):
            continue
        shapes = [np.shape(inputs[name]) for inputs in drawn]
        if len({len(shape) for shape in shapes}) > 1:
            continue
        kinds = {1: ("entries",), 2: ("rows", "columns")}.get(len(shapes[0]), ())
        for axis, kind in enumerate(kinds):
            lengths = np.array([shape[axis] for shape in shapes], dtype=float)
            # A length that never changes is a constant like any other.
            if np.ptp(lengths) and not any(np.array_equal(lengths, one) for one in found.values()):
                found[f"number of {kind} of {name}"] = lengths
    return found


def cancelled(context: Context, values: Sequence[Any]) -> list[Explanation]:
    """Numbers of which only round-off is left, as of a sum whose terms cancel each other.

    Args:
        context: the part and what it may rest on.
        values: what the student returned for it, one value per probe.
    """
    pairs = [(np.abs(v), np.abs(r)) for v, r in zip(values, context.right, strict=True)]
    if not all(v.shape == r.shape and r.size and v.max() <= _ROUND_OFF * r.max() for v, r in pairs):
        return []
    return [
        Explanation(
            "",
            "terms that cancel",
            "your {part} is 0 on every input, but for round-off: its terms cancel each other.",
            "a sum whose terms cancel each other",
            "Which terms does your line add up, and along which axis?",
        )
    ]


def quantity_factor(context: Context, values: Sequence[Any]) -> list[Explanation]:
    """Another quantity that stands in a product once too often, or not at all.

    Args:
        context: the part and what it may rest on.
        values: what the student returned for it, one value per probe.
    """
    exercise, part = context.case.exercise, context.part.name
    found: dict[str, Explanation] = {}
    for namespaces in context.namespaces():
        right = [getattr(v, part) for v in namespaces]
        used = context.case.uses[part]
        names = list(exercise.steps)
        later = names[names.index(part) :]
        for name in context.case.known:
            if name in later:
                continue
            there = [getattr(v, name) for v in namespaces]
            # Either one number, or one for each entry.
            pairs = list(zip(there, right, strict=True))
            if any(np.ndim(t) and np.shape(t) != np.shape(r) for t, r in pairs):
                continue
            for power in (1, -1, 2, -2):
                made = (_times(r, t, power) for t, r in pairs)
                if turns_into(values, right, exercise.tolerance, made):
                    said = _power_words(name, power, name in used)
                    found.setdefault(said.name, said)
    return list(found.values())


def _times(right: Any, other: Any, power: int) -> Any:
    with np.errstate(all="ignore"):
        return right * np.asarray(other, dtype=float) ** power


def _power_words(name: str, power: int, used: bool) -> Explanation:
    times = "times" if power > 0 else "divided by"
    twice = " twice" if abs(power) == 2 else ""
    evidence = f"your {{part}} is what it should be, {times} {name}{twice}{{everywhere}}."
    if used:
        said = f"the wrong power of {name}"
    else:
        said = f"an extra {'factor' if power > 0 else 'division by'} {name}"
    return Explanation(
        "M31",
        f"{name} to the {power}",
        evidence,
        said,
        f"How many times does {name} occur in this product?",
    )
