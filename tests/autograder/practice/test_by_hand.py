from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from drawn_programs import QUIZ1, drawn, scalar_exercise

from autograder.domain import Real
from autograder.exercise import Exercise
from autograder.feedback.words import named_mistakes
from autograder.judge.verdict import Status
from autograder.practice.by_hand import judge_numbers
from autograder.practice.question import shown_inputs
from autograder.random_functions.derived_program import derived_program
from autograder.random_functions.program import Line, Program

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
    assert "the local derivative of x·z left out" in part.message
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


@pytest.fixture(scope="module")
def small() -> Exercise:
    """A layer whose gradient has small entries."""
    sizes = {"x": Real("N", "D"), "W1": Real("D", "H"), "t": Real("N", "H")}
    lines = (
        Line("z1", "linear", ("x", "W1")),
        Line("h1", "sigmoid", ("z1",)),
        Line("l", "squared error", ("h1", "t")),
        Line("L", "mean", ("l",)),
    )
    program = Program("network", sizes, lines, data=("x", "t"))
    return derived_program("practice.layers", program, "practice")


AT = {
    "x": np.array([[0.4, -0.5], [0.3, 0.2], [-0.1, 0.6]]),
    "W1": np.array([[0.5, -0.3], [0.2, 0.4]]),
    "t": np.array([[1.9, -0.8], [0.4, 0.2], [0.6, 1.4]]),
}


def test_a_matrix_rounded_to_the_decimals_of_its_largest_entry_is_right(small: Exercise) -> None:
    right = small.solve(AT).dW1
    assert np.abs(right).max() < 0.1
    assert judge_numbers(small, AT, {"dW1": right.round(3).tolist()}).full


def test_a_forgotten_slope_is_named_in_a_matrix_of_three_decimals(small: Exercise) -> None:
    h1 = 1 / (1 + np.exp(-AT["x"] @ AT["W1"]))
    wrong = AT["x"].T @ (2 * (h1 - AT["t"]) / 6)
    verdict = judge_numbers(small, AT, {"dW1": wrong.round(3).tolist()})
    assert named_mistakes(verdict) == ("the local derivative of σ(u) left out",)


TOO_FEW = "it is right as far as it goes, but give three significant digits."


def test_a_matrix_with_too_few_digits_is_said_to_be_right_as_far_as_it_goes(
    small: Exercise,
) -> None:
    (part,) = judge_numbers(small, AT, {"dW1": small.solve(AT).dW1.round(2).tolist()}).parts
    assert (part.status, part.finding, part.message) == (Status.WRONG, None, TOO_FEW)


@pytest.mark.parametrize("own", [False, True])
def test_a_number_with_too_few_digits_is_too(quiz1: Exercise, own: bool) -> None:
    """Right by itself, or for the learner's own wrong part before it."""
    given = {"db": 1.2} if own else {}
    exact = quiz1.solve(X, own=given).da
    value = round(exact)
    assert abs(value / exact - 1) > 0.01
    part = judge_numbers(quiz1, X, {**given, "da": value}).parts[-1]
    assert (part.status, part.message) == (Status.WRONG, TOO_FEW)


def test_one_digit_that_a_mistake_gives_is_the_mistake() -> None:
    exercise = scalar_exercise("a = multiply x z; b = sin a; y = sum of 2 a b", ("x", "z"))
    inputs = {"x": 1.2, "z": 1.2}  # da = 1 + cos(1.44) = 1.13, without its second path 1
    verdict = judge_numbers(exercise, inputs, {"da": 1})
    assert named_mistakes(verdict) == ("a path missing at a fan-out",)


def test_a_wrong_number_with_too_few_digits_is_not_guessed_at(quiz1: Exercise) -> None:
    mistake = next(one for one in quiz1.mistakes if "path lost through d" in one.slug)
    wrong = quiz1.solve(X, mistake.wrong)
    (name,) = mistake.wrong
    (part,) = judge_numbers(quiz1, X, {name: float(f"{getattr(wrong, name):.0e}")}).parts
    assert part.finding is None
    assert "too few digits to tell what went wrong" in part.message


@pytest.mark.parametrize(("name", "which"), [("f", "forward"), ("dx", "backward")])
def test_an_unknown_number_is_sought_in_the_pass_that_it_belongs_to(
    quiz1: Exercise, name: str, which: str
) -> None:
    (part,) = judge_numbers(quiz1, X, {name: 123.4}).parts
    assert f"Go through its line of the {which} pass" in part.message
