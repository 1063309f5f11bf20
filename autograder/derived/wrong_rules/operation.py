"""What a row of the table of wrong rules is, and what rows are made with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Rule = Callable[..., Any]


@dataclass(frozen=True)
class WrongRule:
    """One wrong derivative of an operation.

    Args:
        id: the row of the catalogue, or "" where none fits.
        name: what feedback calls it.
        written: the wrong derivative in letters, without the adjoint that arrives.
        rule: what it gives, called as rule(g, y, *operands).
        shows: what shows it, if "the derivative is taken to be" does not say it: the end of a
            sentence about the contribution through the operation.
    """

    id: str
    name: str
    written: str
    rule: Rule
    shows: str = ""


@dataclass(frozen=True)
class Operation:
    """How an operation is spoken of, and how its derivative with respect to one operand goes wrong.

    Args:
        form: the operation in letters: u is the first operand, v the second.
        right: for each operand the right derivative in the same letters.
        wrong: for each operand the wrong ones, the likeliest first.
        linear: whether the derivative is only a sign or a spreading, so that none can be left out.
        letters: what the operands are called in `form`, in order.
        called: the operation in the names of mistakes, if not `form`.
    """

    form: str
    right: tuple[str, ...]
    wrong: tuple[tuple[WrongRule, ...], ...]
    linear: bool = False
    letters: str = "uvw"
    called: str = ""

    def letter(self, position: int) -> str:
        """What an operand is called in `form`.

        Args:
            position: which operand.
        """
        return self.letters[position]


def one_operand(form: str, right: str, *wrong: WrongRule, linear: bool = False) -> Operation:
    """The row of an operation with one operand."""
    return Operation(form, (right,), (wrong,), linear)


def slope(name: str, written: str, slope: Rule, id: str = "") -> WrongRule:
    """A wrong derivative of an elementwise operation: slope(y, *operands)."""
    return WrongRule(id, name, written, lambda g, y, *operands: g * slope(y, *operands))


def sigmoid(x: Any) -> Any:
    """σ, as people write it."""
    return 1 / (1 + np.exp(-x))


def entries_per_result(y: Any, x: Any) -> float:
    """How many entries of the operand go into one of the result."""
    return float(np.size(x) / max(np.size(y), 1))


def spread(g: Any, x: Any, axis: Any, keepdims: Any) -> Any:
    """An adjoint of a reduction, repeated for every entry that was reduced."""
    if not np.shape(x):
        return g
    if axis is not None and not keepdims:
        g = np.expand_dims(g, axis)
    return np.broadcast_to(g, np.shape(x))


def operand_instead(name: str, written: str, position: int) -> WrongRule:
    """An operand instead of the local derivative."""
    return WrongRule("M30", name, written, lambda g, y, *operands: g * operands[position])
