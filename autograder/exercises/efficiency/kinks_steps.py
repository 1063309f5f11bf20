"""The one-sided slopes of the larger of two lines, from which answers and mistakes are made."""

from __future__ import annotations

from types import SimpleNamespace


def gap(v: SimpleNamespace) -> float:
    """By how much the first line is above the second at x.

    Args:
        v: the inputs.
    """
    return float((v.p * v.x + v.q) - (v.r * v.x + v.s))


def left_slope(v: SimpleNamespace) -> float:
    """The slope to the left of x.

    Args:
        v: the inputs.
    """
    return float(min(v.p, v.r)) if gap(v) == 0 else upper_slope(v)


def right_slope(v: SimpleNamespace) -> float:
    """The slope to the right of x.

    Args:
        v: the inputs.
    """
    return float(max(v.p, v.r)) if gap(v) == 0 else upper_slope(v)


def upper_slope(v: SimpleNamespace) -> float:
    """The slope of the upper line; of the first one where they meet.

    Args:
        v: the inputs.
    """
    return float(v.p if gap(v) >= 0 else v.r)


def lower_slope(v: SimpleNamespace) -> float:
    """The slope of the lower line; of the second one where they meet.

    Args:
        v: the inputs.
    """
    return float(v.r if gap(v) >= 0 else v.p)
