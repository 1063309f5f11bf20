"""The picture of a graph: one box per node, and an arrow for every use of a value."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...graph import Node
from ..stage.svg import Element, element, picture
from .graph_reading import ReadGraph
from .layered_layout import Layout, Point, layered_layout

WIDTH, HEIGHT, LINE = 196.0, 82.0, 16.0
# A letter of a label, and what is left free beside the label.
_LETTER, _BESIDE = 8.0, 12.0


@dataclass(frozen=True)
class Group:
    """Nodes that fold into one box: what a layer computed, and what it needed for that.

    Attributes:
        label: what the layer is called.
        nodes: all of them.
        end: the node that ends it, whose value and gradient the box shows; None if several do.
        end_name: what that one is called.
    """

    label: str
    nodes: frozenset[Node]
    end: Node | None = None
    end_name: str = ""


def make_groups(graph: ReadGraph, ends: Mapping[str, Any]) -> list[Group]:
    """Groups from the nodes that end them, in the order of the computation.

    Args:
        ends: for each label the node, or nodes, whose computation the group holds, apart from
            what an earlier group has already. What several of them are given belongs to none,
            and a node that was computed anew and is not in the graph says nothing of its own.

    Raises:
        TypeError: if a group ends in what is not a node.
    """
    taken: set[Node] = set()
    named: set[Node] = set()
    groups = []
    for label, last in ends.items():
        several = list(last) if isinstance(last, list | tuple) else [last]
        for node in several:
            if not hasattr(node, "parents"):
                raise TypeError(f"{label!r} ends in a node, but {type(node).__name__} is not one")
        waiting = [graph.ours(node) for node in several]
        own: set[Node] = set()
        while waiting:
            node = waiting.pop()
            if node not in taken and node not in own:
                own.add(node)
                waiting += node.parents
        taken |= own
        named.update(map(graph.ours, several))
        inside = [node for node in map(graph.ours, several) if node in graph.names]
        end = inside[0] if len(several) == len(inside) == 1 else None
        name = graph.names[end] if end is not None else ""
        groups.append(Group(label, frozenset(own & set(graph.order)), end, name))
    shared = _given_to_several(graph, groups) - named
    groups = [replace(group, nodes=group.nodes - shared) for group in groups]
    return [group for group in groups if group.nodes]


def _given_to_several(graph: ReadGraph, groups: Sequence[Group]) -> set[Node]:
    """The inputs that nodes of more than one group use."""
    home = {node: group.label for group in groups for node in group.nodes}
    users: dict[Node, set[str]] = {}
    for node in graph.order:
        for parent in node.parents:
            users.setdefault(parent, set()).add(home.get(node, ""))
    return {node for node in graph.leaves if len(users.get(node, ())) > 1}


def key_of(graph: ReadGraph) -> dict[Node, str]:
    """The short key that stands for each node in pictures and frames."""
    return {node: f"n{i}" for i, node in enumerate(graph.order)}


def edge_key(keys: Mapping[Node, str], parent: Node, child: Node) -> str:
    """The key of the arrow between two nodes."""
    return f"{keys[parent]}-{keys[child]}"


def graph_picture(
    graph: ReadGraph,
    title: str,
    description: str,
    folded: Sequence[Group] = (),
    size: tuple[float, float] = (WIDTH, HEIGHT),
) -> Element:
    """Draw a graph with values and gradients left empty.

    Args:
        graph: what to draw.
        title, description: for those who do not see it.
        folded: groups to draw as one box each.
        size: width and height of a box; 82 high, it holds a gradient below the value.
    """
    keys = key_of(graph)
    home: dict[Node, Node | Group] = {node: node for node in graph.order}
    for group in folded:
        home.update(dict.fromkeys(group.nodes, group))
    parents: dict[Node | Group, list[Node | Group]] = {}
    merged: dict[tuple[Node | Group, Node | Group], list[str]] = {}
    for node in graph.order:
        above = parents.setdefault(home[node], [])
        for parent in node.parents:
            if home[parent] is not home[node]:
                above.append(home[parent])
                edges = merged.setdefault((home[parent], home[node]), [])
                edges.append(edge_key(keys, parent, node))
    width, height = size[0], size[1] + (LINE if graph.own_gradients else 0.0)
    layout = layered_layout(_in_order(parents), (width, height))  # type: ignore[arg-type]
    arrows = [
        _arrow(layout, width, tail, head, sorted(set(edge_keys)))
        for (tail, head), edge_keys in merged.items()
    ]
    boxes = [
        _group_box(box, layout.centres[box], (width, height), keys)
        if isinstance(box, Group)
        else _node_box(graph, box, layout.centres[box], (width, height), keys)
        for box in parents
    ]
    return picture(
        layout.width, layout.height, title, description, *_with_tips(arrows), *boxes
    )  # fmt: skip


def _in_order(
    parents: Mapping[Node | Group, list[Node | Group]],
) -> dict[Node | Group, list[Node | Group]]:
    """Parents before children, which folding may have disturbed."""
    ordered: dict[Node | Group, list[Node | Group]] = {}
    waiting: list[Node | Group] = list(reversed(list(parents)))
    while waiting:
        box = waiting[-1]
        missing = [p for p in parents[box] if p not in ordered]
        if missing and box not in ordered:
            waiting += missing
        else:
            ordered.setdefault(box, parents[box])
            waiting.pop()
    return ordered


def _node_box(
    graph: ReadGraph, node: Node, centre: Point, size: Point, keys: Mapping[Node, str]
) -> Element:
    key, name = keys[node], graph.names[node]
    x, y = centre[0] - size[0] / 2, centre[1] - size[1] / 2
    kind = "input" if node.operation is None else "result" if node is graph.result else "step"
    label = name if kind == "input" else f"{name} = {graph.formula(node)}"
    return element(
        "g",
        element("title", label),
        _frame(x, y, size, key),
        element("text", cut(label, letters_in(size[0])), x=x + 10, y=y + 19, class_="bp-name"),
        *_numbers(key, x, y),
        element("text", "", x=x + 10, y=y + 73, class_="bp-small", data_key=f"{key}.measured"),
        element("text", "", x=x + 10, y=y + 73 + LINE, class_="bp-small", data_key=f"{key}.own"),
        class_=f"bp-node bp-{kind}",
        data_input=name if kind == "input" else None,
    )


def _group_box(group: Group, centre: Point, size: Point, keys: Mapping[Node, str]) -> Element:
    x, y = centre[0] - size[0] / 2, centre[1] - size[1] / 2
    inside = f" up to {group.end_name}" if group.end_name else ", folded"
    inside = f"{len(group.nodes)} nodes{inside}"
    letters = letters_in(size[0])
    return element(
        "g",
        element("title", group.label),
        _frame(x + 5, y - 5, size, ""),
        _frame(x, y, size, " ".join(sorted(keys[node] for node in group.nodes))),
        element("text", cut(group.label, letters), x=x + 10, y=y + 19, class_="bp-name"),
        element("text", cut(inside, letters + 4), x=x + 10, y=y + 38, class_="bp-small"),
        *([] if group.end is None else _numbers(keys[group.end], x, y + 18)),
        class_="bp-node bp-group",
    )


def _numbers(key: str, x: float, y: float) -> list[Element]:
    """Where a node's value and gradient are written."""
    return [
        element("text", "", x=x + 10, y=y + 38, class_="bp-value", data_key=f"{key}.value"),
        element("text", "", x=x + 10, y=y + 56, class_="bp-grad", data_key=f"{key}.grad"),
    ]


