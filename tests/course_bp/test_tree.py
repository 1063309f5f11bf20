from collections import namedtuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

import course_bp
from course_bp import tree_flatten, tree_map
from course_bp.tree import path_name, tree_paths

trees = st.recursive(
    st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(trees)
def test_what_is_taken_apart_comes_together_again(tree):
    leaves, rebuild = tree_flatten(tree)
    assert rebuild(leaves) == tree


@given(trees)
def test_mapping_reaches_every_leaf_and_keeps_the_form(tree):
    doubled = tree_map(lambda x: 2.0 * x, tree)
    assert tree_flatten(doubled)[0] == [2.0 * x for x in tree_flatten(tree)[0]]
    assert type(doubled) is type(tree)


def test_mapping_over_two_trees():
    p, g = {"w": [1.0, 2.0], "b": 3.0}, {"w": [0.5, 0.5], "b": 1.0}
    assert tree_map(lambda x, y: x - y, p, g) == {"w": [0.5, 1.5], "b": 2.0}


def test_trees_of_different_size_are_refused():
    with pytest.raises(ValueError, match="zip"):
        tree_map(lambda x, y: x, [1.0, 2.0], [1.0])
    with pytest.raises(ValueError, match="2 leaves, not 1"):
        tree_flatten([1.0, 2.0])[1]([1.0])


def test_named_tuples_stay_what_they_are():
    layer = namedtuple("layer", "w b")
    assert tree_map(lambda x: -x, layer(1.0, 2.0)) == layer(-1.0, -2.0)


def test_leaves_are_called_by_how_they_are_reached():
    (path, leaf), *_ = tree_paths({"layers": [(1.0, 2.0)]})
    assert (path_name("params", path), leaf) == ("params['layers'][0][0]", 1.0)


def test_every_public_name_is_there():
    for name in course_bp.__all__:
        assert getattr(course_bp, name) is not None
    with pytest.raises(AttributeError, match="course_bp has no 'gard'"):
        _ = course_bp.gard
