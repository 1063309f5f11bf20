"""Measuring one slope: each number by hand, on functions whose arithmetic is exact."""

from __future__ import annotations

from math import inf, isnan, nan

import numpy as np
import pytest

from course_bp.gradient_check.slope import measure_slope, noise_level, widest_step

EPS = 2.0**-20


def cubic(t):
    return t**3 + 2 * t**2 + 5 * t + 7


def bent(t):
    return 5 * t + 3 * abs(t)


class Counted:
    """A function that remembers where it was asked."""

    def __init__(self, f):
        self.f = f
        self.asked = []

    def __call__(self, t):
        self.asked.append(t)
        return self.f(t)


def measured(f, step=2.0, noise=0.0, eps=EPS, enough=inf):
    return measure_slope(f, f(0.0), step, noise, eps, lambda slope: enough)


class TestOneRung:
    def test_it_is_exact_for_a_cubic(self):
        slope = measured(cubic)
        assert slope.value == 5
        assert slope.step == 2
        assert slope.one_sided is None
        assert slope.finite
        assert not slope.limited_by_round_off

    def test_it_asks_at_the_step_and_at_half_of_it(self):
        f = Counted(cubic)
        measured(f)
        assert sorted(f.asked) == [-2, -1, 0, 1, 2]

    def test_the_uncertainty_of_a_cubic_is_twice_the_correction_and_the_round_off(self):
        assert measured(cubic).uncertainty == 2 + 4 * EPS * 33 / 2

    def test_the_uncertainty_at_a_bend_is_what_is_left_of_it(self):
        assert measured(bent).uncertainty == 3 + 4 * EPS * 16 / 2

    def test_correction_and_bend_add_up(self):
        assert measured(lambda t: cubic(t) + 3 * abs(t)).uncertainty == 5 + 4 * EPS * 39 / 2

    @pytest.mark.parametrize(
        ("at", "largest"), [(0.0, 64.0), (2.0, 64.0), (-2.0, 64.0), (1.0, 64.0), (-1.0, 64.0)]
    )
    def test_round_off_is_relative_to_the_largest_value(self, at, largest):
        quiet = measured(lambda t: -largest * (t == at), eps=0.0)
        noisy = measured(lambda t: -largest * (t == at))
        assert noisy.uncertainty - quiet.uncertainty == 4 * EPS * largest / 2

    def test_measured_noise_counts_twice_where_it_is_larger(self):
        assert measured(cubic, noise=0.25).uncertainty == 2 + 4 * 0.5 / 2

    def test_the_enough_is_asked_for_the_slope(self):
        asked = []
        measure_slope(cubic, 7.0, 2.0, 0.0, EPS, lambda slope: asked.append(slope) or inf)
        assert asked == [5]

    def test_exactly_enough_is_enough(self):
        f = Counted(cubic)
        measured(f, enough=2 + 4 * EPS * 33 / 2)
        assert len(f.asked) == 5


class TestLadder:
    def test_it_descends_eight_rungs_by_a_factor_of_eight(self):
        f = Counted(bent)
        measured(f, eps=0.0, enough=0.0)
        wide = [2 / 8**k for k in range(8)]
        assert sorted({t for t in f.asked if t > 0}) == sorted({*wide, *(h / 2 for h in wide)})

    def test_it_stops_where_round_off_has_the_last_word(self):
        f = Counted(lambda t: 5 * t)
        slope = measured(f, enough=0.0)
        assert len(f.asked) == 5
        assert slope.value == 5
        assert slope.limited_by_round_off

    @pytest.mark.parametrize(("noise", "rungs"), [(3 / 16, 1), (2.9 / 16, 2)])
    def test_round_off_has_it_at_a_quarter_of_the_structure(self, noise, rungs):
        f = Counted(bent)
        slope = measured(f, noise=noise, enough=0.0)
        assert len(f.asked) == 1 + 4 * rungs
        assert slope.limited_by_round_off == (rungs == 1)

    @pytest.mark.parametrize("sign", [-1, 1])
    def test_the_rung_of_least_uncertainty_is_taken(self, sign):
        slope = measured(lambda t: sign * cubic(t), step=1.0, noise=1.9e-5, eps=0.0, enough=0.0)
        assert slope.step == 1 / 8
        assert slope.value == pytest.approx(sign * 5, rel=1e-12)
        assert slope.uncertainty == pytest.approx(1 / 128 + 8 * 1.9e-5 * 8, rel=1e-9)
        assert not slope.limited_by_round_off

    @pytest.mark.parametrize("sign", [-1, 1])
    def test_a_wide_rung_that_a_finer_one_contradicts_is_not_taken(self, sign):
        def f(t):
            return sign * 5 * t if abs(t) < 1 / 32 else 0.1 * t**3

        slope = measured(f, step=1.0, noise=2e-6, eps=0.0, enough=0.0)
        assert slope.value == sign * 5
        assert slope.step == 1 / 64
        assert slope.limited_by_round_off

    def test_a_rung_that_leaves_the_domain_is_skipped(self):
        slope = measured(lambda t: cubic(t) if t < 0.5 else nan)
        assert slope.finite
        assert slope.step == 1 / 4
        assert slope.value == pytest.approx(5, rel=1e-12)

    @pytest.mark.parametrize("edge", [nan, inf, -inf])
    @pytest.mark.parametrize("side", [-1, 1])
    def test_without_a_rung_there_is_no_slope(self, edge, side):
        slope = measured(lambda t: edge if side * t > 0 else 0.0)
        assert not slope.finite
        assert isnan(slope.value)
        assert isnan(slope.uncertainty)
        assert slope.step == 2 / 8**7
        assert not slope.limited_by_round_off
        assert slope.one_sided is None


