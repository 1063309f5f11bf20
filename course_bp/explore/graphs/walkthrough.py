"""A graph's forward and backward pass as a scene: one frame per node, then one frame per arrow.

Source: D0, the reverse-mode algorithm; D4, "upstream gradient × local gradient".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ...graph import Node
from ...tracing import Step, trace
from ..stage.numbers import exact, factor, short
from ..stage.scene import Control, Frame, Question, Scene, View
from ..stage.svg import Patch
from .graph_picture import Group, edge_key, graph_picture, key_of
from .graph_reading import ReadGraph
from .local_rule import rule_in_symbols
from .measured import agrees, measured_gradients

HEAD = ("step", "pass", "what happens", "value or contribution", "gradient so far", "measured")
LEGEND = (
    "dashed blue frame: an input",
    "thick frame: the result",
    "orange: what this step is about",
    "red arrow: a contribution has gone back along it",
    "∂: the derivative of the result with respect to this node",
    "measured: by a finite difference; ✓ it agrees, ≠ it does not",
)
OWN = "your grad: what you have found yourself; ✓ it is the same, ≠ it is not"
MOST_CONTROLS = 24


def walkthrough(
    graph: ReadGraph,
    title: str = "",
    groups: Sequence[Group] = (),
    controls: Sequence[Control] = (),
    note: str = "",
    predict: bool = False,
    measured: Mapping[Node, Any] | None = None,
) -> Scene:
    """The scene of both passes over a graph.

    Args:
        graph: as `read_graph` gives it.
        title: what to call it.
        groups: layers that can be folded.
        controls: the inputs that can be changed.
        note: a sentence on what cannot be changed, and why.
        predict: whether to ask before showing.
        measured: finite differences, if they are to be others than `measured_gradients` gives.

    The pass starts with 1 at a scalar, with ones at an array.
    """
    name = graph.names[graph.result]
    title = title or f"The graph of {name}"
    steps = trace(graph.result, np.ones(graph.result.shape) if graph.result.shape else None)
    description = _describe(graph)
    frames = _Frames(
        graph, steps, measured_gradients(graph) if measured is None else measured
    ).all()
    everything = View("everything", graph_picture(graph, title, description))
    views = [everything]
    if groups:
        views.append(View("layers only", graph_picture(graph, title, description, groups)))
        for group in groups if len(groups) > 1 else ():
            rest = [g for g in groups if g is not group]
            views.append(
                View(f"inside {group.label}", graph_picture(graph, title, description, rest))
            )
    legend = (*LEGEND, OWN) if graph.own_gradients else LEGEND
    return Scene(
        title, description, tuple(views), tuple(frames), HEAD, tuple(controls), legend,
        predict=predict, note=note,
    )  # fmt: skip


def _describe(graph: ReadGraph) -> str:
    """The whole picture in words."""
    inputs = [f"{graph.names[n]} = {short(n.value)}" for n in graph.leaves]
    made = [f"{graph.names[n]} = {graph.formula(n)}" for n in graph.order if n.operation]
    if len(graph.order) > 40:
        return (
            f"A computation graph of {len(graph.order)} nodes, {len(inputs)} of them inputs, "
            f"which computes {graph.names[graph.result]} = {short(graph.result.value)}."
        )
    return f"A computation graph. Inputs: {', '.join(inputs)}. Then {'; '.join(made) or 'nothing'}."


class _Frames:
    """The frames of a walk, and what they need to know of each other."""

    def __init__(
        self, graph: ReadGraph, steps: Sequence[Step], measured: Mapping[Node, Any]
    ) -> None:
        self.graph = graph
        self.steps = steps
        self.keys = key_of(graph)
        self.measured = measured
        self.frames: list[Frame] = []
        self.expected: dict[Node, int] = {}
        for step in steps:
            self.expected[step.parent] = self.expected.get(step.parent, 0) + 1
        self.arrived: dict[Node, int] = {}
        self.before: dict[Node, Any] = {}

    def all(self) -> list[Frame]:
        self._begin()
        for node in self.graph.order:
            if node.operation is not None:
                self._forward(node)
        self._seed()
        for step in self.steps:
            self._backward(step)
        return self.frames

    def d(self, node: Node) -> str:
        """∂ result / ∂ node, written on one line."""
        return f"∂{self.graph.names[self.graph.result]}/∂{self.graph.names[node]}"

    def _add(self, which: str, formula: str, row: Sequence[str], **rest: Any) -> None:
        number = str(len(self.frames))
        self.frames.append(Frame(formula=formula, row=(number, which, formula, *row), **rest))

    def _begin(self) -> None:
        leaves = self.graph.leaves
        given = ", ".join(f"{self.graph.names[x]} = {short(x.value)}" for x in leaves[:12])
        more = f" and {len(leaves) - 12} more" if len(leaves) > 12 else ""
        self._add(
            "start", f"given: {given}{more}", ("", "", ""),
            say=f"Start. The inputs are given: {given}{more}.",
            changes=tuple(self._value(x) for x in leaves),
            part="Forward pass",
        )  # fmt: skip

    def _value(self, node: Node) -> Patch:
        return f"{self.keys[node]}.value", "text", f"= {short(node.value)}"

    def _forward(self, node: Node) -> None:
        graph, name = self.graph, self.graph.names[node]
        symbols = graph.formula(node)
        numbers = graph.formula(
            node, lambda x: factor(x.value) if x.__class__ is Node else factor(x)
        )
        value = short(node.value)
        edges = tuple(edge_key(self.keys, p, node) for p in dict.fromkeys(node.parents))
        ask = None
        if not node.shape and np.isfinite(node.value):
            pending = f"{name} = {symbols} = {numbers} = ?"
            ask = Question(f"Forward: what is {name}?", float(node.value), pending=pending)
        self._add(
            "forward", f"{name} = {symbols} = {numbers} = {value}", (exact(node.value), "", ""),
            say=f"Forward: {name} = {symbols} is {value}.",
            now=(self.keys[node], *edges),
            changes=(self._value(node),),
            question=ask,
        )  # fmt: skip

    def _seed(self) -> None:
        result = self.graph.result
        seed = self.steps[0].upstream if self.steps else 1.0
        text = short(seed)
        self._add(
            "backward", f"{self.d(result)} = {text}, the seed", ("", exact(seed), ""),
            say=f"Backward: the pass starts with the seed {text} at {self.graph.names[result]}.",
            now=(self.keys[result],),
            changes=self._gradient(result, seed, complete=True),
            part="Backward pass",
        )  # fmt: skip

    def _gradient(self, node: Node, total: Any, complete: bool) -> tuple[Patch, ...]:
        key = self.keys[node]
        waiting = self.expected.get(node, 0) - self.arrived.get(node, 0)
        beside = self._measured(node, total) if complete else f"{waiting} more to come"
        own = self._own(node, total) if complete else ""
        return (
            (f"{key}.grad", "text", f"∂ {short(total)}"),
            (f"{key}.measured", "text", beside),
            *([(f"{key}.own", "text", own)] if own else ()),
        )

    def _measured(self, node: Node, total: Any) -> str:
        measured = self.measured.get(node)
        if measured is None:
            return ""
        scale = float(np.max(np.abs(self.graph.result.value), initial=0.0))
        return f"{'✓' if agrees(total, measured, scale) else '≠'} measured{_in_brief(measured)}"

    def _own(self, node: Node, total: Any) -> str:
        """What the student's own pass left on the node, and whether it is right."""
        own = self.graph.own_gradients.get(node)
        if own is None:
            return ""
        return f"{'✓' if _same(own, total) else '≠'} your grad{_in_brief(own)}"

    def _backward(self, step: Step) -> None:
        child, parent = step.child, step.parent
        names, keys = self.graph.names, self.keys
        self.arrived[parent] = self.arrived.get(parent, 0) + 1
        complete = self.arrived[parent] == self.expected[parent]
        before = self.before.get(parent)
        self.before[parent] = step.total
        contribution, total = short(step.contribution), short(step.total)
        rule = rule_in_symbols(self.graph, step)
        where = ""
        if step.local is not None:
            first = factor if np.ndim(step.upstream) else short
            factors = f"{first(step.upstream)} × {factor(step.local)}"
            named = f"{self.d(child)} × {_in_brackets(rule)}" if rule else self.d(child)
            product = f"{named} = {factors}"
            spoken = f"upstream {short(step.upstream)} times local {short(step.local)}"
        else:
            assert child.operation is not None
            product = rule or f"g pulled back through {child.operation.name}"
            spoken = f"the upstream gradient pulled back through {child.operation.name}"
            where = f", where g = {self.d(child)} = {short(step.upstream)}"
        sum_ = "" if before is None else f"; so far {short(before)} + {factor(step.contribution)}"
        sum_ += "" if before is None else f" = {total}"
        equation = f"{self.d(parent)} += {product} = {contribution}{sum_}{where}"
        edge = edge_key(keys, parent, child)
        ask = None
        if np.ndim(step.contribution) == 0 and np.isfinite(step.contribution):
            pending = f"{self.d(parent)} += {product} = ?{where}"
            prompt = f"Backward: what does {names[child]} send to {names[parent]}?"
            ask = Question(prompt, float(step.contribution), pending=pending)
        said_sum = "." if before is None else f", which makes {total} in all."
        wait = self.expected[parent] - self.arrived[parent]
        said_wait = f" {names[parent]} waits for {wait} more." if wait else ""
        measured = self.measured.get(parent) if complete else None
        own = self.graph.own_gradients.get(parent) if complete else None
        said_own = "" if own is None else _said_of(own, step.total)
        self._add(
            "backward",
            equation,
            (exact(step.contribution), exact(step.total),
             "" if measured is None else exact(measured)),
            say=f"Backward, from {names[child]} to {names[parent]}: {spoken} is "
                f"{contribution}{said_sum}{said_wait}{said_own}",
            now=(keys[parent], edge),
            changes=((edge, "data-state", "done"), *self._gradient(parent, step.total, complete)),
            question=ask,
        )  # fmt: skip


