"""Where the boxes of a graph go: in layers from left to right, with few crossings.

Edges that skip layers get a bend in each layer they pass, and the bends take part in the layout
as if they were boxes, so that no edge runs through a box. Where that would be too many, the edges
that leave a box run together as far as they go the same way.

Source: Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system
structures" (1981); positions within a layer by isotonic regression (pool adjacent violators).
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

GAP_X, GAP_Y, BEND = 64.0, 22.0, 14.0
SWEEPS = 12
MOST_BENDS = 1000

Key = Hashable
Point = tuple[float, float]


@dataclass
class Layout:
    """Centres of the boxes, the bends of each edge, and the size of the whole."""

    centres: dict[Key, Point]
    bends: dict[tuple[Key, Key], list[Point]] = field(default_factory=dict)
    width: float = 0.0
    height: float = 0.0


def layered_layout(
    parents: Mapping[Key, Sequence[Key]], size: tuple[float, float], margin: float = 12.0
) -> Layout:
    """Place the boxes of a graph without cycles.

    Args:
        parents: for each box those that its edges come from, parents before children.
        size: width and height of every box, in pixels.
        margin: free space around the picture.
    """
    layer = _layers(parents)
    together = _skipped(parents, layer) > MOST_BENDS
    if together:
        _move_to_the_children(parents, layer)
    columns: list[list[Key]] = [[] for _ in range(max(layer.values(), default=0) + 1)]
    for key in parents:
        columns[layer[key]].append(key)
    links, chains = _split_long_edges(parents, layer, columns, together)
    before: dict[Key, list[Key]] = {key: [] for column in columns for key in column}
    after: dict[Key, list[Key]] = {key: [] for column in columns for key in column}
    for tail, head in links:
        before[head].append(tail)
        after[tail].append(head)
    _reduce_crossings(columns, before, after)
    width, height = size
    heights = {key: height if key in parents else BEND for column in columns for key in column}
    y = _vertical(columns, before, after, heights)
    top = min((y[key] - heights[key] / 2 for key in y), default=0.0)
    x = [margin + width / 2 + i * (width + GAP_X) for i in range(len(columns))]
    where = {
        key: (x[i], y[key] - top + margin) for i, column in enumerate(columns) for key in column
    }
    bottom = max((where[key][1] + heights[key] / 2 for key in where), default=0.0)
    return Layout(
        {key: where[key] for key in parents},
        {edge: [where[bend] for bend in bends] for edge, bends in chains.items()},
        x[-1] + width / 2 + margin,
        bottom + margin,
    )


def _layers(parents: Mapping[Key, Sequence[Key]]) -> dict[Key, int]:
    """As far left as the parents allow; then what has no parents moves right to its children."""
    layer: dict[Key, int] = {}
    first_child: dict[Key, int] = {}
    for key, above in parents.items():
        layer[key] = max((layer[p] + 1 for p in above), default=0)
    for key in reversed(list(parents)):
        for p in parents[key]:
            first_child[p] = min(first_child.get(p, layer[key]), layer[key])
    for key, above in parents.items():
        if not above and key in first_child:
            layer[key] = first_child[key] - 1
    return layer


def _skipped(parents: Mapping[Key, Sequence[Key]], layer: Mapping[Key, int]) -> int:
    """How many bends the edges would have if each had its own."""
    return sum(layer[h] - layer[t] - 1 for h, above in parents.items() for t in set(above))


def _move_to_the_children(parents: Mapping[Key, Sequence[Key]], layer: dict[Key, int]) -> None:
    """Move boxes with no more parents than children right, which shortens their edges in all."""
    children: dict[Key, list[Key]] = {key: [] for key in parents}
    for key, above in parents.items():
        for p in set(above):
            children[p].append(key)
    for key in reversed(list(parents)):
        if children[key] and len(set(parents[key])) <= len(children[key]):
            layer[key] = min(layer[child] for child in children[key]) - 1


def _split_long_edges(
    parents: Mapping[Key, Sequence[Key]],
    layer: Mapping[Key, int],
    columns: list[list[Key]],
    together: bool,
) -> tuple[list[tuple[Key, Key]], dict[tuple[Key, Key], list[Key]]]:
    links: dict[tuple[Key, Key], None] = {}
    chains: dict[tuple[Key, Key], list[Key]] = {}
    known: set[Key] = set()
    for head, above in parents.items():
        for tail in dict.fromkeys(above):
            bends: list[Key] = [
                ("bend", tail, None if together else head, i)
                for i in range(layer[tail] + 1, layer[head])
            ]
            for i, bend in enumerate(bends, start=layer[tail] + 1):
                if bend not in known:
                    known.add(bend)
                    columns[i].append(bend)
            chain = [tail, *bends, head]
            links.update(dict.fromkeys(itertools.pairwise(chain)))
            chains[tail, head] = bends
    return list(links), chains


def _reduce_crossings(
    columns: list[list[Key]], before: Mapping[Key, list[Key]], after: Mapping[Key, list[Key]]
) -> None:
    """Sort each layer by the mean place of its neighbours, to and fro."""
    place = {key: float(i) for column in columns for i, key in enumerate(column)}
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        neighbours = before if forward else after
        for column in columns if forward else reversed(columns):
            goal = {k: fmean(place[n] for n in neighbours[k]) if neighbours[k] else place[k]
                    for k in column}  # fmt: skip
            column.sort(key=lambda k: (goal[k], place[k]))
            for i, key in enumerate(column):
                place[key] = float(i)


def _vertical(
    columns: Sequence[Sequence[Key]],
    before: Mapping[Key, list[Key]],
    after: Mapping[Key, list[Key]],
    heights: Mapping[Key, float],
) -> dict[Key, float]:
    y: dict[Key, float] = {}
    for column in columns:
        _spread(column, dict.fromkeys(column, 0.0), heights, y)
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        for column in columns if forward else reversed(columns):
            goal = {}
            for key in column:
                near = (before if forward else after)[key] or after[key] or before[key]
                goal[key] = fmean(y[n] for n in near) if near else y[key]
            _spread(column, goal, heights, y)
    return y


def _spread(
    column: Sequence[Key], goal: Mapping[Key, float], heights: Mapping[Key, float],
    y: dict[Key, float],
) -> None:  # fmt: skip
    """The places nearest to the goals, in the sense of least squares, that keep the distances."""
    offset, offsets = 0.0, []
    for i, key in enumerate(column):
        if i:
            offset += (heights[column[i - 1]] + heights[key]) / 2 + GAP_Y
        offsets.append(offset)
    blocks: list[list[float]] = []  # sum and number of the goals that were pooled
    for key, shift in zip(column, offsets, strict=True):
        blocks.append([goal[key] - shift, 1.0])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] >= blocks[-1][0] / blocks[-1][1]:
            total, count = blocks.pop()
            blocks[-1][0] += total
            blocks[-1][1] += count
    levels = [total / count for total, count in blocks for _ in range(int(count))]
    for key, level, shift in zip(column, levels, offsets, strict=True):
        y[key] = level + shift
