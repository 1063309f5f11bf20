"""How a gradient check spends its measurements, and what it calls agreement."""

from __future__ import annotations

import numpy as np
import pytest

from course_bp.gradient_check import check_gradient, check_vjp


def total(x):
    """A function of which every measurement takes four evaluations."""
    return np.sum(x)


def measurements(size, max_entries):
    x = np.linspace(0.25, 1.0, size)
    counts = [
        check_gradient(total, np.ones(n), x[:n], max_entries=max_entries).evaluations
        for n in (1, size)
    ]
    return 1 + (counts[1] - counts[0]) / 4


class TestPlan:
    @pytest.mark.parametrize(
        ("size", "max_entries", "expected"),
        [
            (20, 20, 20),
            (21, 20, 5),
            (21, 17, 5),
            (21, 16, 4),
            (21, 1, 1),
            (400, 300, 64),
            (400, 256, 64),
            (400, 252, 63),
        ],
    )
    def test_a_large_tensor_takes_a_quarter_of_the_measurements_at_first(
        self, size, max_entries, expected
    ):
        assert measurements(size, max_entries) == expected

    def test_every_entry_of_a_small_tensor_is_measured(self):
        x = np.array([[1.0, 2.0], [3.0, 4.0]])
        tensor = check_gradient(lambda x: np.sum(x**2), 2 * x, x).tensors["x"]
        np.testing.assert_allclose(tensor.measured, 2 * x, rtol=1e-9)
        assert (tensor.uncertainty < 1e-6).all()
        assert tensor.claimed.shape == (2, 2)

    def test_a_block_that_disagrees_is_halved_until_the_entry_is_found(self):
        x = np.linspace(0.5, 1.0, 64)
        claimed = np.ones(64)
        claimed[37] = 2.0
        found = check_gradient(total, claimed, x, max_entries=40).tensors["x"]
        assert np.flatnonzero(found.entries == "wrong").tolist() == [37]
        assert (np.delete(found.entries, 37) == "right").all()
        assert found.verdict == "wrong"
        assert found.measured[37] == pytest.approx(1)
        assert np.isnan(found.measured).sum() >= 60

    def test_what_is_not_reached_is_counted(self):
        x = np.linspace(0.5, 1.0, 64)
        found = check_gradient(total, 2 * np.ones(64), x, max_entries=4).tensors["x"]
        left = np.sum(found.entries == "inconclusive")
        words = f"{left} entries were not reached within max_entries=4 measurements"
        assert words in found.evidence

    def test_an_error_in_one_block_is_measured_against_its_largest_entry(self):
        x = np.linspace(0.5, 1.0, 64)
        weights = np.where(np.arange(64) == 3, 1e6, 1.0)

        def f(x):
            return np.sum(weights * x)

        assert check_gradient(f, weights, x, max_entries=40)
        claimed = weights.copy()
        claimed[3] *= 1.001
        assert check_gradient(f, claimed, x, max_entries=40).verdict == "wrong"

    def test_so_is_one_where_the_entries_are_large_and_the_gradient_small(self):
        x = np.linspace(600.0, 1000.0, 64)
        claimed = np.full(64, 1e-3)
        assert check_gradient(lambda x: 1e-3 * np.sum(x), claimed, x, max_entries=40)
        claimed[3] *= 1.0005
        result = check_gradient(lambda x: 1e-3 * np.sum(x), claimed, x, max_entries=40)
        assert result.verdict == "wrong"

    def test_the_first_argument_is_checked_unless_another_is_chosen(self):
        assert check_gradient(lambda x, k: k * x, 3.0, 2.0, 3)
        assert check_vjp(lambda x, k: k * x, lambda u, x, k: k * u, 2.0, 3)

    def test_another_seed_draws_other_directions(self):
        def seen(**seed):
            points = []
            check_gradient(
                lambda x: points.append(x.copy()) or np.sum(x),
                np.ones(9),
                np.ones(9),
                max_entries=4,
                **seed,
            )
            return points[-1]

        assert not np.array_equal(seen(seed=1), seen(seed=2))
        np.testing.assert_array_equal(seen(), seen(seed=0))

    @pytest.mark.parametrize("max_entries", [1, 9])
    def test_a_coarse_tolerance_is_met_sooner(self, max_entries):
        x = np.linspace(0.5, 1.0, 9)

        def evaluations(rtol):
            result = check_gradient(
                lambda x: np.sum(np.sin(30 * x)),
                30 * np.cos(30 * x),
                x,
                max_entries=max_entries,
                rtol=rtol,
            )
            assert result
            return result.evaluations

        assert evaluations(1e-2) < evaluations(1e-6) < evaluations(1e-8)

    def test_a_block_with_a_kink_is_halved_too(self):
        x = np.linspace(0.5, 1.0, 64)
        x[5] = 0.0
        found = check_gradient(lambda x: np.sum(np.abs(x)), np.sign(x), x, max_entries=40)
        assert found.verdict == "kink"
        assert np.flatnonzero(found.tensors["x"].entries == "kink").tolist() == [5]

    def test_a_block_is_scattered_over_the_tensor(self):
        x = np.ones(64)
        points = []
        check_gradient(
            lambda x: points.append(x.copy()) or np.sum(x), np.ones(64), x, max_entries=16
        )
        moved = np.flatnonzero(points[-1] != x)
        assert len(moved) == 16
        assert moved.max() - moved.min() > 16

    def test_every_entry_of_a_block_moves_by_about_its_scale(self):
        x = np.array([1.0, 1000.0] * 50)
        points = []
        check_gradient(
            lambda x: points.append(x.copy()) or np.sum(x), np.ones(100), x, max_entries=4
        )
        moved = (points[-4] - x) / np.array([1.0, 1024.0] * 50) / 2.0**-10
        assert (np.abs(moved) >= 0.5).all()
        assert (np.abs(moved) <= 1.5).all()
        assert 30 < np.sum(moved > 0) < 70

    @pytest.mark.parametrize(("size", "measured"), [(1000, 1000), (1001, 0)])
    def test_a_thousand_entries_are_measured_one_by_one(self, size, measured):
        x = np.linspace(0.5, 1.0, size)
        gradient = check_gradient(total, np.ones(size), x).tensors["x"]
        backward = check_vjp(total, lambda u, x: u * np.ones(size), x).tensors["x"]
        assert np.isfinite(gradient.measured).sum() == measured
        assert np.isfinite(backward.measured).sum() == measured

    def test_the_step_is_relative_to_the_entry(self):
        largest = 0.0

        def f(x):
            nonlocal largest
            largest = max(largest, abs(x[0] - 1000))
            return x[0] + x[1]

        check_gradient(f, np.ones(2), np.array([1000.0, 1.0]))
        assert largest >= 1024 * 2.0**-10


