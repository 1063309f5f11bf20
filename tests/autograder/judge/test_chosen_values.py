"""Earlier values that were chosen to make the rest trivial, and honest ones that look like them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from judging import (
    SEED,
    Answer,
    asked,
    exercises,
    in_turn,
    positional,
    quiz1_after,
    quiz1_forward,
    statuses,
)

from autograder.exercise import Exercise
from autograder.exercises import find
from autograder.judge.compare import close
from autograder.judge.draw import draw_inputs
from autograder.judge.judge import judge
from autograder.judge.verdict import Status

# σ′ = z(1 − z) is −1 at both.
GOLDEN = (1 + 5**0.5) / 2, (1 - 5**0.5) / 2


def golden(value: Any, given: dict[str, Any]) -> Any:
    """The two numbers in an order that the inputs decide, so that they look like computed ones."""
    seed = abs(float(np.ravel(next(iter(given.values())))[0]))
    picked = np.sin(1e4 * seed + 3 * np.arange(np.size(value))) > 0
    found = np.where(picked, *GOLDEN).reshape(np.shape(value))
    return found if np.ndim(value) else float(found)


def chosen_forward(exercise: Exercise, activations: list[str]) -> Callable[[Any], Any]:
    before = find(exercise.builds_on)

    def own(given: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name in activations:
            found[name] = golden(getattr(before.solve(given, None, found), name), given)
        solved = before.solve(given, None, found)
        return {name: getattr(solved, name) for name in before.steps}

    return own


def handed_in(exercise: Exercise, own: Callable[[Any], Any]) -> Answer:
    names = list(draw_inputs(exercise, SEED)[0])
    return lambda *inputs: own(dict(zip(names, inputs, strict=True)))


@pytest.mark.parametrize(
    ("exercise_id", "activations", "skipped"),
    [
        ("case1.backward", ["y"], {"da": lambda v: -v.dy}),
        ("case2.backward", ["z", "y"], {"db": lambda v: -v.dy, "da": lambda v: -v.dz}),
        (
            "quiz2.backward",
            ["z1", "z2", "y"],
            {
                "db": lambda v: -1.0,
                "da2": lambda v: -v.db * v.beta,
                "da1": lambda v: -v.alpha2.T @ v.da2,
            },
        ),
    ],
)
def test_a_step_that_chosen_activations_reduce_to_a_factor_is_not_paid(
    exercise_id: str, activations: list[str], skipped: dict[str, Any]
) -> None:
    exercise = find(exercise_id)
    own = chosen_forward(exercise, activations)
    verdict = in_turn(exercise, handed_in(exercise, own), positional(exercise, skipped, own))
    assert not any(part.credited for part in verdict.parts if part.part.name in skipped)


def test_a_step_that_a_chosen_angle_reduces_to_a_factor_is_not_paid() -> None:
    def forward(x: float, z: float) -> dict[str, Any]:
        nodes = quiz1_forward(x, z)
        c = 2 * np.pi * (1 + int(1e4 * x) % 7)
        a, b = nodes["a"], nodes["b"]
        return {**nodes, "c": c, "d": a / c, "e": np.sin(c), "f": np.sin(c) / b}

    def backward(x: float, z: float) -> dict[str, Any]:
        v = forward(x, z)
        found = quiz1_after(forward)(x, z)
        dc = -v["a"] / v["c"] ** 2 + found["de"]
        return {**found, "dc": dc, "dx": found["da"] * z + dc / x}

    verdict = in_turn(find("quiz1.backward"), forward, backward)
    assert statuses(verdict)["dc"] is Status.WRONG


def _made_from(exercise: Exercise, name: str, drawn: list[dict[str, Any]]) -> list[str]:
    """The later parts whose own step takes a part: all others are held at what is right."""
    found = []
    for part in exercise.parts:
        if part.name == name:
            continue
        for given in drawn:
            right = exercise.solve(given)
            held = {p.name: getattr(right, p.name) for p in exercise.parts if p != part}
            moved = exercise.solve(given, None, {**held, name: 1.7 * held[name] + 0.3})
            if not close(getattr(moved, part.name), getattr(right, part.name), 1e-9):
                found.append(part.name)
                break
    return found


@exercises
@pytest.mark.parametrize("constant", [1.0, -0.7])
def test_nothing_follows_from_an_unexplained_constant(exercise: Exercise, constant: float) -> None:
    drawn = draw_inputs(exercise, SEED)
    right = [exercise.answer()(**inputs) for inputs in drawn]
    if any(part.accept for part in exercise.parts):
        pytest.skip("more than one answer is right")
    for part in exercise.parts:
        name = part.name
        if np.ptp(np.concatenate([np.ravel(one[name]) for one in right])) == 0:
            continue

        def own(given: dict[str, Any], name: str = name) -> dict[str, Any]:
            value = getattr(exercise.solve(given), name)
            return {name: np.full(np.shape(value), constant) if np.ndim(value) else constant}

        verdict = judge(exercise, drawn, asked(exercise, positional(exercise, own=own), drawn))
        wrong = next((one for one in verdict.parts if not one.credited), None)
        # A constant that a known mistake gives was not chosen.
        if wrong is None or wrong.part.name != name or (wrong.finding and wrong.finding.mistake):
            continue
        for later in _made_from(exercise, name, drawn):
            assert statuses(verdict)[later] is not Status.FOLLOWS, (name, later)


@pytest.mark.parametrize(
    ("exercise_id", "activations"),
    [("quiz2.backward", ["z1", "z2"]), ("case2.backward", ["z"])],
)
def test_a_right_backward_pass_on_relu_instead_of_sigmoid_is_paid(
    exercise_id: str, activations: list[str]
) -> None:
    exercise = find(exercise_id)
    before = find(exercise.builds_on)
    relu = {
        "z1": lambda v: np.maximum(v.a1, 0.0),
        "z2": lambda v: np.maximum(v.a2, 0.0),
        "z": lambda v: np.r_[1.0, np.maximum(v.a, 0.0)],
    }
    wrong = {name: relu[name] for name in activations}

    def own(given: dict[str, Any]) -> dict[str, Any]:
        solved = before.solve(given, wrong)
        return {name: getattr(solved, name) for name in before.steps}

    verdict = in_turn(exercise, positional(before, wrong), positional(exercise, own=own))
    assert verdict.full


def test_values_that_follow_but_earn_nothing_are_told_so() -> None:
    exercise = find("case2.backward")
    own = chosen_forward(exercise, ["z", "y"])
    verdict = in_turn(exercise, handed_in(exercise, own), positional(exercise, None, own))
    findings = {one.part.name: one.finding for one in verdict.parts if one.status is Status.WRONG}
    assert all(finding is not None for finding in findings.values())
    assert any(finding.follows or finding.name for finding in findings.values() if finding)
