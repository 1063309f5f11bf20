from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from judging import exercises, judged, numeric_parts, positional, words_on

from autograder.exercise import Exercise
from autograder.exercises import find
from autograder.feedback.words import feedback, named_mistakes
from autograder.judge.draw import draw_inputs
from autograder.judge.one_array import ONE_ARRAY, connected

GATES, FORWARD = find("circuit.gates"), find("case2.forward")


def gates(*, times: float = 1.0) -> Any:
    """The circuit's answer with one array for dt, dn and ds."""

    def answer(*inputs: Any) -> dict[str, Any]:
        found = positional(GATES)(*inputs)
        one = np.array(times * found["ds"])
        return {**found, "dt": one, "dn": one, "ds": one}

    return answer


def names_of(verdict: Any) -> dict[str, str]:
    return {one.part.name: one.finding.name if one.finding else "" for one in verdict.parts}


def test_one_array_for_three_results_is_named_where_it_is_wrong_and_said_once() -> None:
    verdict = judged(GATES, gates())
    names = names_of(verdict)
    assert names["dt"] == names["dn"] == "one array for three results"
    assert names["ds"] == ""
    words = " ".join(str(feedback(verdict)).split())
    assert "your dt, dn and ds are the same array in memory" in words
    assert words.count("memory") == 1


def test_of_parts_that_share_an_array_the_last_keeps_its_own_mistake_if_none_is_right() -> None:
    names = names_of(judged(GATES, gates(times=3.0)))
    assert names["dt"] == names["dn"] == "one array for three results"
    assert names["ds"] not in ("", "one array for three results")


def test_where_another_mistake_is_shown_the_shared_array_is_still_told_once() -> None:
    # x1 is first among the parts that are wrong; its own mistake is what is shown.
    def answer(*inputs: Any) -> dict[str, Any]:
        found = positional(GATES)(*inputs)
        one = np.array(found["dw2"] + 0.7)
        return {**found, "dt": -found["dt"], "dw0": one, "dx0": one, "dw1": one}

    words = words_on(GATES, answer)
    assert words.count("dw0, dw1 and dx0 are the same array in memory") == 1
    assert words.count("in memory") == 1


def test_a_view_into_another_part_is_named() -> None:
    def answer(*inputs: Any) -> dict[str, Any]:
        found = positional(FORWARD)(*inputs)
        return {**found, "a": found["z"][1:]}

    verdict = judged(FORWARD, answer)
    assert named_mistakes(verdict) == ("one array for two results",)
    words = " ".join(str(feedback(verdict)).split())
    assert "your a shares memory with z, so what was written into z also changed a." in words
    assert words.count("memory") == 1


def test_a_row_that_is_taken_on_purpose_keeps_its_own_name() -> None:
    exercise = find("twenty_lines.gradients")

    def answer(*inputs: Any) -> dict[str, Any]:
        found = positional(exercise)(*inputs)
        return {**found, "grad_b2": found["grad_y_pred"][0]}

    assert named_mistakes(judged(exercise, answer)) == ("the first example alone",)


def test_one_array_for_what_is_to_be_equal_explains_nothing() -> None:
    def answer(*inputs: Any) -> dict[str, Any]:
        found = positional(GATES)(*inputs)
        one = np.array(2.7 * found["ds"] ** 3)
        return {**found, "ds": one, "dw2": one}

    assert ONE_ARRAY not in [one.finding.slug for one in judged(GATES, answer).parts if one.finding]


@exercises
def test_copies_are_never_called_one_array(exercise: Exercise) -> None:
    first, *others = numeric_parts(exercise) or [""]
    right = positional(exercise)
    shapes = {n: np.shape(v) for n, v in right(*draw_inputs(exercise, (1,))[0].values()).items()}
    alike = [name for name in others if shapes[name] == shapes[first]]
    if not alike:
        pytest.skip("no two parts could be one array")

    def copied(*inputs: Any) -> dict[str, Any]:
        found = right(*inputs)
        return {**found, first: np.copy(found[alike[-1]])}

    found = [one.finding.slug for one in judged(exercise, copied).parts if one.finding]
    assert ONE_ARRAY not in found


pairs = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=8)


@given(pairs)
def test_names_are_in_one_group_just_if_a_chain_of_pairs_joins_them(
    joined: list[tuple[str, str]],
) -> None:
    groups = connected(joined)
    names = sorted({name for pair in joined for name in pair})
    assert sorted(name for group in groups for name in group) == names
    place = {name: i for i, name in enumerate(names)}
    steps = np.eye(len(names), dtype=int)
    for a, b in joined:
        steps[place[a], place[b]] = steps[place[b], place[a]] = 1
    reached = np.linalg.matrix_power(np.minimum(steps, 1), max(1, len(names))) > 0
    for a in names:
        for b in names:
            together = any(a in group and b in group for group in groups)
            assert together == reached[place[a], place[b]]
