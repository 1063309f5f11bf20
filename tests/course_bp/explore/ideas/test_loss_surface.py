import itertools

import numpy as np
import pytest

from course_bp import explore, grad
from course_bp.explore.ideas.loss_surface import (
    GRID,
    RANGE,
    cross_entropy,
    descend,
    quadratic,
    surface,
)


@pytest.mark.parametrize("loss", [cross_entropy, quadratic])
def test_a_descent_goes_against_the_gradient_and_down(loss):
    walk = descend(loss, -2.5, 3.0, 0.1, 20)
    (w1, w2, value, *_), (v1, v2, *_) = walk[:2]
    d1, d2 = grad(loss, (0, 1))(w1, w2)
    assert (v1, v2) == pytest.approx((w1 - 0.1 * d1, w2 - 0.1 * d2))
    assert value == loss(w1, w2)
    assert all(b[2] <= a[2] for a, b in itertools.pairwise(walk))


def test_the_map_holds_the_loss():
    values = surface(quadratic)
    axis = np.linspace(*RANGE, GRID)
    assert values[60, 20] == pytest.approx(quadratic(axis[20], axis[60]))


def test_far_from_the_minimum_the_quadratic_loss_is_the_flatter_one():
    steep, flat = (
        _slope(descend(loss, -4.0, 4.0, 0.1, 0)[0]) for loss in (cross_entropy, quadratic)
    )
    assert steep > 10 * flat


def _slope(walked):
    return np.hypot(walked.d1, walked.d2)


def test_the_start_can_be_set():
    player = explore.loss_surface()
    player.set(w1=1.0)
    assert player.current.frames[0].row[1].startswith("1, 3")


def test_where_it_begins_is_finite():
    with pytest.raises(ValueError, match="w1 must be a finite number, not nan"):
        explore.loss_surface(float("nan"))
