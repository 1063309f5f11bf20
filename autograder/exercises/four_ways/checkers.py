"""Gradient checkers: right ones, and others that each go wrong in one way.

Each takes the function f, the claimed gradient and the point x, and says whether it accepts.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercises.four_ways.difference_rules import central, truncated
from autograder.exercises.four_ways.moved_entries import unseen


def measure(f: Any, x: Any) -> Any:
    """The central difference that they all measure."""
    return central(f, x, 1e-5)


def _each(measured: Any, claimed: Any) -> Any:
    """For every entry, whether a claim agrees with what was measured."""
    bound = 1e-4 * np.maximum(np.abs(measured), np.abs(claimed))
    return np.abs(measured - claimed) <= bound + 1e-7 * np.abs(measured).max()


def good(f: Any, claimed: Any, x: Any) -> bool:
    """Entry by entry, relative to the entry, with a floor for round-off."""
    measured = measure(f, x)
    return claimed.shape == x.shape and bool(_each(measured, claimed).all())


def by_richardson(f: Any, claimed: Any, x: Any) -> bool:
    """Right: two differences, extrapolated, against the largest slope, with a small tolerance."""
    claimed = np.asarray(claimed, dtype=float)
    if claimed.shape != np.shape(x) or not np.isfinite(claimed).all():
        return False
    measured = (4 * central(f, x, 5e-4) - central(f, x, 1e-3)) / 3
    largest = max(np.abs(measured).max(), np.abs(claimed).max())
    return bool(np.abs(measured - claimed).max() <= 1e-5 * largest)


def by_allclose(f: Any, claimed: Any, x: Any) -> bool:
    """Right: np.allclose, whose absolute tolerance is a fraction of the largest slope."""
    measured = central(f, x, 6e-6)
    same = np.shape(claimed) == measured.shape
    floor = 1e-6 * np.abs(measured).max()
    return same and bool(np.allclose(claimed, measured, rtol=1e-5, atol=floor))


def absolute(f: Any, claimed: Any, x: Any) -> bool:
    """The same tolerance for slopes of every size."""
    if claimed.shape != x.shape:
        return False
    return bool((np.abs(measure(f, x) - claimed) <= 1e-5).all())


def numpys_own(f: Any, claimed: Any, x: Any) -> bool:
    """np.allclose, with the absolute tolerance that it adds."""
    return claimed.shape == x.shape and bool(np.allclose(measure(f, x), claimed))


def one_norm(f: Any, claimed: Any, x: Any) -> bool:
    """One number for all entries together."""
    if claimed.shape != x.shape:
        return False
    gap = np.linalg.norm(measure(f, x) - claimed)
    return bool(gap <= 0.03 * (np.linalg.norm(measure(f, x)) + np.linalg.norm(claimed)))


def by_the_largest(f: Any, claimed: Any, x: Any) -> bool:
    """Every entry measured against the largest slope."""
    if claimed.shape != x.shape:
        return False
    measured = measure(f, x)
    return bool(np.abs(measured - claimed).max() <= 1e-3 * np.abs(measured).max())


def first_only(f: Any, claimed: Any, x: Any) -> bool:
    """A return inside the loop, in either case."""
    return claimed.shape == x.shape and bool(_each(measure(f, x), claimed).flat[0])


def last_only(f: Any, claimed: Any, x: Any) -> bool:
    """A verdict that every entry overwrites."""
    return claimed.shape == x.shape and bool(_each(measure(f, x), claimed).flat[-1])


def any_entry(f: Any, claimed: Any, x: Any) -> bool:
    """One right entry is enough."""
    return claimed.shape == x.shape and bool(_each(measure(f, x), claimed).any())


def relative_alone(f: Any, claimed: Any, x: Any) -> bool:
    """No floor: nothing is left where a slope is 0."""
    if claimed.shape != x.shape:
        return False
    measured = measure(f, x)
    bound = 1e-5 * (np.abs(measured) + np.abs(claimed))
    return bool((np.abs(measured - claimed) <= bound).all())


def nan_passes(f: Any, claimed: Any, x: Any) -> bool:
    """A comparison that nan passes."""
    if claimed.shape != x.shape:
        return False
    measured = measure(f, x)
    error = np.abs(measured - claimed) / np.maximum(np.abs(measured), np.abs(claimed))
    return not bool((error > 1e-4).any())


def nan_fails(f: Any, claimed: Any, x: Any) -> bool:
    """A division of 0 by 0 where a slope is 0."""
    if claimed.shape != x.shape:
        return False
    measured = measure(f, x)
    error = np.abs(measured - claimed) / np.maximum(np.abs(measured), np.abs(claimed))
    return bool((error < 1e-4).all())


def nan_fails_beside_a_floor(f: Any, claimed: Any, x: Any) -> bool:
    """A floor for round-off, and still a division of 0 by 0 where nothing is measured at all."""
    if claimed.shape != x.shape:
        return False
    measured = measure(f, x)
    left = np.maximum(np.abs(measured - claimed) - 1e-7 * np.abs(measured).max(), 0.0)
    error = left / np.maximum(np.abs(measured), np.abs(claimed))
    return bool((error < 1e-4).all())


def sizes_only(f: Any, claimed: Any, x: Any) -> bool:
    """Blind to the sign."""
    if claimed.shape != x.shape:
        return False
    return good(f, np.abs(claimed) * np.sign(measure(f, x)), x)


def at_once(f: Any, claimed: Any, x: Any) -> bool:
    """All entries moved at once."""
    if claimed.shape != x.shape:
        return False
    slope = (f(x + 1e-5) - f(x - 1e-5)) / 2e-5
    return bool(abs(slope - claimed.sum()) <= 1e-4 * max(abs(slope), abs(claimed.sum())))


def at_once_and_loose(f: Any, claimed: Any, x: Any) -> bool:
    """All entries moved at once, with a wider tolerance."""
    if claimed.shape != x.shape:
        return False
    slope = (f(x + 1e-5) - f(x - 1e-5)) / 2e-5
    return bool(abs(slope - claimed.sum()) <= 1e-3 * max(abs(slope), abs(claimed.sum())))


def divided_by_h(f: Any, claimed: Any, x: Any) -> bool:
    """A central difference divided by half the distance."""
    return good(f, claimed / 2, x)


def whole(f: Any, claimed: Any, x: Any) -> bool:
    """Integers do not move when a small step is added to them."""
    if x.dtype.kind != "i":
        return good(f, claimed, x)
    return bool(np.allclose(truncated(f, x, 1e-5), claimed, rtol=1e-4))


def unseen_steps(f: Any, claimed: Any, x: Any) -> bool:
    """Moves the entries of a flat array, which may be a copy that f never sees."""
    if claimed.shape != x.shape:
        return False
    return bool(_each(unseen(central)(f, x, 1e-5), claimed).all())


def flattened(f: Any, claimed: Any, x: Any) -> bool:
    """Blind to the shape."""
    if claimed.size != x.size:
        return False
    return good(f, claimed.reshape(x.shape), x)


def loose(f: Any, claimed: Any, x: Any) -> bool:
    """Ten percent for every entry, where a planted error is smaller."""
    if claimed.shape != x.shape:
        return False
    measured = measure(f, x)
    bound = 0.1 * np.maximum(np.abs(measured), np.abs(claimed))
    return bool((np.abs(measured - claimed) <= bound + 1e-7 * np.abs(measured).max()).all())


def to_the_last_digit(f: Any, claimed: Any, x: Any) -> bool:
    """No room for what a difference quotient cannot measure."""
    return claimed.shape == x.shape and bool((measure(f, x) == claimed).all())