class TestTolerance:
    @pytest.mark.parametrize(
        ("dtype", "tolerance"), [(np.float16, 3e-2), (np.float32, 1e-3), (np.float64, 1e-6)]
    )
    def test_it_follows_the_precision_of_the_claim(self, dtype, tolerance):
        for error, verdict in ((0.6 * tolerance, "right"), (1.6 * tolerance, "wrong")):
            claimed = np.array([1.0 + error], dtype=dtype)
            assert check_gradient(total, claimed, np.array([0.5])).verdict == verdict

    @pytest.mark.parametrize(("claim", "slope"), [(1.0, 1.9), (1.9, 1.0)])
    def test_it_is_relative_to_the_larger_of_claim_and_slope(self, claim, slope):
        assert check_gradient(lambda x: slope * x, claim, 0.5, rtol=0.5)
        assert check_gradient(lambda x: slope * x, claim, 0.5, rtol=0.4).verdict == "wrong"

    def test_whole_numbers_are_claimed_exactly(self):
        x = np.array([0.5])
        assert check_gradient(total, np.array([1], dtype=np.int16), x)
        result = check_gradient(lambda x: np.sum(x) * 1.01, np.array([1], dtype=np.int16), x)
        assert result.verdict == "wrong"

    @pytest.mark.parametrize("rtol", [0.0, 1.0, -0.5, 2.0])
    def test_one_that_makes_no_sense_is_refused(self, rtol):
        with pytest.raises(ValueError, match="rtol must lie between 0 and 1"):
            check_gradient(total, np.ones(1), np.ones(1), rtol=rtol)

    @pytest.mark.parametrize("count", [0, -1])
    def test_so_is_a_number_of_measurements(self, count):
        with pytest.raises(ValueError, match="max_entries must be at least 1"):
            check_gradient(total, np.ones(1), np.ones(1), max_entries=count)

    def test_a_single_measurement_makes_sense(self):
        assert check_gradient(total, np.ones(1), np.ones(1), max_entries=1)


