"""The verdict on one claimed number, and the words for what a gradient check found."""

from __future__ import annotations

import dataclasses
from math import inf, nan

import numpy as np
import pytest

from course_bp.gradient_check.report import (
    EntryCheck,
    GradientCheck,
    TensorCheck,
    evidence,
    judge,
    worst_of,
)
from course_bp.gradient_check.slope import Slope


def slope(value=10.0, uncertainty=0.5, one_sided=None, finite=True, round_off=False):
    return Slope(value, uncertainty, 2.0**-10, round_off, one_sided, finite)


class TestVerdict:
    @pytest.mark.parametrize("claimed", [nan, inf, -inf])
    def test_a_claim_that_is_not_finite_is_wrong(self, claimed):
        assert judge(claimed, slope(), 0.25, 4, 100).verdict == "wrong"
        assert judge(claimed, slope(finite=False), 0.25, 4, 100).verdict == "wrong"

    def test_without_a_slope_nothing_is_said(self):
        assert judge(1.0, slope(finite=False), 0.25, 4, 100).verdict == "inconclusive"

    @pytest.mark.parametrize(
        ("off", "verdict"),
        [
            (0, "right"),
            (1.5, "right"),
            (1.5625, "inconclusive"),
            (2.5, "inconclusive"),
            (2.5625, "wrong"),
        ],
    )
    @pytest.mark.parametrize("sign", [-1, 1])
    def test_agreement_takes_one_uncertainty_and_blame_three(self, off, verdict, sign):
        assert judge(10 + sign * off, slope(), 0.25, 4, 4).verdict == verdict

    @pytest.mark.parametrize(
        ("uncertainty", "size", "scale", "verdict"),
        [
            (1.0, 4, 1, "right"),
            (1.0625, 4, 1, "inconclusive"),
            (2.0, 4, 8, "right"),
            (2.0, 4, 7, "inconclusive"),
            (0.0, 4, 0, "inconclusive"),
            (0.0, 4, 0.5, "right"),
        ],
    )
    def test_a_right_one_is_measured_sharply(self, uncertainty, size, scale, verdict):
        assert judge(10, slope(10, uncertainty), 0.25, size, scale).verdict == verdict

    @pytest.mark.parametrize(
        ("sides", "rtol", "claimed", "verdict"),
        [
            ((2, 8), 1e-9, 5, "kink"),
            ((8, 2), 1e-9, 5, "kink"),
            ((2, 8), 1e-9, 8.0059, "kink"),
            ((2, 8), 1e-9, 8.0061, "wrong"),
            ((2, 8), 1e-9, 1.9941, "kink"),
            ((2, 8), 1e-9, 1.9939, "wrong"),
            ((2, 8), 0.01, 8.086, "kink"),
            ((2, 8), 0.01, 8.087, "wrong"),
            ((2, 8), 0.01, 1.915, "kink"),
            ((2, 8), 0.01, 1.913, "wrong"),
            ((-8, -2), 0.01, -1.915, "kink"),
            ((-8, -2), 0.01, -1.913, "wrong"),
            ((-1, 1), 0.5, 1.9, "kink"),
            ((-1, 1), 0.5, -1.9, "kink"),
            ((-1, 1), 0.5, 2.1, "wrong"),
            ((-1, 1), 0.5, -2.1, "wrong"),
        ],
    )
    def test_at_a_kink_the_claim_lies_between_both_slopes(self, sides, rtol, claimed, verdict):
        assert judge(claimed, slope(one_sided=sides), rtol, 4, 100).verdict == verdict

    def test_the_numbers_are_kept(self):
        check = judge(10.5, slope(), 0.25, 4, 4)
        assert (check.claimed, check.slope) == (10.5, slope())

    @pytest.mark.parametrize(
        ("verdicts", "worst"),
        [
            (["right", "wrong", "kink", "inconclusive"], "wrong"),
            (["right", "kink", "inconclusive"], "kink"),
            (["right", "inconclusive"], "inconclusive"),
            (["right"], "right"),
        ],
    )
    def test_the_worst_part_speaks_for_the_whole(self, verdicts, worst):
        assert worst_of(verdicts) == worst


