"""The places of a text where something can be changed: terms and lines, each of which can be put
another way and put back."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

# A change in a few words, and what replaces the node: another node, several lines, or nothing.
Change = tuple[str, Any]


@dataclass(frozen=True)
class Changed:
    """A changed answer.

    Args:
        what: the change in a few words, with its line in the text that it was made in.
        text: the whole changed text.
    """

    what: str
    text: str


@dataclass(frozen=True)
class Both:
    """What replaces a line and the line after it."""

    lines: list[ast.stmt]


@dataclass
class Place:
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

    @property
    def following(self) -> ast.stmt | None:
        """The line after it in the same block."""
        lines = getattr(self.owner, self.field)
        return lines[self.index + 1] if self.index + 1 < len(lines) else None

    def put(self, new: Any) -> None:
        """Replaces what stands here."""
        if self.index is None:
            setattr(self.owner, self.field, new)
        elif isinstance(new, list):
            self._list[self.index : self.index + 1] = new or [ast.Pass()]
        elif isinstance(new, Both):
            self._list[self.index : self.index + 2] = new.lines
        else:
            self._list[self.index] = new

    def restore(self) -> None:
        """Puts back what stood here."""
        if self.index is None:
            setattr(self.owner, self.field, self._kept)
        else:
            self._list[:] = self._kept


def changed_texts(text: str, changes: Callable[[Place], Iterable[Change]]) -> Iterator[Changed]:
    """All texts that differ from a text in one place.

    Args:
        text: Python source that defines an answer, as a function or a class.
        changes: the changes that can be made at a place in the text.

    Yields:
        The changed texts, each once, in the order of the lines.
    """
    tree = ast.parse(text)
    seen = {ast.unparse(tree)}
    for place in places(tree):
        for what, new in changes(place):
            place.put(new)
            try:
                changed = ast.unparse(ast.fix_missing_locations(tree))
            except Exception:
                changed = ""
            finally:
                place.restore()
            if changed and changed not in seen:
                seen.add(changed)
                yield Changed(f"line {place.line}: {what}", changed)


def change_at_random(
    text: str, changes: Callable[[Place], Iterable[Change]], rng: np.random.Generator
) -> Changed | None:
    """A text that differs from a text in one place.

    Args:
        text: Python source.
        changes: the changes that can be made at a place in the text.
        rng: chooses the place and the change.

    Returns:
        The changed text, or None if there is nothing to change.
    """
    tree = ast.parse(text)
    everywhere = places(tree)
    for number in rng.permutation(len(everywhere)):
        place = everywhere[number]
        if found := list(changes(place)):
            what, new = found[int(rng.integers(len(found)))]
            place.put(new)
            changed = ast.unparse(ast.fix_missing_locations(tree))
            return Changed(f"line {place.line}: {what}", changed)
    return None


def places(tree: ast.Module) -> list[Place]:
    """All places in and around the functions of a text.

    Args:
        tree: the text.

    Returns:
        The places, in the order of the lines; what is around something stands before it.
    """
    found: list[Place] = []

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
                    found.append(Place(child, node, field, index, function, is_line))
                visit(child, function)

    visit(tree, None)
    return found


def _is_text(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
