"""A transposed array is laid out otherwise in memory; who takes a copy for a view is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from judging import lost, verdict_on

from autograder.exercises import find
from autograder.feedback.words import named_mistakes
from autograder.inside.asking import put_question
from autograder.judge.draw import draw_inputs
from autograder.runner.client import Runner
from autograder.runner.job import AskExercise, RunCell
from autograder.runner.outcome import responses

FOR_ANY_SHAPE = (
    "activations.values",
    "activations.backward",
    "checker.difference",
    "checker.verdict",
)


def flat_differences(f: Any, x: Any, h: float, flat: Any) -> dict[str, Any]:
    moved = x.astype(float)
    entries = flat(moved)
    found = {"forward": np.zeros(x.size), "central": np.zeros(x.size)}
    middle = f(moved)
    for i in range(x.size):
        kept = entries[i]
        entries[i] = kept + h
        above = f(moved)
        entries[i] = kept - h
        below = f(moved)
        entries[i] = kept
        found["forward"][i] = (above - middle) / h
        found["central"][i] = (above - below) / (2 * h)
    return {name: value.reshape(x.shape) for name, value in found.items()}


def orders(value: Any) -> list[bool]:
    """For each array with more than one axis in some inputs, whether it is row by row."""
    if isinstance(value, np.ndarray):
        return [value.flags.c_contiguous] if value.ndim > 1 else []
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [order for one in held for order in orders(one)]


@pytest.mark.parametrize("id", FOR_ANY_SHAPE)
def test_an_array_of_any_shape_may_be_transposed(id: str) -> None:
    assert {True, False} == set(orders(draw_inputs(find(id), (1,))))


@pytest.mark.parametrize(
    ("flat", "parts"),
    [
        (lambda x: x.reshape(-1), {"forward"}),
        (lambda x: x.ravel(), {"forward"}),
        # Zeros everywhere could be written without a thought, so they earn nothing.
        (lambda x: x.flatten(), {"forward", "central"}),
    ],
)
def test_differences_through_a_copy_are_refused_and_named(flat: Any, parts: set[str]) -> None:
    verdict = verdict_on("checker.difference", lambda f, x, h: flat_differences(f, x, h, flat))
    assert lost(verdict) == parts
    assert named_mistakes(verdict) == ("a copy that is taken for a view",)


def test_differences_through_a_view_are_right() -> None:
    assert verdict_on(
        "checker.difference", lambda f, x, h: flat_differences(f, x, h, lambda a: a.flat)
    ).full


def test_a_checker_that_moves_a_copy_is_refused_and_named() -> None:
    def checker(f: Any, claimed: Any, x: Any) -> dict[str, Any]:
        if claimed.shape != x.shape:
            return {"right": False}
        measured = flat_differences(f, x, 1e-5, lambda a: a.reshape(-1))["central"]
        bound = 1e-4 * np.abs(claimed) + 1e-7 * np.abs(measured).max()
        return {"right": bool((np.abs(measured - claimed) <= bound).all())}

    assert named_mistakes(verdict_on("checker.verdict", checker)) == (
        "a copy that is taken for a view",
    )


def test_activations_written_into_a_copy_lose_points() -> None:
    right = find("activations.values").variants["where and abs"]

    def values(z: Any) -> dict[str, Any]:
        relu = np.zeros_like(z)
        flat = relu.reshape(-1)
        for i, one in enumerate(z.ravel()):
            flat[i] = max(one, 0.0)
        return {**right(z), "relu": relu}

    assert lost(verdict_on("activations.values", values)) == {"relu"}


ANSWER = """
import numpy as np
def flags(*inputs, **named):
    def rows(one):
        if isinstance(one, np.ndarray):
            return [bool(np.copy(one).flags.c_contiguous), bool(one.flags.owndata)]
        held = one.values() if isinstance(one, dict) else one if isinstance(one, list) else []
        return [x for entry in held for x in rows(entry)]
    found = rows(list(inputs))
    return {"forward": found, "central": found, "relu": found}
"""


@pytest.mark.parametrize("id", ["checker.difference", "activations.values"])
def test_arrays_lie_in_memory_in_the_sandbox_as_at_home(id: str) -> None:
    exercise, inputs = find(id), draw_inputs(find(id), (1,))
    names: dict[str, Any] = {}
    exec(ANSWER, names)
    home = [put_question(exercise.ask, names["flags"], one, exercise.asked) for one in inputs]
    with Runner() as runner:
        step = runner.run([RunCell(ANSWER), AskExercise(exercise, "flags", inputs)]).steps[-1]
    assert [r.values for r in responses(step, inputs)] == [r.values for r in home]
