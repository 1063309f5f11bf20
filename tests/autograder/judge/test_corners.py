"""What is right on ordinary inputs and wrong at the edge of what the statement allows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from judging import Answer, in_turn, positional, quiz1_after, quiz1_forward, verdict_on

from autograder.exercises import EXERCISES, find
from autograder.feedback.words import feedback, summary
from autograder.judge.verdict import Status


def right(id: str) -> Answer:
    return positional(find(id))


def spoilt(id: str, where, value=np.nan) -> Answer:
    """The reference, but with another value for its first part where the inputs are so."""
    exercise = find(id)
    answer = right(id)

    def narrow(*inputs):
        returned = answer(*inputs)
        if where(*inputs):
            returned[exercise.parts[0].name] = value
        return returned

    return narrow


@pytest.mark.parametrize("id", EXERCISES)
def test_the_first_inputs_come_again_after_others_of_their_sizes(id: str) -> None:
    exercise = find(id)
    again = [probe for probe in exercise.probes if probe.repeats]
    assert len(again) == exercise.again


def test_a_part_that_is_wrong_at_a_corner_earns_half() -> None:
    verdict = verdict_on("quiz1.forward", spoilt("quiz1.forward", lambda x, z: z == 0, 0.5))
    first = verdict.parts[0]
    assert first.status is Status.NARROW
    assert verdict.score == verdict.exercise.points - first.part.points / 2
    assert not verdict.full


def test_the_message_shows_the_inputs_when_they_are_few() -> None:
    verdict = verdict_on("quiz1.forward", spoilt("quiz1.forward", lambda x, z: z == 0, 0.5))
    text = feedback(verdict).text.replace("\n", " ")
    assert "z = 0." in text
    assert "The exercise allows inputs like this too." in text
    assert summary(verdict) == ("a: not everywhere",)


def test_stopping_at_a_corner_costs_what_a_wrong_number_does() -> None:
    def stops(x: float, z: float):
        if z == 0:
            raise ZeroDivisionError
        return quiz1_forward(x, z)

    verdict = verdict_on("quiz1.forward", stops)
    assert verdict.score == verdict.exercise.points / 2
    assert len(verdict.stopped_on) >= 1


def test_a_corner_that_stops_one_part_and_spoils_another_costs_once() -> None:
    def stops(x: float, z: float):
        if z < 0:
            raise ValueError
        return spoilt("quiz1.forward", lambda x, z: z == 0, 0.5)(x, z)

    verdict = verdict_on("quiz1.forward", stops)
    assert verdict.score == verdict.exercise.points / 2


def test_an_own_forward_pass_that_is_wrong_at_a_corner_costs_once() -> None:
    forward = spoilt("quiz1.forward", lambda x, z: z == 0, 0.5)
    verdict = in_turn(find("quiz1.backward"), forward, quiz1_after(forward))
    assert verdict.full


def test_a_forward_pass_that_is_wrong_on_some_ordinary_inputs_costs_once() -> None:
    """The backward pass is right for the values that the forward pass has."""
    exercise, before = find("case2.backward"), find("case2.forward")

    def own(given: dict[str, Any]) -> dict[str, Any]:
        if np.sum(given["beta"]) >= 0:
            return {}
        b = before.solve(given).b
        return {"y": 1 / (1 + np.exp(-0.9 * b))}

    verdict = in_turn(exercise, positional(before, own=own), positional(exercise, own=own))
    assert verdict.full


def test_a_forward_pass_in_single_precision_costs_once() -> None:
    exercise, before = find("case2.backward"), find("case2.forward")
    right = positional(before)

    def single(*inputs: Any) -> dict[str, Any]:
        return {name: np.float32(value) for name, value in right(*inputs).items()}

    def own(given: dict[str, Any]) -> dict[str, Any]:
        found = single(*given.values())
        return {name: found[name].astype(float) for name in ("a", "z", "b", "y")}

    assert in_turn(exercise, single, positional(exercise, own=own)).full


def test_a_mistake_on_ordinary_inputs_is_judged_as_before() -> None:
    exercise = find("quiz1.backward")
    mistake = exercise.mistakes[0]
    wrong = positional(exercise, mistake.wrong)
    assert verdict_on(exercise, wrong).first_wrong.finding.mistake is mistake


@pytest.mark.parametrize("key", ["first", "shapes"])
def test_an_answer_that_is_kept_for_the_next_call_is_found(key: str) -> None:
    answer = right("bp.rows")
    kept: dict[object, object] = {}

    def remembers(X, W, dZ):
        at = "first" if key == "first" else (X.shape, W.shape)
        return kept.setdefault(at, answer(X, W, dZ))

    assert not verdict_on("bp.rows", remembers).full


def test_gradients_that_pile_up_from_call_to_call_are_found() -> None:
    answer = right("bp.parameters")
    kept: dict[object, np.ndarray] = {}

    def piles_up(delta, a_prev):
        returned = answer(delta, a_prev)
        for name, value in returned.items():
            kept[name, value.shape] = kept.get((name, value.shape), 0.0) + value
        return {name: kept[name, value.shape].copy() for name, value in returned.items()}

    assert not verdict_on("bp.parameters", piles_up).full


NARROW = {
    "one example is squeezed": ("case1.batch", lambda theta, X, y: len(X) == 1),
    "no negative z": ("quiz1.forward", lambda x, z: z < 0),
    "x = 0": ("j.paths", lambda x: x == 0),
    "z between 3 and 20": ("activations.values", lambda z: ((z > 3) & (z < 20)).any()),
    "an x below 0": ("kinks.slopes", lambda p, q, r, s, x: x < 0),
    "a negative base": ("engine.local", lambda a, b, c, n: a < 0),
    "as many outputs as inputs": ("accumulate.passes", lambda n, m: n == m),
    "more inputs than outputs": ("accumulate.passes", lambda n, m: n > m),
    "n = 2": ("fibonacci.memo", lambda n, first, second: n == 2),
    "one segment": ("bptt.checkpointed", lambda x, y, h0, w, u, length: len(x) == length),
    "a fourth layer": ("l2.gradient", lambda parameters, gradients, lam: "W4" in parameters),
    "no learning": ("twenty_lines.train", lambda *inputs: inputs[-2] == 0),
}


@pytest.mark.parametrize("name", NARROW)
def test_what_the_statement_promises_is_asked(name: str) -> None:
    id, where = NARROW[name]
    exercise = find(id)
    inputs = [probe.draw(np.random.default_rng(1)) for probe in exercise.probes if probe.corner]
    assert any(where(*one.values()) for one in inputs)


def test_what_no_mistake_explains_says_in_which_special_case_it_is_right() -> None:
    """The other entries are 0 while one is moved, which is right if there is only one."""

    def alone(f: Any, x: Any, h: float) -> dict[str, Any]:
        found = {name: np.zeros(x.shape) for name in ("forward", "central")}
        for place in np.ndindex(x.shape):

            def along(step: float, place: Any = place) -> float:
                moved = np.zeros(x.shape)
                moved[place] = x[place] + step
                return float(f(moved))

            found["forward"][place] = (along(h) - along(0.0)) / h
            found["central"][place] = (along(h) - along(-h)) / (2 * h)
        return found

    verdict = verdict_on("checker.difference", alone)
    assert verdict.parts[0].finding is not None
    assert verdict.parts[0].finding.clues[0] == "It is right in a special case: one entry."
