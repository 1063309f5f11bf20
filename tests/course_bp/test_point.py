"""The point at which a gradient is checked, and f around it."""

from __future__ import annotations

from math import inf, nan

import numpy as np
import pytest

from course_bp._point import Point, as_value, require_function
from course_bp.gradient_check.probe import Probe, everywhere, scale_of, signed


def f(params, x, k):
    return float(np.sum(params["W"]) * x + k)


def gradient_point(argnums=(0, 1)):
    params = {"W": np.array([[1.0, 2.0, 4.0], [8.0, 16.0, 32.0]]), "b": [np.array([64.0]), 0.5]}
    return Point(f, (params, 3.0, 7), argnums)


class TestPoint:
    def test_its_leaves_have_names(self):
        names = ["params['W']", "params['b'][0]", "params['b'][1]", "x"]
        assert gradient_point().names == names
        assert [leaf.shape for leaf in gradient_point().leaves] == [(2, 3), (1,), (), ()]
        assert {leaf.dtype for leaf in gradient_point().leaves} == {np.dtype(np.float64)}

    @pytest.mark.parametrize("argnums", [1, -2, (1,), [-2]])
    def test_an_argument_may_be_counted_from_either_end(self, argnums):
        assert gradient_point(argnums).names == ["x"]

    def test_the_first_argument_may_be_counted_from_the_end(self):
        assert gradient_point(-3).names == gradient_point(0).names

    @pytest.mark.parametrize("argnums", [3, 4, -4, (0, 3)])
    def test_an_argument_that_is_not_there_is_named(self, argnums):
        with pytest.raises(TypeError, match="and f was given 3"):
            gradient_point(argnums)

    def test_arguments_are_fresh_with_the_replaced_ones_swapped(self):
        point = gradient_point()
        params, x, k = point.arguments({1: np.array([5.0]), 3: np.array(9.0)})
        assert params["W"] is not point.args[0]["W"]
        np.testing.assert_array_equal(params["W"], point.args[0]["W"])
        np.testing.assert_array_equal(params["b"][0], [5.0])
        assert (x, k) == (9.0, 7)
        assert type(x) is float
        assert type(params["b"][1]) is float

    def test_complex_numbers_stay_numpys(self):
        x = gradient_point(1).arguments({0: np.array(1j)}, complex)[1]
        assert type(x) is np.complex128
        assert x == 1j

    def test_moved_it_has_other_leaves_and_the_same_names(self):
        point = gradient_point(1)
        moved = point.at([np.array(4.0)])
        assert moved.args[1] == 4.0
        assert moved.leaves[0] == 4.0
        assert moved.names == ["x"]
        assert point.args[1] == 3.0

    def test_a_gradient_is_put_into_the_arguments_structure(self):
        arrays = [np.ones((2, 3)), np.ones(1), np.array(2.0), np.array(3.0)]
        params, x = gradient_point().structured(arrays)
        assert params["b"][1] == 2.0
        assert type(params["b"][1]) is float
        assert x == 3.0
        assert gradient_point(1).structured([np.array(3.0)]) == 3.0

    def test_a_gradients_leaves_are_named_whatever_its_structure(self):
        assert gradient_point(1).named(5.0) == {"x": 5.0}
        assert gradient_point().named(({"W": 1, "c": 2}, 5.0)) == {
            "params['W']": 1,
            "params['c']": 2,
            "x": 5.0,
        }

    def test_changed_arrays_are_named(self):
        point = gradient_point()
        args = point.copied()
        assert point.changed(args) == []
        args[0]["b"][0][0] += 1
        assert point.changed(args) == ["params['b'][0]"]
        assert point.args[0]["b"][0] == [64.0]

    def test_a_changed_entry_of_a_later_argument_is_named(self):
        point = Point(lambda x, pair: x, (3.0, [np.ones(2), np.ones(2)]))
        args = point.copied()
        args[1][0][1] = 5
        assert point.changed(args) == ["pair[0]"]

    @pytest.mark.parametrize("count", [1, 3])
    def test_a_gradient_of_more_or_fewer_arguments_has_no_names(self, count):
        with pytest.raises(ValueError, match="arguments is a tuple of"):
            gradient_point().named((1.0,) * count)

    def test_a_number_is_no_gradient_by_several_arguments(self):
        with pytest.raises(ValueError, match="got a float"):
            gradient_point().named(1.0)

    @pytest.mark.parametrize(
        ("k", "i", "name"), [(0, 4, "params['W'][1, 1]"), (1, 0, "params['b'][0][0]"), (3, 0, "x")]
    )
    def test_an_entry_is_named_as_python_indexes_it(self, k, i, name):
        assert gradient_point().entry(k, i) == name

    @pytest.mark.parametrize(
        ("x", "error", "words"),
        [
            (2, TypeError, "x holds whole numbers"),
            (np.array([2], dtype=np.uint8), TypeError, "x holds whole numbers"),
            (True, TypeError, "x holds whole numbers"),
            ("two", TypeError, "x must hold real numbers, but it is str"),
            (1j, TypeError, "x must hold real numbers, but it is complex"),
            (None, TypeError, "x must hold real numbers, but it is NoneType"),
            (np.datetime64("2020-01-01"), TypeError, "x must hold real numbers"),
            (np.timedelta64(1, "D"), TypeError, "x must hold real numbers"),
            (np.empty((2, 0)), ValueError, "x is empty"),
            (nan, ValueError, "x is not finite"),
            (np.array([1.0, inf]), ValueError, "x is not finite"),
        ],
    )
    def test_what_cannot_be_moved_is_refused(self, x, error, words):
        with pytest.raises(error, match=words):
            Point(lambda x: x, (x,))

    def test_the_leaf_that_cannot_be_moved_is_named(self):
        with pytest.raises(TypeError, match=r"x\['b'\] holds whole numbers"):
            Point(lambda x: x, ({"a": 1.0, "b": 2},))

    def test_without_a_choice_it_is_the_first_argument(self):
        assert Point(f, (3.0, "x", 7)).names == ["params"]

    @pytest.mark.parametrize("x", [2.0, np.float32(2), np.array([2.0])])
    def test_floats_are_taken(self, x):
        assert Point(lambda x: x, (x,)).leaves[0].dtype == np.float64


