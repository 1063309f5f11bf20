"""The constants of a forward function as its author spelt them: sqrt(2 / pi), not 0.7978845608."""

from __future__ import annotations

import ast
import inspect
import math
import operator
import textwrap
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

_OF_NUMPY = {"pi": math.pi, "e": math.e}
_OPERATORS: Mapping[type[ast.AST], Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
}


@lru_cache(maxsize=256)
def spelt_constants(function: Callable[..., Any]) -> dict[float, str]:
    """What a function's text has for the numbers that it computes with.

    Args:
        function: the forward function.

    Returns:
        Value → text, as NumPy code that stands for itself, in brackets where it needs them. Whole
        and half numbers are not among them, nor is what cannot be read.
    """
    try:
        text = textwrap.dedent(inspect.getsource(function))
        tree = ast.parse(text)
        scope = inspect.getclosurevars(function)
    except (OSError, TypeError, SyntaxError):
        return {}
    known = {**scope.builtins, **scope.globals, **scope.nonlocals}
    found: dict[float, str] = {}
    for node in _constants(tree, _own_names(tree)):
        try:
            value, written = _value(node, known), _written(node, text, known)
        except Exception:
            continue  # It is not a number, or cannot be written so that a notebook understands it.
        if 2 * value != round(2 * value):
            found.setdefault(value, written)
    return found


def constant_in_latex(text: str) -> str:
    """A constant as LaTeX.

    Args:
        text: as `spelt_constants` has it.
    """
    return _in_latex(ast.parse(text, mode="eval").body, text)


def _in_latex(node: ast.expr, text: str) -> str:
    match node:
        case ast.Constant():
            written = ast.get_source_segment(text, node) or repr(node.value)
            digits, _, exponent = written.lower().partition("e")
            if not exponent:
                return written
            power = f"10^{{{int(exponent)}}}"
            return power if float(digits) == 1 else rf"{digits} \cdot {power}"
        case ast.Attribute(_, "pi"):
            return r"\pi"
        case ast.Call(ast.Attribute(_, "sqrt"), [operand]):
            return rf"\sqrt{{{_in_latex(operand, text)}}}"
        case ast.BinOp(left, ast.Div(), right):
            return rf"\frac{{{_in_latex(left, text)}}}{{{_in_latex(right, text)}}}"
        case ast.UnaryOp(ast.USub(), operand):
            return f"-{_in_latex(operand, text)}"
    spoken = ast.unparse(node).replace("np.", "").replace("_", r"\_").replace("**", "^")
    return rf"\mathrm{{{spoken}}}"


def _own_names(tree: ast.AST) -> set[str]:
    """The arguments and local variables of a function."""
    names = {one.arg for one in ast.walk(tree) if isinstance(one, ast.arg)}
    return names | {
        one.id
        for one in ast.walk(tree)
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
    }


def _constants(tree: ast.AST, own: set[str]) -> Iterator[ast.expr]:
    """The largest formulas that depend on nothing but numbers, and single numbers."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.expr):
            names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
            if not names & own:
                yield node
                continue
        yield from _constants(node, own)


def _value(node: ast.expr, known: Mapping[str, Any]) -> float:
    value = _worked_out(node, known)
    if isinstance(value, bool) or not math.isfinite(value):
        raise ValueError("it is not a number")
    return float(value)


def _worked_out(node: ast.expr, known: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value):
            return value
        case ast.Name(name):
            return known[name]
        case ast.Attribute(module, name):
            return getattr(_worked_out(module, known), name)
        case ast.BinOp(left, kind, right):
            return _OPERATORS[type(kind)](_worked_out(left, known), _worked_out(right, known))
        case ast.UnaryOp(kind, operand):
            return _OPERATORS[type(kind)](_worked_out(operand, known))
        case ast.Call(function, arguments, []):
            return _worked_out(function, known)(*(_worked_out(one, known) for one in arguments))
    raise ValueError("it is not a formula of numbers")


def _written(node: ast.expr, text: str, known: Mapping[str, Any]) -> str:
    """A constant as NumPy code."""
    if isinstance(node, ast.Constant):
        # 1e-5 as it stands there, not 1e-05.
        return ast.get_source_segment(text, node) or repr(node.value)
    copied = ast.parse(ast.unparse(node), mode="eval")
    found = ast.unparse(_InNumPy(known).visit(copied))
    return f"({found})" if isinstance(node, ast.BinOp | ast.UnaryOp) else found


class _InNumPy(ast.NodeTransformer):
    """Puts NumPy's names in the place of those that a notebook may lack."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        self._known = known

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return self._named(node.id, self._known[node.id])

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        return self._named(node.attr, _worked_out(node, self._known))

    def _named(self, name: str, value: Any) -> ast.AST:
        for own, number in _OF_NUMPY.items():
            if isinstance(value, float) and value == number:
                return ast.parse(f"np.{own}", mode="eval").body
        if isinstance(value, int | float):
            return ast.Constant(value)
        called = getattr(value, "__name__", name)
        if not callable(value) or not hasattr(np, called):
            raise ValueError(f"{name} means nothing in a notebook")
        return ast.parse(f"np.{called}", mode="eval").body
