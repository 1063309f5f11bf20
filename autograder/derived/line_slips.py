"""What people get wrong in one formula of a line: an operator, a sign, a number, an axis."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.derived.line_phrases import SYMBOLS, number_as_read, quoted, what, written_for
from autograder.derived.line_values import OPERATORS, applied, called, computed, settings_of
from autograder.lines import Compute, LineSlip

OTHERS: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add, ast.Mult),
    ast.Mult: (ast.Div, ast.Add, ast.MatMult, ast.Sub),
    ast.Div: (ast.Mult, ast.FloorDiv, ast.Sub),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.Lt: (ast.Gt, ast.LtE, ast.GtE),
    ast.LtE: (ast.GtE, ast.Lt, ast.Gt),
    ast.Gt: (ast.Lt, ast.GtE, ast.LtE),
    ast.GtE: (ast.LtE, ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}
# One half of a sum is a term, of a product a factor.
_PIECES: dict[type[ast.AST], str] = {
    ast.Add: "term",
    ast.Sub: "term",
    ast.Mult: "factor",
    ast.Div: "factor",
    ast.MatMult: "factor",
}
_FUNCTIONS = ("tanh", "sinh", "cosh", "sin", "cos", "exp", "log", "sqrt", "square", "abs", "sign")
_ALIKE = (
    _FUNCTIONS,
    ("exp", "expm1"),
    ("log", "log1p", "log2", "log10"),
    ("sum", "mean", "max", "min", "prod"),
    ("maximum", "minimum"),
    ("zeros_like", "ones_like"),
    ("zeros", "ones"),
)
# What may be done to any value: the kind, the words, and the change.
_TO_ANY: tuple[tuple[str, str, Callable[[Any], Any]], ...] = (
    ("a wrong sign", "{} has the wrong sign", operator.neg),
    ("a factor of 2", "{} is taken twice", lambda a: 2 * a),
    ("a factor of 2", "half of {} is taken", lambda a: a / 2),
    ("a square too many", "{} is squared", lambda a: a**2),
)
# What is done to an input before anything else.
_NARROWED: tuple[tuple[str, Callable[[Any], Any]], ...] = (
    ("|{0}| stands for {0}", np.abs),
    ("{0} is cut off below 0", lambda a: np.maximum(a, 0.0)),
    ("{0} is cut off below 0.001", lambda a: np.maximum(a, 1e-3)),
    ("{0} is cut off at −1 and 1", lambda a: np.clip(a, -1.0, 1.0)),
)
OPERATOR, BRACKETS = "a wrong operator", "missing brackets"
NARROWED = "an input that is changed first"


@dataclass(frozen=True)
class Place:
    """A formula in a line.

    Args:
        number: of its step.
        node: the formula; an input itself is a name that is stored.
        operands: the numbers of the steps that it is applied to.
        named: the variables that have a value there, with the numbers of their steps.
    """

    number: int
    node: ast.expr
    operands: tuple[int, ...]
    named: Mapping[str, int]


def slips_of(place: Place) -> Iterator[LineSlip]:
    """The slips that people make in one formula.

    Args:
        place: where it stands.
    """
    for kind, words, value in _every(place):
        yield LineSlip(place.number, value, kind, words)


def _every(place: Place) -> Iterator[tuple[str, str, Compute]]:
    node = place.node
    match node:
        case ast.Name(ctx=ast.Store()):
            for words, change in _NARROWED:
                yield NARROWED, words.format(node.id), _input(place.number, change)
            return
        case ast.Name():
            yield from _of_name(place, node)
        case ast.Constant():
            yield from _of_number(node)
            return
        case ast.BinOp():
            yield from _of_operation(place, node)
        case ast.UnaryOp(op=ast.USub()):
            yield "a wrong sign", f"{what(node.operand)} has the wrong sign", _operand(place, 0)
        case ast.Compare():
            yield from _other_operators(place, type(node.ops[0]))
        case ast.Subscript():
            yield from _of_entry(place, node)
        case ast.Attribute():
            if node.attr == "T":
                yield (
                    "a missing transpose",
                    f"{what(node.value)} is not transposed",
                    _operand(place, 0),
                )
        case ast.Call():
            yield from _of_call(place, node)
    if isinstance(node, ast.Tuple | ast.Attribute) or _is_length(node):
        return
    right = computed(node, place.operands, place.named)
    for kind, words, change in _TO_ANY:
        yield kind, words.format(what(node)), _after(right, change)
    if isinstance(node, ast.Name):
        yield "a transpose too many", f"{node.id} is transposed", _after(right, np.transpose)


def _of_name(place: Place, node: ast.Name) -> Iterator[tuple[str, str, Compute]]:
    for other, number in place.named.items():
        if other != node.id:
            yield (
                f"{other} instead of {node.id}",
                f"{other} is used where {node.id} belongs",
                value_of(number),
            )


def _of_number(node: ast.Constant) -> Iterator[tuple[str, str, Compute]]:
    right = node.value
    if isinstance(right, bool) or not isinstance(right, int | float):
        return
    others = (right + 1, right - 1, 2 * right, right / 2, 0, 1, -right, 1 / right if right else 0)
    for other in dict.fromkeys(others):
        if other != right:
            words = written_for(number_as_read(other), number_as_read(right))
            yield "a wrong constant", words, _always(other)


def _of_operation(place: Place, node: ast.BinOp) -> Iterator[tuple[str, str, Compute]]:
    for side, left_out in ((0, node.right), (1, node.left)):
        piece = _PIECES.get(type(node.op), ("exponent", "base")[side])
        words = f"the {piece} {quoted(left_out)} is left out"
        yield f"a missing {piece}", words, _operand(place, side)
    yield from _other_operators(place, type(node.op))
    if isinstance(node.op, ast.Sub | ast.Div | ast.Pow | ast.MatMult):
        symbol = SYMBOLS[type(node.op)]
        yield (
            "two sides swapped",
            f"the two sides of a {symbol} are swapped",
            applied(OPERATORS[type(node.op)], place.operands[::-1]),
        )


def _other_operators(place: Place, right: type[ast.AST]) -> Iterator[tuple[str, str, Compute]]:
    for other in OTHERS.get(right, ()):
        yield (
            OPERATOR,
            written_for(SYMBOLS[other], SYMBOLS[right]),
            applied(OPERATORS[other], place.operands),
        )


def _of_entry(place: Place, node: ast.Subscript) -> Iterator[tuple[str, str, Compute]]:
    """Another length of a shape."""
    if isinstance(node.slice, ast.Constant):
        for index in (0, 1, -1):
            if index != node.slice.value:
                yield (
                    "a wrong length",
                    f"another length is used where {ast.unparse(node)} belongs",
                    applied(lambda x, index=index: x[index], place.operands),
                )


def _of_call(place: Place, node: ast.Call) -> Iterator[tuple[str, str, Compute]]:
    if not isinstance(node.func, ast.Attribute):
        return
    name, settings = node.func.attr, settings_of(node)
    count = len(place.operands)
    if count == 1:
        yield f"a missing {name}", f"a {name} is left out", _operand(place, 0)
    for others in _ALIKE:
        for other in others if name in others else ():
            if other != name:
                yield (
                    "another function",
                    f"{other} is used where {name} belongs",
                    applied(called(node, other), place.operands),
                )
    for i in range(count - 1):
        swapped = list(range(count))
        swapped[i : i + 2] = i + 1, i
        yield (
            "arguments swapped",
            f"two arguments of {name} are swapped",
            applied(called(node), tuple(place.operands[one] for one in swapped)),
        )
    if name == "where":
        for i in (1, 2):
            case = "one of the two cases is taken everywhere"
            yield "a missing choice", case, _operand(place, i)
    for setting in settings:
        rest = {key: value for key, value in settings.items() if key != setting}
        without = applied(called(node, settings=rest), place.operands)
        yield f"{setting} left out", f"{name} is taken without its {setting}", without
    if "axis" in settings:
        for axis in (0, 1, -1, None):
            if axis != settings["axis"]:
                along = called(node, settings={**settings, "axis": axis})
                words = f"{name} is taken over another axis"
                yield "a wrong axis", words, applied(along, place.operands)


def _operand(place: Place, position: int) -> Compute:
    return value_of(place.operands[position])


def value_of(number: int) -> Compute:
    """The value of another step.

    Args:
        number: of that step.
    """
    return lambda v: v[number]


def _always(value: Any) -> Compute:
    return lambda _: value


def _input(number: int, change: Callable[[Any], Any]) -> Compute:
    return lambda v: change(v[number])


def _after(right: Compute, change: Callable[[Any], Any]) -> Compute:
    return lambda v: change(right(v))


def _is_length(node: ast.expr) -> bool:
    """Whether a formula gives a whole number that is a size."""
    return isinstance(node, ast.Subscript) or (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    )
