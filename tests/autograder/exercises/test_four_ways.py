"""How unit 03 asks: what comes back of answers as students write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from judging import lost, verdict_on

from autograder.exercises import find
from autograder.exercises.four_ways.sweep import STEPS
from autograder.feedback.words import named_mistakes


def slopes(f: Any, x: Any, h: float = 1e-5) -> Any:
    x = np.array(x, dtype=float)
    steps = h * np.eye(x.size).reshape(-1, *x.shape)
    return np.reshape([(f(x + s) - f(x - s)) / (2 * h) for s in steps], x.shape)


def agree(measured: Any, claimed: Any) -> bool:
    return bool((np.abs(measured - claimed) <= 1e-4 * np.abs(claimed) + 1e-12).all())


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


def differences_that_wander(f: Any, x: Any, h: float, again: bool) -> dict[str, Any]:
    at, one, two = np.array(x, dtype=float), np.zeros(x.shape), np.zeros(x.shape)
    start = f(at)
    for i in np.ndindex(x.shape):
        before = f(at) if again else start
        at[i] += h
        above = f(at)
        at[i] -= 2 * h
        one[i], two[i] = (above - before) / h, (above - f(at)) / (2 * h)
    return {"forward": one, "central": two}


@pytest.mark.parametrize("again", [True, False])
def test_an_entry_that_stays_moved_is_named_in_both_differences(again: bool) -> None:
    verdict = verdict_on(
        "checker.difference", lambda f, x, h: differences_that_wander(f, x, h, again)
    )
    assert lost(verdict) == {"forward"}
    assert named_mistakes(verdict) == ("entries that were not put back",)


def differences_of(step: Any) -> Any:
    """Differences whose step is an array that a function of x, an index and h gives."""

    def answer(f: Any, x: Any, h: float) -> dict[str, Any]:
        x = np.array(x, dtype=float)
        one, two = np.zeros(x.shape), np.zeros(x.shape)
        for i in np.ndindex(x.shape):
            s = step(x, i, h)
            one[i] = (f(x + s) - f(x)) / s[i]
            two[i] = (f(x + s) - f(x - s)) / (2 * s[i])
        return {"forward": one, "central": two}

    return answer


def one_entry(x: Any, i: Any, size: float) -> Any:
    step = np.zeros(x.shape)
    step[i] = size
    return step


@pytest.mark.parametrize(
    ("step", "name"),
    [
        (
            lambda x, i, h: one_entry(x, i, h * max(1.0, abs(x[i]))),
            "a step that depends on the entry",
        ),
        (lambda x, i, h: one_entry(x, i[0], h), "whole rows are moved at once"),
    ],
)
def test_the_wrong_step_of_a_difference_is_named(step: Any, name: str) -> None:
    verdict = verdict_on("checker.difference", differences_of(step))
    assert lost(verdict) == {"forward"}
    assert named_mistakes(verdict) == (name,)


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


@pytest.mark.parametrize(("end", "size"), [(max, "largest"), (min, "smallest")])
def test_the_wrong_end_of_a_sweep_is_named(end: Any, size: str) -> None:
    sweep = find("checker.sweep")
    right = sweep.variants["array arithmetic"]

    def answer(f: Any, x: Any, slope: Any, steps: Any) -> dict[str, Any]:
        best = dict.fromkeys(("forward_best", "central_best"), end(steps))
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


@pytest.mark.parametrize("part", ["forward_best", "central_best"])
@pytest.mark.parametrize("places", [-1, 1])
def test_a_step_next_to_the_best_one_is_not_the_best(part: str, places: int) -> None:
    sweep = find("checker.sweep")
    right = sweep.variants["array arithmetic"]

    def answer(f: Any, x: Any, slope: Any, steps: Any) -> dict[str, Any]:
        found = right(f, x, slope, steps)
        errors = found[part.replace("best", "error")]
        return {**found, part: steps[(errors.argmin() + places) % len(steps)]}

    for seed in range(1, 6):
        assert lost(verdict_on(sweep, answer, seed)) == {part}


def first_rise(errors: Any) -> int:
    return next((i for i in range(len(errors) - 1) if errors[i + 1] > errors[i]), len(errors) - 1)


def sweep_with(best: Any) -> Any:
    """A right sweep, but for the place of the best step, which a function of the errors gives."""

    def answer(f: Any, x: Any, slope: Any, steps: Any) -> dict[str, Any]:
        found = find("checker.sweep").variants["array arithmetic"](f, x, slope, steps)
        for name in ("forward", "central"):
            found[f"{name}_best"] = steps[best(found[f"{name}_error"], steps)]
        return found

    return answer


@pytest.mark.parametrize("seed", range(1, 4))
def test_a_search_that_stops_at_the_first_rise_is_named(seed: int) -> None:
    verdict = verdict_on("checker.sweep", sweep_with(lambda e, steps: first_rise(e)), seed)
    assert lost(verdict) == {"forward_best", "central_best"}
    assert named_mistakes(verdict) == ("the search stops at the first rise",)


@pytest.mark.parametrize("seed", range(1, 4))
def test_a_search_that_sorts_the_steps_and_stops_at_the_first_rise_is_refused(seed: int) -> None:
    def place(errors: Any, steps: Any) -> int:
        down = np.argsort(-steps)
        return int(down[first_rise(errors[down])])

    assert not verdict_on("checker.sweep", sweep_with(place), seed).full


def test_a_sweep_that_looks_at_none_of_the_given_steps_is_refused() -> None:
    sweep = find("checker.sweep")
    right = sweep.variants["array arithmetic"]
    verdict = verdict_on(sweep, lambda f, x, slope, steps: right(f, x, slope, STEPS))
    assert not verdict.full
