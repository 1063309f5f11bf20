from __future__ import annotations

import pytest

from course_bp import Node
from course_bp.explore.graphs.graph_picture import (
    HEIGHT,
    WIDTH,
    cut,
    graph_picture,
    letters_in,
    make_groups,
    width_for,
)
from course_bp.explore.graphs.graph_reading import ReadGraph, read_graph
from course_bp.explore.stage.svg import Element


@pytest.fixture
def graph() -> ReadGraph:
    x, z = Node(1.5, "x"), Node(0.5, "z")
    return read_graph((x * z + x) * z, {})


def frames(drawn: Element) -> list[tuple[float, ...]]:
    names = ("x", "y", "width", "height")
    return [tuple(float(one.get(n, "0")) for n in names) for one in drawn.iter("rect")]


@pytest.mark.parametrize("size", [(WIDTH, HEIGHT), (90.0, 50.0)])
def test_boxes_have_the_size_that_is_asked_for_and_do_not_touch(
    graph: ReadGraph, size: tuple[float, float]
) -> None:
    found = frames(graph_picture(graph, "title", "description", size=size))
    assert len(found) == len(graph.order)
    assert {one[2:] for one in found} == {size}
    for i, (x, y, width, height) in enumerate(found):
        for u, v, _, _ in found[i + 1 :]:
            assert abs(x - u) > width or abs(y - v) > height


@pytest.mark.parametrize("width", [90.0, WIDTH])
def test_arrows_begin_and_end_at_the_sides_of_boxes(graph: ReadGraph, width: float) -> None:
    drawn = graph_picture(graph, "title", "description", size=(width, 50.0))
    sides = {round(x + width, 1) for x, *_ in frames(drawn)}
    edges = [one for one in drawn.iter("path") if one.get("class") == "bp-edge"]
    assert edges
    for edge in edges:
        assert float(edge.get("d", "")[1:].split(" ")[0]) in sides


def test_a_narrow_box_cuts_its_label(graph: ReadGraph) -> None:
    groups = make_groups(graph, {"a layer with a long name": graph.result})
    narrow = graph_picture(graph, "title", "description", groups, size=(90.0, 82.0))
    labels = [one.text or "" for one in narrow.iter("text") if one.get("class") == "bp-name"]
    assert cut("a layer with a long name", letters_in(90.0)) in labels
    assert all(len(label) <= letters_in(90.0) for label in labels)


@pytest.mark.parametrize("letters", [1, 9, 23])
def test_a_width_is_that_of_its_letters(letters: int) -> None:
    assert letters_in(width_for(letters)) == letters
