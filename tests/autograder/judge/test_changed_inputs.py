from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from judging import exercises, judged, key_of, positional, words_on

from autograder.exercise import Exercise
from autograder.exercises import find
from autograder.feedback.words import named_mistakes
from autograder.inside.asking import Response, put_question
from autograder.judge.judge import judge
from autograder.judge.quantities import is_small

ROWS, PARAMETERS = find("bp.rows"), find("bp.parameters")
NAME = "a value computed from {0} after your code had changed it"
FIX_FIRST = "That may be the whole reason: fix it first, then check again."


def rows_in_a_view(X: Any, W: Any, dZ: Any) -> dict[str, Any]:
    db = dZ[0]
    for row in dZ[1:]:
        db += row
    return {"db": db, "dW": X.T @ dZ, "dX": dZ @ W.T}


def test_parts_computed_from_a_changed_input_are_named_so() -> None:
    verdict = judged(ROWS, rows_in_a_view)
    assert [part.credited for part in verdict.parts] == [True, False, False]
    assert named_mistakes(verdict) == (NAME.format("dZ"),)


def test_a_change_that_has_cost_parts_their_points_costs_no_more() -> None:
    verdict = judged(ROWS, rows_in_a_view)
    assert verdict.score == ROWS.parts[0].points
    words = words_on(ROWS, rows_in_a_view)
    assert "changed its input dZ in place" in words
    assert "costs half" not in words
    assert (
        "has cost the points of the parts that came out wrong because of it, and no more" in words
    )


def test_another_input_that_was_changed_for_no_reason_still_costs_half() -> None:
    def answer(X: Any, W: Any, dZ: Any) -> dict[str, Any]:
        found = rows_in_a_view(X, W, dZ)
        X += 1
        return found

    verdict = judged(ROWS, answer)
    assert named_mistakes(verdict) == (NAME.format("dZ"),)
    assert verdict.score == ROWS.parts[0].points / 2
    assert "costs half" in words_on(ROWS, answer)


def test_an_input_that_changes_on_the_way_is_said_to_be_perhaps_the_reason() -> None:
    def answer(delta: Any, a_prev: Any) -> dict[str, Any]:
        rows = []
        for error in delta:
            a_prev *= error
            rows.append(a_prev.copy())
        return {"db": delta.copy(), "dW": np.array(rows)}

    words = words_on(PARAMETERS, answer)
    assert f"It is worked out from a_prev, which your code changed in place. {FIX_FIRST}" in words
    assert "does not match any mistake" not in words
    assert "by hand" not in words
    assert judged(PARAMETERS, answer).score == PARAMETERS.parts[0].points / 2


def test_a_change_of_what_a_part_does_not_need_is_no_reason() -> None:
    def answer(X: Any, W: Any, dZ: Any) -> dict[str, Any]:
        found = positional(ROWS)(X, W, dZ)
        W += 1
        return {**found, "dW": found["dW"] + 0.3 * np.abs(found["dW"]) ** 1.5}

    assert FIX_FIRST not in words_on(ROWS, answer)


def test_a_mistake_of_the_exercises_own_keeps_its_name() -> None:
    def answer(delta: Any, a_prev: Any) -> dict[str, Any]:
        a_prev[:] = 1.0
        return {"db": delta.copy(), "dW": np.outer(delta, a_prev)}

    mistakes = {mistake.name for mistake in PARAMETERS.mistakes}
    names = named_mistakes(judged(PARAMETERS, answer))
    assert names
    assert set(names) <= mistakes | {NAME.format("a_prev")}


@exercises
@pytest.mark.parametrize("times", [1.25, -0.7])
def test_whatever_follows_from_a_changed_input_is_charged_once(
    exercise: Exercise, times: float
) -> None:
    """The right answer on inputs that were changed first, which needs no knowledge of the judge."""
    drawn = key_of(exercise.id).drawn
    names = [
        name
        for name, value in drawn[0].items()
        if isinstance(value, np.ndarray) and value.dtype == float and value.size
    ]
    if not names or not is_small(exercise, drawn):
        pytest.skip("no small array comes in that could be changed")
    place = list(drawn[0]).index(names[0])

    def answer(*inputs: Any) -> dict[str, Any]:
        inputs[place][...] *= times
        return {name: np.copy(v)[()] for name, v in positional(exercise)(*inputs).items()}

    verdict = judged(exercise, answer)
    if verdict.fault or verdict.stopped_on:
        pytest.skip("the changed input is not allowed")
    numbers = [part for part in verdict.parts if part.part.accept is None and not part.kind]
    found = [part for part in numbers if part.is_open]
    unnamed = [part.part.name for part in found if not (part.finding and part.finding.name)]
    assert unnamed == []
    changed = {NAME.format(names[0])} & set(named_mistakes(verdict))
    assert bool(changed) == (verdict.unpaid != verdict.mutated)
    earned = sum(part.earned(exercise) for part in verdict.parts)
    assert verdict.score == pytest.approx(earned / (2 if verdict.unpaid else 1))


anything = st.one_of(
    st.none(),
    st.floats(),
    st.text(max_size=3),
    arrays.arrays(
        st.sampled_from([np.float64, np.float32, np.int64, np.bool_]),
        arrays.array_shapes(min_dims=0, max_dims=3, max_side=4),
    ),
)


@settings(max_examples=60, deadline=None)
@given(left=st.dictionaries(st.sampled_from(["delta", "a_prev", "other"]), anything))
def test_whatever_is_said_to_be_left_of_the_inputs_is_no_trouble(left: dict[str, Any]) -> None:
    key = key_of("bp.parameters")
    wrong = {"db": np.ones(2), "dW": np.ones((2, 2))}
    given_back = [Response(wrong, mutated=("delta",), after=left) for _ in key.drawn]
    verdict = judge(PARAMETERS, key.drawn, given_back, key)
    assert verdict.score == 0


def test_the_inputs_as_they_were_left_come_back(chain: Exercise) -> None:
    def answer(w: Any) -> Any:
        w += 1
        return {"du": w, "dv": w, "dw": w}

    w = np.eye(2)
    response = put_question(chain.ask, answer, {"w": w})
    assert response.mutated == ("w",)
    np.testing.assert_array_equal(response.after["w"], w + 1)
