"""How unit 01 asks: what comes back of answers as students write them."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pytest
from judging import lost, verdict_on

from autograder.exercises import find
from autograder.exercises.chain_rule.asks import ask_counting_additions
from autograder.inside.asking import Response, put_question
from autograder.judge.draw import draw_inputs
from autograder.judge.judge import judge


def test_a_naive_fibonacci_loses_the_additions_only() -> None:
    def fibonacci(n: int, first: Any, second: Any) -> Any:
        if n < 2:
            return (first, second)[n]
        return fibonacci(n - 1, first, second) + fibonacci(n - 2, first, second)

    verdict = verdict_on(find("fibonacci.memo"), lambda *inputs: {"value": fibonacci(*inputs)})
    assert lost(verdict) == {"additions"}


def test_start_values_turned_into_plain_numbers_are_no_way_around_the_count() -> None:
    def fibonacci(n: int, first: Any, second: Any) -> Any:
        if n < 2:
            return float((first, second)[n])
        return fibonacci(n - 1, first, second) + fibonacci(n - 2, first, second)

    verdict = verdict_on(find("fibonacci.memo"), lambda *inputs: {"value": fibonacci(*inputs)})
    assert "additions" in lost(verdict)


def test_additions_that_are_made_for_the_count_alone_do_not_reach_a_large_n() -> None:
    def padded(n: int, first: Any, second: Any) -> Any:
        plain = float(first), float(second)

        def number(k: int) -> float:
            return plain[k] if k < 2 else number(k - 1) + number(k - 2)

        if n < 2:
            return {"value": plain[n]}
        for _ in range(n - 2):
            first + second
        # Far beyond 20 this recursion would not end.
        return {"value": first + (number(min(n, 20)) - plain[0])}

    assert "value" in lost(verdict_on(find("fibonacci.memo"), padded))


def closed_form(n: int, first: float, second: float) -> float:
    before, now = 0, 1
    for _ in range(n):
        before, now = now, before + now
    return (now - before) * first + before * second if n else first


def cell_of(number: Any, name: str) -> Any:
    add = type(number).__add__
    return dict(zip(add.__code__.co_freevars, add.__closure__, strict=True))[name]


def rows_of_its_own(number: Any, rows: list[tuple[int, int]]) -> None:
    cell_of(number, "made").cell_contents[:] = rows


def a_class_of_its_own(number: Any, value: float) -> Any:
    """Another number of the grader's class, made without an addition."""
    mine = type(number)(value)
    mine.place = 1
    return mine


FAKES: dict[str, Any] = {
    "the same rows again and again": lambda n, first, second: (
        rows_of_its_own(first, [(0, 1)] * max(n - 1, 0)),
        closed_form(n, float(first), float(second)),
    ),
    "rows of zeros": lambda n, first, second: (
        rows_of_its_own(first, [(0, 0)] * n),
        a_class_of_its_own(first, closed_form(n, float(first), float(second))),
    ),
    "rows that point nowhere": lambda n, first, second: (
        rows_of_its_own(first, [(10**9, -1)] * n),
        closed_form(n, float(first), float(second)),
    ),
    "additions for the count alone": lambda n, first, second: (
        [first + second for _ in range(n - 1)],
        closed_form(n, float(first), float(second)),
    ),
    "one addition to the right number": lambda n, first, second: (
        [first + second for _ in range(n - 2)],
        first + (closed_form(n, float(first), float(second)) - float(first)),
    ),
    "an addition to a number of its own": lambda n, first, second: (
        [first + second for _ in range(n - 2)],
        first
        + a_class_of_its_own(first, closed_form(n, float(first), float(second)) - float(first)),
    ),
}


@pytest.mark.parametrize("how", FAKES)
def test_additions_that_did_not_give_the_value_do_not_count(how: str) -> None:
    verdict = verdict_on(find("fibonacci.memo"), lambda *inputs: {"value": FAKES[how](*inputs)[-1]})
    assert "additions" in lost(verdict)


def test_the_sum_of_a_list_begins_with_no_addition() -> None:
    def by_sums(n: int, first: Any, second: Any) -> dict[str, Any]:
        for _ in range(n):
            first, second = second, sum([first, second])
        return {"value": first}

    assert verdict_on(find("fibonacci.memo"), by_sums).full


@pytest.mark.parametrize(
    "sent",
    [
        3.0, np.float64(9.0), None, "9", [[0, 1]], np.zeros((3, 2)), np.zeros((3, 3), int),
        np.array(7), np.zeros((10**5, 2), int), np.array([[0, 2**62]]), {"rows": 1}, np.nan,
    ],
)  # fmt: skip
def test_whatever_is_handed_in_for_the_additions_is_read(sent: Any) -> None:
    exercise = find("fibonacci.memo")
    drawn = draw_inputs(exercise, (1,))
    given = [Response({"value": exercise.solve(one).value, "additions": sent}) for one in drawn]
    verdict = judge(exercise, drawn, given)
    assert lost(verdict) == {"additions"}


def test_the_second_start_value_is_asked_for() -> None:
    def fibonacci(n: int, first: Any, second: Any) -> Any:
        if n <= 1:
            return {"value": first}
        for _ in range(n - 1):
            first, second = second, first + second
        return {"value": second}

    assert "value" in lost(verdict_on(find("fibonacci.memo"), fibonacci))


def test_a_runaway_recursion_is_stopped_with_words() -> None:
    response = put_question(
        find("fibonacci.memo").ask,
        lambda n, first, second: {"value": sum(first + second for _ in range(10**6))},
        {"n": 5, "first": 1.0, "second": 2.0},
    )
    assert response.fault == "call"
    assert "a hundred thousand" in response.message


def iterated(n: int, first: Any, second: Any) -> dict[str, Any]:
    for _ in range(n):
        first, second = second, first + second
    return {"value": first}


def test_a_profiler_that_is_set_stays_set() -> None:
    def mine(frame: Any, event: str, argument: Any) -> None:
        return None

    before = sys.getprofile()
    sys.setprofile(mine)
    try:
        ask_counting_additions(iterated, {"n": 5, "first": 1.0, "second": 2.0})
        assert sys.getprofile() is mine
    finally:
        sys.setprofile(before)


def test_asking_leaves_no_profiler_behind() -> None:
    before = sys.getprofile()
    sys.setprofile(None)
    try:
        ask_counting_additions(iterated, {"n": 5, "first": 1.0, "second": 2.0})
        assert sys.getprofile() is None
    finally:
        sys.setprofile(before)


@pytest.mark.parametrize("length", [1, 2, 5])
def test_one_length_for_all_shapes_earns_nothing(length: int) -> None:
    exercise = find("rosetta.shapes")

    def shapes(N: int, D: int, M: int) -> dict[str, tuple[int, ...]]:
        right = exercise.answer()(N=N, D=D, M=M)
        return {name: (length,) * len(shape) for name, shape in right.items()}

    assert verdict_on(exercise, shapes).score == 0
