"""The ways of asking of units 01 and 03: what comes back of answers as students write them."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pytest
from judging import verdict_on

from autograder.exercises import find
from autograder.exercises.chain_rule.asks import ask_counting_additions
from autograder.feedback.words import named_mistakes
from autograder.inside.asking import Response, put_question
from autograder.judge.draw import draw_inputs
from autograder.judge.judge import judge
from autograder.judge.verdict import Verdict


def lost(verdict: Verdict) -> set[str]:
    return {part.part.name for part in verdict.parts if not part.credited}


def slopes(f: Any, x: Any, h: float = 1e-5) -> Any:
    x = np.array(x, dtype=float)
    steps = h * np.eye(x.size).reshape(-1, *x.shape)
    return np.reshape([(f(x + s) - f(x - s)) / (2 * h) for s in steps], x.shape)


def agree(measured: Any, claimed: Any) -> bool:
    return bool((np.abs(measured - claimed) <= 1e-4 * np.abs(claimed) + 1e-12).all())


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


def test_a_difference_that_leaves_x_moved_costs_half() -> None:
    def difference(f: Any, x: Any, h: float) -> dict[str, Any]:
        one, two = np.zeros(x.shape), slopes(f, x, h)
        base = f(x)
        for i in np.ndindex(x.shape):
            step = np.zeros(x.shape)
            step[i] = h
            one[i] = (f(x + step) - base) / h
        x += 1
        return {"forward": one, "central": two}

    verdict = verdict_on(find("checker.difference"), difference)
    assert not lost(verdict)
    assert verdict.mutated == ("x",)
    assert not verdict.full


def test_a_checker_of_ones_own_is_accepted() -> None:
    def checker(f: Any, claimed: Any, x: Any) -> dict[str, Any]:
        if claimed.shape != x.shape:
            return {"right": False}
        return {"right": agree(slopes(f, x), claimed)}

    assert verdict_on(find("checker.verdict"), checker).full


def test_numpys_own_tolerances_are_too_wide_for_small_slopes() -> None:
    def checker(f: Any, claimed: Any, x: Any) -> dict[str, Any]:
        same = claimed.shape == x.shape
        return {"right": same and bool(np.allclose(slopes(f, x), claimed))}

    verdict = verdict_on(find("checker.verdict"), checker)
    assert lost(verdict) == {"scale"}
    assert named_mistakes(verdict) == ("the absolute tolerance that np.allclose adds",)


def test_a_checker_that_crashes_on_some_claims_loses_those_parts_only() -> None:
    def checker(f: Any, claimed: Any, x: Any) -> dict[str, Any]:
        if claimed.shape != x.shape:
            raise ValueError("shapes differ")
        return {"right": agree(slopes(f, x), claimed)}

    verdict = verdict_on(find("checker.verdict"), checker)
    assert lost(verdict) == {"form"}
    assert "shapes differ" in next(p.message for p in verdict.parts if p.part.name == "form")


def test_a_checker_that_crashes_at_corners_loses_the_corners() -> None:
    def checker(f: Any, claimed: Any, x: Any) -> dict[str, Any]:
        above, below = f(x + 1e-6), f(x - 1e-6)
        if abs(above - 2 * f(x) + below) > 1e-7 * (1 + abs(f(x))):
            raise RuntimeError("a kink")
        same = claimed.shape == x.shape
        return {"right": same and agree(slopes(f, x), claimed)}

    assert lost(verdict_on(find("checker.verdict"), checker)) == {"corners"}


@pytest.mark.parametrize("verdict", [True, False])
def test_a_checker_with_one_verdict_for_all_earns_nothing(verdict: bool) -> None:
    checker = find("checker.verdict")
    assert verdict_on(checker, lambda f, claimed, x: {"right": verdict}).score == 0


GUESSES: dict[str, Any] = {
    "form": lambda g, x: True,
    "signs as those of x": lambda g, x: (g * np.sign(x) >= 0).all(),
    "a slope of 0": lambda g, x: (np.abs(g) < 1e-9).any(),
    "no slope of 0": lambda g, x: (np.abs(g) > 1e-9).all(),
    "slopes of one size": lambda g, x: np.abs(g).max() < 10 * np.abs(g).min(),
}


@pytest.mark.parametrize("guess", GUESSES)
def test_a_verdict_without_a_call_of_f_earns_nothing(guess: str) -> None:
    def checker(f: Any, claimed: Any, x: Any) -> dict[str, Any]:
        well_formed = claimed.shape == x.shape and np.isfinite(claimed).all()
        return {"right": bool(well_formed and GUESSES[guess](claimed, x))}

    assert verdict_on(find("checker.verdict"), checker).score == 0


def test_a_random_verdict_earns_little() -> None:
    rng = np.random.default_rng(0)
    checker = find("checker.verdict")
    found = verdict_on(checker, lambda f, claimed, x: {"right": bool(rng.random() < 0.5)})
    assert found.score <= 0.25


def test_a_verdict_that_is_an_array_is_explained() -> None:
    checker = find("checker.verdict")
    found = verdict_on(checker, lambda f, claimed, x: {"right": np.array([True, False])})
    assert found.fault == "call"
    assert ".all()" in found.message


def test_an_unfinished_checker_is_unfinished() -> None:
    def checker(f: Any, claimed: Any, x: Any) -> dict[str, Any]:
        raise NotImplementedError

    assert verdict_on(find("checker.verdict"), checker).fault == "unfinished"


def test_a_function_names_the_shape_that_it_takes() -> None:
    def difference(f: Any, x: Any, h: float) -> dict[str, Any]:
        return {"forward": f(x.ravel()), "central": f(x.ravel())}

    found = verdict_on(find("checker.difference"), difference)
    assert "f needs an x of shape" in found.message


@pytest.mark.parametrize(("place", "size"), [(0, "largest"), (-1, "smallest")])
def test_the_wrong_end_of_a_sweep_is_named(place: int, size: str) -> None:
    sweep = find("checker.sweep")
    right = sweep.variants["array arithmetic"]

    def answer(f: Any, x: Any, slope: Any, steps: Any) -> dict[str, Any]:
        best = dict.fromkeys(("forward_best", "central_best"), steps[place])
        return {**right(f, x, slope, steps), **best}

    verdict = verdict_on(sweep, answer)
    assert named_mistakes(verdict) == (f"the {size} step is mistaken for the best",)
    assert lost(verdict) == {"forward_best", "central_best"}


def test_a_best_step_that_follows_from_wrong_errors_costs_once() -> None:
    sweep = find("checker.sweep")
    right = sweep.variants["array arithmetic"]

    def answer(f: Any, x: Any, slope: Any, steps: Any) -> dict[str, Any]:
        errors = np.array([abs((f(x + h) - f(x - h)) / h - slope) / abs(slope) for h in steps])
        best = steps[errors.argmin()]
        return {**right(f, x, slope, steps), "central_error": errors, "central_best": best}

    assert lost(verdict_on(sweep, answer)) == {"central_error"}
