"""What may stand in the place of a quantity: its sign, a function of it, a part of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def _reshaped(a: Any) -> Any:
    """What is transposed later, so that it is as if it had been reshaped instead."""
    return a.reshape(a.shape[::-1]).T


def _rows_summed(a: Any) -> Any:
    return np.broadcast_to(a.sum(axis=0), a.shape)


def _rows_averaged(a: Any) -> Any:
    return np.broadcast_to(a.mean(axis=0), a.shape)


# The catalogue's row, the name, what stands there instead, the change, and how many axes it needs.
CHANGES: tuple[tuple[str, str, str, Callable[[Any], Any], int], ...] = (
    ("M1", "a wrong sign for {}", "−{}", lambda a: -a, 0),
    ("M31", "a missing term, the one with {}", "0", np.zeros_like, 0),
    ("M31", "a missing factor {}", "1", np.ones_like, 0),
    ("M2", "{} taken twice", "2·{}", lambda a: 2 * a, 0),
    ("M2", "half of {}", "half of {}", lambda a: a / 2, 0),
    ("M31", "{} squared", "the square of {}", lambda a: a * a, 0),
    ("M31", "the reciprocal of {}", "1/{}", lambda a: 1 / a, 0),
    # What fits a shape is not its transpose.
    ("M11", "{} reshaped instead of transposed", "a reshaped {}", _reshaped, 2),
)
# The name, what stands there instead, and the function.
FUNCTIONS: tuple[tuple[str, str, Callable[[Any], Any]], ...] = (
    ("the sigmoid of {}", "σ({})", lambda a: 1 / (1 + np.exp(-a))),
    ("tanh of {}", "tanh({})", np.tanh),
    ("{0}(1 − {0})", "{0}(1 − {0})", lambda a: a - a * a),
    ("the sine of {}", "sin({})", np.sin),
    ("the logarithm of {}", "log({})", np.log),
    ("the exponential of {}", "exp({})", np.exp),
    ("the absolute value of {}", "|{}|", np.abs),
)
BEFORE_PRODUCTS: tuple[tuple[str, str, str, Callable[[Any], Any], int], ...] = (
    ("M29", "{} summed over its rows before the products", "the sum of its rows", _rows_summed, 2),
    ("M29", "{} averaged over its rows before the products", "the mean row", _rows_averaged, 2),
)


def _blank(where: Any) -> Callable[[Any], Any]:
    def change(value: Any) -> Any:
        found = value.copy()
        found[where] = 0.0
        return found

    return change


LAST_TERM = "only the last term of a sum"
_ONLY_LAST = "only the last {} of {{}} counts"
# Loops that begin too late or end too early leave one of these out; = instead of += keeps the last.
SHORTER: tuple[tuple[str, str, str, Callable[[Any], Any], int], ...] = (
    *(
        ("", f"a sum without its {words}", f"{{}} loses its {words}", _blank(where), axes)
        for words, where, axes in (
            ("first entry or row", 0, 1),
            ("last entry or row", -1, 1),
            ("entries after the first", slice(1, None), 1),
            ("first column", (..., 0), 2),
            ("last column", (..., -1), 2),
        )
    ),
    ("M15", LAST_TERM, _ONLY_LAST.format("entry or row"), _blank(slice(None, -1)), 1),
    ("M15", LAST_TERM, _ONLY_LAST.format("column"), _blank((..., slice(None, -1))), 2),
)
