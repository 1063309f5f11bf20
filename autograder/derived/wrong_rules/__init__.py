"""The table of wrong rules: how people get the derivative of each operation wrong.

It stands beside course_bp's table of primitives and uses its names. A row says what is
differentiated, in letters ("sin(u)", "u/v"), what the right derivative is, and the wrong ones, each
as text and as a rule that can be run: `rule(g, y, *operands)` as in the primitives. An operation
without a row has the slips of every operation only (`of_any_operation`).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.derived.wrong_rules import activations, arithmetic, functions, matrices, reductions
from autograder.derived.wrong_rules.operation import Operation, Rule, WrongRule

OPERATIONS: dict[str, Operation] = {
    **arithmetic.OPERATIONS,
    **functions.OPERATIONS,
    **activations.OPERATIONS,
    **reductions.OPERATIONS,
    **matrices.OPERATIONS,
}


def of_any_operation(operation: Operation, position: int, right: Rule) -> Iterator[WrongRule]:
    """The slips that can happen at every operation.

    Args:
        operation: its row.
        position: the operand.
        right: the right rule.

    Yields:
        The local derivative left out; the adjoint that arrives dropped; a wrong sign; a factor 2.
    """
    form = operation.called or operation.form
    if not operation.linear:
        yield WrongRule(
            "M5",
            f"the local derivative of {form} left out",
            "1",
            lambda g, y, *operands: g + np.zeros(np.shape(operands[position])),
        )
    yield WrongRule(
        "M9",
        f"the incoming gradient dropped at {form}",
        "without the gradient",
        lambda g, y, *operands: right(np.ones(np.shape(g)) if np.shape(g) else 1.0, y, *operands),
        "does not contain the gradient that arrives there",
    )
    yield WrongRule(
        "M1",
        f"the wrong sign at {form}",
        f"minus {operation.right[position]}" if position < len(operation.right) else "its negative",
        lambda g, y, *operands: -right(g, y, *operands),
    )
    yield WrongRule(
        "M2",
        f"a factor of 2 too many at {form}",
        f"twice {operation.right[position]}"
        if position < len(operation.right)
        else "twice as much",
        lambda g, y, *operands: 2 * right(g, y, *operands),
    )


def operation_of(name: str, operands: int) -> Operation:
    """The row of an operation, or one that says little.

    Args:
        name: as in the table of primitives.
        operands: how many it takes.
    """
    if row := OPERATIONS.get(name):
        return row
    letters = ", ".join("uvw"[:operands] if operands <= 3 else "u…")
    return Operation(f"{name}({letters})", (), ())
