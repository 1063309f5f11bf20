"""How feedback speaks of the uses of a variable, of which each is an arrow of the graph."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from autograder.derived.blocks import Block, Edge
from autograder.derived.recorded import Recorded
from autograder.derived.steps import Derivation
from autograder.derived.words import written_out
from course_bp.graph import Node


@dataclass(frozen=True)
class _Use:
    block: Block
    edge: Edge
    node: Node


def uses_of(derivation: Derivation, name: str) -> list[tuple[Edge, str]]:
    """Each use of a variable with words for it, such as "through b".

    Args:
        derivation: the function and its structure.
        name: the variable.

    Returns:
        Edges with words that follow "the contribution". They name the arrow itself where another
        path of the variable leads through the same place.
    """
    example = derivation.example
    found = [
        _Use(example.blocks[user], edge, node)
        for user in example.users(name)
        for edge, node, operand in example.blocks[user].edges()
        if example.blocks[user].boundary.get(operand) == name
    ]
    in_block = Counter(use.block.name for use in found)
    at_node = Counter(use.node for use in found)
    spoken = []
    for use in found:
        whole = in_block[use.block.name] == 1
        place = use.block.name if whole else written_out(use.block, use.node)
        goes_through = use.block.nodes[-1] if whole else use.node
        others = [one for one in found if one.node is not use.node]
        if at_node[use.node] > 1:
            words = f"of one of its uses in {place}"
        elif any(_leads_to(example, other, use.block, goes_through) for other in others):
            words = f"from {name} directly into {place}"
        else:
            words = f"through {place}"
        spoken.append((use.edge, words))
    return spoken


def _leads_to(example: Recorded, other: _Use, block: Block, end: Node) -> bool:
    """Whether what one use gives is read, perhaps by way of other variables, by a node."""
    below = _below(block, end)
    if other.block is block:
        return other.node in below
    after = _computed_from(example, other.block.name)
    return any(block.boundary.get(node) in after for node in below)


def _below(block: Block, end: Node) -> set[Node]:
    """A node of a block with all that it is computed from, down to other variables."""
    found, waiting = {end}, [end]
    while waiting:
        node = waiting.pop()
        for operand in node.parents:
            if operand not in found:
                found.add(operand)
                if operand not in block.boundary:
                    waiting.append(operand)
    return found


def _computed_from(example: Recorded, name: str) -> set[str]:
    """A variable and all that is computed from it."""
    found, waiting = {name}, [name]
    while waiting:
        for user in example.users(waiting.pop()):
            if user not in found:
                found.add(user)
                waiting.append(user)
    return found