class TestValue:
    @pytest.mark.parametrize("value", [2.0, np.float32(2), np.ones(3)])
    def test_floats_are_values(self, value):
        np.testing.assert_array_equal(as_value(value), value)

    @pytest.mark.parametrize("value", [2, True, np.ones(3, dtype=np.uint8)])
    def test_whole_numbers_lose_the_derivative(self, value):
        with pytest.raises(TypeError, match="f returned whole numbers"):
            as_value(value)

    @pytest.mark.parametrize("value", [None, "two", np.datetime64("2020-01-01"), np.timedelta64(1)])
    @pytest.mark.parametrize("complex_allowed", [False, True])
    def test_anything_else_is_none(self, value, complex_allowed):
        with pytest.raises(TypeError, match="f must return a number or an array"):
            as_value(value, complex_allowed)

    def test_complex_numbers_are_values_where_they_are_allowed(self):
        assert as_value(1j, complex_allowed=True) == 1j
        with pytest.raises(TypeError, match="but returned complex"):
            as_value(1j)

    def test_what_cannot_be_called_is_no_function(self):
        require_function(f)
        with pytest.raises(TypeError, match="it is a float"):
            require_function(2.0)


class TestProbe:
    def test_f_at_the_point_and_its_precision(self):
        probe = Probe(f, gradient_point())
        assert probe.at_zero == 63 * 3 + 7
        assert probe.dtype == np.float64
        assert probe.eps == 2.0**-52
        assert probe.changed == []
        assert probe.obstacle() is None

    def test_every_call_is_counted(self):
        probe = Probe(f, gradient_point())
        assert probe.evaluations == 2
        probe.obstacle()
        assert probe.evaluations == 3
        probe.along({3: (np.array([0]), np.array([1.0]))})(0.5)
        assert probe.evaluations == 4

    def test_along_a_move_its_entries_go_by_their_weights(self):
        probe = Probe(f, gradient_point())
        move = {0: (np.array([0, 5]), np.array([1.0, -4.0])), 3: (np.array([0]), np.array([2.0]))}
        assert probe.along(move)(0.5) == (63 + 0.5 - 2) * (3 + 1) + 7
        assert probe.along(move)(-0.5) == (63 - 0.5 + 2) * (3 - 1) + 7
        assert probe.along(move)(0.0) == probe.at_zero

    @pytest.mark.parametrize("error", [ZeroDivisionError, ValueError, TypeError, OverflowError])
    def test_where_f_cannot_be_evaluated_it_is_nan(self, error):
        def partial(x):
            if x > 3:
                raise error
            return x

        along = Probe(partial, Point(partial, (3.0,))).along({0: (np.array([0]), np.ones(1))})
        assert np.isnan(along(1.0))
        assert along(-1.0) == 2

    def test_other_errors_of_f_are_its_own(self):
        def broken(x):
            if x > 3:
                raise KeyError("lost")
            return x

        along = Probe(broken, Point(broken, (3.0,))).along({0: (np.array([0]), np.ones(1))})
        with pytest.raises(KeyError):
            along(1.0)

    @pytest.mark.parametrize("value", [nan, inf, -inf])
    def test_without_a_value_there_is_no_slope(self, value):
        assert "so it has no slope" in Probe(lambda x: value, Point(f, (3.0,))).obstacle()

    @pytest.mark.parametrize(
        ("drift", "told"), [(0.0, False), (900 * 2.0**-52, False), (1100 * 2.0**-52, True)]
    )
    @pytest.mark.parametrize("size", [1.0, -1.0, 1024.0, 2.0**-10])
    def test_a_value_that_drifts_is_told(self, size, drift, told):
        values = iter([size, size, size * (1 + drift)])
        obstacle = Probe(lambda x: next(values), Point(f, (3.0,))).obstacle()
        assert (obstacle is not None) == told

    def test_single_precision_is_seen(self):
        probe = Probe(lambda x: np.float32(x), Point(f, (3.0,)))
        assert probe.dtype == np.float32
        assert probe.eps == 2.0**-23

    def test_a_whole_array_is_no_value(self):
        with pytest.raises(TypeError, match=r"array of shape \(2,\)"):
            Probe(lambda x: np.ones(2) * x, Point(f, (3.0,)))

    def test_f_is_called_in_silence(self):
        with np.errstate(all="raise"):
            assert Probe(lambda x: np.float64(x) / 0.0 * 0 + 1, Point(f, (3.0,))).evaluations == 2


