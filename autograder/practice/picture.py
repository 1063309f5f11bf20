"""The graph of a random function: a box per input and per line, with its value."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from autograder.practice.numbers import short
from autograder.practice.question import Question
from autograder.random_functions.ordinary import passes
from autograder.random_functions.program import Line
from course_bp.explore.graphs.graph_picture import graph_picture, key_of, width_for
from course_bp.explore.graphs.graph_reading import ReadGraph
from course_bp.explore.stage.still import Still
from course_bp.explore.stage.svg import apply_patches, to_text
from course_bp.graph import Node, record
from course_bp.primitives.table import Primitive

# Boxes have two lines of text. Longer labels are cut, and in a narrow page a picture shrinks to
# this share of its size before it has to be scrolled.
_HEIGHT, _MOST_LETTERS, _SHRINKS_TO = 50.0, 20, 0.7


def picture_of(question: Question) -> Still:
    """The graph with the values of the forward pass.

    Args:
        question: what is asked.
    """
    graph = graph_of_lines(question)
    made = [f"{graph.names[n]} = {graph.formula(n)}" for n in graph.order if n.operation]
    title = f"The graph of {question.program.output}"
    description = f"A computation graph: {'; '.join(made)}."
    letters = min(max(map(len, [*made, *map(_in_a_box, graph.order)])), _MOST_LETTERS)
    drawn = graph_picture(graph, title, description, size=(width_for(letters), _HEIGHT))
    keys = key_of(graph)
    apply_patches(drawn, [(f"{keys[n]}.value", "text", _in_a_box(n)) for n in graph.order])
    least = _SHRINKS_TO * float(drawn.get("width", "0"))
    drawn.set("style", f"max-width:max(100%, {least:.0f}px);height:auto")
    return Still(to_text(drawn), description, title)


def graph_of_lines(question: Question) -> ReadGraph:
    """The graph whose nodes are the inputs and the lines, as the function's text has them.

    Args:
        question: what is asked.
    """
    nodes, _ = passes(question.program, question.inputs)
    found = {
        name: Node(np.asarray(value, dtype=float), name) for name, value in question.inputs.items()
    }
    for line in question.program.lines:
        operands = tuple(found[name] for name in line.operands)
        found[line.name] = record(nodes[line.name].value, operands, _as_operation(line))
    return ReadGraph(
        found[question.program.output],
        tuple(found.values()),
        {node: name for name, node in found.items()},
    )


def _as_operation(line: Line) -> Primitive:
    """A line as one operation: only its text is ever asked for."""
    places = [f"{{{i}}}" for i in range(len(line.operands))]
    text = replace(line, operands=tuple(places)).right_side.replace("np.", "")
    return Primitive(line.operation, _never, (), (), text, "")


def _never(*operands: Any) -> Any:
    raise NotImplementedError("a drawn line is not computed")


def _in_a_box(node: Node) -> str:
    """A number, or how many an array has: its entries do not fit into a box."""
    shape = np.shape(node.value)
    return f"{' × '.join(map(str, shape))} numbers" if shape else f"= {short(node.value)}"
