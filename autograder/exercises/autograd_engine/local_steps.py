"""What the operations of an engine record, right or with a slip.

Each row has three numbers: the value, the derivative by a, the derivative by b.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

# A local derivative, from the values of the left and of the right operand.
Local = Callable[[float, float], float]


def _by_right(left: float, right: float) -> float:
    return left


def _by_bottom(top: float, bottom: float) -> float:
    return -top / bottom**2


def addition(v: SimpleNamespace) -> Any:
    """a + b and a + c."""
    return np.array([v.a + v.b, 1.0, 1.0, v.a + v.c, 1.0, 0.0])


def difference(v: SimpleNamespace, second: float = -1.0, minus: float = -1.0) -> Any:
    """a − b, −a and a − c; `second` and `minus` are what is recorded of b and of −a."""
    return np.array([v.a - v.b, 1.0, second, -v.a, minus, 0.0, v.a - v.c, 1.0, 0.0])


def difference_swapped(v: SimpleNamespace) -> Any:
    """The same with what is subtracted from what the wrong way round."""
    return np.array([v.b - v.a, -1.0, 1.0, -v.a, -1.0, 0.0, v.c - v.a, -1.0, 0.0])


def product(v: SimpleNamespace, by_a: Local | None = None, by_b: Local | None = None) -> Any:
    """a·b, a·c and a·a, with other local derivatives if they are given."""
    by_a = by_a or (lambda left, right: right)
    by_b = by_b or _by_right
    a, b, c = v.a, v.b, v.c
    square = by_a(a, a) + by_b(a, a)
    return np.array([a * b, by_a(a, b), by_b(a, b), a * c, by_a(a, c), 0.0, a * a, square, 0.0])


def quotient(v: SimpleNamespace, by_a: Local | None = None, by_b: Local | None = None) -> Any:
    """a/b and a/c, with other local derivatives if they are given."""
    by_a = by_a or (lambda top, bottom: 1 / bottom)
    by_b = by_b or _by_bottom
    a, b, c = v.a, v.b, v.c
    return np.array([a / b, by_a(a, b), by_b(a, b), a / c, by_a(a, c), 0.0])


def power_by_products(v: SimpleNamespace) -> Any:
    """The power as a loop of multiplications makes it; with fewer than one of them it is a."""
    n = max(int(v.n), 1)
    return np.array([v.a**n, n * v.a ** (n - 1), 0.0])


def reflected(
    v: SimpleNamespace,
    minus_swapped: bool = False,
    over_swapped: bool = False,
    by_right: Local | None = None,
    by_bottom: Local | None = None,
) -> Any:
    """c − a, c/a, c + a and c·a: what a plain number on the left makes."""
    a, c = v.a, v.c
    minus = (a - c, 1.0) if minus_swapped else (c - a, -1.0)
    fall = (by_bottom or _by_bottom)(c, a)
    over = (a / c, 1 / c) if over_swapped else (c / a, fall)
    times = (by_right or _by_right)(c, a)
    return np.array([*minus, 0.0, *over, 0.0, c + a, 1.0, 0.0, c * a, times, 0.0])
