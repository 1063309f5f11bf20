"""The solution of a derived exercise as NumPy code for inputs of every size.

course_bp prints the gradient for one example, and sizes stand there as numbers. The example has
large primes for sizes, so each of them can be put back as a length of an input.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np

from autograder.derived.steps import UPSTREAM
from course_bp.graph import Node
from course_bp.printing.source import to_source
from course_bp.variables import local_variables

PRIMES = (101, 103, 107, 109, 113)
# A factor is found again if it is a fraction of numbers up to this over a size. The primes are
# larger, so no plain number can be taken for one.
_WHOLE = 100


def solution_text(
    forward: Callable[..., Any],
    example: Mapping[str, Any],
    leaves: Sequence[str],
    lengths: Mapping[str, int],
    scalar: bool,
) -> str:
    """The body of a right answer.

    Args:
        forward: the function.
        example: its inputs by name in order, and `upstream` if the result is an array, with primes
            for sizes.
        leaves: the inputs that it is differentiated with respect to.
        lengths: the primes by the names of the sizes.
        scalar: whether the result is one number.

    Returns:
        Lines of code that compute `dx` for each leaf x; the last one returns them in a dict.
    """
    names = list(example)
    function = _weighted(forward, names, scalar)
    positions = tuple(names.index(name) for name in leaves)
    text = to_source(function, *example.values(), argnums=positions)
    spelt = _lengths(example, lengths)
    # A function in which exp may overflow has a line above its head.
    lines = [line for line in text.splitlines()[:-1] if line.startswith(" ")]
    body = [_with_lengths(line.strip(), spelt) for line in lines if not _only_the_value(line)]
    results = ", ".join(
        f'"d{name}": {found}' for name, found in zip(leaves, _returned(text), strict=True)
    )
    last = f"return {{{results}}}"
    return "\n".join([*_needed(body, last), last])


def _weighted(forward: Callable[..., Any], names: Sequence[str], scalar: bool) -> Any:
    def function(*args: Any) -> Any:
        given = dict(zip(names, args, strict=True))
        upstream = given.pop(UPSTREAM, 1.0)
        with local_variables(forward) as variables:
            result = forward(*given.values())
        for name, value in variables.items():
            if value.__class__ is Node and value.name is None:
                value.name = name
        return result if scalar else (result * upstream).sum()

    # The printer reads a function's parameters from its code.
    scope: dict[str, Any] = {"function": function}
    listed = ", ".join(names)
    exec(f"def named({listed}):\n    return function({listed})", scope)
    return scope["named"]


def _returned(text: str) -> list[str]:
    """The names that the printed function returns as its gradient."""
    last = ast.parse(text.splitlines()[-1].strip().replace("return ", "", 1), mode="eval").body
    assert isinstance(last, ast.Tuple)
    gradient = last.elts[1]
    assert isinstance(gradient, ast.Tuple)
    return [ast.unparse(each) for each in gradient.elts]


def _only_the_value(line: str) -> bool:
    return line.strip().startswith("value = ")


def _needed(lines: list[str], last: str) -> list[str]:
    """The lines without those whose result neither a later one nor the last one reads."""
    kept: list[str] = []
    read = {one.id for one in ast.walk(ast.parse(last)) if isinstance(one, ast.Name)}
    for line in reversed(lines):
        if line.startswith("#") or not line:
            kept.append(line)
            continue
        statement = ast.parse(line).body[0]
        assigned = (
            {one.id for one in statement.targets if isinstance(one, ast.Name)}
            if isinstance(statement, ast.Assign)
            else set()
        )
        if assigned and not assigned & read and not any(a.startswith("d") for a in assigned):
            continue
        read |= {
            one.id
            for one in ast.walk(statement)
            if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)
        }
        kept.append(line)
    return kept[::-1]


def _lengths(example: Mapping[str, Any], lengths: Mapping[str, int]) -> dict[int, str]:
    """Prime → how code reads that length from an input."""
    found: dict[int, str] = {}
    for name, value in example.items():
        for axis, length in enumerate(np.shape(value)):
            if length in lengths.values() and length not in found:
                found[length] = f"len({name})" if axis == 0 else f"{name}.shape[{axis}]"
    for a, b in combinations(tuple(found), 2):
        found[a * b] = f"({found[a]} * {found[b]})"
    return found


class _Lengths(ast.NodeTransformer):
    def __init__(self, spelt: Mapping[int, str]) -> None:
        self._spelt = spelt

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        value = node.value
        if not isinstance(value, int | float) or isinstance(value, bool):
            return node
        if value == int(value) and int(value) in self._spelt:
            return ast.parse(self._spelt[int(value)], mode="eval").body
        for length, text in self._spelt.items():
            share = Fraction(value * length).limit_denominator(_WHOLE)
            if 0 < share.numerator <= _WHOLE and abs(
                share / length - Fraction(value)
            ) < 1e-15 * abs(Fraction(value)):
                return ast.parse(f"{_fraction(share)} / {text}", mode="eval").body
        return node


def _fraction(share: Fraction) -> str:
    return str(share.numerator) if share.denominator == 1 else repr(float(share))


def _with_lengths(line: str, spelt: Mapping[int, str]) -> str:
    if line.startswith("#") or not line:
        return line
    tree = _Lengths(spelt).visit(ast.parse(line))
    return ast.unparse(ast.fix_missing_locations(tree))