class TestOneEntryInWords:
    @pytest.mark.parametrize(
        ("check", "words"),
        [
            (EntryCheck("wrong", nan, slope()), "claimed nan"),
            (
                EntryCheck("inconclusive", 3.0, slope(finite=False)),
                "f is not finite within 0.001 on one side of the point, so 3 cannot be checked",
            ),
            (
                EntryCheck("kink", 3.0, slope(one_sided=(2.0, 8.0))),
                "kink within 0.001: the slope is 2 on the left and 8 on the right; claimed 3 "
                "lies between them",
            ),
            (
                EntryCheck("wrong", 9.0, slope(one_sided=(2.0, 8.0))),
                "kink within 0.001: the slope is 2 on the left and 8 on the right; claimed 9 "
                "does not lie between them",
            ),
            (
                EntryCheck("wrong", 25.0, slope()),
                "claimed 25, measured 10 ± 0.5; 2.5 times the measurement",
            ),
            (EntryCheck("wrong", 0.0, slope()), "claimed 0, measured 10 ± 0.5"),
            (EntryCheck("wrong", 25.0, slope(0.0)), "claimed 25, measured 0 ± 0.5"),
            (EntryCheck("right", 25.0, slope()), "claimed 25, measured 10 ± 0.5"),
            (
                EntryCheck("inconclusive", 9.0, slope(round_off=True)),
                "claimed 9, measured 10 ± 0.5: round-off in f hides the rest",
            ),
            (
                EntryCheck("inconclusive", 9.0, slope()),
                "claimed 9, measured 10 ± 0.5: f is too rough",
            ),
        ],
    )
    def test_it_says_what_was_claimed_and_measured(self, check, words):
        assert str(check) == words


def entry(verdict, claimed, value=10.0, uncertainty=0.5):
    return EntryCheck(verdict, claimed, slope(value, uncertainty))


class TestEvidence:
    def test_right_entries_need_none(self):
        assert evidence("x", {0: entry("right", 10)}, (1,)) == ()
        assert evidence("x", {}, (1,)) == ()

    def test_the_worst_three_are_shown_and_the_rest_counted(self):
        claims = {0: 11.0, 1: 16.0, 2: 7.0, 3: 30.0, 4: 9.0, 6: 10.5, 7: 9.5}
        checks = {i: entry("wrong", claimed) for i, claimed in claims.items()}
        checks[5] = entry("kink", 1e9)
        lines = evidence("W", checks, (3, 3))
        assert [line.split(":")[0] for line in lines] == [
            "W[1, 0]",
            "W[0, 1]",
            "W[0, 2]",
            "and 4 more wrong",
        ]

    @pytest.mark.parametrize("worst", ["wrong", "kink", "inconclusive"])
    def test_only_the_worst_are_shown(self, worst):
        (line,) = evidence("x", {0: entry("right", 10.0), 1: entry(worst, 9.0)}, (2,))
        assert line.startswith("x[1]")

    def test_three_are_shown_without_a_count(self):
        checks = {i: entry("wrong", 11.0 + i * i) for i in range(3)}
        assert len(evidence("x", checks, (3,))) == 3

    def test_a_number_has_no_index(self):
        assert evidence("x", {0: entry("wrong", 5)}, ())[0].startswith("x: claimed 5")

    def test_a_common_factor_is_told(self):
        checks = {0: entry("wrong", 20), 1: entry("wrong", 8, 4.0), 2: entry("right", 3)}
        lines = evidence("x", checks, (3,))
        assert lines[-1] == "all of these are 2 times the measurement"

    @pytest.mark.parametrize(
        "checks",
        [
            {0: entry("wrong", 20)},
            {0: entry("wrong", 20), 1: entry("wrong", 8.001, 4.0)},
            {0: entry("wrong", 20), 1: entry("wrong", 8, 0.0)},
            {0: entry("kink", 20), 1: entry("kink", 8, 4.0)},
        ],
    )
    def test_without_one_none_is_told(self, checks):
        assert not any("all of these" in line for line in evidence("x", checks, (2,)))

    def test_zeros_alone_are_told_as_such(self):
        checks = {0: entry("inconclusive", 0.0, 0.5), 1: entry("inconclusive", 0.0, -0.25)}
        (line,) = evidence("x", checks, (2,))
        assert line.startswith("claim and measurement are zero in every entry")

    @pytest.mark.parametrize(
        "other",
        [
            entry("inconclusive", 1.0, 0.5),
            entry("inconclusive", -1.0, 0.5),
            entry("inconclusive", 0.0, 0.6),
            entry("wrong", 0.0, 0.1),
        ],
    )
    def test_not_where_something_else_is_there(self, other):
        lines = evidence("x", {0: entry("inconclusive", 0.0, 0.5), 1: other}, (2,))
        assert not lines[0].startswith("claim and measurement are zero")


