"""Why no exercise can be derived, and which of the author's own lines that is about."""

from __future__ import annotations

import ast
import contextlib
import inspect
import textwrap
from collections.abc import Callable
from typing import Any

# The arguments that stand without their names.
_POSITIONAL = ("id", "forward")


class NotDerivable(ValueError):
    """An exercise cannot be derived; the message says what to change.

    Args:
        message: for the author.
        argument: the argument of `exercise(…)` or `computed(…)` that it is about, if it is one.
        key: the entry of this argument.
        at: otherwise, the line of the forward function: its file and number.
    """

    def __init__(
        self, message: str, *, argument: str = "", key: str = "", at: tuple[str, int] | None = None
    ) -> None:
        super().__init__(message)
        self.argument, self.key, self.at = argument, key, at


def line_of_result(function: Callable[..., Any]) -> tuple[str, int] | None:
    """Where a function returns.

    Args:
        function: the forward function.

    Returns:
        Its file, and the line of its last `return`; None if its source cannot be read.
    """
    return _line_of(function, (ast.Return, ast.Lambda), last=True)


def line_of_choice(function: Callable[..., Any]) -> tuple[str, int] | None:
    """Where a function may do other things for other inputs: its first branch or loop.

    Args:
        function: the forward function.

    Returns:
        Its file, and the line; None if its source cannot be read.
    """
    branches = (ast.If, ast.IfExp, ast.For, ast.While, ast.comprehension, ast.Match)
    return _line_of(function, branches, last=False)


def line_in_call(text: str, first: int, argument: str, key: str) -> int:
    """The line of an argument in a call that is written over several lines.

    Args:
        text: the file.
        first: the line where the call begins.
        argument: the argument's name.
        key: the entry, where the argument is a dict.

    Returns:
        The line of the entry, or of the argument, or of the call, as far as it can be found.
    """
    calls = (one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.Call))
    for call in (one for one in calls if one.lineno == first):
        named = {given.arg: given.value for given in call.keywords}
        named.update(zip(_POSITIONAL, call.args, strict=False))
        if argument in named:
            return _line_of_entry(named[argument], key)
    return first


def _line_of_entry(value: ast.expr, key: str) -> int:
    if isinstance(value, ast.Dict):
        for name in value.keys:
            if isinstance(name, ast.Constant) and name.value == key:
                return name.lineno
    return value.lineno


def _line_of(
    function: Callable[..., Any], kinds: tuple[type[ast.AST], ...], last: bool
) -> tuple[str, int] | None:
    """The first or last statement of some kinds; else where the function begins."""
    try:
        lines, start = inspect.getsourcelines(function)
        file = function.__code__.co_filename
    except (OSError, TypeError, AttributeError):
        return None
    found: list[Any] = []
    with contextlib.suppress(SyntaxError):  # A lambda in the middle of a call.
        tree = ast.parse(textwrap.dedent("".join(lines)))
        found = [one for one in ast.walk(tree) if isinstance(one, kinds)]
    numbers = sorted(getattr(one, "lineno", 0) or one.target.lineno for one in found) or [1]
    return file, start - 1 + numbers[-1 if last else 0]
