"""What people do to a term when they err: operators, signs, numbers, names, axes, transposes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from autograder.bank.places import Change

_ARITHMETIC: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add, ast.MatMult),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.Mod: (ast.FloorDiv,),
}
_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_FUNCTIONS = {
    "sum": ("mean", "max", "prod"),
    "mean": ("sum",),
    "max": ("min", "mean"),
    "min": ("max",),
    "maximum": ("minimum",),
    "minimum": ("maximum",),
    "sin": ("cos",),
    "cos": ("sin",),
    "exp": ("log", "expm1"),
    "log": ("exp", "log1p", "log2", "log10"),
    "log1p": ("log",),
    "expm1": ("exp",),
    "tanh": ("sinh",),
    "sqrt": ("square",),
    "abs": ("sign",),
    "outer": ("dot", "kron"),
    "zeros_like": ("ones_like",),
    "ones_like": ("zeros_like",),
    "zeros": ("ones",),
    "ones": ("zeros",),
    "argmax": ("argmin",),
    "append": ("extend",),
    "any": ("all",),
    "all": ("any",),
}


def changes_of_term(node: ast.AST, function: Any) -> Iterator[Change]:
    """What people do to one term.

    Args:
        node: an operator, a comparison or an expression.
        function: the function around it, whose names may be confused; or None.

    Yields:
        A change in a few words, and what replaces the term.
    """
    if isinstance(node, ast.operator):
        for kind in _ARITHMETIC.get(type(node), ()):
            yield f"{type(node).__name__} → {kind.__name__}", kind()
    elif isinstance(node, ast.cmpop):
        for comparison in _COMPARISONS.get(type(node), ()):
            yield f"{type(node).__name__} → {comparison.__name__}", comparison()
    elif isinstance(node, ast.expr) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        yield from _of_expression(node, function)


def _of_expression(node: ast.expr, function: Any) -> Iterator[Change]:
    here = ast.unparse(node)[:40]
    if isinstance(node, ast.BinOp):
        yield (f"only the left of {here}", node.left)
        yield (f"only the right of {here}", node.right)
        if isinstance(node.op, ast.Sub | ast.Div | ast.MatMult | ast.Pow):
            yield (f"sides swapped in {here}", ast.BinOp(node.right, node.op, node.left))
        if isinstance(node.op, ast.Mult | ast.Div | ast.MatMult):
            yield (f"sign of {here}", ast.UnaryOp(ast.USub(), node))
            yield (f"twice {here}", ast.BinOp(ast.Constant(2), ast.Mult(), node))
            yield (f"half {here}", ast.BinOp(node, ast.Div(), ast.Constant(2)))
            yield (f"square of {here}", ast.BinOp(node, ast.Pow(), ast.Constant(2)))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.Not):
        yield (f"without its sign: {here}", node.operand)
    if isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield (f"and ↔ or: {here}", ast.BoolOp(other, node.values))
        for value in node.values:
            yield (f"only {ast.unparse(value)[:30]}", value)
    if isinstance(node, ast.IfExp):
        yield (f"always {here}", node.body)
        yield (f"never {here}", node.orelse)
    if isinstance(node, ast.Constant):
        for value in _other_numbers(node.value):
            yield (f"{node.value!r} → {value!r}", ast.Constant(value))
    if isinstance(node, ast.Name):
        for name in _names(function):
            if name != node.id:
                yield (f"{node.id} → {name}", ast.Name(name, ast.Load()))
        if node.id in _names(function):
            yield (f"-{node.id}", ast.UnaryOp(ast.USub(), node))
            yield (f"{node.id}.T", ast.Attribute(node, "T", ast.Load()))
    if isinstance(node, ast.Attribute):
        if node.attr == "T":
            yield (f"not transposed: {here}", node.value)
        for name in _FUNCTIONS.get(node.attr, ()):
            yield (f"{node.attr} → {name}", ast.Attribute(node.value, name, node.ctx))
    if isinstance(node, ast.Name):
        for name in _FUNCTIONS.get(node.id, ()):
            if name in ("sum", "max", "min", "any", "all", "abs"):
                yield (f"{node.id} → {name}", ast.Name(name, ast.Load()))
    if isinstance(node, ast.Call):
        yield from _of_call(node, here)
    if isinstance(node, ast.Subscript):
        yield from _of_subscript(node, here)


def _other_numbers(number: Any) -> list[Any]:
    if type(number) is bool:
        return [not number]
    if type(number) not in (int, float):
        return []
    others = (number + 1, number - 1, 2 * number, number / 2, 0, 1, -number)
    return list(dict.fromkeys(others))


def _of_call(node: ast.Call, here: str) -> Iterator[Change]:
    arguments = node.args
    if len(arguments) == 1 and not isinstance(arguments[0], ast.Starred):
        yield (f"without the call: {here}", arguments[0])
    if not arguments and isinstance(node.func, ast.Attribute):
        yield (f"without the call: {here}", node.func.value)
    for i in range(len(arguments) - 1):
        swapped = [*arguments[:i], arguments[i + 1], arguments[i], *arguments[i + 2 :]]
        yield (f"arguments swapped: {here}", ast.Call(node.func, swapped, node.keywords))
    for i, keyword in enumerate(node.keywords):
        rest = [*node.keywords[:i], *node.keywords[i + 1 :]]
        yield (f"without {keyword.arg}: {here}", ast.Call(node.func, arguments, rest))
        if keyword.arg == "axis":
            for axis in (0, 1, -1, None):
                other = ast.keyword("axis", ast.Constant(axis))
                changed = [*node.keywords[:i], other, *node.keywords[i + 1 :]]
                yield (f"axis={axis}: {here}", ast.Call(node.func, arguments, changed))
    if isinstance(node.func, ast.Name) and node.func.id == "range" and arguments:
        for what, new in _ranges(arguments):
            yield (f"{what}: {here}", ast.Call(node.func, new, []))
    if isinstance(node.func, ast.Name) and node.func.id in ("range", "zip", "enumerate"):
        listed = ast.Call(ast.Name("list", ast.Load()), [node], [])
        yield (f"reversed: {here}", ast.Call(ast.Name("reversed", ast.Load()), [listed], []))


def _ranges(arguments: list[ast.expr]) -> Iterator[tuple[str, list[ast.expr]]]:
    def plus(value: ast.expr, step: int) -> ast.expr:
        return ast.BinOp(value, ast.Add(), ast.Constant(step))

    if len(arguments) == 1:
        yield "one short", [plus(arguments[0], -1)]
        yield "one too far", [plus(arguments[0], 1)]
        yield "from 1", [ast.Constant(1), arguments[0]]
        yield "from 1 and one further", [ast.Constant(1), plus(arguments[0], 1)]
    else:
        first, last, *step = arguments
        yield "ends earlier", [first, plus(last, -1), *step]
        yield "ends later", [first, plus(last, 1), *step]
        yield "begins earlier", [plus(first, -1), last, *step]
        yield "begins later", [plus(first, 1), last, *step]


def _of_subscript(node: ast.Subscript, here: str) -> Iterator[Change]:
    def at(index: Any) -> ast.Subscript:
        return ast.Subscript(node.value, index, node.ctx)

    index = node.slice
    if isinstance(index, ast.Slice):
        yield (f"the whole of {here}", node.value)
        for lower, upper in (("1", ""), ("", "-1"), ("", "1"), ("1", "-1")):
            other = ast.parse(f"a[{lower}:{upper}]", mode="eval").body
            assert isinstance(other, ast.Subscript)
            yield (f"[{lower}:{upper}] of {here}", at(other.slice))
    elif not isinstance(index, ast.Tuple) and not _is_a_name(index):
        for step in (1, -1):
            moved = ast.BinOp(index, ast.Add(), ast.Constant(step))
            yield (f"{here} moved by {step}", at(moved))
        yield (f"first of {here}", at(ast.Constant(0)))
        yield (f"last of {here}", at(ast.Constant(-1)))


def _is_a_name(index: ast.expr) -> bool:
    return isinstance(index, ast.Constant) and isinstance(index.value, str)


def _names(function: Any) -> list[str]:
    """The names that a function computes with: its parameters and what it assigns."""
    if function is None:
        return []
    found = [argument.arg for argument in function.args.args if argument.arg != "self"]
    found += [
        node.id
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ]
    return list(dict.fromkeys(found))