def tensor(verdict="right", entries=("right", "wrong", "right"), lines=()):
    nothing = np.zeros(len(entries))
    return TensorCheck("x", verdict, np.array(entries), nothing, nothing, nothing, lines)


class TestTensor:
    def test_its_verdicts_are_counted_from_the_worst(self):
        found = tensor("wrong", ("right", "wrong", "kink", "right", "inconclusive"), ("a", "b"))
        assert str(found) == ("x: wrong (1 wrong, 1 kink, 1 inconclusive, 2 right)\n    a\n    b")
        assert repr(found) == str(found)

    def test_a_refused_one_is_wrong_everywhere(self):
        found = TensorCheck.refused("x", (2, 1), "it is missing")
        assert found.verdict == "wrong"
        assert found.entries.tolist() == [["wrong"], ["wrong"]]
        assert np.isnan(found.claimed).all()
        assert found.measured.shape == found.uncertainty.shape == (2, 1)
        assert found.evidence == ("it is missing",)


HERE = GradientCheck("right", {"x": tensor()}, (), ("beware",), 7)


class TestWhole:
    @pytest.mark.parametrize("verdict", ["right", "wrong", "kink", "inconclusive"])
    def test_only_right_is_true(self, verdict):
        assert bool(dataclasses.replace(HERE, verdict=verdict)) == (verdict == "right")

    def test_it_lists_problems_tensors_and_notes(self):
        found = dataclasses.replace(HERE, verdict="wrong", problems=("it leaks",))
        assert str(found) == (
            "wrong (7 evaluations of f)\n  it leaks\n  x: right (1 wrong, 2 right)\n  note: beware"
        )
        assert repr(found) == str(found)

    def test_notes_are_added(self):
        assert HERE.with_notes(["more"]).notes == ("beware", "more")

    @pytest.mark.parametrize("verdict", ["right", "kink", "inconclusive"])
    def test_another_point_that_is_not_wrong_changes_the_count_alone(self, verdict):
        other = GradientCheck(verdict, {}, ("odd",), ("note",), 5)
        assert HERE.confirmed_by(other, "moved") == dataclasses.replace(HERE, evaluations=12)

    def test_another_point_that_is_wrong_says_where_and_what(self):
        tensors = {"x": tensor(), "y": tensor("wrong", ("wrong",)), "z": tensor("kink", ("kink",))}
        other = GradientCheck("wrong", tensors, ("it leaks",), (), 5)
        found = HERE.confirmed_by(other, "with b moved")
        assert found.verdict == "wrong"
        assert found.problems == ("with b moved: it leaks", "with b moved: x: wrong (1 wrong)")
        assert found.evaluations == 12
        assert found.tensors == HERE.tensors
        assert str(found).startswith(
            "wrong with b moved, though right at the point itself (12 evaluations of f)"
        )
