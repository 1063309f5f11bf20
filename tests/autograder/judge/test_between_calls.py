"""An answer that keeps something from one call to the next is told so, whatever its numbers are."""

from __future__ import annotations

from typing import Any

import numpy as np
from judging import verdict_on

from autograder.exercises import find
from autograder.feedback.words import feedback, named_mistakes
from autograder.judge.between_calls import KEPT
from autograder.judge.verdict import Status

REVERSE, PARAMETERS = find("accumulate.reverse"), find("bp.parameters")


def test_adjoints_that_are_never_set_to_zero_are_kept_between_calls() -> None:
    kept: dict[str, float] = {}

    def reverse(x: float, y: float, s_bar: float) -> dict[str, float]:
        right = REVERSE.answer()(x=x, y=y, s_bar=s_bar)
        for name, value in right.items():
            kept[name] = kept.get(name, 0.0) + value
        return dict(kept)

    verdict = verdict_on(REVERSE, reverse)
    assert verdict.score == 0
    assert named_mistakes(verdict) == (KEPT.name,)
    assert "the first inputs were asked for once more, your a_bar" in str(feedback(verdict))


def test_what_is_wrong_from_the_second_call_with_the_same_sizes_on_earns_half_as_before() -> None:
    kept: dict[tuple[int, ...], Any] = {}

    def parameters(delta: Any, a_prev: Any) -> dict[str, Any]:
        right = PARAMETERS.answer()(delta=delta, a_prev=a_prev)
        shape = right["dW"].shape
        kept[shape] = kept.get(shape, 0.0) + right["dW"]
        return {**right, "dW": kept[shape].copy()}

    db, dW = verdict_on(PARAMETERS, parameters).parts
    assert db.status is Status.RIGHT
    assert (dW.status, dW.finding and dW.finding.name) == (Status.NARROW, KEPT.name)


def test_random_numbers_are_told_to_differ_and_earn_nothing() -> None:
    rng = np.random.default_rng(4)

    def parameters(delta: Any, a_prev: Any) -> dict[str, Any]:
        return {
            "db": rng.normal(size=delta.shape),
            "dW": rng.normal(size=(len(delta), len(a_prev))),
        }

    verdict = verdict_on(PARAMETERS, parameters)
    assert verdict.score == 0
    assert named_mistakes(verdict) == (KEPT.name,)


def test_a_mistake_that_comes_out_the_same_each_time_keeps_its_name() -> None:
    verdict = verdict_on(
        PARAMETERS, lambda delta, a_prev: {"db": delta, "dW": np.outer(a_prev, delta)}
    )
    assert KEPT.name not in named_mistakes(verdict)
