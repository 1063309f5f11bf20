"""A single expression written out in full, as LaTeX or as NumPy."""

from __future__ import annotations

import re
from collections.abc import Callable
from string import Formatter
from typing import Any

from ..primitives.table import CALL, PRODUCT, SIGN, SUM, Primitive
from .expressions import Expression, reachable
from .indices import subscript

_GREEK = re.compile(
    "alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|"
    "upsilon|phi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Upsilon|Phi|Psi|Omega"
)
# The sign of an operation, below which its axis may stand.
_SIGN = re.compile(r"(\\(?:sum|prod|max|min|operatorname\{\{\w+\}\}))")
_HOLDS = re.compile(r"\\left\[([^\[\]]*)\\right\]")
# How comparisons are written that begin with a number.
_TURNED = {
    "greater": ("{1} < {0}", r"\left[{1} < {0}\right]"),
    "greater_equal": ("{1} <= {0}", r"\left[{1} \le {0}\right]"),
}
_OPENS = ("{", "(", "|", "[", "cases} ", "& ", r"\\ ")


def to_latex(expression: Expression, over: Callable[[Expression], str] = lambda e: "") -> str:
    """The expression as LaTeX, brackets only where they are needed.

    Args:
        expression: what is written.
        over: what is to stand below the sign of an operation, such as the axis of a sum.
    """
    written: dict[Expression, tuple[str, int]] = {}
    for e in reachable([expression]):
        if e.primitive is None:
            written[e] = (latex_name(e.name), CALL) if e.name else _latex_constant(e)
        else:
            written[e] = _latex_operation(e.primitive, e, written, over(e))
    return written[expression][0]


def to_numpy(expression: Expression) -> str:
    """The expression as NumPy source on one line."""
    written: dict[Expression, tuple[str, int]] = {}
    for e in reachable([expression]):
        if e.primitive is None:
            text = e.name or _plain_constant(e)
            written[e] = (text, SIGN if text.startswith("-") else CALL)
        else:
            written[e] = _numpy_operation(e.primitive, e, written)
    return written[expression][0]


def _numpy_operation(
    primitive: Primitive, e: Expression, written: dict[Expression, tuple[str, int]]
) -> tuple[str, int]:
    parts = []
    for i, x in enumerate(e.operands):
        if primitive.written == "subscript" and i == 1:
            text, precedence = subscript(x), CALL
        else:
            text, precedence = written[x] if isinstance(x, Expression) else (repr(x), CALL)
        needed = primitive.binds[i] if i < len(primitive.binds) else 0
        parts.append(f"({text})" if precedence < needed else text)
    source = _TURNED[primitive.name][0] if _is_turned(e) else primitive.source
    if callable(source):
        return source(*parts), primitive.precedence
    if source is None or "\n" in source:
        return f"{primitive.name}({', '.join(parts)})", CALL
    return source.format(*parts), primitive.precedence


def _is_turned(e: Expression) -> bool:
    """Whether an operation is a comparison that begins with a number, as 1 ≥ x for x ≤ 1."""
    if e.primitive is None or e.primitive.name not in _TURNED:
        return False
    first, second = e.operands
    return _is_a_number(first) and not _is_a_number(second)


def _is_a_number(e: Expression) -> bool:
    """Whether it is a number, which may have a name that says how it was spelt."""
    return e.is_number() or bool(e.name and e.name[0].isdigit())


def _latex_operation(
    primitive: Primitive, e: Expression, written: dict[Expression, tuple[str, int]], below: str
) -> tuple[str, int]:
    texts = [
        written[x] if isinstance(x, Expression) else (rf"\mathrm{{{_escaped(str(x))}}}", CALL)
        for x in e.operands
    ]
    if callable(primitive.latex):
        return primitive.latex(*[text for text, _ in texts]), CALL
    out = ""
    bare = False
    template = _TURNED[primitive.name][1] if _is_turned(e) else primitive.latex
    if below:
        template = _SIGN.sub(rf"\1_{{{{\\text{{{{{below}}}}}}}}}", template, count=1)
    pieces = list(Formatter().parse(template))
    for number, (literal, slot, _, _) in enumerate(pieces):
        out += literal
        if slot is None:
            continue
        text, precedence = texts[int(slot)]
        if primitive.name == "where" and slot == "0" and (holds := _HOLDS.fullmatch(text)):
            text = rf"\text{{if }} {holds[1]}"
        if out.endswith(_OPENS):
            out += text
            continue
        bare = True
        after = pieces[number + 1][0] if number + 1 < len(pieces) else ""
        raised = after.startswith(("^", "_")) and after[0] in text
        if precedence < _needed(primitive, e.operands, int(slot)) or raised:
            text = rf"\left({text}\right)"
        out += text
    if not bare:
        return out, CALL
    return out, SUM if primitive.precedence == CALL and not pieces[0][1] else primitive.precedence


def _needed(primitive: Primitive, operands: tuple[Any, ...], slot: int) -> int:
    """How tightly an operand must bind in LaTeX, where a matrix product is mere juxtaposition."""
    inner = operands[slot].primitive
    if primitive.product and inner is not None and inner.product and inner is not primitive:
        return SIGN
    return primitive.binds[slot] if slot < len(primitive.binds) else PRODUCT


def latex_name(name: str) -> str:
    """`alpha_1` as \\alpha_{1}, `w2` as w_{2}; a word stays upright."""
    word, subscript = name, ""
    if match := re.fullmatch(r"([A-Za-z]+)_?(\d+)|([A-Za-z]+)_([A-Za-z\d]+)", name):
        word, subscript = match[1] or match[3], match[2] or match[4]
    if _GREEK.fullmatch(word):
        word = rf"\{word}"
    elif len(word) > 1:
        word = rf"\mathrm{{{_escaped(word)}}}"
    if not subscript:
        return word
    upright = subscript.isdigit() or len(subscript) == 1
    return f"{word}_{{{subscript}}}" if upright else rf"{word}_{{\mathrm{{{subscript}}}}}"


def _escaped(text: str) -> str:
    return re.sub(r"([_#%&$])", r"\\\1", text).replace("{", r"\{").replace("}", r"\}")


def _plain_constant(e: Expression) -> str:
    value: Any = e.constant
    if value.__class__ is not float:
        return f"<constant {'×'.join(map(str, e.shape))}>"
    return str(int(value)) if value == round(value, 0) and abs(value) < 1e6 else repr(value)


def _latex_constant(e: Expression) -> tuple[str, int]:
    if e.constant.__class__ is not float:
        shape = r" \times ".join(map(str, e.shape))
        return f"C_{{{shape}}}", CALL
    text = _plain_constant(e)
    if match := re.fullmatch(r"(-?[\d.]+)e([-+]\d+)", text):
        return rf"{match[1]} \cdot 10^{{{int(match[2])}}}", PRODUCT
    return text.replace("inf", r"\infty"), SIGN if text.startswith("-") else CALL
