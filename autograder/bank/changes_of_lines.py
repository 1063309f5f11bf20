"""What people do to a line when they err: drop, double or move it, or treat inputs narrowly."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from autograder.bank.places import Both, Change

# How an answer may treat an input as if it were of a narrower kind than was promised.
_NARROWER = (
    "np.abs({0})",
    "np.maximum({0}, 0.0)",
    "np.maximum({0}, 1e-3)",
    "np.clip({0}, -1.0, 1.0)",
    "np.clip({0}, -30.0, 30.0)",
    "np.squeeze({0})",
    "np.atleast_2d({0})",
    "np.where(np.abs({0}) < 1e-6, 0.0, {0})",
    "np.where({0} == 0, 1e-9, {0})",
)


def changes_of_line(
    node: ast.stmt, following: ast.stmt | None, outermost: bool, in_class: bool
) -> Iterator[Change]:
    """What people do to one line.

    Args:
        node: the line, or the block that it begins.
        following: the line after it in the same block.
        outermost: whether it is outside every function.
        in_class: whether it is in the body of a class.

    Yields:
        A change in a few words, and what replaces the line.
    """
    here = ast.unparse(node).partition("\n")[0][:60]
    if not isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield f"dropped: {here}", []
        yield f"twice: {here}", [node, node]
        if following is not None:
            yield f"moved down: {here}", Both([following, node])
    if isinstance(node, ast.For | ast.While):
        yield (f"only once: {here}", _with_body(node, [*node.body, ast.Break()]))
        yield (f"not the first: {here}", _without_first(node))
    if isinstance(node, ast.If):
        yield (f"always: {here}", list(node.body))
        yield (f"never: {here}", list(node.orelse))
        yield (f"not: {here}", _negated(node))
    if isinstance(node, ast.AugAssign):
        stored = ast.Assign([node.target], node.value)
        yield (f"= instead of an update: {here}", stored)
        yield (f"-=: {here}", ast.AugAssign(node.target, ast.Sub(), node.value))
        yield (f"+=: {here}", ast.AugAssign(node.target, ast.Add(), node.value))
    if (
        isinstance(node, ast.Assign)
        and isinstance(node.value, ast.BinOp)
        and isinstance(node.targets[0], ast.Name | ast.Subscript)
        and len(node.targets) == 1
        and ast.dump(node.value.left) == ast.dump(_as_load(node.targets[0]))
    ):
        update = ast.AugAssign(node.targets[0], node.value.op, node.value.right)
        yield (f"in place: {here}", update)
    if isinstance(node, ast.FunctionDef) and outermost:
        yield from _of_inputs(node)
        if not in_class:
            yield from _of_memory(node)
    if isinstance(node, ast.Return) and isinstance(node.value, ast.Dict):
        yield from _outputs(node.value)


def _of_inputs(node: ast.FunctionDef) -> Iterator[Change]:
    """A narrower kind of input, or inputs swapped."""
    names = [argument.arg for argument in node.args.args if argument.arg != "self"]
    for name in names:
        for narrower in _NARROWER:
            line = ast.parse(f"{name} = {narrower.format(name)}").body
            yield (f"at the start, {ast.unparse(line[0])}", _with_body(node, line + node.body))
    for a, b in pairwise(names):
        line = ast.parse(f"{a}, {b} = {b}, {a}").body
        yield (f"{a} and {b} swapped", _with_body(node, line + node.body))


def _of_memory(node: ast.FunctionDef) -> Iterator[Change]:
    """State between calls."""
    if names := [argument.arg for argument in node.args.args]:
        yield ("the first answer kept", _remembering(node, "'only'"))
        shapes = ", ".join(f"np.shape({name})" for name in names)
        yield ("the answer kept for the shapes", _remembering(node, f"str(({shapes},))"))


def _remembering(node: ast.FunctionDef, key: str) -> list[ast.stmt]:
    inner = _with_body(node, node.body)
    inner.name = "_anew"
    arguments = ast.unparse(node.args)
    names = ", ".join(argument.arg for argument in node.args.args)
    return [
        *ast.parse("_kept = {}").body,
        inner,
        *ast.parse(
            f"def {node.name}({arguments}):\n"
            f"    key = {key}\n"
            f"    if key not in _kept:\n"
            f"        _kept[key] = _anew({names})\n"
            f"    return _kept[key]\n"
        ).body,
    ]


def _outputs(returned: ast.Dict) -> Iterator[Change]:
    for j in range(len(returned.values)):
        for i in range(j):
            values = list(returned.values)
            values[i], values[j] = values[j], values[i]
            changed = ast.Return(ast.Dict(returned.keys, values))
            yield (f"outputs {i + 1} and {j + 1} swapped", changed)


def _with_body(node: Any, body: list[ast.stmt]) -> Any:
    fields = {name: getattr(node, name) for name in node._fields}
    return type(node)(**{**fields, "body": body})


def _without_first(node: Any) -> list[ast.stmt]:
    """A loop whose first round does nothing."""
    flag = ast.parse("_begun = False").body
    skip = ast.parse("if not _begun:\n    _begun = True\n    continue").body
    return [*flag, _with_body(node, [*skip, *node.body])]


def _negated(node: ast.If) -> ast.If:
    return ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)


def _as_load(target: ast.expr) -> ast.expr:
    return ast.parse(ast.unparse(target), mode="eval").body
