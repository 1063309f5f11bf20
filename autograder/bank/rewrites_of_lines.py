"""Other ways to write a line that mean the same: loops, branches, updates, intermediate values."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.bank.places import Both, Change
from autograder.bank.rewrites_of_terms import made

_LOOPS = ast.For | ast.While


def rewrites_of_line(node: ast.stmt, following: ast.stmt | None) -> Iterator[Change]:
    """Other ways to write one line or block.

    Args:
        node: the line, or the block that it begins.
        following: the line after it in the same block.

    Yields:
        The rewrite in a few words, and what replaces the line.
    """
    here = ast.unparse(node).partition("\n")[0][:50]
    for what, new in _of_line(node, following):
        yield f"{what}: {here}", new


def _of_line(node: ast.stmt, following: ast.stmt | None) -> Iterator[Change]:
    if isinstance(node, ast.AugAssign):
        read = _read(node.target)
        yield "no update in place", ast.Assign([node.target], ast.BinOp(read, node.op, node.value))
    elif isinstance(node, ast.Assign):
        yield from _of_assignment(node, following)
    elif isinstance(node, ast.Return) and node.value is not None:
        yield from _of_return(node.value)
    elif isinstance(node, ast.For):
        yield from _of_for(node)
    elif isinstance(node, ast.While):
        stop = ast.If(_not(node.test), [ast.Break()], [])
        yield "while True", ast.While(ast.Constant(True), [stop, *node.body], [])
    elif isinstance(node, ast.If):
        yield from _of_if(node, following)
    elif isinstance(node, ast.FunctionDef):
        yield from _of_inner_function(node)


def _of_assignment(node: ast.Assign, following: ast.stmt | None) -> Iterator[Change]:
    target, value = node.targets[0], node.value
    if len(node.targets) > 1:
        return
    if isinstance(target, ast.Name):
        yield "with a type", ast.AnnAssign(target, made("object"), value, simple=1)
        if not isinstance(value, ast.Tuple | ast.Constant) and "_part" not in _names(value):
            part = ast.Lambda(_no_arguments(), value)
            yield "a helper", [_set("_part", part), _set(target.id, made("_part()"))]
        # Not of an intermediate value: its name may still be needed.
        if isinstance(value, ast.BinOp) and not target.id.startswith("_"):
            hoisted = [_set("_left", value.left), _set("_right", value.right)]
            whole = ast.BinOp(_name("_left"), value.op, _name("_right"))
            yield "intermediate values", [*hoisted, _set(target.id, whole)]
        if isinstance(value, ast.ListComp) and (loop := _as_loop(target.id, value)):
            yield "a loop for a comprehension", loop
        if (
            isinstance(following, ast.Assign)
            and isinstance(following.targets[0], ast.Name)
            and target.id not in _names(following.value)
            and not _has_call(following.value)
        ):
            names = ast.Tuple([target, following.targets[0]], ast.Store())
            both = ast.Tuple([value, following.value], ast.Load())
            yield "two in one line", Both([ast.Assign([names], both)])
            if following.targets[0].id not in _names(value) | {target.id} and not _has_call(value):
                yield "the other order", Both([following, node])
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        numbered = [f"_new{k}" for k in range(len(value.elts))]
        first = [_set(name, one) for name, one in zip(numbered, value.elts, strict=True)]
        then: list[ast.stmt] = [
            ast.Assign([one], _name(name)) for one, name in zip(target.elts, numbered, strict=True)
        ]
        yield "one after the other", [*first, *then]


def _of_return(value: ast.expr) -> Iterator[Change]:
    returned = ast.Return(_name("_result"))
    yield "a name for the result", [_set("_result", value), returned]
    tried = ast.Try([ast.Return(value)], [], [], [ast.Pass()])
    yield "try and finally", tried
    if isinstance(value, ast.Dict):
        lines: list[ast.stmt] = [_set("_result", ast.Dict([], []))]
        for key, one in zip(value.keys, value.values, strict=True):
            if key is None:
                lines.append(ast.Expr(made("_result.update(_0)", one)))
            else:
                place = ast.Subscript(_name("_result"), key, ast.Store())
                lines.append(ast.Assign([place], one))
        yield "entry after entry", [*lines, returned]
        named = [_set(f"_entry{k}", one) for k, one in enumerate(value.values) if value.keys[k]]
        entries: list[ast.expr] = [
            _name(f"_entry{k}") if value.keys[k] else one for k, one in enumerate(value.values)
        ]
        yield "a name for each entry", [*named, ast.Return(ast.Dict(value.keys, entries))]
        if not any(isinstance(one, ast.DictComp) for one in value.values):
            return
        loops: list[ast.stmt] = []
        for k, one in enumerate(value.values):
            if isinstance(one, ast.DictComp) and (loop := _as_loop(f"_entry{k}", one)):
                loops += loop
                entries[k] = _name(f"_entry{k}")
            else:
                entries[k] = one
        yield "loops for comprehensions", [*loops, ast.Return(ast.Dict(value.keys, entries))]


def _of_for(node: ast.For) -> Iterator[Change]:
    if node.orelse:
        return
    following = ast.Try(
        [ast.Assign([node.target], made("next(_steps)"))],
        [ast.ExceptHandler(_name("StopIteration"), None, [ast.Break()])],
        [],
        [],
    )
    if not any(isinstance(one, _LOOPS) for line in node.body for one in ast.walk(line)):
        endless = ast.While(ast.Constant(True), [following, *node.body], [])
        yield "next in a while", [_set("_steps", made("iter(_0)", node.iter)), endless]
    yield "a list to go through", ast.For(node.target, made("list(_0)", node.iter), node.body, [])
    call = node.iter
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        return
    plain = all(isinstance(one, ast.Name | ast.Attribute) for one in call.args)
    if call.func.id == "range":
        first, stop, step = _bounds(call.args)
        sign = -1 if isinstance(step, ast.UnaryOp) else 1
        begun = [_set("_at", first), _set("_stop", stop)]
        test = made("_at > _stop" if sign < 0 else "_at < _stop")
        body = [
            ast.Assign([node.target], _name("_at")),
            _set("_at", ast.BinOp(_name("_at"), ast.Add(), step)),
            *node.body,
        ]
        if not any(isinstance(one, _LOOPS) for line in node.body for one in ast.walk(line)):
            yield "while", [*begun, ast.While(test, body, [])]
        yield (
            "backwards twice",
            ast.For(node.target, made("list(_0)[::-1][::-1]", call), node.body, []),
        )
    if call.func.id == "zip" and plain:
        entries = [made("_0[_at]", one) for one in call.args]
        taken = ast.Assign([node.target], ast.Tuple(entries, ast.Load()))
        count = made("range(len(_0))", call.args[0])
        yield "by index", ast.For(ast.Name("_at", ast.Store()), count, [taken, *node.body], [])
    if call.func.id == "enumerate" and len(call.args) == 1 and plain:
        pair = ast.Tuple([_name("_at"), made("_0[_at]", call.args[0])], ast.Load())
        taken = ast.Assign([node.target], pair)
        count = made("range(len(_0))", call.args[0])
        yield "by index", ast.For(ast.Name("_at", ast.Store()), count, [taken, *node.body], [])


def _bounds(arguments: list[ast.expr]) -> tuple[ast.expr, ast.expr, ast.expr]:
    one = ast.Constant(1)
    if len(arguments) == 1:
        return ast.Constant(0), arguments[0], one
    return arguments[0], arguments[1], arguments[2] if len(arguments) > 2 else one


def _of_if(node: ast.If, following: ast.stmt | None) -> Iterator[Change]:
    if node.orelse:
        yield "branches swapped", ast.If(_not(node.test), node.orelse, node.body)
        if isinstance(node.body[-1], ast.Return):
            yield "an early return", [ast.If(node.test, node.body, []), *node.orelse]
    elif isinstance(node.body[-1], ast.Return) and isinstance(following, ast.Return):
        yield "else", Both([ast.If(node.test, node.body, [following])])
        yield "not", Both([ast.If(_not(node.test), [following], []), *node.body])
    elif not isinstance(node.body[-1], ast.Return):
        yield "nothing else", ast.If(_not(node.test), [ast.Pass()], node.body)
    yield (
        "a named condition",
        [
            _set("_holds", made("bool(_0)", node.test)),
            ast.If(_name("_holds"), node.body, node.orelse),
        ],
    )


def _of_inner_function(node: ast.FunctionDef) -> Iterator[Change]:
    if len(node.body) == 1 and isinstance(node.body[0], ast.Return) and not node.decorator_list:
        value = node.body[0].value
        bare = [ast.arg(one.arg) for one in node.args.args]
        if value is not None and not node.args.defaults and bare and bare[0].arg != "self":
            arguments = ast.arguments([], bare, None, [], [], None, [])
            yield "a lambda", _set(node.name, ast.Lambda(arguments, value))


def _as_loop(name: str, node: ast.ListComp | ast.DictComp) -> list[ast.stmt] | None:
    if len(node.generators) > 1:
        return None
    (one,) = node.generators
    if isinstance(node, ast.ListComp):
        begun: ast.expr = ast.List([], ast.Load())
        line: ast.stmt = ast.Expr(ast.Call(made(f"{name}.append"), [node.elt], []))
    else:
        begun = ast.Dict([], [])
        line = ast.Assign([ast.Subscript(_name(name), node.key, ast.Store())], node.value)
    for test in reversed(one.ifs):
        line = ast.If(test, [line], [])
    return [_set(name, begun), ast.For(one.target, one.iter, [line], [])]


def _read(target: ast.expr) -> ast.expr:
    return made(ast.unparse(target))


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _set(name: str, value: ast.expr) -> ast.Assign:
    return ast.Assign([ast.Name(name, ast.Store())], value)


def _not(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), test)


def _no_arguments() -> ast.arguments:
    return ast.arguments([], [], None, [], [], None, [])


def _names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _has_call(node: ast.AST) -> bool:
    """Whether it calls anything but NumPy, which could change something."""
    return any(
        isinstance(one, ast.Call) and not ast.unparse(one.func).startswith(("np.", "math."))
        for one in ast.walk(node)
    )
