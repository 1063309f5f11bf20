import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_bp import explore
from course_bp.explore.ideas.paths import paths_scene


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


def test_what_a_path_shares_with_earlier_ones_is_lit_and_said():
    frames = paths_scene([2, 2]).frames[1:5]
    lit = [{key for key, what, _ in frame.changes if what == "data-state"} for frame in frames]
    assert lit == [set(), {"x-h11"}, {"h21-y"}, {"x-h12", "h22-y"}]
    assert "Earlier paths" not in frames[0].say
    assert frames[3].say.endswith("Earlier paths went along x → h12, h22 → y too.")


def test_the_beginning_says_what_a_node_more_would_make():
    say = paths_scene([2, 5]).frames[0].say
    assert say.endswith("One node more makes the paths: in layer 1 15.")  # layer 2 is full


def test_layers_out_of_bounds_are_refused():
    with pytest.raises(ValueError, match="1 to 5 nodes"):
        explore.paths(3, 9)
