"""Whether a program is fit for an exercise: values and adjoints of ordinary size, no kink near."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

import numpy as np

from autograder.exercise import Inputs
from autograder.random_functions.program import Program
from course_bp.graph import Node
from course_bp.tracing import trace

SMALLEST, LARGEST = 1e-3, 1e3
# No operand of an operation with a kink comes nearer to it.
KINK = 0.02
_EQUAL = 1e-6


def is_ordinary(program: Program, inputs: Inputs) -> bool:
    """Whether a program can be differentiated by hand at a point, and each line counts.

    Args:
        program: the function.
        inputs: the point, by name.

    Returns:
        Whether all values and adjoints are of ordinary size there, and no kink is near.
    """
    with np.errstate(all="ignore"):
        nodes, adjoints = passes(program, inputs)
    values = {name: node.value for name, node in nodes.items()}
    if not all(_is_of_size(value, 0.0) for value in values.values()):
        return False
    if not all(_is_of_size(adjoint, SMALLEST) for adjoint in adjoints.values()):
        return False
    if any(np.abs(at).min() <= KINK for at in _at_kinks(program, {**inputs, **values})):
        return False
    return not _has_equal_paths(nodes[program.output])


def passes(program: Program, inputs: Inputs) -> tuple[dict[str, Node], dict[str, Any]]:
    """Both passes over a program by the library.

    Args:
        program: the function.
        inputs: its arguments by name.

    Returns:
        The node of each line, and the adjoint of each leaf and each line.
    """
    given = {
        name: Node(value, name) if name in program.leaves else value
        for name, value in inputs.items()
    }
    nodes = program.all_values(*given.values())
    result = nodes[program.output]
    result.backward()
    leaves = {name: given[name] for name in program.leaves}
    return nodes, {name: node.grad for name, node in {**leaves, **nodes}.items()}


def _is_of_size(value: Any, smallest: float) -> bool:
    size = np.abs(value).max() if value is not None and np.size(value) else 0.0
    return bool(np.isfinite(size) and smallest <= size <= LARGEST)


def _has_equal_paths(result: Node) -> bool:
    """Whether two contributions to one adjoint are equal or opposite.

    Then a path with the wrong sign gives 0 or twice as much, which are other mistakes.
    """
    arrived: dict[Node, list[Any]] = {}
    for step in trace(result):
        arrived.setdefault(step.parent, []).append(np.abs(step.contribution))
    return any(
        np.allclose(one, other, rtol=_EQUAL, atol=0.0)
        for parts in arrived.values()
        for one, other in combinations(parts, 2)
    )


def _at_kinks(program: Program, values: Mapping[str, Any]) -> Iterable[Any]:
    for line in program.lines:
        for place in line.about.kinks:
            yield values[line.operands[place]]
