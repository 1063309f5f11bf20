"""Forward mode: a tangent travels along with the values, from the arguments to the result.

One sweep gives the derivative of every result in one direction of the arguments, where one
sweep of reverse mode gives the derivative of one result in every direction. `Dual` numbers do it
while the function runs; `jvp` does it over a recorded graph, so that it works on anything
recorded, gradients included.

Source: D0 "Forward-mode differentiation", D1 "Forward accumulation" and its cost O(n · cost(f));
Griewank and Walther, Evaluating Derivatives, section 3.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .broadcasting import stretch
from .dual import Dual
from .graph import Node, as_differentiable, describe, plain
from .primitives.table import push_forward
from .recording import Function, Recording
from .tree import tree_flatten
from .values import shape_of, zeros

__all__ = ["Dual", "jvp"]


def jvp(f: Function, primals: Sequence[Any], tangents: Sequence[Any]) -> tuple[Any, Any]:
    """f's value, and its derivative in the direction of the tangents.

    Args:
        f: a function as for `grad`; its result may be an array.
        primals: the tuple of f's arguments.
        tangents: the direction, in the form of the primals.

    Returns:
        f(*primals) and J v, of the result's shape. Given Nodes it returns Nodes.

    Raises:
        TypeError: if primals and tangents are not tuples, or hold integers.
        ValueError: if the forms or shapes of primals and tangents differ.

    Source: D0 "Forward-mode differentiation"; name and call are JAX's.
    """
    if not isinstance(primals, tuple | list) or not isinstance(tangents, tuple | list):
        raise TypeError("jvp takes the arguments and the direction as tuples: jvp(f, (x,), (v,))")
    run = Recording(f, range(len(primals)), primals, {})
    return run.value, push_tangents(run, tangents)


def push_tangents(run: Recording, tangents: Sequence[Any]) -> Any:
    """The tangents of a recording's results for tangents arranged as the recorded arguments."""
    directions = tree_flatten(tuple(tangents))[0]
    if len(directions) != len(run.leaves):
        raise ValueError(
            f"{run.name} was given {len(run.leaves)} numbers or arrays and {len(directions)} "
            "tangents; each needs one"
        )
    starts = {leaf: _check_tangent(leaf, t) for leaf, t in zip(run.leaves, directions, strict=True)}
    on_nodes = run.is_nested or any(t.__class__ is Node for t in directions)
    found = forward_pass(run.order, starts, on_nodes)
    out = [
        found.get(x, zeros(shape_of(x))) if x.__class__ is Node else zeros(shape_of(x))
        for x in run.results
    ]
    if on_nodes:
        out = [t if t.__class__ is Node else Node(t) for t in out]
    return run.arrange_result(out)


def _check_tangent(leaf: Node, t: Any) -> Any:
    if t.__class__ is not Node:
        t = as_differentiable(t, f"the tangent of {describe(leaf)}")
    if shape_of(t) != leaf.shape:
        raise ValueError(f"the tangent of {describe(leaf)} has shape {shape_of(t)}")
    return t


def forward_pass(
    order: Sequence[Node], tangents: dict[Node, Any], on_nodes: bool
) -> dict[Node, Any]:
    """The tangent of every node of a topological order that one arrives at.

    Args:
        order: as `topological_order` gives it; it is walked from its end.
        tangents: those of the leaves.
        on_nodes: whether to hand the rules Nodes, so that the pass itself is recorded.
    """
    found = dict(tangents)
    for node in reversed(order):
        if node.operation is None or node in found:
            continue
        arriving = [found.get(x) if x.__class__ is Node else None for x in node.operands]
        y: Any = node if on_nodes else node.value
        operands = node.operands if on_nodes else [plain(x) for x in node.operands]
        tangent = push_forward(node.operation, y, operands, arriving)
        if tangent is not None:
            found[node] = stretch(tangent, node.shape)
    return found
