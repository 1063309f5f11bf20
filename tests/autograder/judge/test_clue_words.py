"""What is said about a value that fits no mistake: facts, and never the right value."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.exercise import Exercise, Part, Probe
from autograder.inside.asking import put_question
from autograder.judge.clues import MOST
from autograder.judge.draw import draw_inputs
from autograder.judge.judge import judge
from autograder.judge.verdict import Verdict

Build = Callable[..., Any]


@pytest.fixture
def vector() -> Exercise:
    """The gradient of sum(w³) for vectors; the last one is empty."""

    def draw(size: int) -> Callable[[np.random.Generator], dict[str, Any]]:
        return lambda rng: {"w": rng.uniform(0.5, 2, size=size)}

    return Exercise(
        again=False,
        id="vector.backward",
        unit="99-test",
        title="A vector",
        objectives=("O2",),
        deck="none",
        steps={"y": lambda v: (v.w**3).sum(), "dw": lambda v: 3 * v.w**2},
        parts=(Part("dw", 1),),
        probes=(Probe("five", draw(5)), Probe("four", draw(4)), Probe("none", draw(0))),
        output="y",
        hints=("nudge", "pointer", "worked idea"),
    )


@pytest.fixture
def judged_dw() -> Callable[[Exercise, Callable[[Any], Any]], Verdict]:
    """Judges an answer whose dw is made from the right one."""

    def judged(exercise: Exercise, change: Callable[[Any], Any]) -> Verdict:
        drawn = draw_inputs(exercise, (1,))

        def answer(w: Any) -> dict[str, Any]:
            right = exercise.answer()(w=w)["dw"]
            return {"dw": change(right) if right.size else right}

        return judge(exercise, drawn, [put_question(exercise.ask, answer, one) for one in drawn])

    return judged


@pytest.fixture
def clues(chain_verdict: Build, with_parts: Build) -> Callable[[Callable[[Any], Any]], str]:
    """The clues on a dw that was made from the right one."""

    def found(change: Callable[[Any], Any]) -> str:
        finding = chain_verdict(with_parts(dw=change)).first_wrong.finding
        assert finding.slug == ""
        return " ".join(finding.clues)

    return found


def _in_column(g: Any, column: int) -> Any:
    changed = g.copy()
    changed[:, column] = 7 - g[:, column]
    return changed


def _alternating(g: Any) -> Any:
    return g * np.where(np.arange(g.size).reshape(g.shape) % 2, -1.0, 1.0)


def _but_column(g: Any, column: int) -> Any:
    changed = 7 - g
    changed[:, column] = g[:, column]
    return changed


@pytest.mark.parametrize(
    ("change", "clue"),
    [
        (lambda g: np.full(g.shape, g.sum()), "All of its entries are the same number."),
        (lambda g: np.tile(g.sum(axis=0), (len(g), 1)), "All of its rows are the same."),
        (lambda g: np.tile(g[:, :1] + 7, g.shape[1]), "All of its columns are the same."),
        (lambda g: np.roll(g, 1), "It has the right numbers in the wrong places."),
        (lambda g: _in_column(g, 0), "Only its first column is wrong."),
        (lambda g: _in_column(g, -1), "Only its last column is wrong."),
        (lambda g: _but_column(g, 0), "Its first column is right; the others are not."),
        (lambda g: _but_column(g, -1), "Its last column is right; the others are not."),
        (
            lambda g: _in_column(g, 1),
            "Each of its columns is either entirely right or entirely wrong.",
        ),
        (
            lambda g: _in_column(g.T, 0).T,
            "Each of its rows is either entirely right or entirely wrong.",
        ),
        (lambda g: np.where(g == g.max(), 7 - g, g), "is wrong."),
        (lambda g: _alternating(g), "Every size is right; some of the signs are not."),
        (lambda g: g * np.linspace(1.02, 1.06, g.size).reshape(g.shape), "less than 10 %"),
        (lambda g: g * np.linspace(1.002, 1.006, g.size).reshape(g.shape), "less than 1 %"),
        (
            lambda g: g * np.linspace(20, 30, g.size).reshape(g.shape),
            "more than ten times as large",
        ),
        (
            lambda g: g * np.linspace(0.02, 0.03, g.size).reshape(g.shape),
            "less than a tenth as large",
        ),
        (lambda g: g * np.linspace(3, 4, g.size).reshape(g.shape), "more than twice as large"),
        (lambda g: g * np.linspace(0.3, 0.4, g.size).reshape(g.shape), "less than half as large"),
        (lambda g: g * np.linspace(1.3, 1.4, g.size).reshape(g.shape), "It is too large, and off"),
        (lambda g: g * np.linspace(0.6, 0.7, g.size).reshape(g.shape), "It is too small, and off"),
    ],
)
def test_a_clue_says_what_is_known(clues: Build, change: Callable[[Any], Any], clue: str) -> None:
    assert clue in clues(change)


@pytest.mark.parametrize(
    ("change", "clue"),
    [
        (lambda g: np.r_[9.0, g[1:]], "Only its first entry is wrong."),
        (lambda g: np.r_[g[:-1], 9.0], "Only its last entry is wrong."),
        (lambda g: np.r_[g[:2], 7 - g[2:]], "The entries at its beginning are right"),
        (lambda g: np.r_[7 - g[:2], g[2:]], "The entries at its end are right"),
        (lambda g: np.r_[g[:-2], 7 - g[-2:]], "The entries at its beginning are right"),
        (lambda g: np.r_[7 - g[:-2], g[-2:]], "The entries at its end are right"),
        (lambda g: np.r_[9.0, g[1:-1], 9.0], "5 of its 9 entries are right."),
    ],
)
def test_the_place_in_a_vector_is_told(
    vector: Exercise, change: Callable[[Any], Any], clue: str, judged_dw: Build
) -> None:
    assert clue in " ".join(judged_dw(vector, change).first_wrong.finding.clues)


def test_where_nothing_is_asked_nothing_is_right(vector: Exercise, judged_dw: Build) -> None:
    verdict = judged_dw(vector, lambda g: np.sign(g) * (np.abs(g) + np.arange(1, g.size + 1)))
    assert not any("some inputs" in clue for clue in verdict.first_wrong.finding.clues)


def test_there_are_never_more_than_can_be_read(clues: Build) -> None:
    assert clues(lambda g: g if g.shape == (3, 3) else np.roll(np.abs(g), 1)).count(".") <= MOST


@pytest.mark.parametrize("huge", [1e308, -1e308])
def test_huge_numbers_are_told_of_in_silence(clues: Build, huge: float) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert clues(lambda g: np.where(g == g.max(), g, huge)) != ""


def test_no_clue_holds_a_number_of_the_answer(chain: Exercise, clues: Build) -> None:
    words = clues(lambda g: g * np.linspace(1.02, 1.06, g.size).reshape(g.shape))
    for inputs in draw_inputs(chain, (1,)):
        for number in np.ravel(chain.solve(inputs).dw):
            assert f"{number:.2g}" not in words


@pytest.mark.parametrize(
    "change", [lambda g: _alternating(g), lambda g: np.roll(g, 1), lambda g: np.roll(g, 1) * 1.005]
)
def test_what_is_as_large_as_it_should_be_is_not_called_too_small_or_too_large(
    clues: Build, change: Callable[[Any], Any]
) -> None:
    words = clues(change)
    assert "too small" not in words
    assert "too large" not in words
    assert "It is off by 10 % or more." in words
