"""The backward pass: from the result back, every node's adjoint.

When a node's turn comes, all its children have been visited and its adjoint is complete; the
VJP rules of its operation pull it back to the parents, where the contributions add up. `adjoints`
is the pass as one reads it; `backward_pass` is the same, spelt out for speed.

Source: D0 "Reverse-mode differentiation", D1 "Backward accumulation", D2 "the backpropagation
algorithm"; Griewank and Walther, Evaluating Derivatives, section 3.2.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from .broadcasting import unbroadcast
from .choices import WHERE, Choice, either, fit_choice, pull_choice, select
from .graph import MANY, Node, as_differentiable, describe, plain
from .values import shape_of

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
        ValueError: if the node is not a scalar and there is no seed, or if the shapes differ.
        TypeError: if the seed is not a real number.
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
