"""Accumulate a Jacobian by eliminating vertices, and count what each order costs.

Every scalar computation is a graph whose edges carry local derivatives; an entry of the
Jacobian is the sum over all paths from an input to an output of the products along each.
Eliminating an intermediate vertex j replaces each pair of edges i → j → k by one edge i → k:

    c_ki += c_kj · c_ji          (one multiplication, and one addition if i → k was there)

When no intermediate is left, the edges are the Jacobian. Eliminating in the order of the
computation is forward mode, in the opposite order reverse mode, and other orders can be cheaper:

    accumulate_jacobian(f, 0.5, 1.5, order="reverse")

To find the best way of all is NP-complete; "optimal" is the best order of vertices, searched
over all sets of eliminated ones.

Sources: D1, "Optimal Jacobian Accumulation problem"; Naumann, Mathematical Programming 99
(2004) and 112 (2008); Griewank and Walther, Evaluating Derivatives, chapter 9 (Markowitz).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from .graph import Node, plain
from .primitives.table import TABLE
from .recording import Recording
from .tree import path_name

Order = Literal["forward", "reverse", "markowitz", "optimal", "paths"]
Edges = dict[tuple[str, str], float]
_MOST_VERTICES_FOR_OPTIMAL = 14
_MOST_PATHS = 100_000


@dataclass(frozen=True)
class LinearizedGraph:
    """A scalar computation at one point, reduced to its local derivatives.

    Attributes:
        inputs, intermediates, outputs: the names of the vertices, each in the order of the
            computation. An output that is used further, or is an input, has a copy `… out`.
        edges: the local derivative ∂child/∂parent for each pair (parent, child). What a `where`
            did not choose has none.
        formulas: how each vertex was computed, such as `v2 = sin(v1)`.
    """

    inputs: tuple[str, ...]
    intermediates: tuple[str, ...]
    outputs: tuple[str, ...]
    edges: Edges
    formulas: tuple[str, ...]


@dataclass(frozen=True)
class Accumulation:
    """A Jacobian and what it cost.

    Attributes:
        jacobian: shape (outputs, inputs).
        multiplications, additions: of derivatives; computing the local ones is not counted.
        order: the intermediates in the order of elimination; empty for "paths".
    """

    jacobian: NDArray[np.float64]
    multiplications: int
    additions: int
    order: tuple[str, ...]


def accumulate_jacobian(
    f: Callable[..., Any], *args: Any, order: Order | Sequence[str] = "markowitz"
) -> Accumulation:
    """Compute the Jacobian of f at `*args` by vertex elimination, counting operations.

    Args:
        f: a function of floats (or nested lists, tuples and dicts of them) that returns a float
            or several, written with operators and course_bp's functions on scalars.
        order: "forward", "reverse", "markowitz" (always the vertex with the fewest pairs of
            edges through it), "optimal" (the best order, for at most 14 intermediates), "paths"
            (every path multiplied out on its own: the expanded formula) or the names of the
            intermediates, as `linearize` gives them, in the order to eliminate them.

    Raises:
        TypeError: if an argument or a value on the way is an array.
        ValueError: if the order is unknown or leaves a vertex out, or if the graph is too large
            for "optimal" or "paths".

    Source: D1, "Optimal Jacobian Accumulation problem".
    """
    return accumulate(linearize(f, *args), order)


def linearize(f: Callable[..., Any], *args: Any) -> LinearizedGraph:
    """Record f at `*args` as a graph of local derivatives; arguments as `accumulate_jacobian`."""
    run = Recording(f, range(len(args)), args, {})
    inputs = tuple(path_name(run.parameters[i], path) for i, path in run.paths)
    names: dict[Node, str] = dict(zip(run.leaves, inputs, strict=True))
    formulas: list[str] = []
    edges: Edges = {}
    for node in reversed(run.order):
        if node.shape:
            raise TypeError(
                f"the accumulation counts scalar operations, but a value has shape {node.shape}; "
                "write f on floats, and return a tuple of floats"
            )
        if node not in names:
            names[node] = f"v{len(names) - len(inputs) + 1}"
            formulas.append(_formula(node, names))
            _add_local_derivatives(edges, node, names)
    used = {*inputs, *(parent for parent, _ in edges)}
    outputs = []
    for number, result in enumerate(run.results, start=1):
        name = names.get(result) if result.__class__ is Node else None
        if name is None or name in used:
            copy = f"{name or 'constant'} out{number}"
            if name is not None:
                edges[name, copy] = 1.0
            name = copy
        outputs.append(name)
    between = (name for node, name in names.items() if node.operands)
    return LinearizedGraph(
        inputs,
        tuple(name for name in between if name not in outputs),
        tuple(outputs),
        edges,
        tuple(formulas),
    )


def _formula(node: Node, names: dict[Node, str]) -> str:
    assert node.operation is not None
    operands = (names[x] if x.__class__ is Node else f"{x:g}" for x in node.operands)
    return f"{names[node]} = {node.operation.name}({', '.join(operands)})"


def _add_local_derivatives(edges: Edges, node: Node, names: dict[Node, str]) -> None:
    operation = node.operation
    assert operation is not None
    values = [plain(x) for x in node.operands]
    taken = None if operation is not TABLE["where"] else 1 if values[0] else 2
    for position, (operand, rule) in enumerate(zip(node.operands, operation.vjps, strict=False)):
        if operand.__class__ is Node and rule is not None and taken in (None, position):
            edge = names[operand], names[node]
            edges[edge] = edges.get(edge, 0.0) + rule(1.0, node.value, *values)


def accumulate(graph: LinearizedGraph, order: Order | Sequence[str] = "markowitz") -> Accumulation:
    """Eliminate the intermediates of a linearized graph; see `accumulate_jacobian`."""
    if isinstance(order, str):
        if order not in get_args(Order):
            raise ValueError(
                f"order must be one of {', '.join(get_args(Order))} or a sequence of vertices, "
                f"not {order!r}"
            )
        if order == "paths":
            return _along_paths(graph)
        chosen = _ORDERS[order](graph)
    else:
        chosen = tuple(order)
        if sorted(chosen) != sorted(graph.intermediates):
            raise ValueError(
                f"the order must name each of {', '.join(graph.intermediates)} once, "
                f"not {', '.join(chosen)}"
            )
    edges = dict(graph.edges)
    multiplications = additions = 0
    for vertex in chosen:
        parents = [i for i, j in edges if j == vertex]
        children = [k for j, k in edges if j == vertex]
        for i in parents:
            for k in children:
                product = edges[vertex, k] * edges[i, vertex]
                multiplications += 1
                additions += (i, k) in edges
                edges[i, k] = edges.get((i, k), 0.0) + product
        for i in parents:
            del edges[i, vertex]
        for k in children:
            del edges[vertex, k]
    return Accumulation(_matrix(graph, edges), multiplications, additions, chosen)


def _matrix(graph: LinearizedGraph, edges: Edges) -> NDArray[np.float64]:
    return np.array([[edges.get((i, k), 0.0) for i in graph.inputs] for k in graph.outputs])


def _markowitz(graph: LinearizedGraph) -> tuple[str, ...]:
    edges = set(graph.edges)
    left = list(graph.intermediates)
    order = []
    while left:
        parents = {v: [i for i, j in edges if j == v] for v in left}
        children = {v: [k for j, k in edges if j == v] for v in left}
        best = min(left, key=lambda v: len(parents[v]) * len(children[v]))
        edges = {(i, k) for i, k in edges if best not in (i, k)}
        edges |= {(i, k) for i in parents[best] for k in children[best]}
        left.remove(best)
        order.append(best)
    return tuple(order)


def _optimal(graph: LinearizedGraph) -> tuple[str, ...]:
    """The cheapest order, by dynamic programming over the sets of eliminated vertices.

    What an elimination costs depends on which vertices are gone, not on the order in which they
    went, so 2ⁿ sets are enough where there are n! orders.
    """
    vertices = graph.intermediates
    if len(vertices) > _MOST_VERTICES_FOR_OPTIMAL:
        raise ValueError(
            f"the optimal order of {len(vertices)} vertices takes 2^{len(vertices)} steps (the "
            f"problem is NP-complete); {_MOST_VERTICES_FOR_OPTIMAL} are the most, use 'markowitz'"
        )
    children: dict[str, list[str]] = {}
    parents: dict[str, list[str]] = {}
    for i, k in graph.edges:
        children.setdefault(i, []).append(k)
        parents.setdefault(k, []).append(i)
    cheapest: dict[frozenset[str], tuple[int, int, tuple[str, ...]]] = {frozenset(): (0, 0, ())}
    for _ in vertices:
        larger: dict[frozenset[str], tuple[int, int, tuple[str, ...]]] = {}
        for gone, (multiplications, additions, order) in cheapest.items():
            for vertex in vertices:
                if vertex in gone:
                    continue
                above = _beyond(vertex, parents, gone)
                below = _beyond(vertex, children, gone)
                met = sum(len(below & _beyond(i, children, gone)) for i in above)
                cost = (
                    multiplications + len(above) * len(below),
                    additions + met,
                    (*order, vertex),
                )
                key = gone | {vertex}
                larger[key] = min(cost, larger.get(key, cost))
        cheapest = larger
    return cheapest[frozenset(vertices)][2]


def _beyond(vertex: str, neighbours: dict[str, list[str]], gone: frozenset[str]) -> set[str]:
    """The vertices next to this one after those in `gone` were eliminated."""
    found: set[str] = set()
    waiting = list(neighbours.get(vertex, []))
    while waiting:
        v = waiting.pop()
        if v not in found:
            found.add(v)
            if v in gone:
                waiting += neighbours.get(v, [])
    return found - gone


_ORDERS: dict[str, Callable[[LinearizedGraph], tuple[str, ...]]] = {
    "forward": lambda graph: graph.intermediates,
    "reverse": lambda graph: graph.intermediates[::-1],
    "markowitz": _markowitz,
    "optimal": _optimal,
}


def _along_paths(graph: LinearizedGraph) -> Accumulation:
    """The expanded formula: every path's product computed from scratch."""
    children: dict[str, list[str]] = {}
    for i, k in graph.edges:
        children.setdefault(i, []).append(k)
    total: Edges = {}
    multiplications = additions = 0
    for start in graph.inputs:
        for number, path in enumerate(_paths(start, children)):
            if number >= _MOST_PATHS:
                raise ValueError(f"more than {_MOST_PATHS} paths lead away from {start}")
            if path[-1] not in graph.outputs:
                continue
            steps = list(pairwise(path))
            product = 1.0
            for step in steps:
                product *= graph.edges[step]
            multiplications += len(steps) - 1
            additions += (start, path[-1]) in total
            total[start, path[-1]] = total.get((start, path[-1]), 0.0) + product
    return Accumulation(_matrix(graph, total), multiplications, additions, ())


def _paths(start: str, children: dict[str, list[str]]) -> Iterator[tuple[str, ...]]:
    waiting: list[tuple[str, ...]] = [(start,)]
    while waiting:
        path = waiting.pop()
        if len(path) > 1:
            yield path
        waiting += [(*path, k) for k in children.get(path[-1], [])]
