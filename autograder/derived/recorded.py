"""A forward function as blocks: one for each variable that its author names.

A recording is a graph of single operations. People think and write in variables, so the graph is
cut at the function's own local variables, and at whatever is used more than once. A block computes
one variable from earlier ones; its backward pass takes the adjoint of that variable to theirs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from autograder.derived.blocks import Block, rules_of
from autograder.derived.not_derivable import NotDerivable, line_of_result
from autograder.derived.spelt import spelt_constants
from course_bp.graph import Node, plain
from course_bp.recording import NoNumber, Recording
from course_bp.variables import local_variables


@dataclass(frozen=True)
class Recorded:
    """A function recorded on one set of inputs.

    Args:
        leaves: the inputs that are recorded, by name.
        blocks: one for each variable, in the order of computation; the last is the result.
        order: all nodes in the order of computation.
    """

    leaves: Mapping[str, Node]
    blocks: Mapping[str, Block]
    order: tuple[Node, ...] = ()

    @property
    def output(self) -> str:
        """The name of the result."""
        return list(self.blocks)[-1]

    def users(self, variable: str) -> list[str]:
        """The variables that are computed from one, in the order of computation."""
        return [name for name, block in self.blocks.items() if variable in block.reads]

    def patterns(self) -> set[Any]:
        """Which sides the function's choices take together, over the entries of their arrays.

        Returns:
            For each shape the combinations that occur; empty if the function makes no choices.
        """
        found: dict[tuple[int, ...], list[Any]] = {}
        for block in self.blocks.values():
            for node in block.nodes:
                for side in _sides(node):
                    found.setdefault(np.shape(side), []).append(np.ravel(side))
        return {
            (place, *map(bool, entry))
            for place, sides in enumerate(found.values())
            for entry in zip(*sides, strict=True)
        }

    @cached_property
    def structure(self) -> tuple[tuple[Any, ...], ...]:
        """The operations and what they are applied to, without values or settings."""
        place: dict[Node, Any] = {node: name for name, node in self.leaves.items()}
        found: list[tuple[Any, ...]] = []
        for node in self.order:
            if node.operation is not None:
                place[node] = len(found)
                operands = (place[x] if x.__class__ is Node else None for x in node.operands)
                found.append((node.operation.name, *operands))
        return tuple(found)

    def again(self, forward: Callable[..., Any], inputs: Mapping[str, Any]) -> Recorded | None:
        """The function recorded on other inputs, cut at the same places.

        Args:
            forward: the function.
            inputs: its arguments by name, in order.

        Returns:
            The recording; None if it is not built like this one.
        """
        given, run = _run(forward, inputs, list(self.leaves))
        order = tuple(run.order[::-1])
        leaves = dict(zip(self.leaves, run.leaves, strict=True))
        found = Recorded(leaves, {}, order)
        if found.structure != self.structure or order[-1] is not run.results[0]:
            return None
        mine = [node for node in self.order if node.operation is not None]
        others = [node for node in order if node.operation is not None]
        twin = dict(zip(mine, others, strict=True))
        twin |= {node: leaves[name] for name, node in self.leaves.items()}
        # All blocks have it in common.
        before = next(iter(self.blocks.values())).boundary
        boundary = {twin[node]: name for node, name in before.items()}
        blocks = {
            name: Block(name, tuple(twin[x] for x in block.nodes), boundary, given, block.constants)
            for name, block in self.blocks.items()
        }
        return Recorded(leaves, blocks, order)


def record(
    forward: Callable[..., Any], inputs: Mapping[str, Any], leaves: Sequence[str]
) -> Recorded:
    """Records a function and cuts it into blocks.

    Args:
        forward: the function, written with course_bp's operations or NumPy's.
        inputs: its arguments by name, in order.
        leaves: those that are recorded; the others are passed on as they are.

    Returns:
        The recording.

    Raises:
        NotDerivable: if the function does not return one result that depends on the leaves.
    """
    with local_variables(forward) as variables:
        others, run = _run(forward, inputs, leaves)
    if len(run.results) != 1 or run.results[0].__class__ is not Node:
        raise NotDerivable(
            f"{run.name} must return one number or array that is computed from "
            f"{', '.join(leaves)}.",
            at=line_of_result(forward),
        )
    result = run.results[0]
    found = dict(zip(leaves, run.leaves, strict=True))
    if result in set(run.leaves):  # == would make a node
        raise NotDerivable(
            f"{run.name} returns one of its inputs, unchanged.", at=line_of_result(forward)
        )
    boundary = _boundary(run.order[::-1], found, variables, result)
    constants = spelt_constants(forward)
    blocks = {
        name: Block(name, nodes_of(node, boundary), boundary, others, constants)
        for node, name in boundary.items()
        if node.operation is not None
    }
    return Recorded(found, blocks, tuple(run.order[::-1]))


def _run(
    forward: Callable[..., Any], inputs: Mapping[str, Any], leaves: Sequence[str]
) -> tuple[dict[str, Any], Recording]:
    """The function run on fresh leaves, and the inputs that are not recorded."""
    names = list(inputs)
    given = [np.copy(x) if isinstance(x, np.ndarray) else x for x in inputs.values()]
    try:
        run = Recording(forward, [names.index(name) for name in leaves], given, {})
    except NoNumber as error:
        raise NotDerivable(str(error), at=line_of_result(forward)) from None
    return {name: x for name, x in zip(names, given, strict=True) if name not in leaves}, run


def _boundary(
    order: Sequence[Node], leaves: Mapping[str, Node], variables: Mapping[str, Any], result: Node
) -> dict[Node, str]:
    """The nodes between blocks with their names, in the order of computation, the result last."""
    named = {plain_name(name): x for name, x in variables.items() if x.__class__ is Node}
    own = {node: name for name, node in named.items()}
    uses: dict[Node, int] = {}
    for node in order:
        for parent in node.parents:
            uses[parent] = uses.get(parent, 0) + 1
    found = {node: name for name, node in leaves.items()}
    taken = set(leaves)
    inner = [node for node in order if node.operation is not None and node is not result]
    for node in [*inner, result]:
        name = own.get(node) or node.name or ("" if node is not result else _of_result(taken))
        if name or uses.get(node, 0) > 1:
            found[node] = free_name(name or made_up_name(node, found), taken)
    return found


def _of_result(taken: set[str]) -> str:
    """What the result is called if the function does not say."""
    return next(name for name in ("y", "out", "result", "value") if name not in taken)


def free_name(name: str, taken: set[str]) -> str:
    """A name that, with or without a "d" in front, means nothing yet; now it does.

    Args:
        name: what it begins with.
        taken: the names that mean something.
    """
    number, chosen = 1, name
    while chosen in taken or f"d{chosen}" in taken:
        number += 1
        chosen = f"{name}{number}"
    taken.add(chosen)
    return chosen


# What a value is called by the operation that made it.
_NOUNS = {
    **dict.fromkeys(("add", "subtract", "multiply", "matmul", "divide", "power"), "inner"),
    "sum": "total",
    "max": "largest",
    "min": "smallest",
    "maximum": "larger",
    "minimum": "smaller",
    "where": "chosen",
    "sqrt": "root",
    "greater": "mask",
    "greater_equal": "mask",
}
# Functions of one array, whose values are called by what they are applied to as well.
_FUNCTIONS = frozenset(
    ("exp", "log", "sqrt", "abs", "tanh", "sigmoid", "relu", "sin", "cos", "softplus", "softmax")
) | {"log_softmax", "logsumexp", "square", "sign", "expm1", "log1p"}


def made_up_name(node: Node, named: Mapping[Node, str]) -> str:
    """What to call a value that the author gave no name: exp_a for exp(a), inner for u · v + w.

    Args:
        node: it.
        named: the values that have names.
    """
    operation = rules_of(node).name
    of = named.get(node.operands[0]) if node.operands[0].__class__ is Node else None
    if operation in _FUNCTIONS and (of is not None or operation not in _NOUNS):
        return f"{operation}_{of or 'inner'}"
    return _NOUNS.get(operation, operation)


def plain_name(name: str) -> str:
    """A variable's name with nothing but letters, digits and underscores, none of them first."""
    return re.sub(r"\W", "_", name).lstrip("_") or "t"


def nodes_of(node: Node, boundary: Mapping[Node, str]) -> tuple[Node, ...]:
    """What a variable is computed from, down to other variables, in the order of computation.

    Args:
        node: the variable.
        boundary: all variables.
    """
    found: dict[Node, None] = {}
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if one in found or (one in boundary and one is not node):
            continue
        found[one] = None
        waiting.extend(one.parents)
    return tuple(sorted(found, key=lambda one: one.serial))


def _sides(node: Node) -> list[Any]:
    """Where an operation that chooses takes its first side, as truth values."""
    entry = rules_of(node)
    values = [plain(x) for x in node.operands]
    if entry.mask:
        return [np.asarray(node.value) != 0]
    if entry.name in ("relu", "abs", "sign"):
        return [np.asarray(values[0]) > 0]
    if entry.name in ("maximum", "minimum"):
        return [np.broadcast_arrays(*values)[0] > np.broadcast_arrays(*values)[1]]
    return []
