"""Numbers worked out by hand: whether one agrees with another as far as its digits go."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np

# Three digits, of which the last may be off by what was rounded on the way.
ROUNDING = 0.01
# Of an array, small entries are as exact as this share of the largest.
_OF_THE_LARGEST = 1e-3
_ROUND_OFF = 1e-12


def close(value: Any, right: Any) -> bool:
    """Whether a number or array agrees with another to about three digits.

    Args:
        value: what was given. Entries of an array that were rounded to the same decimals as its
            largest one are as exact as that.
        right: what it is compared with.
    """
    if np.shape(value) != np.shape(right) or not np.isfinite([value, right]).all():
        return False
    off, each = np.abs(np.subtract(value, right)), slack(right)
    largest = np.abs(right).max(initial=0.0)
    if (off <= each).all():
        return True
    # As decimals are counted only here, most comparisons cost little.
    if (off > np.maximum(each, ROUNDING * largest)).any():
        return False
    return bool((off <= np.maximum(each, last_place(value))).all())


def slack(right: Any) -> Any:
    """By how much each entry may be off, whatever its decimals.

    Args:
        right: the number or array that it is compared with.
    """
    size = np.abs(np.asarray(right, dtype=float))
    of_the_largest = _OF_THE_LARGEST * size.max(initial=0.0)
    return np.maximum(ROUNDING * size, of_the_largest) + _ROUND_OFF


def rounds_to(value: Any, right: Any) -> bool:
    """Whether a number or array is another one, rounded to fewer digits than three.

    Args:
        value: what was given; 0 is not taken for something that was rounded.
        right: what it is compared with.
    """
    if np.shape(value) != np.shape(right) or not np.any(value) or not np.isfinite(right).all():
        return False
    half = last_place(value) / 2 * (1 + 1e-9)
    return bool((np.abs(np.subtract(value, right)) <= half).all())


def has_two_digits(value: Any) -> bool:
    """Whether a number, or the largest of an array, was given with two digits or more.

    Args:
        value: what was given.
    """
    return bool(last_place(value) <= np.abs(value).max(initial=0.0) / 10)


def last_place(value: Any) -> float:
    """One unit of the last decimal that was given: 0.01 for 0.31, or for [0.3, 0.05].

    Args:
        value: a number or array; whole numbers have the unit 1.
    """
    exponents = [_exponent(float(one)) for one in np.ravel(value)]
    return float(10.0 ** min(exponents, default=0))


def _exponent(value: float) -> int:
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return min(exponent, 0)
