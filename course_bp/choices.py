"""What `where` did not choose sends nothing back, not even nan.

The adjoint of an entry that was not chosen is 0. Pulled back further it should stay 0, but
0 · inf and 0 · nan are nan: at x = 1, `where(x >= 0, x, sqrt(-x))` would have the gradient nan
through a branch that has no part in its value. So from a `where` on, a backward pass keeps beside
an adjoint the `Choice` that says where it can differ from 0, and writes 0 everywhere else after
each rule. Forward mode needs nothing: a `where` drops the tangents of what it does not choose.

A choice reaches through every operation whose entries stand for entries of the operand, and through
reductions; through others, such as a matrix product, only as a whole: if no entry of
the product was chosen, nothing flows. An index leaves entries out too, but starts no choice: choose
before a logarithm, not by taking a slice of it.

Source: D4 (the adjoint is a sum over paths; a path that was not taken is not a term of it).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from .broadcasting import stretch, unbroadcast
from .primitives.comparisons import (
    equal,
    greater,
    is_mask,
    logical_and,
    logical_not,
    logical_or,
)
from .primitives.reductions import sum
from .primitives.selection import where
from .primitives.table import TABLE, Primitive
from .values import shape_of

WHERE = TABLE["where"]


class Choice(NamedTuple):
    """The entries that a result depends on: those where the mask is true, or is false.

    Attributes:
        mask: a condition, plain or a Node, that broadcasts to the entries' shape.
        chosen: whether they are those where it holds.
    """

    mask: Any
    chosen: bool


def select(choice: Choice | None, adjoint: Any) -> Any:
    """The adjoint with 0 at all entries outside the choice; as it is if there is no choice."""
    if choice is None:
        return adjoint
    return where(choice.mask, adjoint, 0.0) if choice.chosen else where(choice.mask, 0.0, adjoint)


def pull_choice(
    choice: Choice | None, operation: Primitive, position: int, y: Any, operands: Sequence[Any]
) -> Choice | None:
    """The entries of an operand that a result depends on, before broadcasting is undone.

    Args:
        choice: the same for the operation's result y; None if that is all of them.
        operation, y, operands: what was done, on numbers or on Nodes.
        position: which of the operands.
    """
    if operation is WHERE:
        return _both(choice, Choice(operands[0], position == 1))
    if choice is None or operation.elementwise or not shape_of(choice.mask):
        return choice
    mask = stretch(_truth(choice) * 1.0, shape_of(y))
    if operation.linear:
        mask = operation.vjps[position](mask, y, *operands)  # type: ignore[misc]
    elif operation.reach is not None:
        mask = operation.reach(mask, y, *operands)
    else:
        mask = sum(mask)
    return Choice(greater(mask, 0.0), True)


def fit_choice(
    choice: Choice | None, shape: tuple[int, ...], operand: tuple[int, ...]
) -> Choice | None:
    """A choice among entries of this shape as one among those of an operand stretched to it."""
    if choice is None or shape == operand or not shape_of(choice.mask):
        return choice
    mask = unbroadcast(stretch(_truth(choice) * 1.0, shape), operand)
    return Choice(greater(mask, 0.0), True)


def either(a: Choice | None, b: Choice | None) -> Choice | None:
    """The choice of what either chooses; None if that is all."""
    if a is None or b is None or (a.mask is b.mask and a.chosen != b.chosen):
        return None
    return a if a.mask is b.mask else Choice(logical_or(_truth(a), _truth(b)), True)


def _both(a: Choice | None, b: Choice) -> Choice:
    if a is None or (a.mask is b.mask and a.chosen == b.chosen):
        return b
    return Choice(logical_and(_truth(a), _truth(b)), True)


def _truth(choice: Choice) -> Any:
    """The mask that is true for what is chosen."""
    mask, chosen = choice
    if not is_mask(mask):
        return logical_not(equal(mask, 0.0)) if chosen else equal(mask, 0.0)
    return mask if chosen else logical_not(mask)