class TestDirections:
    @pytest.mark.parametrize(
        ("x", "scale"),
        [(0.0, 1), (1.0, 1), (-1.0, 1), (1.5, 2), (-2.0, 2), (2.5, 4), (0.1, 1), (-1000.0, 1024)],
    )
    def test_the_scale_is_the_next_power_of_two(self, x, scale):
        assert scale_of(np.array([x])) == scale

    def test_signed_numbers_lie_on_both_sides_and_never_near_zero(self):
        numbers = signed(np.random.default_rng(0), (200, 50))
        assert numbers.shape == (200, 50)
        assert np.abs(numbers).min() == 0.5
        assert np.abs(numbers).max() == 1.5
        assert 0.45 < np.mean(numbers > 0) < 0.55
        np.testing.assert_array_equal(numbers * 1024, np.round(numbers * 1024))

    def test_everything_moves_by_its_own_scale(self):
        point = gradient_point()
        move = everywhere(point, np.random.default_rng(0))
        assert list(move) == [0, 1, 2, 3]
        for k, (indices, weights) in move.items():
            leaf = point.leaves[k]
            np.testing.assert_array_equal(indices, np.arange(leaf.size))
            relative = np.abs(weights) / scale_of(leaf.ravel())
            assert ((relative >= 0.5) & (relative <= 1.5)).all()
