"""How feedback speaks of the places of a derived exercise: lines, operands, adjoints."""

from __future__ import annotations

import re

import numpy as np

from autograder.derived.blocks import Block, Edge, arrays_of, rules_of
from autograder.derived.wrong_rules import operation_of
from autograder.derived.wrong_rules.operation import Operation
from course_bp.graph import Node
from course_bp.printing.expressions import Expression, Expressions
from course_bp.printing.notation import to_latex, to_numpy

# Longer formulas are not repeated inside a sentence.
LONGEST = 40
# Those that are no longer stand in a formula instead of its letter.
SHORT = 12
_LETTER = re.compile(r"(?<![A-Za-z])[uvw](?![A-Za-z])")


def operation_at(node: Node) -> Operation:
    """The row of the operation that made a node.

    Args:
        node: an inner node.
    """
    return operation_of(rules_of(node).name, len(arrays_of(node)))


def written_out(block: Block, node: Node) -> str:
    """A node's formula in the variables of its block, as NumPy code without the prefix.

    Args:
        block: where it lies.
        node: it or an operand of it.
    """
    return to_numpy(_expression(block, node)).replace("np.", "")


def formula(block: Block) -> str:
    """A block's formula in LaTeX.

    Args:
        block: one variable.
    """
    return to_latex(_expression(block, block.nodes[-1]))


def _expression(block: Block, node: Node) -> Expression:
    expressions = Expressions()
    inner = block.nodes[-1]
    for one, name in block.boundary.items():
        if one is not inner:
            expressions.argument(one, name)
    for name, value in block.given.items():
        if isinstance(value, np.ndarray):
            expressions.constant(value).name = name
    expressions.read(block.nodes)
    return expressions.of(node)


def spelt(block: Block, edge: Edge, text: str) -> str:
    """A text in the letters of an operation, with the short operands of one place put in.

    Args:
        block: the block that the edge lies in.
        edge: the edge.
        text: such as "the derivative of sin(u)".
    """
    short = {
        letter: f"({written})" if " " in written else written
        for letter, written in _operands(block, edge).items()
        if len(written) <= SHORT
    }
    return _LETTER.sub(lambda found: short.get(found[0], found[0]), text)


def where(block: Block, edge: Edge) -> str:
    """Where an edge lies, for the end of a sentence: "in the line for b, with u = x + z · w".

    Args:
        block: the block that it lies in.
        edge: the edge.
    """
    long = [
        f"{letter} = {written}"
        for letter, written in _operands(block, edge).items()
        if SHORT < len(written) <= LONGEST
    ]
    line = f"in the line for {block.name}"
    return f"{line}, with {' and '.join(long)}" if long else line


def _operands(block: Block, edge: Edge) -> dict[str, str]:
    """Letter → how the operand is written, of numbers and of what is computed."""
    node = block.nodes[edge.place]
    operation = operation_at(node)
    found = {}
    for position, operand in enumerate(arrays_of(node)[:3]):
        letter = operation.letter(position)
        if operand.__class__ is Node:
            found[letter] = block.boundary.get(operand) or written_out(block, operand)
        elif isinstance(operand, float):
            found[letter] = f"{operand:g}"
    return found
