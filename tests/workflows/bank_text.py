"""An exercise's own bank as text for a cell: its right answer, and each of its mistakes."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from autograder.exercise import Exercise, Step
from autograder.judge.draw import PUBLIC_SEED, draw_inputs

HEAD = "from types import SimpleNamespace\nfrom typing import Any\nimport numpy as np\n"


class CannotTell(Exception):
    """A step was made by another function, so that its text alone does not say what it does."""


def bank_of(exercise: Exercise) -> dict[str, str]:
    """The bank of an exercise whose answer is a function of the inputs.

    Returns:
        The slug of a mistake, "" for none → the text of the function that makes it.
    """
    banked = {"": {}, **{mistake.slug: dict(mistake.wrong) for mistake in exercise.mistakes}}
    found = {}
    for slug, wrong in banked.items():
        try:
            found[slug] = _text(exercise, wrong)
        except CannotTell:
            continue
    return found


def _text(exercise: Exercise, wrong: dict[str, Step]) -> str:
    inputs = list(draw_inputs(exercise, PUBLIC_SEED)[0])
    helpers: dict[str, str] = {}
    lines = []
    for name, step in {**exercise.steps, **wrong}.items():
        lines.append(f"    v.{name} = {_expression(step)}")
        helpers |= dict(_needed(step))
    parts = ", ".join(f'"{part.name}": v.{part.name}' for part in exercise.parts)
    given = ", ".join(f"{name}={name}" for name in inputs)
    head = f"def {exercise.id.replace('.', '_')}({', '.join(inputs)}):"
    body = [f"    v = SimpleNamespace({given})", *lines, f"    return {{{parts}}}"]
    return "\n".join([HEAD, *helpers.values(), head, *body])


def _expression(step: Any) -> str:
    """What a step computes of v, as text."""
    code: CodeType | None = getattr(step, "__code__", None)
    if code is None or code.co_freevars or code.co_varnames[: code.co_argcount] != ("v",):
        raise CannotTell
    if code.co_name != "<lambda>":
        return f"{code.co_name}(v)"
    places = set(code.co_positions())
    for node in _lambdas(code.co_filename):
        body = node.body
        if (body.lineno, body.end_lineno, body.col_offset, body.end_col_offset) in places:
            return ast.unparse(body)
    raise CannotTell


@cache
def _lambdas(file: str) -> list[ast.Lambda]:
    tree = ast.parse(Path(file).read_text("utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Lambda)]


def _needed(step: Any) -> Iterator[tuple[str, str]]:
    """The functions that a step needs, itself if it has a name; what others need comes first."""
    code, names = step.__code__, step.__globals__
    for name in code.co_names:
        one = names.get(name)
        if isinstance(one, FunctionType):
            yield from _needed(one)
        elif one is not None and not isinstance(one, ModuleType) and name != "Any":
            raise CannotTell
    if code.co_name != "<lambda>":
        yield code.co_name, inspect.getsource(step)
