"""Forward and reverse mode on the same graph, one after the other.

Forward mode needs a sweep for each input; reverse mode gives all derivatives in one.

Source: D1, "Forward and backward modes", the example s = xy + sin x.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...forward_mode import forward_pass
from ...graph import Node
from ...primitives import sin
from ...recording import parameter_names
from ..graphs.graph_picture import edge_key, key_of
from ..graphs.graph_reading import ReadGraph, read_graph
from ..graphs.walkthrough import walkthrough
from ..stage.numbers import exact, factor, short
from ..stage.scene import Control, Frame, Question, Scene
from ..stage.svg import Patch

if TYPE_CHECKING:
    from ..stage.player import Player


def s(x: Any, y: Any) -> Any:
    """D1's example: xy + sin x."""
    return x * y + sin(x)


def forward_and_reverse(f: Callable[..., Any] = s, *at: float, predict: bool = False) -> Player:
    """Watch tangents go forward, once for each input, and adjoints go back, once for all.

    Args:
        f: a function of numbers that returns one, by default xy + sin x.
        at: where; by default (0.5, 4.2), the point of D1.
        predict: whether to ask for each number before it shows.

    Source: D1, "Forward and backward modes".
    """
    from ..stage.player import Player

    point = at or (0.5, 4.2)
    labels = parameter_names(f, len(point))

    def build(values: dict[str, Any]) -> Scene:
        now = [float(values.get(label, x)) for label, x in zip(labels, point, strict=True)]
        return two_modes_scene(f, labels, now, predict)

    return Player(build)


def two_modes_scene(
    f: Callable[..., Any], labels: list[str], at: list[float], predict: bool = False
) -> Scene:
    """The scene: values, then a forward sweep for each input, then the pass back."""
    leaves = [Node(x, label) for x, label in zip(at, labels, strict=True)]
    result = f(*leaves)
    graph = read_graph(result, {getattr(f, "__name__", "f"): result})
    controls = tuple(Control(label, label, x) for label, x in zip(labels, at, strict=True))
    scene = walkthrough(graph, "Forward mode and reverse mode", controls=controls, predict=predict)
    start = next(i for i, frame in enumerate(scene.frames) if frame.row[1] == "backward")
    values, backward = list(scene.frames[:start]), list(scene.frames[start:])
    sweeps: list[Frame] = []
    for leaf in graph.leaves:
        sweeps += _sweep(graph, leaf)
    clear = tuple((f"{key}.grad", "text", "") for key in key_of(graph).values())
    values[0] = replace(values[0], part="Values")
    backward[0] = replace(backward[0], changes=(*clear, *backward[0].changes), part="Reverse mode")
    sweeps_words = f"{len(graph.leaves)} sweep{'s' if len(graph.leaves) > 1 else ''}"
    last = backward[-1]
    backward[-1] = replace(
        last, say=f"{last.say} One pass back gave what forward mode took {sweeps_words} for."
    )
    frames = [
        replace(frame, row=(str(i), *frame.row[1:]))
        for i, frame in enumerate([*values, *sweeps, *backward])
    ]
    return replace(scene, frames=tuple(frames))


def _sweep(graph: ReadGraph, leaf: Node) -> list[Frame]:
    """Forward mode with the tangent 1 at one input and 0 at the others."""
    keys, names = key_of(graph), graph.names
    order = list(reversed(graph.order))
    seeds = {x: 1.0 if x is leaf else 0.0 for x in graph.leaves}
    tangents = forward_pass(order, dict(seeds), on_nodes=False)
    by = names[leaf]
    clear: list[Patch] = [(f"{key}.grad", "text", "") for key in keys.values()]
    started = [
        (f"{keys[x]}.grad", "text", f"∂/∂{by}: {short(tangent)}") for x, tangent in seeds.items()
    ]
    frames = [
        Frame(
            f"Forward mode by {by}: the tangent of {by} is 1, of every other input 0.",
            f"∂{by}/∂{by} = 1, others 0",
            (keys[leaf],),
            (*clear, *started),
            row=("", f"tangents by {by}", f"∂{by}/∂{by} = 1", "1.0", "", ""),
            part=f"Forward mode by {by}",
        )
    ]
    for node in graph.order:
        if node.operation is None:
            continue
        value = float(tangents.get(node, 0.0))
        pieces = _pieces(node, tangents)
        left = f"∂{names[node]}/∂{by}"
        sum_ = " + ".join(pieces) or "0"
        frames.append(
            Frame(
                f"Forward mode by {by}: the tangent of {names[node]} is {short(value)}.",
                f"{left} = {sum_} = {short(value)}",
                (keys[node], *(edge_key(keys, p, node) for p in dict.fromkeys(node.parents))),
                ((f"{keys[node]}.grad", "text", f"∂/∂{by}: {short(value)}"),),
                Question(f"What is {left}?", value, pending=f"{left} = {sum_} = ?"),
                ("", f"tangents by {by}", f"{left} = {sum_}", exact(value), "", ""),
            )
        )
    return frames


def _pieces(node: Node, tangents: dict[Node, Any]) -> list[str]:
    """local × tangent for each operand, with the numbers plugged in."""
    assert node.operation is not None
    numbers = [x.value if x.__class__ is Node else x for x in node.operands]
    found = []
    for x, rule in zip(node.operands, node.operation.jvps, strict=False):
        if x.__class__ is Node and rule is not None:
            local = rule(1.0, node.value, *numbers)
            found.append(f"{factor(local)} × {factor(tangents.get(x, 0.0))}")
    return found
