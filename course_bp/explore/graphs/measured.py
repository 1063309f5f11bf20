"""The finite difference beside each gradient."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from ...finite_differences import finite_difference
from ...graph import Node
from .graph_reading import ReadGraph
from .other_engines import CannotReplay

MOST_EVALUATIONS = 60_000
MOST_ENTRIES = 64


def measured_gradients(graph: ReadGraph) -> dict[Node, Any]:
    """Central differences of the result for each node, computing again what follows it.

    Inputs come first. Large arrays, and what would take more than 60 000 operations in all, are
    left out, as is what follows an operation that is not known, or where the result is not finite.

    Source: D0, "Finite Difference Method".
    """
    result = graph.result
    if result.shape or not np.isfinite(result.value):
        return {}
    found: dict[Node, Any] = {}
    budget = MOST_EVALUATIONS
    inner = [node for node in reversed(graph.order) if node.operation is not None]
    for node in [*graph.leaves, *inner]:
        cost = 2 * node.size * len(graph.order)
        if node.size > MOST_ENTRIES or cost > budget:
            continue
        budget -= cost

        def at(x: Any, node: Node = node) -> Any:
            return graph.replay({node: x})[result]

        try:
            with warnings.catch_warnings(), np.errstate(all="ignore"):
                warnings.simplefilter("ignore", RuntimeWarning)
                found[node] = finite_difference(at)(node.value)
        except (CannotReplay, ValueError):
            continue
    return found


def agrees(gradient: Any, measured: Any, scale: float) -> bool:
    """Whether a gradient is within what a central difference can tell.

    Args:
        gradient, measured: numbers or arrays of one shape.
        scale: the size of the result, whose round-off the difference divides by its step.
    """
    g, m = np.asarray(gradient, dtype=np.float64), np.asarray(measured, dtype=np.float64)
    if g.shape != m.shape:
        return False
    size = max(float(np.max(np.abs(g), initial=0.0)), float(np.max(np.abs(m), initial=0.0)))
    if not np.isfinite(size):
        return False
    allowed = 1e-5 * size + 1e-8 * max(1.0, abs(scale))
    return bool(np.max(np.abs(g - m), initial=0.0) <= allowed)
