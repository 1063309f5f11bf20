"""A gradient as course_bp prints it, for what cannot be written line by line: indexing, joining."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from autograder.derived.steps import UPSTREAM
from autograder.derived.tidy import Lengths, needed_lines, tidy
from course_bp.graph import Node
from course_bp.printing.source import to_source
from course_bp.variables import local_variables


def printed_solution(
    forward: Callable[..., Any],
    example: Mapping[str, Any],
    leaves: Sequence[str],
    lengths: Lengths,
) -> str:
    """The body of a right answer.

    Args:
        forward: the function.
        example: its inputs by name in order, and `upstream` if the result is an array.
        leaves: the inputs whose derivatives are handed in.
        lengths: sizes in the example → how code reads that length from an input.

    Returns:
        Lines of code that compute `dx` for each leaf x; the last one returns them in a dict.
    """
    names = list(example)
    function = _weighted(forward, names)
    positions = tuple(names.index(name) for name in leaves)
    text = to_source(function, *example.values(), argnums=positions)
    # A function in which exp may overflow has a line above its head.
    lines = [line for line in text.splitlines()[:-1] if line.startswith(" ")]
    body = [tidy(line.strip(), lengths) for line in lines if not _only_the_value(line)]
    results = ", ".join(
        f'"d{name}": {found}' for name, found in zip(leaves, _returned(text), strict=True)
    )
    last = f"return {{{results}}}"
    return "\n".join([*needed_lines(body, last), last])


def _weighted(forward: Callable[..., Any], names: Sequence[str]) -> Any:
    def function(*args: Any) -> Any:
        given = dict(zip(names, args, strict=True))
        upstream = given.pop(UPSTREAM, 1.0)
        with local_variables(forward) as variables:
            result = forward(*given.values())
        for name, value in variables.items():
            if value.__class__ is Node and value.name is None:
                value.name = name
        return (result * upstream).sum() if UPSTREAM in names else result

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
