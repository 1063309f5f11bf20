import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_bp import explore
from course_bp.explore.chain_rule_paths import paths_scene


@settings(max_examples=15)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=3))
def test_the_sum_over_paths_is_what_one_pass_backward_gives(layers):
    frames = paths_scene(layers).frames
    count = math.prod(layers)
    on_paths = [f for f in frames if f.row[0].isdigit()][1:]
    assert len(on_paths) == min(count, 60)
    if count <= 60:
        assert float(on_paths[-1].row[-1].replace("−", "-")) == pytest.approx(
            frames[-1].question.answer, rel=1e-5
        )
    assert f"= {count}" in frames[0].formula


def test_the_counts_are_those_of_the_two_ways():
    scene = paths_scene([3, 3])
    assert "9 paths: 18 multiplications and 8 additions one by one" in scene.description
    assert "12 and 8 by one pass backward" in scene.description


def test_a_node_more_multiplies_the_paths():
    player = explore.paths(2, 2)
    player.set(**{"Nodes in layer 1": 3})
    assert player.current.frames[0].formula == "paths = 3 × 2 = 6"


def test_layers_out_of_bounds_are_refused():
    with pytest.raises(ValueError, match="1 to 5 nodes"):
        explore.paths(3, 9)
