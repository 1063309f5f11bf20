"""How feedback speaks of the places of a derived exercise: lines, operands, adjoints."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from autograder.derived.axes_in_words import over_which, with_axis
from autograder.derived.blocks import Block, Edge, arrays_of, rules_of
from autograder.derived.spelt import constant_in_latex
from autograder.derived.tidy import spaced
from autograder.derived.wrong_rules import operation_of
from autograder.derived.wrong_rules.operation import Operation
from course_bp.graph import Node
from course_bp.printing.expressions import Expression, Expressions
from course_bp.printing.notation import latex_name, to_latex, to_numpy

# Longer formulas are not repeated inside a sentence.
LONGEST = 40
# Those that are no longer stand in a formula instead of its letter.
SHORT = 12
_LETTER = re.compile(r"(?<![A-Za-z])[cuvw](?![A-Za-z])")
_RAISED = str.maketrans("0123456789.-", "⁰¹²³⁴⁵⁶⁷⁸⁹·⁻")


def operation_at(node: Node) -> Operation:
    """The row of the operation that made a node, with the axis that it goes over.

    Args:
        node: an inner node.
    """
    return with_axis(operation_of(rules_of(node).name, len(arrays_of(node))), node)


def written_out(block: Block, node: Node) -> str:
    """A node's formula in the variables of its block, as NumPy code without the prefix.

    Args:
        block: where it lies.
        node: it or an operand of it.
    """
    return spaced(to_numpy(_expression(block, node))).replace("np.", "")


def spoken(block: Block, operand: Any) -> str:
    """How feedback speaks of an operand: a formula, an input's name, a number.

    Args:
        block: where it stands.
        operand: a node, a constant array, or a number.
    """
    if operand.__class__ is Node:
        return written_out(block, operand)
    if isinstance(operand, float):
        return spelt_number(block, operand)
    return next((name for name, value in block.given.items() if value is operand), "a constant")


def spelt_number(block: Block, value: float) -> str:
    """A number as the author spelt it, without NumPy's prefix.

    Args:
        block: where it stands.
        value: the number.
    """
    return block.constants.get(value, f"{value:g}").replace("np.", "")


def formula(block: Block) -> str:
    """A block's formula in LaTeX.

    Args:
        block: one variable.
    """
    text = to_latex(_expression(block, block.nodes[-1]), over_which)
    for constant in block.constants.values():
        text = text.replace(latex_name(constant), constant_in_latex(constant))
    return text


def _expression(block: Block, node: Node) -> Expression:
    expressions = Expressions()
    inner = block.nodes[-1]
    for one, name in block.boundary.items():
        if one is not inner:
            expressions.argument(one, name)
    for name, value in block.given.items():
        if isinstance(value, np.ndarray):
            expressions.constant(value).name = name
    for value, text in block.constants.items():
        constant = expressions.constant(value)
        # A number is multiplied into others, a name is not.
        constant.name, constant.constant = text, None
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
        letter: written
        for letter, written in _operands(block, edge).items()
        if len(written) <= SHORT
    }

    def put_in(found: re.Match[str]) -> str:
        written = short.get(found[0], found[0])
        before, after = found.string[: found.start()], found.string[found.end() :]
        alone = before.endswith(("(", ", ")) and after.startswith((",", ")"))
        return f"({written})" if " " in written and not alone else written

    return _LETTER.sub(put_in, _with_exponent(block, edge, text))


def _with_exponent(block: Block, edge: Edge, text: str) -> str:
    """A text about a power with its constant exponent for the letter n."""
    node = block.nodes[edge.place]
    exponent = node.operands[1] if rules_of(node).name == "power" else None
    if exponent.__class__ is not float:
        return text
    for letters, value in (("ⁿ⁻¹", exponent - 1), ("ⁿ", exponent)):
        raised = "" if value == 1 else f"{value:g}".translate(_RAISED)
        text = text.replace(letters, raised)
    less = "" if exponent == 2 else f"{exponent - 1:g}·"
    return text.replace("(n−1)·", less).replace("n·", f"{exponent:g}·")


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
            found[letter] = spelt_number(block, operand)
    return found
