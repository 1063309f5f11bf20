from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from course_bp.explore.graphs.layered_layout import BEND, layered_layout

WIDTH, HEIGHT = 100.0, 50.0


@st.composite
def graphs(draw):
    count = draw(st.integers(1, 14))
    return {i: draw(st.lists(st.integers(0, i - 1), max_size=3)) if i else [] for i in range(count)}


@given(graphs())
def test_no_two_boxes_overlap_and_no_bend_lies_in_a_box(parents):
    layout = layered_layout(parents, (WIDTH, HEIGHT))
    boxes = list(layout.centres.values())
    for i, (x, y) in enumerate(boxes):
        for u, v in boxes[:i]:
            assert abs(x - u) > WIDTH or abs(y - v) > HEIGHT
        for bends in layout.bends.values():
            for u, v in bends:
                assert abs(x - u) > WIDTH / 2 or abs(y - v) > HEIGHT / 2 + BEND / 2


@given(graphs())
def test_every_edge_goes_to_the_right_and_all_lies_in_the_picture(parents):
    layout = layered_layout(parents, (WIDTH, HEIGHT))
    for (tail, head), bends in layout.bends.items():
        points = [layout.centres[tail], *bends, layout.centres[head]]
        assert all(a[0] < b[0] for a, b in pairwise(points))
    for x, y in layout.centres.values():
        assert WIDTH / 2 <= x <= layout.width - WIDTH / 2
        assert HEIGHT / 2 <= y <= layout.height - HEIGHT / 2


def test_an_input_stands_right_before_what_first_uses_it():
    layout = layered_layout({"x": [], "a": ["x"], "b": ["a"], "w": [], "y": ["b", "w"]}, (10, 10))
    assert layout.centres["w"][0] == layout.centres["b"][0]


def test_a_graph_without_crossings_is_drawn_without_crossings():
    layout = layered_layout({"a": [], "b": [], "c": ["b"], "d": ["a"]}, (10, 10))
    centre = layout.centres
    assert (centre["a"][1] < centre["b"][1]) == (centre["d"][1] < centre["c"][1])


def test_edges_that_skip_hundreds_of_layers_run_together():
    parents = {"x": [], "y0": ["x"]}
    for i in range(1, 300):
        parents[f"x{i}"] = ["x"]
        parents[f"y{i}"] = [f"y{i - 1}", f"x{i}"]
    layout = layered_layout(parents, (WIDTH, HEIGHT))
    assert len({point for bends in layout.bends.values() for point in bends}) < 400
    assert len({*layout.centres.values()}) == len(parents)
