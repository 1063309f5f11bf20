"""The backward pass as data: what arrives at each edge, in the order in which it happens.

Source: D4 "sigmoid circuit" (upstream × local); D0 "Reverse-mode differentiation" (the table of
forward values and backward increments).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from .backward_pass import contributions, seed_for
from .choices import Choice, either
from .graph import Node, plain, topological_order
from .primitives.table import Primitive
from .values import Value


@dataclass(frozen=True, slots=True)
class Step:
    """One edge of the graph, walked backward: a child gives a parent its contribution.

    Attributes:
        number: the position in the pass, from 1.
        child: the node whose adjoint is complete.
        parent: the operand that receives.
        position: which operand of the child it is; x · x gives x two steps.
        upstream: the adjoint of the child, dy/d child.
        local: ∂ child/∂ parent for an elementwise operation, None where that is not a plain
            product (sum, matmul, …).
        contribution: what the parent receives, summed back to its shape.
        total: the parent's adjoint so far, this contribution included.
    """

    number: int
    child: Node
    parent: Node
    position: int
    upstream: Value
    local: Value | None
    contribution: Value
    total: Value


def trace(result: Node, seed: Value | None = None) -> list[Step]:
    """The steps of the backward pass from a node; no node's `grad` is touched.

    Args:
        result: where the pass starts.
        seed: its adjoint; 1 for a scalar.

    Raises:
        ValueError: as `Node.backward` does.

    Source: D0 "Reverse-mode differentiation", D4 "upstream gradient times local gradient".
    """
    totals: dict[Node, Any] = {result: seed_for(result, seed)}
    choices: dict[Node, Choice | None] = {}
    steps: list[Step] = []
    for child in topological_order(result):
        if child.operation is None or child not in totals:
            continue
        g = totals[child]
        values = [plain(x) for x in child.operands]
        for position, parent, part, chosen in contributions(
            child, child.value, values, g, choices.get(child)
        ):
            known = parent in totals
            choices[parent] = either(choices.get(parent), chosen) if known else chosen
            totals[parent] = totals[parent] + part if known else part
            local = _local(child.operation, position, child.value, values)
            steps.append(
                Step(len(steps) + 1, child, parent, position, g, local, part, totals[parent])
            )
    return steps


def _local(operation: Primitive, position: int, y: Any, values: list[Any]) -> Any:
    """The rule at the adjoint 1, which for an elementwise operation is the local derivative."""
    rule = operation.vjps[position]
    return rule(1.0, y, *values) if operation.elementwise and rule is not None else None


def first_nonfinite(result: Node, attribute: Literal["value", "grad"] = "value") -> Node | None:
    """The node at which inf or nan first appeared, None if all is finite.

    Args:
        result: a node, usually the loss.
        attribute: "value" looks in the order of the forward pass, "grad" in the order of the
            backward pass, which must have been run.

    Returns:
        The first such node; its operands show where it came from.
    """
    order = topological_order(result)
    for node in reversed(order) if attribute == "value" else order:
        number = getattr(node, attribute)
        if number is not None and not np.all(np.isfinite(number)):
            return node
    return None
