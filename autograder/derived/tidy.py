"""Formulas as people write them: products and sums without needless brackets, sizes as lengths.

What is computed stays the same up to round-off.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

# A factor is found again if it is a fraction of numbers up to this over a size. The sizes that
# stand for letters are larger, so no plain number can be taken for one.
_WHOLE = 100
_TURNED = {ast.Gt: ast.Lt, ast.GtE: ast.LtE, ast.Lt: ast.Gt, ast.LtE: ast.GtE}
_POWER = re.compile(r"(?<=[\w)\]]) \*\* (?=[\w(])")
_EXPONENT = re.compile(r"(?<=\d)e-0(?=\d\b)")
# A size, or a whole shape, that stands in a text as numbers → how code reads it from an input.
Lengths = Mapping[int | tuple[int, ...], str]


def tidy(text: str, lengths: Lengths | None = None, one_term: bool = False) -> str:
    """A formula, or an assignment, as a person writes it.

    Args:
        text: one statement of Python, or a comment.
        lengths: sizes in it that are lengths of inputs.
        one_term: whether a sum is one contribution, whose common factors are put before it.
    """
    tree: ast.AST = ast.parse(text)
    if text.startswith("#"):
        return text
    if lengths:
        tree = _Lengths(lengths).visit(tree)
    tree = _Tidy(one_term).visit(tree)
    made = ast.unparse(ast.fix_missing_locations(tree))
    return spaced(made)


def spaced(text: str) -> str:
    """Code with its powers and small numbers as people write them: x**2 and 1e-5.

    Args:
        text: as Python or course_bp prints it.
    """
    return _EXPONENT.sub("e-", _POWER.sub("**", text))


def needed_lines(lines: Sequence[str], last: str) -> list[str]:
    """The lines that change what a later one, or the last one, reads.

    Args:
        lines: assignments, as they stand one below the other; comments are kept.
        last: what follows them.
    """
    kept: list[str] = []
    read = _names(ast.parse(last))
    for line in reversed(lines):
        tree = ast.parse(line)
        changed = {name for one in tree.body for name in _changed(one)}
        if not changed or changed & read:
            read |= _names(tree)
            kept.append(line)
    return kept[::-1]


def _names(tree: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(tree) if isinstance(one, ast.Name)}


def _changed(statement: ast.stmt) -> set[str]:
    """The variables that a statement gives a value, or an entry."""
    if isinstance(statement, ast.Assign):
        return {name for target in statement.targets for name in _names(target)}
    return _names(statement.target) if isinstance(statement, ast.AugAssign) else set()


class _Lengths(ast.NodeTransformer):
    """Puts lengths of inputs in the place of numbers."""

    def __init__(self, spelt: Lengths) -> None:
        self._spelt = spelt

    def visit_Tuple(self, node: ast.Tuple) -> ast.AST:
        shape = tuple(one.value if isinstance(one, ast.Constant) else None for one in node.elts)
        text = self._spelt.get(shape)  # type: ignore[arg-type]
        return _expression(text) if text else self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        value = node.value
        if not isinstance(value, int | float) or isinstance(value, bool):
            return node
        if value == int(value) and int(value) in self._spelt:
            return _expression(self._spelt[int(value)])
        for length, text in self._spelt.items():
            # One more than a prime has small factors, which are in other numbers too.
            if isinstance(length, tuple) or text.endswith((" + 1", " - 1")):
                continue
            share = Fraction(value * length).limit_denominator(_WHOLE)
            if 0 < share.numerator <= _WHOLE and abs(
                share / length - Fraction(value)
            ) < 1e-15 * abs(Fraction(value)):
                return _expression(f"{_fraction(share)} / ({text})")
        return node


class _Tidy(ast.NodeTransformer):
    """Flattens products and sums, and puts numbers and signs in front."""

    def __init__(self, one_term: bool) -> None:
        self._one_term = one_term

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, ast.Mult | ast.Div):
            return _Product(node).written()
        if isinstance(node.op, ast.Add | ast.Sub):
            return _sum(node, self._one_term)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        return _transposed(node.value) if node.attr == "T" else node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        return _Product(node).written() if isinstance(node.op, ast.USub) else node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        turned = _TURNED.get(type(node.ops[0]))
        if turned and isinstance(node.left, ast.Constant) and len(node.ops) == 1:
            return ast.Compare(node.comparators[0], [turned()], [node.left])
        return node


def _transposed(node: ast.expr) -> ast.expr:
    """A formula transposed: v.T @ u.T for (u @ v).T, and u for u.T.T."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        return ast.BinOp(_transposed(node.right), ast.MatMult(), _transposed(node.left))
    if isinstance(node, ast.Attribute) and node.attr == "T":
        return node.value
    return ast.Attribute(node, "T", ast.Load())


