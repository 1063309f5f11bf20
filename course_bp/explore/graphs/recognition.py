"""Which operation made a number? Students' engines often do not say.

An engine's record holds a value, the operands' values and the local derivatives. These nearly
always leave one operation of the table that fits, and then the step-through can write "a · b" and
follow changed inputs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from ...primitives.table import TABLE, Primitive


def recognise(value: Any, operands: Sequence[Any], local: Sequence[Any] | None) -> Primitive | None:
    """The only operation that gives the value; of several the one that has these derivatives too.

    Args:
        value: what the operation gave.
        operands: the numbers it was applied to.
        local: the derivatives with respect to the operands, if the engine has them.

    Returns:
        The operation, or None if none fits, or several do.
    """
    candidates = [p for p in TABLE.values() if _has_rules(p, len(operands))]
    with np.errstate(all="ignore"):
        fitting = [p for p in candidates if _fits(p, value, operands)]
        if len(fitting) > 1 and local is not None:
            fitting = [p for p in fitting if _has_local(p, value, operands, local)]
    return fitting[0] if len(fitting) == 1 else None


def _has_rules(primitive: Primitive, operands: int) -> bool:
    """Whether it does something to so many operands, and has a rule for each."""
    return (
        primitive.settings == 0
        and primitive.source != "{0}"
        and len(primitive.vjps) == operands
        and all(rule is not None for rule in primitive.vjps)
    )


def _fits(primitive: Primitive, value: Any, operands: Sequence[Any]) -> bool:
    try:
        return _same(primitive.value(*operands), value)
    except (ArithmeticError, ValueError, TypeError):
        return False


def _has_local(
    primitive: Primitive, value: Any, operands: Sequence[Any], local: Sequence[Any]
) -> bool:
    try:
        return all(
            rule is not None and _same(rule(1.0, value, *operands), d)
            for rule, d in zip(primitive.vjps, local, strict=False)
        )
    except (ArithmeticError, ValueError, TypeError):
        return False


def _same(a: Any, b: Any) -> bool:
    if a.__class__ is float is b.__class__:  # for speed: every operation of the table is tried
        return math.isclose(a, b, rel_tol=1e-12)
    return np.shape(a) == np.shape(b) and bool(np.allclose(a, b, rtol=1e-12, atol=0.0))