class TestKink:
    @pytest.mark.parametrize(("left", "right"), [(2, 8), (8, 2), (-1, 1), (0, 1e-3), (-8, -2)])
    def test_both_slopes_are_told(self, left, right):
        slope = measured(lambda t: (left if t < 0 else right) * t, eps=2.0**-52, enough=0.0)
        assert slope.one_sided == (left, right)
        assert slope.value == pytest.approx((left + right) / 2)
        assert slope.step == 2 / 8**7
        assert slope.finite
        assert not slope.limited_by_round_off

    def test_the_slopes_are_told_beside_a_bend_that_is_smooth(self):
        slope = measured(lambda t: cubic(t) + 3 * abs(t), eps=2.0**-52, enough=0.0)
        assert slope.one_sided == pytest.approx((2, 8), abs=1e-4)

    def test_a_kink_within_the_narrowest_window_is_one(self):
        away = 2.0**-25
        slope = measured(lambda t: 3 * abs(t - away), eps=2.0**-52, enough=0.0)
        assert slope.one_sided is not None
        assert slope.one_sided[0] == -3

    @pytest.mark.parametrize("away", [-(2.0**-12), 2.0**-12])
    def test_a_kink_that_finer_windows_exclude_is_none(self, away):
        slope = measured(lambda t: 3 * abs(t - away), eps=2.0**-52, enough=0.0)
        assert slope.one_sided is None
        assert slope.value == -3 * np.sign(away)
        assert slope.uncertainty < 1e-6

    @pytest.mark.parametrize("away", [-(2.0**-12), 2.0**-12])
    def test_nor_is_it_where_they_measure_better_than_a_thousandth_of_its_bend(self, away):
        slope = measured(lambda t: 3 * abs(t - away), noise=1e-8, eps=0.0, enough=0.0)
        assert slope.uncertainty > 1.2e-3
        assert slope.one_sided is None

    def test_a_smooth_bend_is_no_kink(self):
        assert measured(lambda t: 50 * t**2, eps=2.0**-52, enough=0.0).one_sided is None

    @pytest.mark.parametrize(("round_off", "kink"), [(1.35, True), (1.6, False), (8.0, False)])
    def test_a_bend_within_four_times_the_round_off_is_no_kink(self, round_off, kink):
        slope = measured(bent, noise=round_off * 0.25 / 8, eps=0.0, enough=0.0)
        assert slope.one_sided == ((2, 8) if kink else None)

    @pytest.mark.parametrize(
        ("bends", "alike"),
        [
            ((1.0, 1.4), True),
            ((1.0, 1.5), False),
            ((10.0, 7.0), True),
            ((10.0, 6.9), False),
            ((-10.0, -7.0), True),
            ((-10.0, 7.0), False),
        ],
    )
    def test_two_rungs_show_one_kink_when_their_bends_are_alike(self, bends, alike):
        wide, narrow = bends

        def f(t):
            return (wide if abs(t) > 0.2 else narrow) * abs(t)

        slope = measured(f, noise=0.004, eps=0.0, enough=0.0)
        assert (slope.one_sided is not None) == alike


class TestNoise:
    def test_alternating_values_are_noise(self):
        spacing = 2.0**-10
        level = noise_level(lambda t: (-1.0) ** round(t / spacing) if t >= spacing else 0.0)
        assert level == pytest.approx(8 / (0.6745 * np.sqrt(20)))

    def test_a_polynomial_of_fifth_degree_has_none(self):
        assert noise_level(lambda t: (t * 2.0**40) ** 5) == 0

    def test_one_of_sixth_degree_is_taken_for_noise(self):
        level = noise_level(lambda t: (t * 2.0**40) ** 6)
        assert level == pytest.approx(720 / (0.6745 * np.sqrt(924)))

    @pytest.mark.parametrize(("levels", "spacings"), [(6, 1), (5, 7)])
    def test_the_spacing_grows_until_six_values_differ(self, levels, spacings):
        f = Counted(lambda t: min(t * 2.0**40, float(levels)))
        noise_level(f)
        assert len(f.asked) == 12 * spacings
        assert f.asked[:12] == [j * 2.0**-40 for j in range(1, 13)]
        assert f.asked[-1] == 12 * 2.0 ** (-40 + 5 * (spacings - 1))

    def test_where_f_leaves_its_domain_none_is_measured(self):
        assert noise_level(lambda t: nan if t > 2.0**-37 else t) == 0


@pytest.mark.parametrize(
    ("eps", "step"), [(2.0**-52, 2.0**-10), (2.0**-23, 2.0**-5), (2.0**-10, 0.25)]
)
def test_the_widest_step_is_the_fifth_root_of_the_precision(eps, step):
    assert widest_step(eps) == step
