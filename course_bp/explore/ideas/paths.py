"""The chain rule as a sum over paths, and why backpropagation does not walk them one by one.

Source: D1, "The Chain Rule and Paths" (the same subpaths again and again; what happens if you add
a node?); D4, chain rule case 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, pairwise, product
from typing import TYPE_CHECKING, Any

import numpy as np

from ...jacobian_accumulation import LinearizedGraph, accumulate
from ..stage.numbers import factor, short, whole
from ..stage.plot import note
from ..stage.scene import Control, Frame, Question, Scene, View
from ..stage.svg import Element, element, picture

if TYPE_CHECKING:
    from ..stage.player import Player

MOST_LAYERS, MOST_NODES, MOST_SHOWN = 4, 5, 60
RECORDED = (1.0, 2.0, 3.0, 4.0)
GAP, ROW, RADIUS = 190.0, 84.0, 18.0
TOP, BELOW = 56.0, 74.0
Edge = tuple[str, str]


def paths(*layers: int, predict: bool = False) -> Player:
    """Count the paths through a network, see what they share, add a node and watch the count.

    Args:
        layers: nodes in each hidden layer, by default two layers of three; 1 to 5 each.
        predict: whether to ask for the numbers before they show.

    Raises:
        TypeError: if one is not a whole number.
        ValueError: if there are none or more than 4 layers, or one is too small or large.

    Source: D1, "The Chain Rule and Paths".
    """
    from ..stage.player import Player

    start = tuple(whole(n, "paths takes for each layer") for n in layers) or (3, 3)
    if not 1 <= len(start) <= MOST_LAYERS or not all(1 <= n <= MOST_NODES for n in start):
        raise ValueError(
            f"paths takes 1 to {MOST_LAYERS} layers of 1 to {MOST_NODES} nodes, not {start}."
        )

    def build(values: dict[str, Any]) -> Scene:
        now = [int(values.get(f"layer {i}", n)) for i, n in enumerate(start, start=1)]
        return paths_scene(now, predict)

    return Player(build)


def paths_scene(layers: Sequence[int], predict: bool = False) -> Scene:
    """The scene: each path in turn, then the same by one pass backward."""
    columns = [["x"], *([f"h{i}{j}" for j in range(1, n + 1)] for i, n in enumerate(layers, 1)),
               ["y"]]  # fmt: skip
    slopes = _slopes(columns)
    found = list(product(*columns))
    values = [float(np.prod([slopes[edge] for edge in pairwise(path)])) for path in found]
    graph = LinearizedGraph(
        ("x",), tuple(name for column in columns[1:-1] for name in column), ("y",), slopes, ()
    )
    one_by_one, backward = accumulate(graph, "paths"), accumulate(graph, "reverse")
    frames = [_start(layers, len(found))]
    so_far = 0.0
    walked: set[Edge] = set()
    for number, (path, value) in enumerate(islice(zip(found, values, strict=True), MOST_SHOWN), 1):
        counter = f"Path {number} of {len(found)}"
        frames.append(_path_frame(counter, path, value, so_far, slopes, walked))
        walked |= set(pairwise(path))
        so_far += value
    counted = (
        f"{len(found)} paths: {one_by_one.multiplications} multiplications and "
        f"{one_by_one.additions} additions one by one; {backward.multiplications} and "
        f"{backward.additions} by one pass backward"
    )
    total = float(one_by_one.jacobian[0, 0])
    frames.append(_shared(columns, slopes, len(found), counted, total))
    frames += _backward(columns, slopes, counted)
    title = "The chain rule as a sum over paths"
    description = (
        f"A network from x to y with hidden layers of {', '.join(map(str, layers))} nodes. The "
        f"number on each arrow is a local derivative. {counted}."
    )
    drawing = _drawing(columns, slopes, title, description, counted)
    return Scene(
        title,
        description,
        (View("network", drawing),),
        tuple(frames),
        ("step", "path or node", "product", "sum so far"),
        tuple(
            Control(
                f"layer {i}",
                f"Nodes in layer {i}",
                float(n),
                low=1,
                high=MOST_NODES,
                step=1,
                recorded=RECORDED if len(layers) <= 2 else (),
            )
            for i, n in enumerate(layers, 1)
        ),
        (
            "orange: the path of this step, where no path has been before",
            "red and thick: where this path shares an arrow with earlier ones",
            "red and thin: arrows that several paths have shared so far",
            "thickness at the end: how many paths use the arrow",
            "+: one node more in this layer",
        ),
        predict=predict,
    )


def _slopes(columns: Sequence[Sequence[str]]) -> dict[Edge, float]:
    """Local derivatives with two digits, which can be multiplied by hand."""
    rng = np.random.default_rng(1)
    choices = [-2.0, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0, 3.0]
    return {
        (a, b): float(rng.choice(choices))
        for left, right in pairwise(columns) for a in left for b in right
    }  # fmt: skip


def _start(layers: Sequence[int], count: int) -> Frame:
    written = " × ".join(map(str, layers))
    more = ", ".join(
        f"in layer {i} {count // n * (n + 1)}" for i, n in enumerate(layers, 1) if n < MOST_NODES
    )
    return Frame(
        f"A path chooses one node of each layer, so there are {written} = {count} paths. "
        "Each contributes the product of the numbers on its arrows."
        + (f" One node more makes the paths: {more}." if more else ""),
        f"paths = {written} = {count}",
        row=("0", "count", written, str(count)),
        part="Path by path",
    )


def _path_frame(
    counter: str, path: Sequence[str], value: float, so_far: float, slopes: dict[Edge, float],
    walked: set[Edge],
) -> Frame:  # fmt: skip
    edges = list(pairwise(path))
    factors = " × ".join(factor(slopes[edge]) for edge in edges)
    route = " → ".join(path)
    shared = [(a, b) for a, b in edges if (a, b) in walked]
    repeated = ", ".join(f"{a} → {b}" for a, b in shared)
    return Frame(
        f"{counter}: {route} contributes {short(value)}; the sum is {short(so_far + value)}."
        + (f" Earlier paths went along {repeated} too." if shared else ""),
        f"{route}: {factors} = {short(value)}; sum {short(so_far)} + {factor(value)} = "
        f"{short(so_far + value)}",
        (*path, *(f"{a}-{b}" for a, b in edges)),
        tuple((f"{a}-{b}", "data-state", "shared") for a, b in shared),
        Question(f"What does the path {route} contribute?", value,
                 pending=f"{route}: {factors} = ?"),
        (counter.split()[1], route, short(value), short(so_far + value)),
    )  # fmt: skip


def _shared(
    columns: Sequence[Sequence[str]], slopes: dict[Edge, float], count: int,
    counted: str, total: float,
) -> Frame:  # fmt: skip
    """How often each arrow is used by the paths: the work that walking them one by one repeats."""
    changes = []
    for left, right in pairwise(columns):
        uses = count // (len(left) * len(right))
        width = 1.4 + 6.0 * uses / count
        changes += [(f"{a}-{b}", "style", f"stroke-width:{width:.1f}") for a in left for b in right]
    most = max(count // (len(a) * len(b)) for a, b in pairwise(columns))
    return Frame(
        f"All paths together give dy/dx = {short(total)}. Many share their arrows: the busiest "
        f"arrow is used by {most} paths. {counted}.",
        f"dy/dx = {short(total)}; {counted}",
        changes=tuple(changes),
        row=("all", "shared", "", short(total)),
        part="What they share",
    )


def _backward(
    columns: Sequence[Sequence[str]], slopes: dict[Edge, float], counted: str
) -> list[Frame]:
    """One pass backward: each node asks only its children, whose answers are kept."""
    adjoint = {"y": 1.0}
    frames: list[Frame] = []
    for left, right in reversed(list(pairwise(columns))):
        for a in left:
            parts = [f"{factor(slopes[a, b])} × {factor(adjoint[b])}" for b in right]
            adjoint[a] = sum(slopes[a, b] * adjoint[b] for b in right)
            sum_ = " + ".join(parts)
            last = f" {counted}." if a == "x" else ""
            frames.append(
                Frame(
                    f"Backward: dy/d{a} is {short(adjoint[a])}, from what its children know "
                    f"already.{last}",
                    f"dy/d{a} = {sum_} = {short(adjoint[a])}",
                    (a, *(f"{a}-{b}" for b in right)),
                    ((f"{a}.value", "text", short(adjoint[a])),),
                    Question(f"What is dy/d{a}?", adjoint[a], pending=f"dy/d{a} = {sum_} = ?"),
                    ("back", f"dy/d{a}", sum_, short(adjoint[a])),
                    part="" if frames else "One pass back",
                )
            )
    return frames


def _drawing(
    columns: Sequence[Sequence[str]], slopes: dict[Edge, float], title: str, description: str,
    counted: str,
) -> Element:  # fmt: skip
    most = ROW * max(len(c) for c in columns)
    height = TOP + most + BELOW
    width = max(GAP * (len(columns) - 1) + 110, 640.0)
    place = {
        name: (55 + GAP * i, TOP + most / 2 + ROW * (j - (len(column) - 1) / 2))
        for i, column in enumerate(columns) for j, name in enumerate(column)
    }  # fmt: skip
    lines, labels = [], []
    for left, right in pairwise(columns):
        for a in left:
            for b in right:
                line, label = _arrow(place[a], place[b], f"{a}-{b}", slopes[a, b], len(right))
                lines.append(line)
                labels.append(label)
    nodes = [each for name, at in place.items() for each in _node(name, *at)]
    adders = [
        _adder(place[column[0]][0], TOP + most + 6, i)
        for i, column in enumerate(columns[1:-1], 1) if len(column) < MOST_NODES
    ]  # fmt: skip
    count, work = counted.split(": ", 1)
    head = element("text", count, x=12, y=20, class_="bp-title")
    words = [
        note(work, 12, 38),
        note("below a node: dy/d node, once the pass backward has been there", 12, height - 8),
    ]
    return picture(
        width, height, title, description, *lines, *labels, *nodes, *adders, head, *words
    )


def _arrow(
    start: tuple[float, float], end: tuple[float, float], key: str, slope: float, fan: int
) -> tuple[Element, Element]:
    """An arrow, and its local derivative where the labels of crossing arrows keep apart."""
    (x0, y0), (x1, y1) = start, end
    line = element("line", x1=x0 + RADIUS, y1=y0, x2=x1 - RADIUS, y2=y1, class_="bp-edge",
                   data_key=key)  # fmt: skip
    part = 1 / (fan + 1)
    x = x0 + RADIUS + part * (x1 - x0 - 2 * RADIUS)
    label = element("text", short(slope), x=x, y=y0 + part * (y1 - y0) - 4,
                    class_="bp-small bp-halo middle")  # fmt: skip
    return line, label


def _node(name: str, x: float, y: float) -> list[Element]:
    return [
        element("circle", cx=x, cy=y, r=RADIUS, class_="bp-box", data_key=name),
        element("text", name, x=x, y=y + 4, class_="bp-small middle"),
        element("text", "", x=x, y=y + RADIUS + 15, class_="bp-small bp-halo middle",
                data_key=f"{name}.value"),
    ]  # fmt: skip


def _adder(x: float, y: float, layer: int) -> Element:
    """What a click on adds a node to a layer; the slider does the same for the keyboard."""
    return element(
        "g",
        element("title", f"one node more in layer {layer}"),
        element("circle", cx=x, cy=y + 12, r=11, class_="bp-box", stroke_dasharray="3 3"),
        element("text", "+", x=x, y=y + 17, class_="middle"),
        data_add=f"layer {layer}",
    )