class _Product:
    """The factors of a product, above and below the line, and its sign."""

    def __init__(self, node: ast.expr) -> None:
        self.above: list[ast.expr] = []
        self.below: list[ast.expr] = []
        self.negative = False
        self.number = 1.0
        self._take(node, False)

    def _take(self, node: ast.expr, under: bool) -> None:
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            self.negative = not self.negative
            self._take(node.operand, under)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div):
            self._take(node.left, under)
            self._take(node.right, under != isinstance(node.op, ast.Div))
        elif not under and (number := _simple(node)) is not None:
            self.negative ^= number < 0
            self.number *= abs(number)
        else:
            (self.below if under else self.above).append(node)

    def written(self) -> ast.expr:
        """Numbers first, then the factors, then what they are divided by."""
        above = sorted(_with_squares(self.above), key=lambda one: not isinstance(one, ast.Constant))
        if self.number != 1 or not above:
            whole = self.number == int(self.number)
            above.insert(0, ast.Constant(int(self.number) if whole else self.number))
        first, *others = above
        made: ast.expr = first
        if self.negative:
            difference = isinstance(first, ast.BinOp) and isinstance(first.op, ast.Sub)
            made = ast.UnaryOp(ast.USub(), first)
            if difference and isinstance(first, ast.BinOp):
                made = ast.BinOp(first.right, ast.Sub(), first.left)
        for one in others:
            made = ast.BinOp(made, ast.Mult(), one)
        below: ast.expr | None = None
        for one in _with_squares(self.below):
            below = one if below is None else ast.BinOp(below, ast.Mult(), one)
        return made if below is None else ast.BinOp(made, ast.Div(), below)

    def without(self, factor: str) -> None:
        """Takes out one factor above the line, given as `ast.dump` shows it."""
        place = next(i for i, one in enumerate(self.above) if ast.dump(one) == factor)
        del self.above[place]


def _simple(node: ast.expr) -> float | None:
    """A whole number or a half, which is multiplied into others."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, int | float):
        return None
    simple = not isinstance(node.value, bool) and 2 * node.value == round(2 * node.value)
    return float(node.value) if simple else None


def _with_squares(factors: list[ast.expr]) -> list[ast.expr]:
    """The factors, with u**2 for u * u of a name."""
    found: list[ast.expr] = []
    for one in factors:
        last = found[-1] if found else None
        if isinstance(one, ast.Name) and isinstance(last, ast.Name) and last.id == one.id:
            found[-1] = ast.BinOp(one, ast.Pow(), ast.Constant(2))
        else:
            found.append(one)
    return found


def _sum(node: ast.BinOp, one_term: bool) -> ast.expr:
    terms: list[_Product] = []
    _terms(node, terms, False)
    common = _common(terms) if one_term else []
    before = [factor for factor in terms[0].above if ast.dump(factor) in common]
    for term in terms:
        for one in common:
            term.without(one)
    terms = _joined(terms)
    positive = next((i for i, term in enumerate(terms) if not term.negative), 0)
    terms.insert(0, terms.pop(positive))
    made = terms[0].written()
    for term in terms[1:]:
        sign = ast.Sub() if term.negative else ast.Add()
        term.negative = False
        made = ast.BinOp(made, sign, term.written())
    for factor in reversed(before):
        made = ast.BinOp(factor, ast.Mult(), made)
    return _Product(made).written() if before else made


def _joined(terms: Sequence[_Product]) -> list[_Product]:
    """The terms, those that differ only in a number as one: u + u is 2 * u."""
    found: dict[str, _Product] = {}
    for term in terms:
        key = repr([[ast.dump(one) for one in factors] for factors in (term.above, term.below)])
        if key not in found:
            found[key] = term
            continue
        total = sum(-one.number if one.negative else one.number for one in (found[key], term))
        found[key].number, found[key].negative = abs(total), total < 0
    return [term for term in found.values() if term.number] or list(terms[:1])


def _common(terms: Sequence[_Product]) -> list[str]:
    """The factors that all terms have, as `ast.dump` shows them."""
    common = [ast.dump(factor) for factor in terms[0].above]
    for term in terms[1:]:
        left = [ast.dump(factor) for factor in term.above]
        kept = []
        for factor in common:
            if factor in left:
                left.remove(factor)
                kept.append(factor)
        common = kept
    return common


def _terms(node: ast.expr, terms: list[_Product], negative: bool) -> None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        _terms(node.left, terms, negative)
        _terms(node.right, terms, negative != isinstance(node.op, ast.Sub))
        return
    term = _Product(node)
    term.negative ^= negative
    terms.append(term)


def _expression(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _fraction(share: Fraction) -> str:
    return str(share.numerator) if share.denominator == 1 else repr(float(share))
