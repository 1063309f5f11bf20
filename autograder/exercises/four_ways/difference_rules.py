"""The one-sided and the central difference of a function, entry by entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def central(f: Callable[[Any], float], x: Any, h: float, width: float = 2.0) -> Any:
    """The central difference, divided by `width` steps."""
    x = np.asarray(x, dtype=float)
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[i] = h
        gradient[i] = (f(x + step) - f(x - step)) / (width * h)
    return gradient


def forward(f: Callable[[Any], float], x: Any, h: float) -> Any:
    """The one-sided difference."""
    x = np.asarray(x, dtype=float)
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[i] = h
        gradient[i] = (f(x + step) - f(x)) / h
    return gradient


def truncated(f: Callable[[Any], float], x: Any, h: float) -> Any:
    """The central difference on a copy that keeps the type of x: whole numbers stay whole."""
    gradient = np.zeros(np.shape(x))
    for i in np.ndindex(np.shape(x)):
        up, down = np.copy(x), np.copy(x)
        up[i] = up[i] + h
        down[i] = down[i] - h
        gradient[i] = (f(up) - f(down)) / (2 * h)
    return gradient


def of(rule: Callable[..., Any], *further: float) -> Any:
    """A difference as a step of an exercise with f, x and h."""
    return lambda v: rule(v.f, v.x, v.h, *further)
