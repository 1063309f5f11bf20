"""The general ways to look at a value say nothing of one that has not the shape, or no entries."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judging import EXERCISES, key_of, named_when, positional, verdict_on, words_on

from autograder.exercise import Part
from autograder.exercises import find
from autograder.judge.any_exercise import WAYS, general_explanations
from autograder.judge.context import Case, Context
from autograder.judge.diagnosis import Finding, diagnose

# With a batch, with routes, with an activation, with vectors, with numbers.
ASKED = ("bp.rows", "quiz2.backward", "activations.backward", "softmax.jacobian", "circuit.gates")
parts = st.sampled_from(
    [(id, part) for id in ASKED for part in EXERCISES[id].parts if part.accept is None]
)


def context_of(id: str, part: Part) -> Context:
    key = key_of(id)
    case = Case(key, key.exercise.ordinary)
    nothing: list[dict[str, Any]] = [{} for _ in case.asked]
    return Context(case, part, nothing, {}, nothing, {})


@settings(max_examples=60, deadline=None)
@given(
    asked=parts,
    # No right value has so many axes.
    shape=st.lists(st.integers(0, 3), min_size=4, max_size=5),
    number=st.sampled_from([0.0, 1.0, -1e-17]),
)
def test_no_way_to_look_explains_a_value_of_a_shape_that_nothing_leads_to(
    asked: tuple[str, Part], shape: list[int], number: float
) -> None:
    context = context_of(*asked)
    values = [np.full(shape, number) for _ in context.case.asked]
    with np.errstate(all="ignore"):
        assert [way.__name__ for way in WAYS if way(context, values)] == []


@pytest.mark.parametrize("id", ASKED)
@pytest.mark.parametrize("shape", [(0,), (0, 0), (0, 3)])
def test_nothing_in_general_explains_a_value_without_entries(id: str, shape: Any) -> None:
    for part in EXERCISES[id].parts:
        context = context_of(id, part)
        values = [np.zeros(shape) for _ in context.case.asked]
        assert general_explanations(context, values) == []
        assert diagnose(context, values, []) == Finding()


def emptied(value: Any) -> Any:
    def answer(*inputs: Any) -> dict[str, Any]:
        return {**positional(find("bptt.checkpointed"))(*inputs), "checkpoints": value}

    return answer


@pytest.mark.parametrize("value", [np.array([]), [], ()])
def test_an_empty_list_where_entries_are_expected_is_told_to_be_empty(value: Any) -> None:
    words = words_on(find("bptt.checkpointed"), emptied(value))
    assert "It has no entries at all" in words
    assert "cancel" not in words
    assert "np.array(...)" not in words


def test_an_empty_list_earns_nothing() -> None:
    exercise = find("bptt.checkpointed")
    checkpoints = exercise.parts[0]
    assert verdict_on(exercise, emptied([])).score == exercise.points - checkpoints.points


def test_zeros_of_the_right_shape_are_still_terms_that_cancel() -> None:
    names = named_when("softmax.jacobian", db=lambda r, _: 1e-17 * np.sign(r["db"]))
    assert names == ["a sum whose terms cancel each other"]
