"""The simpler form of an operation on expressions, where there is one.

Each rule is called as `rule(make, *operands)` with the operands that are to be joined; it returns
an expression made by `make`, or None to leave the operation as it is. They remove what backward
rules written for any operand leave behind and keep every rounding within a unit or two in the last
place.

Source: Griewank and Walther, Evaluating Derivatives, section 6.2 (source transformation).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..primitives.table import TABLE

if TYPE_CHECKING:
    from .expressions import Expression, Expressions


_DEEPEST = 4  # operations of one backward rule that stand between two choices


def _add(make: Expressions, a: Expression, b: Expression) -> Expression | None:
    if a.made_by("where") and b.made_by("where") and a.operands[0] is b.operands[0]:
        pairs = list(zip(a.operands[1:], b.operands[1:], strict=True))
        if all(_are_numbers(x, y) or x.is_number(0.0) or y.is_number(0.0) for x, y in pairs):
            chosen = [make.call("add", x, y) for x, y in pairs]
            return make.call("where", a.operands[0], *chosen)
    if a.is_number(0.0):
        return b
    if b.is_number(0.0):
        return a
    if b.made_by("negative"):
        return make.call("subtract", a, b.operands[0])
    if a.made_by("negative"):
        return make.call("subtract", b, a.operands[0])
    return None


def _subtract(make: Expressions, a: Expression, b: Expression) -> Expression | None:
    if b.is_number(0.0):
        return a
    if a.is_number(0.0):
        return make.call("negative", b)
    if b.made_by("negative"):
        return make.call("add", a, b.operands[0])
    return None


def _multiply(make: Expressions, a: Expression, b: Expression) -> Expression | None:
    if b.is_number() and not a.is_number():
        return make.call("multiply", b, a)
    if a.is_number(1.0):
        return b
    if a.is_number(-1.0):
        return make.call("negative", b)
    if a.is_number():
        return _scale(make, a, b)
    if a.made_by("negative"):
        return make.call("negative", make.call("multiply", a.operands[0], b))
    if b.made_by("negative"):
        return make.call("negative", make.call("multiply", a, b.operands[0]))
    for x, other in ((b, a), (a, b)):
        if x.made_by("divide") and x.operands[0].is_number(1.0):
            return make.call("divide", other, x.operands[1])
    return None


def _scale(make: Expressions, a: Expression, b: Expression) -> Expression | None:
    """A number times an expression that has a number in it already."""
    if _chooses_numbers(b):
        chosen = [make.call("multiply", a, x) for x in b.operands[1:]]
        return make.call("where", b.operands[0], *chosen)
    if b.made_by("negative"):
        return make.call("multiply", make.constant(-a.constant), b.operands[0])
    if b.made_by("multiply") and b.operands[0].is_number():
        if not 1e-300 < abs(a.constant * b.operands[0].constant) < 1e300:
            return None  # in two steps it may still come out right
        return make.call("multiply", make.call("multiply", a, b.operands[0]), b.operands[1])
    if b.made_by("divide") and b.operands[0].is_number():
        return make.call("divide", make.call("multiply", a, b.operands[0]), b.operands[1])
    if b.made_by("divide") and b.operands[1].is_number():
        return make.call("multiply", make.call("divide", a, b.operands[1]), b.operands[0])
    return None


def _divide(make: Expressions, a: Expression, b: Expression) -> Expression | None:
    if b.is_number(1.0):
        return a
    if a.made_by("negative"):
        return make.call("negative", make.call("divide", a.operands[0], b))
    if b.is_number() and a.made_by("multiply") and a.operands[0].is_number():
        return make.call("multiply", make.call("divide", a.operands[0], b), a.operands[1])
    return None


def _negative(make: Expressions, x: Expression) -> Expression | None:
    if x.made_by("negative"):
        return _first(x)
    if x.made_by("subtract"):
        return make.call("subtract", x.operands[1], x.operands[0])
    if x.made_by("multiply") and x.operands[0].is_number():
        return make.call("multiply", make.constant(-x.operands[0].constant), x.operands[1])
    if x.made_by("divide") and _has_a_factor(_first(x)):
        return make.call("divide", make.call("negative", _first(x)), x.operands[1])
    return None


def _has_a_factor(x: Expression) -> bool:
    """Whether x is a number, or has one in front, that can take up a sign."""
    number = _first(x) if x.made_by("multiply") else x
    return number.is_number() and not number.is_number(1.0)


def _power(make: Expressions, a: Expression, b: Expression) -> Expression | None:
    if b.is_number(0.0):
        return make.full(1.0, a.shape)
    return a if b.is_number(1.0) else None


def _transpose(make: Expressions, x: Expression, axes: Any) -> Expression | None:
    if (axes is None and len(x.shape) < 2) or axes == tuple(range(len(x.shape))):
        return x
    if axes is None and x.made_by("reshape") and len(_first(x).shape) == 1 and 1 in x.shape:
        return make.make(TABLE["reshape"], (_first(x), x.shape[::-1]), x.shape[::-1])
    return _first(x) if axes is None and x.made_by("transpose") and x.operands[1] is None else None


def _reshape(make: Expressions, x: Expression, shape: tuple[int, ...]) -> Expression | None:
    """Nothing if the shape is the same; one step instead of two."""
    if x.made_by("reshape") and _first(x).shape != shape:
        return make.make(TABLE["reshape"], (_first(x), shape), shape)
    if x.made_by("broadcast_to") and _first(x).is_number():
        return make.full(_first(x).constant, shape)
    if x.made_by("negative"):
        return make.call("negative", make.make(TABLE["reshape"], (_first(x), shape), shape))
    if x.made_by("sum") and shape == _reduced(_first(x).shape, x.operands[1], True):
        return make.make(TABLE["sum"], (_first(x), x.operands[1], True), shape)
    return _first(x) if x.made_by("reshape") else x


def _reduced(shape: tuple[int, ...], axis: Any, keepdims: bool) -> tuple[int, ...]:
    """The shape of a sum along an axis, or several; kept axes have length 1."""
    axes = range(len(shape)) if axis is None else (axis,) if isinstance(axis, int) else axis
    gone = {i % len(shape) for i in axes}
    return tuple(1 if i in gone else n for i, n in enumerate(shape) if keepdims or i not in gone)


def _matmul(make: Expressions, a: Expression, b: Expression) -> Expression | None:
    """A column times a row: the outer product."""
    if a.shape[1:] == (1,) and b.shape[:1] == (1,) and len(b.shape) == 2:
        return make.call("multiply", a, b)
    return None


def _where(make: Expressions, c: Expression, a: Expression, b: Expression) -> Expression | None:
    """What is chosen by a condition need not choose by it again."""
    settled = _settle(make, c, a, 1, _DEEPEST), _settle(make, c, b, 2, _DEEPEST)
    return None if settled == (a, b) else make.call("where", c, *settled)


def _settle(make: Expressions, c: Expression, x: Expression, branch: int, depth: int) -> Expression:
    """x, entry by entry, where the condition c is known: branch 1 if it holds, 2 if not.

    Only zeros are left out. Any other number may be there to keep a logarithm from its pole.
    """
    if x.made_by("where") and x.operands[0] is c and x.operands[3 - branch].is_number(0.0):
        inner: Expression = x.operands[branch]
        return inner if inner.shape == x.shape or inner.is_number() else x
    if not depth or x.primitive is None or not x.primitive.elementwise:
        return x
    operands = [_settle(make, c, y, branch, depth - 1) for y in x.operands]
    same = all(y is z for y, z in zip(operands, x.operands, strict=True))
    return x if same else make.call(x.primitive.name, *operands)


def _unchanged(make: Expressions, x: Expression, *settings: Any) -> Expression | None:
    """The operand, which `make` takes if it has the result's shape already."""
    return x