def _frame(x: float, y: float, size: Point, keys: str) -> Element:
    width, height = size
    return element(
        "rect", x=x, y=y, width=width, height=height, rx=8, class_="bp-box", data_key=keys or None
    )


def letters_in(width: float) -> int:
    """How many letters of a label fit into a box.

    Args:
        width: of the box.
    """
    return int((width - _BESIDE) / _LETTER)


def width_for(letters: int) -> float:
    """How wide a box is whose label has so many letters.

    Args:
        letters: of the longest label.
    """
    return letters * _LETTER + _BESIDE


def cut(label: str, letters: int) -> str:
    """A label short enough for its box; the title of the box has all of it."""
    return label if len(label) <= letters else label[: letters - 1] + "…"


def _arrow(
    layout: Layout, width: float, tail: object, head: object, keys: Sequence[str]
) -> Element:
    (x0, y0), (x1, y1) = layout.centres[tail], layout.centres[head]
    points = [(x0 + width / 2, y0), *layout.bends[tail, head], (x1 - width / 2 - 7, y1)]
    path = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    for i, ((ax, ay), (bx, by)) in enumerate(itertools.pairwise(points)):
        # straight across the width of the layers that it passes, bending only between layers
        a = ax + width / 2 if i else ax
        b = bx - width / 2 if i + 2 < len(points) else bx
        middle = (a + b) / 2
        path += f"H{a:.1f}C{middle:.1f} {ay:.1f} {middle:.1f} {by:.1f} {b:.1f} {by:.1f}"
    return element("path", d=path, class_="bp-edge", data_key=" ".join(keys))


def _with_tips(arrows: Sequence[Element]) -> list[Element]:
    """The arrows, each with a tip of its own, so that a lit arrow has a lit tip."""
    drawn = []
    for arrow in arrows:
        x, y = arrow.get("d", "").rsplit(" ", 2)[1:]
        tip = f"M{x} {float(y) - 4:.1f}l7 4l-7 4z"
        drawn += [arrow, element("path", d=tip, class_="bp-tip", data_key=arrow.get("data-key"))]
    return drawn
