from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from drawn_programs import QUIZ1, drawn

from autograder.exercise import Exercise
from autograder.feedback.words import named_mistakes
from autograder.judge.verdict import Status
from autograder.practice.by_hand import close, judge_numbers
from autograder.practice.question import shown_inputs
from autograder.random_functions.derived_program import derived_program

X = {"x": 2.0, "z": 1.1}
LETTERS = ("b", "c", "e", "a", "x", "z")


def rounded(value: Any) -> Any:
    return np.vectorize(lambda x: float(f"{x:.3g}"))(value).tolist()


def numbers_of(exercise: Exercise, inputs: Any, wrong: Any = None) -> dict[str, Any]:
    solved = exercise.solve(inputs, wrong)
    return {part.name: rounded(getattr(solved, part.name)) for part in exercise.parts}


@pytest.fixture(scope="module")
def quiz1() -> Exercise:
    from dataclasses import replace

    return derived_program("practice.graphs", replace(QUIZ1, asked=LETTERS), "practice")


def test_three_digits_are_right(quiz1: Exercise) -> None:
    verdict = judge_numbers(quiz1, X, numbers_of(quiz1, X))
    assert verdict.full
    assert [part.status for part in verdict.parts] == [Status.RIGHT] * 6


def test_two_digits_are_not(quiz1: Exercise) -> None:
    right = quiz1.solve(X)
    assert not judge_numbers(quiz1, X, {"dx": round(right.dx * 1.03, 4)}).full


def test_some_of_the_numbers_are_enough(quiz1: Exercise) -> None:
    verdict = judge_numbers(quiz1, X, {"dz": quiz1.solve(X).dz})
    assert [part.part.name for part in verdict.parts] == ["dz"]
    assert verdict.full


def test_a_forward_value_may_be_given_too(quiz1: Exercise) -> None:
    assert judge_numbers(quiz1, X, {"f": quiz1.solve(X).f}).full


def test_a_mistake_is_named_in_the_part_where_it_was_made_and_the_others_follow(
    quiz1: Exercise,
) -> None:
    mistake = next(one for one in quiz1.mistakes if "path lost through d" in one.slug)
    verdict = judge_numbers(quiz1, X, numbers_of(quiz1, X, mistake.wrong))
    statuses = {part.part.name: part.status for part in verdict.parts}
    assert named_mistakes(verdict) == (mistake.name,)
    (wrong,) = [name for name, status in statuses.items() if status is Status.WRONG]
    assert wrong in mistake.wrong
    assert set(statuses.values()) <= {Status.WRONG, Status.RIGHT, Status.FOLLOWS}


def test_two_mistakes_are_named_each_in_its_part(quiz1: Exercise) -> None:
    right = quiz1.solve(X)
    db = right.db + 2 * (right.e / right.b**2)  # the wrong sign at the denominator
    da = db * right.b  # the path through d lost
    verdict = judge_numbers(quiz1, X, {"db": rounded(db), "da": rounded(da)})
    assert [part.status for part in verdict.parts] == [Status.WRONG, Status.WRONG]
    assert all(part.finding or part.message for part in verdict.parts)


def test_no_name_is_given_when_two_mistakes_fit(quiz1: Exercise) -> None:
    # At z = 1 the wrong operand and no operand at all are the same.
    at = {"x": 2.0, "z": 1.0}
    verdict = judge_numbers(quiz1, at, {"dz": quiz1.solve(at).da})
    (part,) = verdict.parts
    assert part.status is Status.WRONG
    assert part.finding is None
    assert "the operands of a product mixed up" in part.message
    assert "the local derivative of u·v left out" in part.message
    assert "cannot tell" in part.message


def test_a_number_that_nothing_explains_gets_no_name(quiz1: Exercise) -> None:
    verdict = judge_numbers(quiz1, X, {"dx": 123.0})
    assert named_mistakes(verdict) == ()
    assert "does not match any mistake" in verdict.parts[0].message


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_arrays_are_compared_entry_by_entry(seed: int) -> None:
    program = drawn("layers", seed)
    exercise = derived_program("practice.layers", program, "practice")
    inputs = shown_inputs(np.random.default_rng(seed), program)
    right = numbers_of(exercise, inputs)
    assert judge_numbers(exercise, inputs, right).full
    wrong = {**right, "dW1": (np.array(right["dW1"]) * 1.1).tolist()}
    assert not judge_numbers(exercise, inputs, wrong).full


@pytest.mark.parametrize(
    ("value", "right", "agrees"),
    [
        (1.23, 1.2345, True),
        (-0.00123, -0.0012345, True),
        (1.2, 1.2345, False),
        (1.23, -1.2345, False),
        (0.0, 0.01, False),
        (0.0, 0.0, True),
    ],
)
def test_close_means_three_digits(value: float, right: float, agrees: bool) -> None:
    assert close(value, right) == agrees
