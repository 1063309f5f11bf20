"""A claimed gradient's form, before any of its numbers is compared."""

from __future__ import annotations

import numpy as np
import pytest

from course_bp._point import Point
from course_bp.gradient_check.claim import Claim

X = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])


def f(x):
    return np.sum(x)


def claim_of(claimed, x=X):
    return Claim(claimed, f, Point(f, (x,)))


class TestForm:
    @pytest.mark.parametrize(
        "claimed", [X, X.astype(np.float32), X.astype(int), X.astype(np.uint8)]
    )
    def test_real_numbers_of_the_same_shape_can_be_compared(self, claimed):
        claim = claim_of(claimed)
        np.testing.assert_array_equal(claim.leaves["x"], claimed)
        assert claim.leaves["x"].dtype == claimed.dtype
        assert (claim.refused, claim.problems, claim.notes) == ({}, [], [])

    @pytest.mark.parametrize("claimed", [X.T, X[:1], X[None], X.ravel(), np.zeros((9, 9)), X[0, 0]])
    def test_another_shape_is_refused_with_both(self, claimed):
        shape = np.shape(claimed)
        words = f"the claimed gradient has shape {shape}, but the argument has shape (2, 3)"
        assert claim_of(claimed).refused == {"x": words}

    @pytest.mark.parametrize(
        ("claimed", "kind"),
        [(X > 0, "bool"), (X * 1j, "complex128"), (None, "NoneType"), ("x", "<U1")],
    )
    def test_what_is_no_real_number_is_refused_by_its_kind(self, claimed, kind):
        words = f"the claimed gradient is {kind}, not real numbers"
        assert claim_of(claimed).refused == {"x": words}

    def test_missing_and_extra_parts_are_told(self):
        point = Point(f, ({"a": 1.0, "b": 2.0},))
        claim = Claim({"b": 1.0, "c": 1.0}, f, point)
        assert claim.refused == {"x['a']": "the claimed gradient has no such part"}
        assert claim.problems == ["the claimed gradient has x['c'], which the argument has not"]
        assert list(claim.leaves) == ["x['b']"]

    def test_what_is_compared_is_a_copy(self):
        claimed = X.copy()
        claim = claim_of(claimed)
        claimed += 1
        np.testing.assert_array_equal(claim.leaves["x"], X)


class TestFunction:
    def test_f_is_called_first(self):
        calls = []
        point = Point(f, (X,))
        Claim(lambda x: calls.append("gradient") or x * 1, lambda x: calls.append("f"), point)
        assert calls == ["f", "gradient"]

    def test_data_is_not_asked_again(self):
        claim = claim_of(X)
        claim.repeat()
        assert claim.problems == []

    @pytest.mark.parametrize(
        ("again", "changed"),
        [
            (lambda x: x * 1, False),
            (lambda x: x * (1 + 1e-10), False),
            (lambda x: x * (1 + 1e-8), True),
            (lambda x: x + 1e-8, True),
            (lambda x: x[:1] * 1, True),
            (lambda x: np.zeros((9, 9)), True),
            (lambda x: {"a": 1.0}, True),
        ],
    )
    def test_another_answer_to_a_second_call_is_told(self, again, changed):
        answers = iter([lambda x: x * 1, again])
        claim = claim_of(lambda x: next(answers)(x))
        claim.repeat()
        assert len(claim.problems) == changed
        assert all("a second call gives another gradient for x;" in p for p in claim.problems)

    def test_a_second_answer_that_only_broadcasts_to_the_first_is_another(self):
        answers = iter([np.ones((2, 3)), np.ones((1, 3))])
        claim = claim_of(lambda x: next(answers))
        claim.repeat()
        assert len(claim.problems) == 1

    def test_nan_twice_is_the_same_answer(self):
        claim = claim_of(lambda x: x * np.nan)
        claim.repeat()
        assert claim.problems == []

    def test_a_changed_argument_is_told_once(self):
        def gradient(x):
            x *= 2
            return x / 2

        claim = claim_of(gradient)
        claim.repeat()
        assert claim.problems[0] == "the gradient function changed x in place"
        assert claim.problems.count(claim.problems[0]) == 1


class TestSharing:
    def two(self, gradient):
        point = Point(lambda x, y: np.sum(x) + np.sum(y), (X, X + 1), (0, 1))
        claim = Claim(gradient, lambda x, y: 0.0, point)
        claim.repeat()
        return claim.notes

    def test_two_parts_in_one_array_are_noted_once(self):
        one = np.ones((2, 3))
        assert self.two(lambda x, y: (one, one)) == [
            "the gradients of x and y share memory: updating one in place changes the other"
        ]

    def test_a_part_that_is_an_argument_is_noted(self):
        assert self.two(lambda x, y: (y, y * 1)) == [
            "the gradient of x shares memory with an argument: updating one changes the other"
        ]

    def test_parts_of_their_own_are_not(self):
        assert self.two(lambda x, y: (x * 1, y * 1)) == []
        assert self.two(lambda x, y: (1.0, 1.0)) == []
