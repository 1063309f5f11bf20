"""What one formula of a printed line computes from the values of its operands."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.lines import Compute

OPERATORS: dict[type[ast.AST], Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.MatMult: operator.matmul,
    ast.FloorDiv: operator.floordiv,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


def operands_of(node: ast.expr) -> list[ast.expr]:
    """The formulas that an operation is applied to.

    Args:
        node: the operation.

    Raises:
        NotImplementedError: if it is of another kind than what is printed.
    """
    match node:
        case ast.Name() | ast.Constant():
            return []
        case ast.BinOp():
            return [node.left, node.right]
        case ast.UnaryOp():
            return [node.operand]
        case ast.Compare(ops=[_]):
            return [node.left, *node.comparators]
        case ast.Tuple():
            return node.elts
        case ast.Subscript():
            return [node.value]
        case ast.Attribute():
            return [] if _is_numpy(node.value) else [node.value]
        case ast.Call(func=ast.Attribute(value=of)):
            return [*([] if _is_numpy(of) else [of]), *node.args]
        case ast.Call(func=ast.Name(id="len")):
            return node.args
    raise NotImplementedError(ast.unparse(node))


def computed(node: ast.expr, operands: tuple[int, ...], named: Mapping[str, int]) -> Compute:
    """How a step's value follows from those of its operands.

    Args:
        node: the step's formula.
        operands: the numbers of the steps that it is applied to.
        named: the variables with the numbers of their steps.

    Raises:
        NotImplementedError: if it is of another kind than what is printed.
    """
    match node:
        case ast.Name():
            if node.id not in named:
                raise NotImplementedError(node.id)
            number = named[node.id]
            return lambda v: v[number]
        case ast.Constant():
            return lambda _: node.value
        case ast.BinOp() | ast.UnaryOp():
            return applied(OPERATORS[type(node.op)], operands)
        case ast.Compare():
            return applied(OPERATORS[type(node.ops[0])], operands)
        case ast.Tuple():
            return applied(lambda *x: x, operands)
        case ast.Subscript():
            index = _index(node.slice)
            return applied(lambda x: x[index], operands)
        case ast.Attribute():
            attribute = getattr(np, node.attr) if not operands else None
            if not operands:
                return lambda _: attribute
            return applied(operator.attrgetter(node.attr), operands)
        case ast.Call():
            return applied(called(node), operands)
    raise NotImplementedError(ast.unparse(node))


def formula(node: ast.expr, named: Mapping[str, int]) -> Compute:
    """How a whole formula's value follows from those of the variables.

    Args:
        node: the formula.
        named: the variables with the numbers of their steps.

    Raises:
        NotImplementedError: if it is of another kind than what is printed.
    """
    parts = [formula(one, named) for one in operands_of(node)]
    made = computed(node, tuple(range(len(parts))), named)
    return made if not parts else lambda v: made([part(v) for part in parts])


def called(node: ast.Call, name: str = "", settings: Mapping[str, Any] | None = None) -> Any:
    """The function that a call calls, as one of its operands alone.

    Args:
        node: the call.
        name: another function's name (default: its own).
        settings: other keyword arguments (default: its own).
    """
    if isinstance(node.func, ast.Name):
        return len
    assert isinstance(node.func, ast.Attribute)
    name = name or node.func.attr
    given = settings_of(node) if settings is None else dict(settings)
    if _is_numpy(node.func.value):
        function = getattr(np, name)
        return lambda *x: function(*x, **given)
    return lambda of, *x: getattr(of, name)(*x, **given)


def settings_of(node: ast.Call) -> dict[str, Any]:
    """The keyword arguments of a call."""
    return {str(one.arg): ast.literal_eval(one.value) for one in node.keywords}


def applied(function: Callable[..., Any], operands: tuple[int, ...]) -> Compute:
    """A function of the values of some steps."""
    if len(operands) == 1:
        (only,) = operands
        return lambda v: function(v[only])
    if len(operands) == 2:
        first, second = operands
        return lambda v: function(v[first], v[second])
    return lambda v: function(*(v[one] for one in operands))


def _is_numpy(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "np"


def _index(node: ast.expr) -> Any:
    if isinstance(node, ast.Tuple):
        return tuple(map(_index, node.elts))
    if isinstance(node, ast.Slice):
        ends = (node.lower, node.upper, node.step)
        return slice(*(None if one is None else ast.literal_eval(one) for one in ends))
    return ast.literal_eval(node)
