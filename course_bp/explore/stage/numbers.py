"""How numbers and arrays are written in pictures and sentences."""

from __future__ import annotations

from numbers import Integral
from typing import Any

import numpy as np

MOST_ENTRIES, MOST_LETTERS = 4, 22


def short(x: Any, digits: int = 6) -> str:
    """A number with six significant digits; a small array entry by entry, a large one in brief.

    The minus is the typographic one, which screen readers say.
    """
    if x is None:
        return "none"
    array = np.asarray(x, dtype=np.float64)
    if array.ndim == 0:
        return f"{float(array) + 0.0:.{digits}g}".replace("-", "−")
    if 0 < array.size <= MOST_ENTRIES and array.ndim <= 2:
        rows = np.atleast_2d(array)
        written = "; ".join(", ".join(short(x, 3) for x in row) for row in rows)
        if len(written) <= MOST_LETTERS:
            return f"[{written}]"
    return f"{shape_text(array.shape)}, norm {short(np.linalg.norm(array.ravel()), 4)}"


def factor(x: Any, digits: int = 6) -> str:
    """`short`, in brackets where it could not stand in a product: negative, or a large array."""
    text = short(x, digits)
    return f"({text})" if text.startswith("−") or ", norm " in text else text


def whole(x: Any, what: str) -> int:
    """A whole number that was asked for.

    Args:
        x: what was given.
        what: what it is for, as the message says it: "race takes".

    Raises:
        TypeError: if it is none.
    """
    if isinstance(x, bool) or not isinstance(x, Integral):
        raise TypeError(f"{what} a whole number, not {x!r}.")
    return int(x)


def shape_text(shape: tuple[int, ...]) -> str:
    """A shape as 3×2; a row of 4 entries as "4 entries"."""
    return "×".join(map(str, shape)) if len(shape) > 1 else f"{shape[0] if shape else 1} entries"


def exact(x: Any) -> str:
    """All digits of a number; an array as nested brackets, if it is not too large to read."""
    array = np.asarray(x, dtype=np.float64)
    if array.ndim == 0:
        return repr(float(array))
    return str(array.tolist()) if array.size <= 16 else short(array)