class TestZeros:
    def test_a_claimed_function_is_tried_elsewhere_too(self):
        seen = []

        def gradient(x, y):
            seen.append((x, y.copy()))
            return np.ones(2), np.ones(2)

        result = check_gradient(
            lambda x, y: np.sum(x) + np.sum(y), gradient, np.ones(2), np.zeros(2), argnums=(0, 1)
        )
        assert result
        moved = seen[-1]
        np.testing.assert_array_equal(moved[0], np.ones(2))
        assert (np.abs(moved[1]) >= 0.5).all()

    def test_where_it_is_wrong_elsewhere_it_says_where(self):
        result = check_gradient(lambda x: np.sum(x + x**2), lambda x: np.ones(2), np.zeros(2))
        assert result.verdict == "wrong"
        assert str(result).startswith(
            "wrong with x moved away from zero, though right at the point"
        )

    def test_a_wrong_one_is_not_tried_elsewhere(self):
        result = check_gradient(total, lambda x: 2 * np.ones(2), np.zeros(2))
        assert result.elsewhere == ""
        assert result.notes == ()

    def test_each_of_zeros_is_noted_beside_a_claim_of_numbers(self):
        result = check_gradient(
            lambda x, y: np.sum(x) + np.sum(y),
            (np.ones(2), np.ones(2)),
            np.ones(2),
            np.zeros(2),
            argnums=(0, 1),
        )
        assert result.notes == ("y is zero in every entry, which hides errors proportional to it",)


class TestObstacles:
    def test_f_that_is_not_finite_is_told(self):
        result = check_gradient(lambda x: np.inf * np.sum(x), np.ones(2), np.ones(2))
        assert (result.verdict, result.tensors, result.notes) == ("inconclusive", {}, ())
        assert result.problems[0].startswith("f itself is inf")
        assert result.evaluations == 2

    def test_an_argument_that_f_changes_is_told(self):
        def f(x):
            x += 1
            return np.sum(x)

        result = check_gradient(f, np.ones(2), np.ones(2))
        assert (result.verdict, result.tensors, result.notes) == ("wrong", {}, ())
        assert result.problems == ("f changed x in place",)
        assert result.evaluations == 3


class TestUpstream:
    def test_it_is_an_array_of_fs_shape_that_may_be_written_into(self):
        seen = []

        def pullback(upstream, x):
            seen.append(upstream.copy())
            result = upstream * 2
            upstream *= 0
            return result

        assert check_vjp(lambda x: 2 * x, pullback, np.ones((2, 3)))
        assert seen[0].shape == (2, 3)
        assert len(np.unique(np.abs(seen[0]))) == 6
        np.testing.assert_array_equal(seen[0], seen[1])

    def test_it_is_a_number_where_f_gives_one(self):
        seen = []
        assert check_vjp(
            total, lambda upstream, x: seen.append(upstream) or upstream * np.ones(2), np.ones(2)
        )
        assert type(seen[0]) is float

    def test_it_is_drawn_by_the_seed(self):
        def upstream(**seed):
            seen = []
            check_vjp(lambda x: 2 * x, lambda u, x: seen.append(u) or 2 * u, np.ones(3), **seed)
            return seen[0]

        assert not np.array_equal(upstream(seed=1), upstream(seed=2))
        np.testing.assert_array_equal(upstream(), upstream(seed=0))

    @pytest.mark.parametrize("bad", [{"rtol": 0.0}, {"max_entries": 0}])
    def test_settings_that_make_no_sense_are_refused(self, bad):
        with pytest.raises(ValueError, match=next(iter(bad))):
            check_vjp(np.sin, lambda u, x: u * np.cos(x), np.ones(2), **bad)

    def test_no_function_is_refused(self):
        with pytest.raises(TypeError, match="must be a function"):
            check_vjp(3.0, lambda u, x: u, np.ones(2))