def _same(own: Any, total: Any) -> bool:
    return np.shape(own) == np.shape(total) and bool(np.allclose(own, total, 1e-9, 1e-12))


def _said_of(own: Any, total: Any) -> str:
    """A sentence on a gradient of the learner's, for who does not see what stands in the box."""
    return " Your own agrees." if _same(own, total) else f" Your own is {short(own)}."


def _in_brief(x: Any) -> str:
    """A number with five digits; of an array its norm."""
    return f", norm {short(np.linalg.norm(x), 4)}" if np.ndim(x) else f" {short(x, 5)}"


def _in_brackets(text: str) -> str:
    return f"({text})" if any(sign in text for sign in (" + ", "−", " / ")) else text


def input_controls(graph: ReadGraph) -> tuple[tuple[Control, ...], Mapping[str, tuple[Node, int]]]:
    """A control for each entry of each input, and where the entry is; none if there are many."""
    entries = [(leaf, i) for leaf in graph.leaves for i in range(leaf.size)]
    if len(entries) > MOST_CONTROLS:
        return (), {}
    controls, where = [], {}
    for leaf, i in entries:
        index = ", ".join(map(str, np.unravel_index(i, leaf.shape))) if leaf.shape else ""
        key = graph.names[leaf] + (f"[{index}]" if index else "")
        controls.append(Control(key, key, float(np.ravel(leaf.value)[i])))
        where[key] = leaf, i
    return tuple(controls), where
