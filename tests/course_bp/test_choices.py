"""What `where` did not choose leaves no trace in any derivative, nan and infinity least of all."""

import numpy as np
import pytest
from agreement import check_every_way

import course_bp as bp
from course_bp import exp, log, sqrt, where

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")
V = np.array([-2.0, 0.5, 0.0, 3.0])
ROWS = np.array([[0.0, 0.0], [3.0, 4.0]])

# name: function of the vector V, its gradient there
VECTORS = {
    "a root of the opposite": (
        lambda x: where(x < 0, sqrt(-x), 2.0 * x),
        [-0.5 / np.sqrt(2.0), 2.0, 2.0, 2.0],
    ),
    "a logarithm": (lambda x: where(x > 0, log(x), 0.0), [0.0, 2.0, 0.0, 1 / 3]),
    "a reciprocal": (lambda x: where(x == 0, 1.0, 1.0 / x), [-0.25, -4.0, 0.0, -1 / 9]),
    "several steps": (
        lambda x: where(x > 0, exp(-log(x)) * 3.0, x),
        [1.0, -12.0, 1.0, -1 / 3],
    ),
    "a step used twice": (
        lambda x: (lambda r: where(x > 0, r * r * r, 0.0))(sqrt(x)),
        [0.0, 1.5 * np.sqrt(0.5), 0.0, 1.5 * np.sqrt(3.0)],
    ),
    "a step used in both branches": (
        lambda x: (lambda r: where(x > 1, r, 2.0 * r))(x * x),
        [-8.0, 2.0, 0.0, 6.0],
    ),
    "two choices of one step": (
        lambda x: (lambda r: where(x > 1, r, 0.0) + where(x > 0, r, 0.0))(sqrt(x)),
        [0.0, 0.5 / np.sqrt(0.5), 0.0, 1 / np.sqrt(3.0)],
    ),
    "a choice within a choice": (
        lambda x: where(x > 0, where(x > 1, log(x - 1.0), log(x)), 0.0),
        [0.0, 2.0, 0.0, 0.5],
    ),
    "a choice after a choice": (
        lambda x: where(x > 0, log(where(x > 0, x, 0.0)), 0.0),
        [0.0, 2.0, 0.0, 1 / 3],
    ),
    "a plain mask": (
        lambda x: where(np.array([False, True, False, True]), log(x), x),
        [1.0, 2.0, 1.0, 1 / 3],
    ),
    "entries moved": (
        lambda x: where(x[::-1] > 0, bp.reshape(log(x)[::-1], (4,)), 0.0),
        [0.0, 2.0, 0.0, 1 / 3],
    ),
    "entries joined": (
        lambda x: where(bp.concatenate([x, x]) > 0, bp.concatenate([log(x), sqrt(x)]), 0.0),
        [0.0, 2.0 + 0.5 / np.sqrt(0.5), 0.0, 1 / 3 + 0.5 / np.sqrt(3.0)],
    ),
    "a stretched root": (
        lambda x: where(np.zeros((3, 4), bool), sqrt(x[2]), 1.0) * x,
        [3.0, 3.0, 3.0, 3.0],
    ),
}
SCALARS = {
    "a root": (lambda x: where(x >= 0, x, sqrt(-x)), 1.0, 1.0),
    "the root at zero": (lambda x: where(x > 0, sqrt(x), 0.0), 0.0, 0.0),
    "a quotient": (lambda x: where(x == 0, 1.0, bp.sin(x) / x), 0.0, 0.0),
    "a power": (lambda x: where(x > 0, x**0.5, 2.0 * x), -1.0, 2.0),
    "a product": (
        lambda x: where(x > 0, bp.sum(exp(x * np.array([1e3, -1e3])) @ np.ones((2, 2))), x),
        -1.0,
        1.0,
    ),
}
MATRICES = {
    "the length of rows": (
        lambda m: (lambda s: where(s > 0, sqrt(s), 0.0))(bp.sum(m * m, 1)),
        [[0.0, 0.0], [0.6, 0.8]],
    ),
    "the length of rows with an axis kept": (
        lambda m: (lambda s: where(s > 0, m / sqrt(s), 0.0))(bp.sum(m * m, 1, True)),
        [[0.0, 0.0], [4 / 125, -3 / 125]],
    ),
    "logsumexp of a row of infinities": (
        lambda m: where(np.array([False, True]), bp.logsumexp(m / m * 1.0 + m, 1), 0.0),
        [[0.0, 0.0], [1 / (1 + np.e), np.e / (1 + np.e)]],
    ),
    "softmax": (
        lambda m: where(np.array([[False], [True]]), bp.softmax(log(m), 1), 0.0)[:, 0],
        [[0.0, 0.0], [4 / 49, -3 / 49]],
    ),
    "the largest": (
        lambda m: where(np.array([False, True]), bp.max(log(m), 1), 0.0),
        [[0.0, 0.0], [0.0, 0.25]],
    ),
    "the mean": (
        lambda m: where(np.array([False, True]), bp.mean(log(m), 1), 0.0),
        [[0.0, 0.0], [1 / 6, 1 / 8]],
    ),
}


@pytest.mark.parametrize("name", VECTORS)
def test_entries_that_were_not_chosen_send_nothing_back(name):
    f, expected = VECTORS[name]
    check_every_way(lambda x: bp.sum(f(x)), V, expected)


@pytest.mark.parametrize("name", SCALARS)
def test_a_number_that_was_not_chosen_sends_nothing_back(name):
    f, x, expected = SCALARS[name]
    check_every_way(f, x, expected)


@pytest.mark.parametrize("name", MATRICES)
def test_slices_that_were_not_chosen_send_nothing_back(name):
    f, expected = MATRICES[name]
    check_every_way(lambda m: bp.sum(f(m)), ROWS, expected)


def test_finite_differences_and_the_four_ways_agree():
    f = SCALARS["a root"][0]
    for way in bp.compare_four_ways(f, 1.0):
        assert way.derivative == pytest.approx(1.0, abs=1e-9), way.name
        assert way.difference < 1e-9
    assert bp.check_gradient(f, bp.grad(f), 1.0).verdict == "right"


def test_second_derivatives_too():
    assert bp.grad(bp.grad(lambda x: where(x > 0, log(x), x * x)))(-1.0) == 2.0
    assert bp.grad(bp.grad(lambda x: where(x > 0, log(x), x * x)))(2.0) == -0.25


def test_nothing_leads_through_a_branch_not_taken_when_a_jacobian_is_accumulated():
    for order in ("forward", "reverse", "markowitz", "optimal", "paths"):
        found = bp.accumulate_jacobian(SCALARS["a root"][0], 1.0, order=order)
        np.testing.assert_array_equal(found.jacobian, [[1.0]])


def test_what_was_chosen_may_still_be_nan():
    assert np.isnan(bp.grad(lambda x: where(x >= 0, x, sqrt(x)))(-1.0))


def test_printed_source_chooses_once():
    source = bp.to_source(lambda x: where(x >= 0, x, sqrt(-x)), 1.0)
    assert "    dx = np.where(v1, 1.0, -0.5 / v2)\n" in source


def test_a_number_that_keeps_a_logarithm_from_its_pole_stays_in_print():
    with np.errstate(all="raise"):
        f = lambda p: bp.where(p > 0, log(where(p > 0, p, 1.0)), 0.0)  # noqa: E731
        assert bp.compile_gradient(f, 0.5)(0.0)[1] == 0.0
