"""Slips that are too many to list: in the forward pass, and in what a local derivative reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.derived.blocks import Block, Edge, Read, Rule, Slip, arrays_of, rules_of
from autograder.derived.steps import UPSTREAM, Derivation
from autograder.derived.words import operation_at, spelt, spelt_number, spoken, where, written_out
from autograder.exercise import Mistake
from course_bp.graph import Node, topological_order
from course_bp.primitives.table import TABLE

# The slots of a rule's arguments, and what stands for an operand in the forward pass.
_ADJOINT, _FORWARD_PASS = 0, -1
_FORWARD = "Is every line of your forward pass the one in the statement?"
_MIXED_UP = (
    ("add", "subtract"),
    ("multiply", "divide"),
    ("add", "multiply"),
    ("maximum", "minimum"),
    ("sum", "mean"),
    ("max", "min"),
)
_FUNCTIONS = ("tanh", "sigmoid", "relu", "sin", "cos", "exp", "log", "sqrt", "sinh", "cosh")


def less_likely_mistakes(derivation: Derivation) -> Iterator[Mistake]:
    """Mistakes to run when no likelier one explains an answer.

    Args:
        derivation: the function and its structure.

    Yields:
        Slips in the forward pass that are carried through; constants and values that are read
        wrongly in one local derivative.
    """
    seen: set[str] = set()
    for mistake in _every(derivation):
        # Both operands of u·u are the same.
        if mistake.slug not in seen:
            seen.add(mistake.slug)
            yield mistake


def _every(derivation: Derivation) -> Iterator[Mistake]:
    for block in derivation.example.blocks.values():
        for place, node in enumerate(block.nodes):
            for words, slip in _slips(block, node):
                yield _in_the_forward_pass(derivation, block, place, words, slip)
            yield from _other_operands(derivation, block, place, node)
        for edge, node, _ in block.edges():
            if derivation.reached([edge]):
                yield from _in_a_derivative(derivation, block, edge, node)


def _slips(block: Block, node: Node) -> Iterator[tuple[str, Slip]]:
    """Wrong values of an operation, and how they are written."""
    entry, arrays = rules_of(node), arrays_of(node)
    texts = [spoken(block, x) for x in arrays]
    for position, operand in enumerate(arrays):
        if len(arrays) > 1 and np.shape(_value(operand)) == node.shape:
            yield f"{texts[position]} alone", _operand(position)
    for pair in _MIXED_UP:
        if entry.name in pair:
            other = TABLE[pair[1 - pair.index(entry.name)]]
            yield f"{_called(other.name)} instead", lambda y, *x, other=other: other.value(*x)
    if entry.name in _FUNCTIONS:
        for name in _FUNCTIONS:
            if name != entry.name:
                yield (
                    f"{name} instead of {entry.name}",
                    lambda y, u, other=TABLE[name]: other.value(u),
                )
    for position, operand in enumerate(arrays):
        if isinstance(operand, float):
            for text, constant in _constants(operand):
                yield (
                    f"{text} instead of {spelt_number(block, operand)}",
                    _with_constant(lambda y, *x: entry.value(*x), position + 1, constant),
                )
    yield "its negative", lambda y, *x: -y
    yield "twice as much", lambda y, *x: 2 * y
    yield "half as much", lambda y, *x: y / 2
    yield "its square", lambda y, *x: y * y


def _value(operand: Any) -> Any:
    return operand.value if operand.__class__ is Node else operand


def _operand(position: int) -> Slip:
    return lambda y, *x: x[position]


def _called(name: str) -> str:
    return {
        "add": "a sum",
        "subtract": "a difference",
        "multiply": "a product",
        "divide": "a quotient",
        "sum": "a sum",
        "mean": "a mean",
        "maximum": "a maximum",
        "minimum": "a minimum",
        "max": "the largest",
        "min": "the smallest",
    }[name]


def _constants(right: float) -> Iterator[tuple[str, float]]:
    """Other numbers that people write instead of one."""
    seen = {f"{right:g}"}
    for number in (
        -right,
        2 * right,
        right / 2,
        1.0,
        0.0,
        right + 1,
        right - 1,
        1 / right if right else 0.0,
    ):
        if (text := f"{number:g}") not in seen:
            seen.add(text)
            yield text, number


def _with_constant(function: Callable[..., Any], place: int, constant: float) -> Rule:
    """A function one of whose arguments is always the same number."""

    def changed(*arguments: Any) -> Any:
        exchanged = list(arguments)
        exchanged[place] = constant
        return function(*exchanged)

    return changed


def _in_the_forward_pass(
    derivation: Derivation, block: Block, place: int, words: str, slip: Slip
) -> Mistake:
    slips = {block.name: {place: slip}}
    node = block.nodes[place]
    reached = [name for name in derivation.adjoints if block.name in derivation.example.users(name)]
    about = written_out(block, node)
    return Mistake(
        "",
        f"forward {block.name}[{place}]: {words}",
        {
            block.name: derivation.forward_step(block.name, slips[block.name]),
            **{f"d{name}": derivation.adjoint(name, slips=slips) for name in reached},
        },
        f"your {{part}} is what comes out if the forward pass has {words} for {about}.",
        name=f"a slip in the forward pass, in the line for {block.name}",
        question=_FORWARD,
    )


def _other_operands(
    derivation: Derivation, block: Block, place: int, node: Node
) -> Iterator[Mistake]:
    """An operation that is applied to another value than it should be."""
    value = rules_of(node).value
    for position, operand in enumerate(node.operands):
        if operand.__class__ is Node:
            text = written_out(block, operand)
            for other, called in _others(derivation, block, operand, _FORWARD_PASS):
                if isinstance(other, str) or other < place:
                    words = f"{called} instead of {text}"
                    yield _in_the_forward_pass(
                        derivation, block, place, words, Read(value, position, other)
                    )


def _in_a_derivative(
    derivation: Derivation, block: Block, edge: Edge, node: Node
) -> Iterator[Mistake]:
    rule = rules_of(node).vjps[edge.position]
    assert rule is not None
    row, place = operation_at(node), where(block, edge)
    form = spelt(block, edge, row.form)
    reached = derivation.reached([edge])

    def mistake(slug: str, title: str, evidence: str, changed: Any) -> Mistake:
        return Mistake(
            "",
            f"{edge.block}[{edge.place}]{edge.position}: {slug}",
            {f"d{name}": derivation.adjoint(name, {edge: changed}) for name in reached},
            evidence,
            name=title,
            question=f"What is the derivative of {form}, {place}? Which values does it need?",
        )

    arrays = arrays_of(node)
    for position, operand in enumerate(arrays):
        if isinstance(operand, float):
            for text, constant in _constants(operand):
                yield mistake(
                    f"{text} instead of {spelt_number(block, operand)}",
                    f"a wrong constant in the derivative of {form}",
                    f"your {{part}} is what comes out if the derivative of {form}, {place}, is "
                    f"taken with {text} instead of {spelt_number(block, operand)}.",
                    _with_constant(rule, position + 2, constant),
                )
    for words, changed in _inside_the_rule(rule, node):
        yield mistake(
            words,
            f"a slip in the derivative of {form}",
            f"your {{part}} is what comes out if the derivative of {form}, {place}, has {words}.",
            changed,
        )
    slots = [(0, "the gradient that arrives", node), (1, written_out(block, node), node)]
    slots += [
        (position + 2, written_out(block, x), x)
        for position, x in enumerate(arrays)
        if x.__class__ is Node
    ]
    for slot, text, right in slots:
        for other, called in _others(derivation, block, right, slot):
            yield mistake(
                f"{called} for {slot}",
                f"{called} instead of {text}",
                f"your {{part}} is what comes out if the derivative of {form}, {place}, is "
                f"taken with {called} instead of {text}.",
                Read(rule, slot, other),
            )


def _inside_the_rule(rule: Rule, node: Node) -> Iterator[tuple[str, Rule]]:
    """The rule with a slip in one of the operations that it is made of."""
    names = ["g", "y", *"uvwrst"]
    arguments = [Node(x) for x in (_value(node), _value(node))]
    arguments += [Node(x.value) if x.__class__ is Node else x for x in node.operands]
    part = rule(*arguments)
    if part.__class__ is not Node:
        return
    leaves = {x: name for x, name in zip(arguments, names, strict=False) if x.__class__ is Node}
    nodes = [x for x in reversed(topological_order(part)) if x.operation is not None]
    if not nodes:
        return
    block = Block("local", tuple(nodes), {**leaves, part: "local"}, {})
    for place, inner in enumerate(nodes):
        for words, slip in _slips(block, inner):

            def changed(*given: Any, place: int = place, slip: Slip = slip) -> Any:
                held = dict(zip(names, given, strict=False))
                return block.value(held.__getitem__, {place: slip})

            yield f"{words} for {written_out(block, inner)}", changed


def _others(
    derivation: Derivation, block: Block, right: Node, slot: int
) -> Iterator[tuple[int | str, str]]:
    """What can be taken for a value, since it has its shape or is stretched to it."""
    for place, node in enumerate(block.nodes):
        if node is not right and _fits(node.shape, right.shape):
            yield place, written_out(block, node)
    own = block.boundary.get(right)
    for node, name in block.boundary.items():
        if name not in (own, block.name) and _fits(node.shape, right.shape):
            yield name, name
            # An adjoint is known in the backward pass alone.
            if slot == _ADJOINT and node.operation is not None:
                yield f"d{name}", f"d{name}"
    output = derivation.example.blocks[derivation.example.output].nodes[-1]
    if not derivation.scalar and slot >= 0 and _fits(output.shape, right.shape):
        yield UPSTREAM, UPSTREAM


def _fits(shape: tuple[int, ...], right: tuple[int, ...]) -> bool:
    try:
        return np.broadcast_shapes(shape, right) == right
    except ValueError:
        return False
