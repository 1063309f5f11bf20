"""How numbers are written in questions and solutions."""

from __future__ import annotations

from typing import Any

import numpy as np

DIGITS = 4


def short(value: Any) -> str:
    """A number to four digits, or an array as nested lists, which can be typed as they are.

    Args:
        value: a float, a vector or a matrix.
    """
    if not np.ndim(value):
        return f"{float(value):.{DIGITS}g}"
    rounded = [[f"{x:.{DIGITS}g}" for x in row] for row in np.atleast_2d(value)]
    rows = ["[" + ", ".join(row) + "]" for row in rounded]
    return rows[0] if np.ndim(value) == 1 else "[" + ", ".join(rows) + "]"
