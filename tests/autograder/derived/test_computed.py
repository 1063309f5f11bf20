from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from judging import verdict_on

from autograder.bank.run import run_bank
from autograder.derived.author import NotDerivable, computed, mistake, real
from autograder.exercise import Exercise
from autograder.feedback.words import named_mistakes

STEPS = {"mean": lambda v: v.x.mean(), "variance": lambda v: ((v.x - v.mean) ** 2).mean()}


@pytest.fixture(scope="module")
def spread() -> Exercise:
    return computed(
        "spread.values",
        inputs={"x": real("N")},
        steps=STEPS,
        points={"mean": 1, "variance": 2},
        sizes={"N": (2, 3, 5)},
        mistakes=[
            mistake(
                "the mean of the squares",
                {"variance": lambda v: (v.x**2).mean()},
                "your {part} does not take the mean off first.",
            )
        ],
    )


def test_a_right_answer_has_all_points(spread: Exercise) -> None:
    def spread_values(x: Any) -> dict[str, Any]:
        return {"mean": x.mean(), "variance": x.var()}

    assert verdict_on(spread, spread_values).score == 3


def test_a_mistake_has_its_name(spread: Exercise) -> None:
    def spread_values(x: Any) -> dict[str, Any]:
        return {"mean": x.mean(), "variance": np.mean(x**2)}

    verdict = verdict_on(spread, spread_values)
    assert verdict.score == 1
    assert named_mistakes(verdict) == ("the mean of the squares",)


def test_what_follows_from_an_own_mean_is_right(spread: Exercise) -> None:
    def spread_values(x: Any) -> dict[str, Any]:
        mean = x.sum() / (len(x) + 1)
        return {"mean": mean, "variance": np.mean((x - mean) ** 2)}

    assert verdict_on(spread, spread_values).score == 2


def test_its_bank_is_refused_and_named(spread: Exercise) -> None:
    tally = run_bank(spread, 1)
    assert (tally.refused, tally.misnamed) == (tally.wrong, 0)
    assert tally.accepted == tally.right


@pytest.mark.parametrize(
    "changes",
    [
        {"points": {"median": 1}},
        {"mistakes": [mistake("some slip", {"median": lambda v: 0.0}, "your {part} is 0.")]},
    ],
)
def test_a_step_that_is_not_there_is_said(changes: dict[str, Any]) -> None:
    settings = {"inputs": {"x": real("N")}, "steps": STEPS, "points": {"mean": 1}, **changes}
    with pytest.raises(NotDerivable, match=r"'median' is .* are: mean, variance"):
        computed("spread.values", **settings)
