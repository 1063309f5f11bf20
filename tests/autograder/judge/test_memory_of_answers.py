"""Memory, for every exercise: inputs changed in place, and parts that share an array."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from judging import exercises, judged, numeric_parts, positional, words_on

from autograder.exercise import Exercise
from autograder.inside.asking import call_with_inputs
from autograder.judge.draw import draw_inputs


def names_within(value: Any) -> Iterator[str]:
    """The names of the inputs, and of what lies in them by name."""
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    for one in value if isinstance(value, list) else ():
        yield from names_within(one)


@exercises
def test_an_input_changed_in_place_is_named_and_costs_half(exercise: Exercise) -> None:
    right = positional(exercise)

    def first_array(value: Any) -> Any:
        if isinstance(value, np.ndarray):
            return value if value.size and value.dtype == float else None
        entries = value.values() if isinstance(value, dict) else value
        if not isinstance(value, dict | list):
            return None
        return next((a for a in map(first_array, entries) if a is not None), None)

    def answer(*inputs: Any) -> dict[str, Any]:
        parts = copy.deepcopy(right(*inputs))
        array = next((a for a in map(first_array, inputs) if a is not None), None)
        if array is not None:
            array += 1
        return parts

    names = draw_inputs(exercise, (1,))[0]
    if all(first_array(value) is None for value in names.values()):
        pytest.skip("nothing that could be changed comes in")
    verdict = judged(exercise, answer)
    assert verdict.score == exercise.points / 2
    assert verdict.mutated[0].split("[")[0].split(" ")[0] in set(names_within(names))
    assert f"changed its input {verdict.mutated[0]}"[:30] in words_on(exercise, answer)


@exercises
def test_parts_that_share_memory_are_told_when_one_is_wrong(exercise: Exercise) -> None:
    right = positional(exercise)
    first = right(*draw_inputs(exercise, (1,))[0].values())
    names = [n for n in numeric_parts(exercise) if isinstance(first[n], np.ndarray)]
    pair = next(
        (
            (a, b)
            for k, a in enumerate(names)
            for b in names[k + 1 :]
            if first[a].shape == first[b].shape
            and first[a].size
            and not np.allclose(first[a], first[b])
        ),
        None,
    )
    if pair is None:
        pytest.skip("no two parts could share an array")

    def answer(*inputs: Any) -> dict[str, Any]:
        parts = right(*inputs)
        return {**parts, pair[0]: parts[pair[1]]}

    verdict = judged(exercise, answer)
    assert pair in verdict.shared
    assert "the same array in memory" in words_on(exercise, answer)


@exercises
def test_a_part_that_is_an_inputs_own_memory_is_told(exercise: Exercise) -> None:
    inputs = draw_inputs(exercise, (1,))[0]
    arrays = [name for name, value in inputs.items() if isinstance(value, np.ndarray)]
    if not arrays or not numeric_parts(exercise) or exercise.ask is not call_with_inputs:
        pytest.skip("no array comes in")
    part, place = numeric_parts(exercise)[0], list(inputs).index(arrays[0])
    right = positional(exercise)
    answer = lambda *given: {**right(*given), part: given[place]}  # noqa: E731
    assert (part, arrays[0]) in judged(exercise, answer).shared
    assert f"uses the same memory as the input {arrays[0]}" in words_on(exercise, answer)
