import numpy as np
import pytest

from course_bp import explore
from course_bp.explore.stage.numbers import exact, factor, short


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (2.0, "2"),
        (-1.0 / 3.0, "−0.333333"),
        (-0.0, "0"),
        (1e-9, "1e−09"),
        (np.array([1.0, -2.5]), "[1, −2.5]"),
        (np.array([[1.0, 2.0], [3.0, 4.0]]), "[1, 2; 3, 4]"),
        (np.ones((3, 4)), "3×4, norm 3.464"),
        (np.array([3.0, 4.0] * 4), "8 entries, norm 10"),
        (float("inf"), "inf"),
        (None, "none"),
    ],
)
def test_numbers_and_arrays_in_brief(x, text):
    assert short(x) == text


def test_no_array_is_longer_than_its_box_allows():
    assert len(short(np.full(4, -1.23456789e-7))) <= 26


def test_a_negative_factor_has_brackets():
    assert factor(-2.0) == "(−2)"
    assert factor(2.0) == "2"


def test_a_large_array_has_brackets_in_a_product_and_a_small_one_its_own():
    assert factor(np.ones((3, 4))) == "(3×4, norm 3.464)"
    assert factor(np.array([1.0, -2.0])) == "[1, −2]"


def test_the_exact_number_has_all_its_digits():
    assert float(exact(0.1 + 0.2)) == 0.1 + 0.2


@pytest.mark.parametrize(
    "made",
    [
        lambda: explore.paths(1.5),
        lambda: explore.race("six"),
        lambda: explore.depth(3.5),
        lambda: explore.checkpoint_memory(2.5),
        lambda: explore.checkpoint_memory(16, 2.5),
    ],
)
def test_what_counts_is_a_whole_number(made):
    with pytest.raises(TypeError, match="a whole number, not"):
        made()
