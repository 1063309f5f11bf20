"""Other ways to write a term that mean the same: NumPy's synonyms, orders of operands, signs."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from typing import Any

from autograder.bank.places import Change

# A method → a function of the array, and its positional arguments after it.
_METHODS = ("sum", "mean", "max", "min", "argmax", "argmin", "ravel", "copy", "dot")
# A function of NumPy → its other names.
_SYNONYMS = {
    "abs": ("absolute", "fabs"),
    "max": ("amax",),
    "min": ("amin",),
    "concatenate": ("hstack",),
    "square": ("_0 ** 2",),
    "zeros": ("0.0 * np.ones(_0)",),
}
# Calls of NumPy with this many arguments → the same in other words.
_CALLS: dict[tuple[str, int], tuple[str, ...]] = {
    ("outer", 2): (
        "np.multiply.outer(_0, _1)",
        "np.einsum('i,j->ij', _0, _1)",
        "np.asarray(_0)[:, None] * np.asarray(_1)[None, :]",
        "np.array([[p * q for q in _1] for p in _0])",
        "np.reshape(_0, (-1, 1)) @ np.reshape(_1, (1, -1))",
    ),
    ("where", 3): ("np.where(np.logical_not(_0), _2, _1)", "np.choose(_0 * 1, [_2, _1])"),
    ("maximum", 2): ("np.maximum(_1, _0)", "np.where(_0 > _1, _0, _1)", "np.fmax(_0, _1)"),
    ("logaddexp", 2): ("np.logaddexp(_1, _0)",),
    ("log1p", 1): ("2 * np.arctanh(_0 / (_0 + 2))",),
    ("tanh", 1): ("-np.tanh(-(_0))",),
    ("cos", 1): ("np.cos(-(_0))",),
    ("sin", 1): ("-np.sin(-(_0))",),
    ("exp", 1): ("np.e ** (_0)",),
    ("sqrt", 1): ("(_0) ** 0.5", "np.power(_0, 0.5)"),
    ("eye", 1): ("np.identity(_0)", "np.diag(np.ones(_0))"),
    ("diag", 1): ("np.eye(len(_0)) * _0",),
    ("transpose", 1): ("_0.T",),
    ("dot", 2): ("_0 @ _1",),
}
_MATRIX_PRODUCTS = (
    "np.dot(_0, _1)",
    "np.matmul(_0, _1)",
    "(_0).dot(_1)",
    "np.einsum(','.join(['jk'[-np.ndim(_0):], 'kl'[:np.ndim(_1)]]), _0, _1)",
    "np.tensordot(_0, _1, 1)",
    "np.inner(_0, np.transpose(_1))",
)
_ELEMENTARY = ("exp", "log", "sin", "cos", "tanh", "sqrt", "log1p", "expm1", "logaddexp", "cosh")
_FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt,
    ast.LtE: ast.GtE,
    ast.Gt: ast.Lt,
    ast.GtE: ast.LtE,
    ast.Eq: ast.Eq,
    ast.NotEq: ast.NotEq,
}


def rewrites_of_term(node: ast.AST, library: bool) -> Iterator[Change]:
    """Other ways to write one term.

    Args:
        node: a node of the tree; only expressions that are read have other ways.
        library: whether the answer may call course_bp's elementary functions.

    Yields:
        The rewrite in a few words, and what replaces the term.
    """
    if not isinstance(node, ast.expr):
        return
    if not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        return
    here = ast.unparse(node)[:40]
    for what, new in _of_expression(node, library):
        yield f"{what}: {here}", new


def made(template: str, *parts: ast.expr) -> ast.expr:
    """An expression out of a template, in which `_0`, `_1` … stand for the parts."""
    tree = ast.parse(template, mode="eval").body

    class Filling(ast.NodeTransformer):
        def visit_Name(self, name: ast.Name) -> Any:
            number = name.id.removeprefix("_")
            known = number.isdigit() and name.id.startswith("_") and int(number) < len(parts)
            return copy.deepcopy(parts[int(number)]) if known else name

    filled: ast.expr = Filling().visit(tree)
    return filled


def _of_expression(node: ast.expr, library: bool) -> Iterator[Change]:
    if isinstance(node, ast.BinOp):
        yield from _of_operation(node)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        if not isinstance(node.operand, ast.Constant) and not _is_node(node.operand):
            for template in ("(-1) * _0", "0 - _0", "_0 * (-1)"):
                yield template, made(template, node.operand)
    elif isinstance(node, ast.Attribute) and node.attr == "T":
        for template in ("np.transpose(_0)", "(_0).transpose()", "np.einsum('...->...', _0).T"):
            yield template, made(template, node.value)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _FLIPPED:
        flipped = _FLIPPED[type(node.ops[0])]()
        yield "sides of a comparison", ast.Compare(node.comparators[0], [flipped], [node.left])
    elif isinstance(node, ast.IfExp):
        yield "inverted", ast.IfExp(ast.UnaryOp(ast.Not(), node.test), node.orelse, node.body)
    elif isinstance(node, ast.Call):
        yield from _of_call(node, library)
    elif isinstance(node, ast.Dict):
        yield from _of_dict(node)
    elif isinstance(node, ast.ListComp):
        yield "list(…)", made("list(_0)", ast.GeneratorExp(node.elt, node.generators))
    elif isinstance(node, ast.DictComp):
        pairs = ast.GeneratorExp(ast.Tuple([node.key, node.value], ast.Load()), node.generators)
        yield "dict(…)", made("dict(_0)", pairs)
    elif isinstance(node, ast.JoinedStr):
        yield from _of_string(node)


def _of_operation(node: ast.BinOp) -> Iterator[Change]:
    left, right, op = node.left, node.right, node.op
    if isinstance(op, ast.MatMult):
        for template in _MATRIX_PRODUCTS:
            yield template, made(template, left, right)
        return
    if _is_text(left) or _is_text(right):
        if isinstance(op, ast.Add) and isinstance(right, ast.Name):
            yield "an f-string", ast.JoinedStr([left, ast.FormattedValue(right, -1)])
        return
    if any(_is_sequence(side) or _is_node(side) for side in (left, right)):
        return
    if isinstance(op, ast.Add | ast.Mult):
        yield "operands swapped", ast.BinOp(right, op, left)
        if isinstance(left, ast.BinOp) and type(left.op) is type(op) and not _is_node(left.left):
            inner = ast.BinOp(left.right, op, right)
            yield "grouped to the right", ast.BinOp(left.left, op, inner)
    if isinstance(op, ast.Mult) and _is_number(left, 2):
        yield "twice as a sum", made("_0 + _0", right)
    if isinstance(op, ast.Sub):
        for template in ("-(_1 - _0)", "-(_1) + _0"):
            yield template, made(template, left, right)
    if isinstance(op, ast.Div):
        yield "np.divide", made("np.divide(_0, _1)", left, right)
        if not isinstance(right, ast.Constant):
            yield "by the reciprocal", made("_0 * (1 / _1)", left, right)
    if isinstance(op, ast.Pow) and _is_number(right, 2):
        for template in ("_0 * _0", "np.square(_0)", "np.power(_0, 2)", "pow(_0, 2)", "_0 ** 2.0"):
            yield template, made(template, left)
    if isinstance(op, ast.Mult) and ast.dump(left) == ast.dump(right):
        yield "as a square", made("_0 ** 2", left)


def _of_call(node: ast.Call, library: bool) -> Iterator[Change]:
    function, arguments = node.func, node.args
    if any(isinstance(one, ast.Starred) for one in arguments):
        return
    name = function.attr if isinstance(function, ast.Attribute) else ""
    of_numpy = bool(name) and ast.unparse(function) == f"np.{name}"
    if of_numpy and not node.keywords:
        for template in _CALLS.get((name, len(arguments)), ()):
            yield template, made(template, *arguments)
        for other in _SYNONYMS.get(name, ()):
            template = other if "_0" in other else f"np.{other}(_0)"
            if len(arguments) == 1:
                yield template, made(template, *arguments)
        if library and name in _ELEMENTARY:
            other_function = made(f"course_bp.{name}")
            yield "of course_bp", ast.Call(other_function, arguments, [])
    if ast.unparse(function) == f"math.{name}" and name in _ELEMENTARY:
        yield "of NumPy", ast.Call(made(f"np.{name}"), arguments, node.keywords)
    if name in _METHODS and not of_numpy and isinstance(function, ast.Attribute):
        whole = ast.Call(made(f"np.{name}"), [function.value, *arguments], node.keywords)
        yield "a function for a method", whole
    if name in ("sum", "mean", "max", "min"):
        yield from _axes(node, name, of_numpy)
    if ast.unparse(function) == "dict" and not arguments:
        yield (
            "a literal",
            ast.Dict(
                [ast.Constant(one.arg) if one.arg else None for one in node.keywords],
                [one.value for one in node.keywords],
            ),
        )


def _axes(node: ast.Call, name: str, of_numpy: bool) -> Iterator[Change]:
    """The axis by position and by name, and counted from the other end."""
    place = 1 if of_numpy else 0
    named = {one.arg: one.value for one in node.keywords}
    if set(named) == {"axis"} and len(node.args) == place:
        yield "axis by position", ast.Call(node.func, [*node.args, named["axis"]], [])
    if not named and len(node.args) == place + 1:
        axis = ast.keyword("axis", node.args[place])
        yield "axis by name", ast.Call(node.func, node.args[:place], [axis])
    if name == "sum" and not of_numpy and isinstance(node.func, ast.Attribute):
        every = node.keywords if named or node.args else [ast.keyword("axis", ast.Constant(None))]
        reduced = ast.Call(made("np.add.reduce"), [node.func.value, *node.args], every)
        yield "np.add.reduce", reduced


def _of_dict(node: ast.Dict) -> Iterator[Change]:
    keys = [key for key in node.keys if isinstance(key, ast.Constant)]
    texts = [key.value for key in keys]
    if len(keys) < len(node.keys):
        return
    if len(texts) > 1:
        yield "entries in the other order", ast.Dict(node.keys[::-1], node.values[::-1])
        pairs: list[ast.expr] = [
            ast.Tuple([key, value], ast.Load())
            for key, value in zip(keys, node.values, strict=True)
        ]
        yield "dict of pairs", made("dict(_0)", ast.List(pairs, ast.Load()))
        names, values = ast.List([*keys], ast.Load()), ast.List(node.values, ast.Load())
        yield "dict of a zip", made("dict(zip(_0, _1))", names, values)
        first, rest = (
            ast.Dict(node.keys[:1], node.values[:1]),
            ast.Dict(node.keys[1:], node.values[1:]),
        )
        yield "two dicts", made("_0 | _1", first, rest)
    if texts and all(isinstance(text, str) and text.isidentifier() for text in texts):
        pairs_of = zip(texts, node.values, strict=True)
        keywords = [ast.keyword(str(text), value) for text, value in pairs_of]
        yield "dict(…)", ast.Call(made("dict"), [], keywords)


def _of_string(node: ast.JoinedStr) -> Iterator[Change]:
    kinds = [type(value) for value in node.values]
    if kinds == [ast.Constant, ast.FormattedValue]:
        before, shown = node.values
        yield "a sum of strings", made("_0 + str(_1)", before, shown.value)  # type: ignore[attr-defined]
        yield "format", made("'{}{}'.format(_0, _1)", before, shown.value)  # type: ignore[attr-defined]


def _is_number(node: ast.expr, number: float) -> bool:
    return isinstance(node, ast.Constant) and node.value == number


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _is_sequence(node: ast.expr) -> bool:
    """Whether it is a list or a tuple, of which + makes a longer one."""
    if isinstance(node, ast.BinOp):
        return _is_sequence(node.left) or _is_sequence(node.right)
    return isinstance(node, ast.List | ast.Tuple | ast.ListComp) or (
        isinstance(node, ast.Attribute) and node.attr in ("parents", "local", "shape")
    )


def _is_node(node: ast.expr) -> bool:
    """Whether it is a node of an engine that defines the operation in question itself."""
    if isinstance(node, ast.Call):
        return ast.unparse(node.func) == "self.as_node"
    if isinstance(node, ast.UnaryOp):
        return _is_node(node.operand)
    return isinstance(node, ast.Name) and node.id == "self"
