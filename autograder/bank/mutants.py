"""Wrong answers made out of a right one: the changes that people make when they err.

A mutant is the text of a right answer with one thing in it changed: an operator, a sign, a
constant, an index or an axis, a name, a line, a loop's bound, a transpose, an output. Some of them
are still right; whether one is, its values tell.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from autograder.bank.changes_of_lines import Both, changes_of_line
from autograder.bank.changes_of_terms import changes_of_term


@dataclass(frozen=True)
class Mutant:
    """A changed answer.

    Args:
        what: the change in a few words, with its line in the text that it was made in.
        text: the whole changed text.
    """

    what: str
    text: str


def mutants(text: str) -> Iterator[Mutant]:
    """All answers that differ from a text by one change.

    Args:
        text: Python source that defines an answer, as a function or a class.

    Yields:
        The mutants, each text once, in the order of the lines.
    """
    tree = ast.parse(text)
    seen = {ast.unparse(tree)}
    for slot in _slots(tree):
        for what, new in _changes(slot):
            slot.put(new)
            try:
                changed = ast.unparse(ast.fix_missing_locations(tree))
            except Exception:
                changed = ""
            finally:
                slot.restore()
            if changed and changed not in seen:
                seen.add(changed)
                yield Mutant(f"line {slot.line}: {what}", changed)


@dataclass
class _Slot:
    """A place in the tree.

    Args:
        node: what stands there.
        owner: the node that holds it, in a field or in one entry of a list.
        field: the field's name.
        index: the number of the entry.
        function: the innermost function around it.
        is_line: whether it is a statement of a block.
    """

    node: Any
    owner: Any
    field: str
    index: Any
    function: Any
    is_line: bool

    def __post_init__(self) -> None:
        self.line = getattr(self.node, "lineno", getattr(self.owner, "lineno", 0))
        if self.index is None:
            self._kept = self.node
        else:
            self._list = getattr(self.owner, self.field)
            self._kept = list(self._list)

    def put(self, new: Any) -> None:
        if self.index is None:
            setattr(self.owner, self.field, new)
        elif isinstance(new, list):
            self._list[self.index : self.index + 1] = new or [ast.Pass()]
        elif isinstance(new, Both):
            self._list[self.index : self.index + 2] = new.lines
        else:
            self._list[self.index] = new

    def restore(self) -> None:
        if self.index is None:
            setattr(self.owner, self.field, self._kept)
        else:
            self._list[:] = self._kept


def _slots(tree: ast.Module) -> list[_Slot]:
    found: list[_Slot] = []

    def visit(node: ast.AST, function: Any) -> None:
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            function = node
        for field, value in ast.iter_fields(node):
            if field in ("annotation", "returns", "decorator_list", "bases", "type_comment"):
                continue
            for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if not isinstance(child, ast.AST) or _is_text(child):
                    continue
                is_line = field in ("body", "orelse", "finalbody") and isinstance(child, ast.stmt)
                if function is not None or isinstance(child, ast.FunctionDef):
                    found.append(_Slot(child, node, field, index, function, is_line))
                visit(child, function)

    visit(tree, None)
    return found


def _is_text(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _changes(slot: _Slot) -> Iterator[tuple[str, Any]]:
    if not slot.is_line:
        return changes_of_term(slot.node, slot.function)
    lines, index = getattr(slot.owner, slot.field), slot.index
    following = lines[index + 1] if index + 1 < len(lines) else None
    in_class = isinstance(slot.owner, ast.ClassDef)
    return changes_of_line(slot.node, following, slot.function is None, in_class)
