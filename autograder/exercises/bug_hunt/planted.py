"""Backward functions with a planted mistake, built from numbers.

The network is h = σ(x W1 + b1), p = h W2 + b2 with rows as examples, its loss ½ Σ (p − y)² / N.
Whoever sees the numbers knows the mistake, so student code only gets to call these functions.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import numpy as np

# For so many shapes of its arguments a function remembers its last gradients.
REMEMBERED = 8


def suspect(
    scale: float,
    power: float,
    slope: float,
    again: float,
    square: float,
    extra: float,
    bias: float,
    moved: float,
    keep: float,
) -> Callable[..., dict[str, Any]]:
    """Builds a backward function of (x, y, W1, b1, W2, b2), right or not.

    Args:
        scale: a factor of the error at the output.
        power: how often that error is divided by N.
        slope: the exponent of the sigmoid's slope.
        again: 1 if the sigmoid is taken once more before its slope.
        square: 1 if W2 stands where its transpose belongs, whenever that runs.
        extra: how often the lower layer's gradients are divided by N once more.
        bias: how often the biases' gradients are divided by N once more.
        moved: the learning rate with which W2 is changed before its use.
        keep: the share of an earlier call's gradients that is not cleared, for arguments of the
            same shapes.
    """
    left: OrderedDict[tuple[Any, ...], dict[str, Any]] = OrderedDict()

    def backward(x: Any, y: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> dict[str, Any]:
        x, y, W1, b1, W2, b2 = (np.array(a, dtype=float) for a in (x, y, W1, b1, W2, b2))
        n = len(x)
        h = 1 / (1 + np.exp(-(x @ W1 + b1)))
        dp = scale * (h @ W2 + b2 - y) / n**power
        dW2 = h.T @ dp
        used = W2 - moved * dW2
        dh = dp @ (used if square and W2.shape[0] == W2.shape[1] else used.T)
        out = 1 / (1 + np.exp(-h)) if again else h
        dz = dh * (out * (1 - out)) ** slope / n**extra
        found = {
            "dW1": x.T @ dz,
            "db1": dz.sum(axis=0) / n**bias,
            "dW2": dW2,
            "db2": dp.sum(axis=0) / n**bias,
        }
        if keep:
            shapes = tuple(a.shape for a in (x, y, W1, b1, W2, b2))
            for name, gradient in left.pop(shapes, {}).items():
                found[name] = found[name] + keep * gradient
            left[shapes] = {name: gradient.copy() for name, gradient in found.items()}
            if len(left) > REMEMBERED:
                left.popitem(last=False)
        return found

    return backward
