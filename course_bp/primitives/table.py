"""What a primitive operation is, and how one is applied to numbers, Nodes or dual numbers.

Each primitive is written once: its value, how an adjoint is pulled back through it (VJP) and
how a tangent is pushed forward (JVP), one rule for each operand, and how it is printed.
Everything that differentiates, draws or prints reads `TABLE`.

Rules are called as `rule(g, y, *operands)`: g is the adjoint of the result (VJP) or the
tangent of the operand (JVP), y the result, then all operands. They are written with the same
public functions that students use, so they run on plain numbers, and on Nodes when the
derivative is to be differentiated again. Broadcasting is none of their business: the passes
sum an adjoint back to its operand's shape, and stretch a tangent to its result's.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, TypeAlias

import numpy as np

from ..dual import Dual
from ..graph import Node, describe, plain, record
from ..values import as_constant

Rule: TypeAlias = Callable[..., Any]

# How tightly printed operations bind; an operand that binds less than asked for gets brackets.
COMPARISON, SUM, PRODUCT, SIGN, POWER, CALL = range(6)


class EachOperand(Sequence[Rule]):
    """The rules of an operation with any number of operands, made from the operand's position.

    Args:
        rule: called as rule(position, g, y, *operands).
    """

    def __init__(self, rule: Callable[..., Any]) -> None:
        self._rule = rule

    def __getitem__(self, position: Any) -> Any:
        return partial(self._rule, position)

    def __len__(self) -> int:
        return sys.maxsize


@dataclass(frozen=True, slots=True, eq=False)
class Primitive:
    """One operation and all that is known about it.

    Attributes:
        name: as students call it, and as `TABLE` lists it.
        value: the operation on floats and arrays.
        vjps: for each operand the rule that pulls an adjoint back, None where there is none.
        jvps: for each operand the rule that pushes a tangent forward.
        source: NumPy source, `{0}` standing for the first operand; None if the operation is
            printed as what its `value` does, which is then written with other primitives.
        latex: LaTeX, likewise.
        precedence: how tightly the printed operation binds.
        binds: for each operand of the source how tightly it must bind to go without brackets;
            operands that are not listed never need them.
        settings: how many of the last operands are settings instead of arrays, such as an axis.
        elementwise: whether each entry of the result depends on the same entries of the
            operands only, so that a VJP rule is a product with the local derivative.
        mask: whether the result is a truth value for each entry, recorded as 1.0 or 0.0.
        linear: whether entries are only moved and added up, with weights that are not negative.
        reach: called as reach(mask, y, *operands), which entries of the first operand those of
            the result depend on that the mask is positive for; None if that is all of them.
        commutative: whether the order of two operands does not matter, to the last bit.
        product: whether it is a product, which LaTeX writes without a sign or with a dot.
        view: whether the value may share its operand's memory.
        overflows: whether the printed source overflows on its way to a right value.
        written: how a printer writes it if not by `source` alone: "sum", whose terms may be added
            one by one; "entries", put among zeros where the second operand says; "subscript",
            which the second operand is.
        numpy: NumPy's functions for it, on Nodes and dual numbers; a pair of NumPy's function and
            what answers in its place where that takes other arguments.
        function: the public function.
    """

    name: str
    value: Callable[..., Any]
    vjps: Sequence[Rule | None]
    jvps: Sequence[Rule | None]
    source: str | Callable[..., str] | None
    latex: str | Callable[..., str]
    precedence: int = CALL
    binds: tuple[int, ...] = ()
    settings: int = 0
    elementwise: bool = False
    mask: bool = False
    linear: bool = False
    reach: Rule | None = None
    commutative: bool = False
    product: bool = False
    view: bool = False
    overflows: bool = False
    written: Literal["", "sum", "entries", "subscript"] = ""
    numpy: tuple[Any, ...] = ()
    function: Callable[..., Any] | None = field(default=None, init=False)

    def __repr__(self) -> str:
        return f"<primitive {self.name}>"


TABLE: dict[str, Primitive] = {}


def define(primitive: Primitive) -> Primitive:
    """Enter a primitive in the table."""
    if primitive.name in TABLE:
        raise ValueError(f"there is already a primitive called {primitive.name!r}")
    TABLE[primitive.name] = primitive
    return primitive


def apply(primitive: Primitive, *operands: Any) -> Any:
    """The operation on plain numbers, on Nodes (recording it) or on dual numbers.

    Raises:
        TypeError: if an operand is not a number, or Nodes meet dual numbers.
        ValueError: if the shapes do not fit, with the names of the operands.
    """
    for operand in operands:
        if operand.__class__ is Node:
            return _record(primitive, operands)
        if operand.__class__ is Dual:
            return _push(primitive, operands)
    return primitive.value(*operands)


def _arrays_first(primitive: Primitive, operands: tuple[Any, ...]) -> tuple[Any, ...]:
    """The operands with every constant array or number turned to float64, settings untouched."""
    arrays = len(operands) - primitive.settings
    head = (x if x.__class__ in (Node, float) else as_constant(x) for x in operands[:arrays])
    return (*head, *operands[arrays:])


def _record(primitive: Primitive, operands: tuple[Any, ...]) -> Node:
    operands = _arrays_first(primitive, operands)
    try:
        value = primitive.value(*[plain(x) for x in operands])
    except ValueError as error:
        raise shape_error(primitive, operands, error) from error
    value = normal(value)
    if value.__class__ is bool or (value.__class__ is np.ndarray and value.dtype == bool):
        value = value * 1.0
    return record(value, operands, primitive)


def normal(value: Any) -> Any:
    """NumPy's scalars and arrays without axes as Python numbers; anything else as it is."""
    if value.__class__ is float or (value.__class__ is np.ndarray and value.ndim):
        return value
    return value.item() if isinstance(value, np.ndarray | np.generic) else value


def shape_error(primitive: Primitive, operands: Sequence[Any], error: Exception) -> ValueError:
    """NumPy's complaint about shapes with the names of the nodes."""
    arrays = operands[: len(operands) - primitive.settings]
    return ValueError(f"{primitive.name} of {' and '.join(map(describe, arrays))}: {error}")


def push_forward(
    primitive: Primitive, y: Any, operands: Sequence[Any], tangents: Sequence[Any]
) -> Any:
    """The tangent of a result: each operand's tangent through its JVP rule, added up.

    Args:
        primitive: the operation.
        y: its result.
        operands: what it was applied to.
        tangents: the operands' tangents, None where there is none.

    Returns:
        The tangent, which broadcasting may still have to stretch to y's shape; None if no
        tangent arrives.
    """
    total = None
    for rule, tangent in zip(primitive.jvps, tangents, strict=False):
        if rule is not None and tangent is not None:
            part = rule(tangent, y, *operands)
            total = part if total is None else total + part
    return total


def _push(primitive: Primitive, operands: tuple[Any, ...]) -> Any:
    if any(x.__class__ is Node for x in operands):
        raise TypeError("a Node and a Dual met in one operation: use jvp, which works on Nodes")
    values = [x.value if x.__class__ is Dual else x for x in operands]
    y = normal(primitive.value(*values))
    if primitive.mask:
        return y
    tangents = [x.tangent if x.__class__ is Dual else None for x in operands]
    tangent = push_forward(primitive, y, values, tangents)
    return Dual(y, 0.0 if tangent is None else tangent)
