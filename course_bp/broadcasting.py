"""Undoing NumPy's broadcasting: an adjoint summed back, a tangent stretched out.

Copying forward is summing backward: if y_i = x for all i, then dL/dx = Σ_i dL/dy_i.

Source: D4 (two paths meet: their contributions are added); NumPy's broadcasting rules.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .primitives.reductions import sum
from .primitives.shapes import broadcast_to, reshape
from .primitives.table import normal
from .values import shape_of


def unbroadcast(g: Any, shape: tuple[int, ...]) -> Any:
    """g summed over the axes along which an operand of this shape was stretched.

    Args:
        g: an adjoint, plain or a Node, of a shape that `shape` broadcasts to.
        shape: the operand's shape.

    Returns:
        The adjoint of the operand, of that shape.
    """
    stretched = shape_of(g)
    if stretched == shape:
        return g
    extra = len(stretched) - len(shape)
    axes = (
        *range(extra),
        *(i + extra for i, n in enumerate(shape) if n == 1 and stretched[i + extra] != 1),
    )
    over = axes if len(axes) > 1 else axes[0]
    # the usual case without the ado of `sum`
    total = normal(np.add.reduce(g, axis=over)) if g.__class__ is np.ndarray else sum(g, over)
    return total if len(axes) == extra else reshape(total, shape)


def stretch(tangent: Any, shape: tuple[int, ...]) -> Any:
    """A tangent broadcast to its result's shape, as x's is in x + [1, 2, 3]."""
    return tangent if shape_of(tangent) == shape else broadcast_to(tangent, shape)
