"""Reverse mode: one pass over the graph, from the result back, gives every derivative.

Here are the functions that are called; the pass itself is in `backward_pass`.

Source: D0 "Reverse-mode differentiation", D1 "Backward accumulation"; the names are
those of JAX and HIPS autograd.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from typing import Any

from .backward_pass import adjoints, backward_pass, seed_for
from .graph import Node, topological_order
from .recording import Argnums, Function, Recording
from .values import zeros


def grad(f: Function, argnums: Argnums = 0) -> Function:
    """The function that returns the gradient of the scalar function f.

    Args:
        f: a function of floats, arrays and nested lists, tuples and dicts of them, written with
            Python's operators and course_bp's functions, that returns a scalar.
        argnums: the argument to differentiate with respect to, or several of them.

    Returns:
        A function of f's arguments. Its result has the form of the argument, or is a tuple of
        such for several argnums. Given Nodes it returns Nodes, to be differentiated again.

    Raises (when it is called):
        TypeError: for integer arguments, or if f returns no number.
        ValueError: if f returns no scalar.

    Source: D0 "Reverse-mode differentiation"; name and call are those of JAX and HIPS autograd.
    """
    both = value_and_grad(f, argnums)

    def gradient(*args: Any, **kwargs: Any) -> Any:
        return both(*args, **kwargs)[1]

    return gradient


def value_and_grad(f: Function, argnums: Argnums = 0) -> Function:
    """Like `grad`, but the function returns the pair of f's value and its gradient."""

    def value_and_gradient(*args: Any, **kwargs: Any) -> tuple[Any, Any]:
        # The graph has no cycles: the garbage collector would search it in vain, again and again
        # while it grows, for most of the time that a scalar network takes.
        collects = gc.isenabled()
        gc.disable()
        try:
            run = Recording(f, argnums, args, kwargs)
            run.require_scalar()
            value = run.value
            gradient = pull_back(run, [1.0], keep=False)
        finally:
            if collects:
                gc.enable()
        return value, gradient

    return value_and_gradient


def vjp(f: Function, *args: Any) -> tuple[Any, Function]:
    """f's value, and the function that pulls an adjoint of it back to the arguments.

    Args:
        f: as for `grad`, but the result may be an array.
        args: where to evaluate it.

    Returns:
        f(*args), and a function that takes v, built like the result and of its shapes, and
        returns vᵀJ: a tuple with one entry for each argument, in its form. It can be called many
        times; it raises ValueError for a v that is built otherwise.

    Source: D1 "Backward accumulation"; the name is JAX's.
    """
    run = Recording(f, range(len(args)), args, {})

    def pull(v: Any) -> Any:
        return pull_back(run, run.match_results(v))

    return run.value, pull


def differentiate(
    result: Node, nodes: Node | Sequence[Node], seed: Any = None, recorded: bool = False
) -> Any:
    """The derivatives of a result with respect to nodes of its graph, inner ones too.

    No node's `grad` is read or changed.

    Args:
        result: where the pass starts.
        nodes: a node, or a list or tuple of them.
        seed: the derivative with respect to the result, of its shape; 1 for a scalar.
        recorded: whether the derivatives are Nodes, to be differentiated again.

    Returns:
        The derivative of each node's shape: one for a node, a list for several. It counts every
        path from the node to the result; 0 where there is none.

    Raises:
        ValueError: as `Node.backward` does.
    """
    wanted = [nodes] if nodes.__class__ is Node else list(nodes)
    start = seed_for(result, seed)
    found = adjoints(topological_order(result), [(result, _as_node(start))], wanted, beyond=True)
    derivatives = [_as_node(found.get(node, zeros(node.shape))) for node in wanted]
    given = derivatives if recorded else [x.value for x in derivatives]
    return given[0] if nodes.__class__ is Node else given


def pull_back(run: Recording, seeds: Sequence[Any], keep: bool = True) -> Any:
    """The adjoints of a recording's leaves for adjoints of its results, in the arguments' form.

    Args:
        run: the recording.
        seeds: one adjoint for each of its results.
        keep: whether the recording is needed again; if not, the graph is let go as it is used.

    Raises:
        ValueError: if a seed has not its result's shape.
        TypeError: if a seed is not a real number.
    """
    starts = [
        (node, seed_for(node, seed))
        for node, seed in zip(run.results, seeds, strict=True)
        if node.__class__ is Node
    ]
    if run.is_nested or any(seed.__class__ is Node for _, seed in starts):
        found = adjoints(run.order, starts, run.leaves)
        return run.arrange_arguments([_as_node(found.get(x, zeros(x.shape))) for x in run.leaves])
    for leaf in run.leaves:
        leaf.grad = None
    backward_pass(list(run.order) if keep else run.hand_over(), starts)
    return run.arrange_arguments([zeros(x.shape) if x.grad is None else x.grad for x in run.leaves])


def _as_node(x: Any) -> Node:
    return x if x.__class__ is Node else Node(x)
