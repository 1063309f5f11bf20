"""Answers with one small fault that teaches a wrong thing, as students write them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from judging import verdict_on

from autograder.feedback.words import named_mistakes

Tolerance = Callable[[Any, Any], Any]


def checker(agrees: Tolerance) -> Any:
    """A checker that is right but for the comparison of measured and claimed slopes."""

    def check_gradient(f: Any, claimed: Any, x: Any) -> dict[str, bool]:
        x = np.array(x, dtype=float)
        if claimed.shape != x.shape or not np.isfinite(claimed).all():
            return {"right": False}
        measured = np.zeros(x.shape)
        for i in np.ndindex(x.shape):
            step = np.zeros(x.shape)
            step[i] = 1e-5
            measured[i] = (f(x + step) - f(x - step)) / 2e-5
        return {"right": bool(agrees(measured, claimed))}

    return check_gradient


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(
    ("agrees", "part", "words"),
    [
        (
            lambda m, c: (abs(m - c) <= 1e-5 * (abs(m) + abs(c))).all(),
            "zeros",
            "nothing at a slope of 0",
        ),
        (lambda m, c: abs(m - c).max() <= 1e-3 * abs(m).max(), "scale", "large slopes hide"),
        (lambda m, c: abs(m - c).max() <= 1e-4 * abs(m).max(), "scale", "large slopes hide"),
        (
            lambda m, c: np.linalg.norm(m - c) <= 1e-4 * np.linalg.norm([m, c]),
            "scale",
            "large slopes hide",
        ),
    ],
)
def test_a_checker_with_a_tolerance_that_does_not_fit_is_refused_and_named(
    agrees: Tolerance, part: str, words: str, seed: int
) -> None:
    verdict = verdict_on("checker.verdict", checker(agrees), seed)
    assert [one.part.name for one in verdict.parts if not one.credited] == [part]
    (name,) = named_mistakes(verdict)
    assert words in name


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(
    "agrees",
    [
        lambda m, c: np.allclose(m, c, rtol=1e-4, atol=1e-6 * abs(m).max()),
        lambda m, c: (abs(m - c) <= 1e-3 * abs(m) + 1e-6 * abs(m).max()).all(),
        lambda m, c: (abs(m - c) <= 1e-4 * abs(c) + 1e-9 * abs(m).max()).all(),
    ],
)
def test_a_checker_with_a_floor_is_right(agrees: Tolerance, seed: int) -> None:
    assert verdict_on("checker.verdict", checker(agrees), seed).full


def by_the_mean(b: Any) -> Any:
    shifted = b - b.mean(axis=1, keepdims=True)
    return shifted, np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)


def from_log_sums(b: Any, targets: Any) -> dict[str, Any]:
    shifted, y = by_the_mean(b)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return {"y": y, "J": -(targets * logs).sum() / len(b)}


def with_a_right_loss(b: Any, targets: Any) -> dict[str, Any]:
    logs = b - np.logaddexp.reduce(b, axis=1)[:, None]
    return {"y": by_the_mean(b)[1], "J": -(targets * logs).sum() / len(b)}


@pytest.mark.parametrize("answer", [from_log_sums, with_a_right_loss])
def test_a_softmax_shifted_by_the_mean_is_refused_and_named(answer: Any) -> None:
    verdict = verdict_on("softmax.forward", answer, 1)
    assert verdict.score < verdict.exercise.points
    assert named_mistakes(verdict) == ("the mean of each row is subtracted instead of its maximum",)


def test_so_it_is_on_the_way_back() -> None:
    def backward(b: Any, targets: Any) -> dict[str, Any]:
        return {"db": (by_the_mean(b)[1] - targets) / len(b)}

    verdict = verdict_on("softmax.backward", backward, 1)
    assert named_mistakes(verdict) == ("the mean of each row is subtracted instead of its maximum",)