def _reduce(make: Expressions, x: Expression, *settings: Any) -> Expression | None:
    return x if x.shape == () else None


def _sum(make: Expressions, x: Expression, axis: Any, keepdims: bool) -> Expression | None:
    if x.made_by("broadcast_to") and _first(x).is_number() and axis is None and not keepdims:
        return make.constant(_first(x).constant * math.prod(x.shape))
    if x.made_by("negative"):
        shape = _reduced(x.shape, axis, keepdims)
        return make.call("negative", make.make(TABLE["sum"], (_first(x), axis, keepdims), shape))
    return _reduce(make, x)


def _chooses_numbers(x: Expression) -> bool:
    """Whether x is one number or another, by a condition."""
    return x.made_by("where") and _are_numbers(*x.operands[1:])


def _are_numbers(*expressions: Expression) -> bool:
    return all(x.is_number() for x in expressions)


def _first(x: Expression) -> Expression:
    first: Expression = x.operands[0]
    return first


SIMPLER: dict[str, Callable[..., Expression | None]] = {
    "add": _add,
    "subtract": _subtract,
    "multiply": _multiply,
    "divide": _divide,
    "negative": _negative,
    "power": _power,
    "matmul": _matmul,
    "positive": _unchanged,
    "transpose": _transpose,
    "reshape": _reshape,
    "broadcast_to": _unchanged,
    "sum": _sum,
    "mean": _reduce,
    "max": _reduce,
    "where": _where,
}
