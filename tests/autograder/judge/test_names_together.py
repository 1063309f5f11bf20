"""A name that speaks of several parts at once is said only if all of them show it."""

from __future__ import annotations

from typing import Any

import pytest
from judging import verdict_on

from autograder.feedback.words import feedback, named_mistakes


def kinks(left: Any, right: Any) -> Any:
    """An answer that takes one of the two slopes for each side of a crossing."""

    def answer(p: float, q: float, r: float, s: float, x: float) -> dict[str, Any]:
        first, second = p * x + q, r * x + s
        upper = p if first > second else r
        meet = first == second
        return {
            "left": left(p, r) if meet else upper,
            "right": right(p, r) if meet else upper,
            "differentiable": not meet or p == r,
        }

    return answer


def passes(forward: str, reverse: str) -> Any:
    def answer(n: int, m: int) -> dict[str, float]:
        sizes = {"n": n, "m": m}
        return {"forward": sizes[forward], "reverse": sizes[reverse], "differences": 2 * n}

    return answer


def costs(forward: str, reverse: str) -> Any:
    def answer(n: int, m: int, steps: int, length: int) -> dict[str, float]:
        sizes = {"n": n, "m": m}
        return {
            "forward_passes": sizes[forward],
            "reverse_passes": sizes[reverse],
            "evaluations": 2 * n,
            "kept": steps,
            "kept_with_checkpoints": steps // length + length - 1,
            "repeated": steps - steps // length,
        }

    return answer


@pytest.mark.parametrize(
    ("exercise", "answer", "name"),
    [
        ("kinks.slopes", kinks(max, min), "left and right are swapped"),
        ("kinks.slopes", kinks(max, max), "the slope on the right instead of the one on the left"),
        ("kinks.slopes", kinks(min, min), "the slope on the left instead of the one on the right"),
        ("accumulate.passes", passes("m", "n"), "forward and reverse mode are swapped"),
        (
            "accumulate.passes",
            passes("m", "m"),
            "the outputs are counted instead of the inputs",
        ),
        (
            "accumulate.passes",
            passes("n", "n"),
            "the inputs are counted instead of the outputs",
        ),
        ("derivative.costs", costs("m", "n"), "forward and reverse mode are swapped"),
        ("derivative.costs", costs("m", "m"), "the outputs are counted instead of the inputs"),
        ("derivative.costs", costs("n", "n"), "the inputs are counted instead of the outputs"),
    ],
)
def test_swapped_is_said_of_two_parts_only_if_both_are_wrong(
    exercise: str, answer: Any, name: str
) -> None:
    assert named_mistakes(verdict_on(exercise, answer)) == (name,)


def test_a_name_of_both_parts_is_preferred_where_a_third_part_is_wrong_too() -> None:
    def answer(*lines: float) -> dict[str, Any]:
        return {**kinks(max, min)(*lines), "differentiable": False}

    assert named_mistakes(verdict_on("kinks.slopes", answer)) == (
        "left and right are swapped",
        "no derivative anywhere",
    )


@pytest.mark.parametrize("per_output", [1, 2])
def test_the_evaluations_of_each_output_are_not_laid_at_the_lecture_s_door(per_output: int) -> None:
    def answer(n: int, m: int, steps: int, length: int) -> dict[str, float]:
        return {**costs("n", "m")(n, m, steps, length), "evaluations": per_output * n * m}

    verdict = verdict_on("derivative.costs", answer)
    assert named_mistakes(verdict) == ("every output is measured separately",)
    assert "deck D0" not in feedback(verdict).text
