"""Reverse mode: one pass over the graph, from the result back, gives every derivative.

When a node's turn comes, all its children have been visited and its adjoint is complete; the
VJP rules of its operation pull it back to the parents, where the contributions add up.

Source: D0 "Reverse-mode differentiation", D1 "Backward accumulation", D2 "the backpropagation
algorithm"; Griewank and Walther, Evaluating Derivatives, section 3.2.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from .broadcasting import unbroadcast
from .choices import WHERE, Choice, either, fit_choice, pull_choice, select
from .graph import (
    MANY,
    Node,
    as_differentiable,
    describe,
    plain,
    shape_of,
    topological_order,
    zeros,
)
from .recording import Argnums, Function, Recording

Seeds: TypeAlias = list[tuple[Node, Any]]


def adjoints(
    order: Sequence[Node], seeds: Seeds, leaves: Sequence[Node], beyond: bool = False
) -> dict[Node, Any]:
    """The backward pass: the derivative of the result with respect to every node.

    The rules are handed the Nodes themselves, so the pass writes down a graph of its own and can
    be differentiated again; `plain` reads the numbers. No node's `grad` is touched.

    Args:
        order: as `topological_order` gives it, each node before all its parents.
        seeds: the results with their adjoints: (y, 1.0) for the derivatives of a scalar y.
        leaves: what to differentiate with respect to. Only what depends on them is visited.
        beyond: whether the pass goes on behind a leaf, as long as another one lies there.

    Returns:
        The adjoint of each node that was visited, in the order of the visit.
    """
    found: dict[Node, Any] = {}
    choices: dict[Node, Choice | None] = {}
    needed, stops = _depending_on(leaves, order), set() if beyond else set(leaves)
    for node, seed in seeds:
        found[node] = found[node] + seed if node in found else seed
    for child in order:
        if child not in found or child not in needed or child in stops or not child.operands:
            continue
        g, choice = found[child], choices.get(child)
        for _, parent, part, chosen in contributions(child, child, child.operands, g, choice):
            if parent in needed:
                known = parent in found
                found[parent] = found[parent] + part if known else part
                choices[parent] = either(choices.get(parent), chosen) if known else chosen
    return found


def _depending_on(leaves: Sequence[Node], order: Sequence[Node]) -> set[Node]:
    """The leaves, and the nodes of a topological order that depend on one."""
    needed = set(leaves)
    for node in reversed(order):
        if not needed.isdisjoint(node.parents):
            needed.add(node)
    return needed


def contributions(
    child: Node, y: Any, operands: Sequence[Any], g: Any, choice: Choice | None
) -> Iterator[tuple[int, Node, Any, Choice | None]]:
    """What a node gives to each of its parents in a backward pass.

    Args:
        child: the node.
        y, operands: its value and its operands as the rules are to see them, plain or Nodes.
        g: its adjoint.
        choice: the entries at which that can differ from 0.

    Yields:
        For each edge the position of the operand, the node there, the contribution in its shape,
        and the choice among its entries.
    """
    operation: Any = child.operation
    for position, (operand, rule) in enumerate(zip(child.operands, operation.vjps, strict=False)):
        if operand.__class__ is Node and rule is not None:
            chosen = pull_choice(choice, operation, position, y, operands)
            part = select(chosen, g if operation is WHERE else rule(g, y, *operands))
            yield (
                position,
                operand,
                unbroadcast(part, operand.shape),
                fit_choice(chosen, shape_of(part), operand.shape),
            )


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
        TypeError: if a seed is no real number.
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


def backward_pass(order: list[Node], seeds: Seeds) -> None:
    """The same, spelt out for plain numbers, and left on the nodes: see `adjoints`.

    Most nodes of a scalar network have two operands, so those are not gone through in a loop, and
    adjoints lie in the nodes' `grad` instead of a dict. A leaf's `grad` is added to, any other
    node's is set again; see `Node.backward`.

    Args:
        order: as `topological_order` gives it. The list is emptied: a node that only the list
            holds is let go when its turn is over, and its memory serves for what comes next.
        seeds: as for `adjoints`; the list is emptied too.
    """
    for child in order:
        if child.operation is not None:
            child.grad = None
    while seeds:
        child, g = seeds.pop()
        _receive(child, g, g)
    order.reverse()
    while order:
        child = order.pop()
        g = child.grad
        if g is None or child.operation is None:
            continue
        y = child.value
        rules = child.operation.vjps
        b = child._right
        if b is not MANY:
            a = child._left
            a_value = a.value if a.__class__ is Node else a
            b_value = b.value if b.__class__ is Node else b
            if a.__class__ is Node and (rule := rules[0]) is not None:
                part = rule(g, y, a_value, b_value)
                if part.__class__ is float is a_value.__class__:
                    a.grad = part if a.grad is None else a.grad + part
                else:
                    _receive(a, part, g)
            if b.__class__ is Node and (rule := rules[1]) is not None:
                part = rule(g, y, a_value, b_value)
                if part.__class__ is float is b_value.__class__:
                    b.grad = part if b.grad is None else b.grad + part
                else:
                    _receive(b, part, g)
        elif child.operation is WHERE:
            _backward_pass_with_choices(child, order)
        else:
            values = [x.value if x.__class__ is Node else x for x in child._left]
            for operand, rule in zip(child._left, rules, strict=False):
                if operand.__class__ is Node and rule is not None:
                    _receive(operand, rule(g, y, *values), g)


def _backward_pass_with_choices(child: Node, order: list[Node]) -> None:
    """The rest of a backward pass, from the first `where` on: see `choices`.

    Args:
        child: the node whose turn it is.
        order: the nodes that follow, the next one last; emptied likewise.
    """
    choices: dict[Node, Choice | None] = {}
    while True:
        g, choice = child.grad, choices.pop(child, None)
        if g is not None and child.operation is not None:
            values = [plain(x) for x in child.operands]
            for _, operand, part, chosen in contributions(child, child.value, values, g, choice):
                known = operand.grad is not None
                choices[operand] = either(choices.get(operand), chosen) if known else chosen
                _receive(operand, part, g)
        if not order:
            return
        child = order.pop()


def _receive(node: Node, part: Any, g: Any) -> None:
    """Add a contribution to a node's grad; g is the adjoint that it came from.

    What a leaf keeps is its own memory, for learners update it in place: a view or the very
    array of another node is copied.
    """
    value: Any = node.value
    if part.__class__ is float or value.__class__ is float or part.shape != value.shape:
        part = unbroadcast(part, node.shape)
    if node.grad is not None:
        node.grad = node.grad + part
    elif node.operation or part.__class__ is float or (part is not g and part.base is None):
        node.grad = part
    else:
        node.grad = part.copy()


def seed_for(node: Node, seed: Any) -> Any:
    """The seed of a backward pass from this node: 1 for a scalar, else what was given.

    Raises:
        ValueError: if the node is no scalar and there is no seed, or if the shapes differ.
        TypeError: if the seed is no real number.
    """
    if seed is None:
        if node.shape:
            raise ValueError(
                f"backward() starts at a scalar, and this is {describe(node)}: "
                "reduce it with sum or mean, or give backward a seed of that shape"
            )
        return 1.0
    if seed.__class__ is not Node:
        seed = as_differentiable(seed, "the seed")
    if shape_of(seed) != node.shape:
        raise ValueError(f"the seed has shape {shape_of(seed)}, and {describe(node)} needs its own")
    return seed


def _as_node(x: Any) -> Node:
    return x if x.__class__ is Node else Node(x)
