"""Differentiate one function in all four ways and put the results side by side.

    print(compare_four_ways(f, 2.0, 3.0, argnums=(0, 1)))

Each way is what its name says and nothing smarter: finite differences call f twice for every
input, symbolic differentiation reads f once and evaluates the formulas, forward mode runs f on
dual numbers once for every input, reverse mode runs it once and goes back.

Source: D0, "Approaches to Differentiation"; D1, cost(∇f) by forward and reverse accumulation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._point import Point, require_function
from .backward_pass import adjoints
from .dual import Dual
from .finite_differences import CountedCalls, Method, finite_difference
from .forward_mode import forward_pass
from .graph import Node, topological_order
from .recording import Argnums, Recording
from .reverse_mode import value_and_grad
from .symbolic import Formula, graph_size, partial_derivatives, symbolic_gradient, tree_size
from .tree import tree_flatten

_NAMES = ("finite differences", "symbolic", "forward mode", "reverse mode")


@dataclass(frozen=True)
class Way:
    """What one way of differentiating gave, and what it cost.

    Attributes:
        name: which way.
        derivative: in the structure of the chosen argument; None if the way cannot treat f.
        difference: largest difference from reverse mode, relative to its largest entry; nan if
            either is missing or has a nan.
        evaluations: how often f was called for the derivative.
        operations: how many primitive operations (on numbers or whole arrays) f's value and
            derivative took; None where f is not written with course_bp's functions.
        problem: why there is no derivative, if there is none.
    """

    name: str
    derivative: Any
    difference: float
    evaluations: int
    operations: int | None
    problem: str | None


@dataclass(frozen=True, repr=False)
class FourWays:
    """The four ways on the same f at the same point; `result["reverse mode"]` is one of them.

    Attributes:
        value: f there.
        inputs: the number of entries differentiated with respect to.
        ways: finite differences, symbolic, forward mode, reverse mode.
        operations_of_f: primitive operations in one evaluation; None where f has others.
        tree_size: operations of the symbolic derivatives if nothing is shared, None likewise.
    """

    value: float
    inputs: int
    ways: tuple[Way, ...]
    operations_of_f: int | None
    tree_size: int | None

    def __getitem__(self, name: str) -> Way:
        """One of the ways by its name."""
        for way in self.ways:
            if way.name == name:
                return way
        raise KeyError(f"there is no {name!r}; the ways are {', '.join(_NAMES)}")

    def __iter__(self) -> Iterator[Way]:
        return iter(self.ways)

    def __str__(self) -> str:
        head = ("way", "derivative", "difference", "evaluations of f", "operations")
        rows = [
            (
                way.name,
                "none" if way.derivative is None else _brief(way.derivative),
                f"{way.difference:.1e}" if np.isfinite(way.difference) else "",
                str(way.evaluations),
                "" if way.operations is None else str(way.operations),
            )
            for way in self.ways
        ]
        widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
        lines = [f"value {self.value!r}, {self.inputs} input{'s' if self.inputs > 1 else ''}"]
        for row in [head, *rows]:
            cells = [
                text.ljust(width) if i < 2 else text.rjust(width)
                for i, (text, width) in enumerate(zip(row, widths, strict=True))
            ]
            lines.append("  ".join(cells).rstrip())
        if self.operations_of_f is not None:
            lines.append(
                f"f itself takes {self.operations_of_f} operations; the symbolic derivative, "
                f"written out without sharing, {self.tree_size}"
            )
        lines += [f"no {way.name}: {way.problem}" for way in self.ways if way.problem]
        return "\n".join(lines)

    __repr__ = __str__


def compare_four_ways(
    f: Callable[..., Any],
    *args: Any,
    argnums: int | Sequence[int] = 0,
    method: Method = "central",
) -> FourWays:
    """Differentiate f at `*args` in all four ways.

    Args:
        f: scalar-valued function. One that is not written with operators and course_bp's
            functions still has finite differences; the other ways say what they lack.
        argnums: which argument or arguments to differentiate with respect to.
        method: of the finite differences.

    Raises:
        TypeError, ValueError: as `finite_difference` does, if no way can treat f there.
    """
    require_function(f)
    point = Point(f, args, argnums)
    needs = "it needs f to be written with operators and course_bp's functions ({})"
    tries: list[tuple[Callable[[Any], Any], str]] = [
        (lambda counted: finite_difference(counted, argnums, method)(*args), "{}"),
        (lambda counted: symbolic_gradient(counted, argnums)(*args), needs),
        (lambda counted: _by_dual_numbers(counted, point), needs),
        (lambda counted: value_and_grad(counted, argnums)(*args), needs),
    ]
    found: list[tuple[Any, int, str | None]] = []
    errors: list[Exception] = []
    for differentiate, words in tries:
        counted = CountedCalls(f)
        try:
            found.append((differentiate(counted), counted.calls, None))
        except (TypeError, ValueError, ArithmeticError) as error:
            errors.append(error)
            found.append((None, counted.calls, words.format(error)))
    if len(errors) == len(tries):
        raise errors[0]
    if found[-1][0] is None:
        value, reference = f(*point.arguments({})), None
    else:
        value, reference = found[-1][0]
    found[-1] = (reference, *found[-1][1:])
    inputs = sum(leaf.size for leaf in point.leaves)
    counts = None if reference is None else _Operations(f, argnums, args)
    costs = counts.of_the_ways(inputs, found[0][1]) if counts else [None] * 4
    return FourWays(
        float(value),
        inputs,
        tuple(
            Way(name, derivative, _difference(derivative, reference), calls, cost, problem)
            for name, (derivative, calls, problem), cost in zip(_NAMES, found, costs, strict=True)
        ),
        counts.f if counts else None,
        counts.tree if counts else None,
    )


def _by_dual_numbers(f: Callable[..., Any], point: Point) -> Any:
    """One run of f for each entry of the chosen arguments, which alone has a tangent."""
    gradients: list[NDArray[Any]] = []
    for k, leaf in enumerate(point.leaves):
        gradient = np.zeros(leaf.shape)
        for i in range(leaf.size):
            tangent = np.zeros(leaf.shape)
            tangent.flat[i] = 1.0
            leaves: list[Any] = [x if x.ndim else x.item() for x in point.leaves]
            leaves[k] = Dual(leaves[k], tangent)
            result = f(*point.with_leaves(leaves))
            gradient.flat[i] = result.tangent if result.__class__ is Dual else 0.0
        gradients.append(gradient)
    return point.structured(gradients)


class _Operations:
    """Counts of primitive operations, read off recordings rather than predicted."""

    def __init__(self, f: Callable[..., Any], argnums: Argnums, args: tuple[Any, ...]) -> None:
        run = Recording(f, argnums, args, {})
        derivatives = partial_derivatives(run)
        result = run.results[0]
        value = Formula(result, derivatives[0].symbols)
        self.f = _operations(run.order)
        self.tree = tree_size(*derivatives)
        self.graph = graph_size(value, *derivatives)
        self.tangents = 0
        for leaf in run.leaves:
            start = Node(1.0 if not leaf.shape else np.ones(leaf.shape))
            tangents = forward_pass(run.order, {leaf: start}, on_nodes=True)
            self.tangents += leaf.size * self._beyond(run, list(tangents.values()))
        seeds = [(result, Node(1.0))] if result.__class__ is Node else []
        pulled = adjoints(run.order, seeds, run.leaves)
        self.adjoints = self._beyond(run, [pulled[leaf] for leaf in run.leaves if leaf in pulled])

    def of_the_ways(self, inputs: int, evaluations: int) -> list[int | None]:
        """Operations of the four ways."""
        return [
            evaluations * self.f,
            self.graph,
            inputs * self.f + self.tangents,
            self.f + self.adjoints,
        ]

    def _beyond(self, run: Recording, found: list[Any]) -> int:
        """How many operations these Nodes took beyond those of f."""
        nodes = [x for x in found if x.__class__ is Node]
        return _operations(topological_order(*run.order, *nodes)) - self.f


def _operations(nodes: Sequence[Node]) -> int:
    return sum(node.operation is not None for node in nodes)


def _difference(derivative: Any, reference: Any) -> float:
    if derivative is None or reference is None:
        return float("nan")
    found, expected = (
        np.concatenate([np.ravel(leaf) for leaf in tree_flatten(tree)[0]])
        for tree in (derivative, reference)
    )
    if not (np.all(np.isfinite(found)) and np.all(np.isfinite(expected))):
        return 0.0 if np.array_equal(found, expected) else float("nan")
    apart, size = np.max(np.abs(found - expected)), np.max(np.abs(expected))
    return float(apart / size if size else apart)


def _brief(derivative: Any) -> str:
    """The first few entries of a derivative."""
    entries = np.concatenate([np.ravel(leaf) for leaf in tree_flatten(derivative)[0]])
    shown = ", ".join(f"{x:.12g}" for x in entries[:3])
    return shown if entries.size <= 3 else f"{shown}, … ({entries.size} entries)"
