"""Lines of code that are too long: what comes twice in one gets a line of its own."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Sequence

from autograder.derived.recorded import free_name
from autograder.derived.tidy import tidy

# What a formula is called by what it does last.
_NAMES = {ast.Sub: "difference", ast.Add: "total", ast.Mult: "product", ast.Div: "ratio"}
# Shorter formulas are written again.
_SHORT = 12


def shortened(lines: Sequence[str], longest: int, taken: set[str]) -> list[str]:
    """The lines; before each that is too long, what it has more than once.

    Args:
        lines: assignments, each to one name.
        longest: how long a line may be.
        taken: the names that mean something; those that are made up are added.
    """
    found: list[str] = []
    for line in lines:
        tree: ast.AST = ast.parse(line)
        while len(line) > longest and (twice := _twice(tree)) is not None:
            name = free_name(_name(twice), taken)
            found.append(tidy(f"{name} = {ast.unparse(twice)}"))
            tree = _Named(ast.dump(twice), name).visit(tree)
            line = tidy(ast.unparse(ast.fix_missing_locations(tree)))
        found.append(line)
    return found


class _Named(ast.NodeTransformer):
    """Puts a name in the place of a formula."""

    def __init__(self, formula: str, name: str) -> None:
        self._formula, self._name = formula, name

    def visit(self, node: ast.AST) -> ast.AST:
        """A node, or the name."""
        if isinstance(node, ast.expr) and ast.dump(node) == self._formula:
            return ast.Name(self._name, ast.Load())
        return super().visit(node)  # type: ignore[no-any-return]


def _twice(tree: ast.AST) -> ast.expr | None:
    """The longest formula that comes more than once."""
    formulas = [one for one in ast.walk(tree) if isinstance(one, ast.BinOp | ast.Call)]
    times = Counter(map(ast.dump, formulas))
    several = [one for one in formulas if times[ast.dump(one)] > 1]
    longest = max(several, key=lambda one: len(ast.unparse(one)), default=None)
    return longest if longest is not None and len(ast.unparse(longest)) > _SHORT else None


def _name(formula: ast.expr) -> str:
    if isinstance(formula, ast.BinOp):
        largest = f"{ast.unparse(formula.left)}.max("
        if isinstance(formula.op, ast.Sub) and ast.unparse(formula.right).startswith(largest):
            return "shifted"
        return _NAMES.get(type(formula.op), "inner")
    called = formula.func if isinstance(formula, ast.Call) else formula
    name = called.attr if isinstance(called, ast.Attribute) else ""
    return "column" if name == "reshape" else f"{name}_inner".lstrip("_")
