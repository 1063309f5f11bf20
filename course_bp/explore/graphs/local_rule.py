"""The local derivative of one arrow in symbols, read off the table of rules."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...graph import Node
from ...printing.indices import subscript
from ...symbolic import formula
from ...tracing import Step
from ..stage.numbers import short
from .graph_reading import ReadGraph


def rule_in_symbols(graph: ReadGraph, step: Step) -> str:
    """The local derivative of a step, such as "cos(t)" for a sine; "" if it would not fit.

    Args:
        graph: where the nodes have their names.
        step: the arrow.

    Returns:
        The rule as it is written on the picture.
    """
    operation = step.child.operation
    assert operation is not None
    if operation.name == "index":
        return f"g at [{subscript(step.child.operands[1])}], 0 elsewhere"
    rule = operation.vjps[step.position]
    assert rule is not None
    symbols: dict[Node, Node] = {}

    def symbol(x: Any) -> Any:
        if x.__class__ is not Node:
            return x
        return symbols.setdefault(x, Node(x.value, graph.names[x]))

    operands = [symbol(x) for x in step.child.operands]
    upstream = 1.0 if step.local is not None else Node(step.upstream, "g")
    try:
        written = rule(upstream, symbol(step.child), *operands)
        if written.__class__ is not Node:
            return "" if np.ndim(written) else short(written)
        text = str(formula(written))
    except (TypeError, ValueError, AttributeError):
        return ""
    if len(text) > 60 or "<constant" in text:
        return ""
    return text.replace("np.", "").replace(" * ", "·").replace("-", "−")
