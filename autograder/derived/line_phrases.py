"""Formulas and symbols of a line as feedback speaks of them: short ones are quoted."""

from __future__ import annotations

import ast

SYMBOLS: dict[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "−",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
    ast.MatMult: "@",
    ast.FloorDiv: "//",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_RESULTS: dict[type[ast.AST], str] = {
    ast.Add: "sum",
    ast.Sub: "difference",
    ast.Mult: "product",
    ast.Div: "quotient",
    ast.Pow: "power",
    ast.MatMult: "matrix product",
}

# Longer formulas are not quoted.
_SHORT = 10


def written_for(other: str, right: str) -> str:
    """That one symbol or number stands where another belongs."""
    return f"{other} is written for {right}"


def what(node: ast.expr) -> str:
    """A formula in words: itself if it is short, or else its last operation and what it reads."""
    text = quoted(node)
    if not text.startswith("with "):
        return text
    if isinstance(node, ast.BinOp):
        return f"the {_RESULTS.get(type(node.op), 'value')} {text}"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return f"the {node.func.attr} {text}"
    return f"the value {text}"


def quoted(node: ast.expr) -> str:
    """A formula if it is short, or else the variables that it is made of."""
    text = ast.unparse(node).replace("np.", "")
    if isinstance(node, ast.Name):
        return text
    names = dict.fromkeys(one.id for one in ast.walk(node) if isinstance(one, ast.Name))
    read = [name for name in names if name not in ("np", "len")]
    return f"with {' and '.join(read)}" if read and len(text) > _SHORT else text


def in_short(node: ast.expr) -> str:
    """A formula as a noun: itself if it is short, or the name of the function that gives it."""
    text = ast.unparse(node).replace("np.", "")
    if len(text) <= _SHORT + 4:
        return text
    if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("np."):
        return f"{ast.unparse(node.func)[3:]}(…)"
    return what(node)


def number_as_read(value: float) -> str:
    """A number as it is read, with a real minus sign."""
    return f"{value:g}".replace("-", "−")
