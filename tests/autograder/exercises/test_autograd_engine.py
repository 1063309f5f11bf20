"""The engine's exercises, asked with classes as students hand them in."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.exercises import find
from autograder.exercises.autograd_engine import passes, right_engines
from autograder.exercises.autograd_engine.asks import ask_for_gradients
from autograder.exercises.autograd_engine.backward import PRODUCT, SUM, expression
from autograder.exercises.autograd_engine.local import _Direct
from autograder.exercises.autograd_engine.passes import Recorded
from autograder.feedback.words import named_mistakes
from autograder.inside.asking import put_question
from autograder.judge.judge import draw_inputs, judge
from autograder.judge.verdict import Verdict


def verdict_on(exercise_id: str, answer: Any) -> Verdict:
    exercise = find(exercise_id)
    drawn = draw_inputs(exercise, (1,))
    return judge(exercise, drawn, [put_question(exercise.ask, answer, one) for one in drawn])


# The table of the course: (a+b) + ab + (a+b)ab at (2, 3); g·g² and g²·g with g = x², x = 1.5; a·a
TABLE = {
    "right": ({}, [25, 19, 45.5625, 45.5625, 6]),
    "overwritten": ({"receive": passes.overwrite}, [1, 1, 7.59375, 7.59375, 3]),
    "depth first": ({"order": passes.preorder}, [4, 3, 15.1875, 45.5625, 6]),
    "breadth first": ({"order": passes.breadth_first}, [25, 19, 15.1875, 45.5625, 6]),
    "no visited set": ({"order": passes.every_arrival}, [29, 22, 106.3125, 136.6875, 6]),
    "parents first": ({"order": passes.topological}, [0, 0, 0, 0, 6]),
    "no seed": ({"seed": 0.0}, [0, 0, 0, 0, 0]),
}


@pytest.mark.parametrize("name", TABLE)
def test_each_order_leaves_its_fingerprint(name: str) -> None:
    changes, numbers = TABLE[name]
    expressions = [
        expression([2, 3], (SUM, 0, 1), (PRODUCT, 0, 1), (SUM, 2, 3), (PRODUCT, 2, 3), (SUM, 4, 5)),
        expression([1.5], (PRODUCT, 0, 0), (PRODUCT, 1, 1), (PRODUCT, 1, 2)),
        expression([1.5], (PRODUCT, 0, 0), (PRODUCT, 1, 1), (PRODUCT, 2, 1)),
        expression([3.0], (PRODUCT, 0, 0)),
    ]
    found = ask_for_gradients(passes.engine(**changes), {"all_in": expressions})["all"]
    np.testing.assert_allclose(found, numbers, rtol=1e-15)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"seed": 0.0}, "a missing seed"),
        ({"receive": passes.overwrite}, "overwritten"),
        ({"order": passes.preorder}, "depth-first order"),
        ({"order": passes.preorder_from_the_right}, "stack order"),
        ({"order": passes.breadth_first}, "breadth-first order"),
        ({"order": passes.every_arrival}, "without a set of visited nodes"),
        ({"order": passes.topological}, "the order of the forward pass"),
        ({"start": None}, "left over from an earlier call"),
    ],
)
def test_a_wrong_engine_is_named(changes: dict[str, Any], words: str) -> None:
    names = named_mistakes(verdict_on("engine.backward", passes.engine(**changes)))
    assert len(names) == 1
    assert words in names[0]


def test_a_recursive_engine_is_right_until_the_graph_is_deep() -> None:
    assert verdict_on("engine.backward", right_engines.Recursive).full
    deep = verdict_on("engine.deep", right_engines.Recursive)
    assert deep.score == 0
    assert "a list of your own" in deep.message


def test_a_pass_over_every_path_is_stopped() -> None:
    verdict = verdict_on("engine.deep", passes.engine(order=passes.every_arrival))
    assert verdict.score == 0
    assert "hundreds of times" in verdict.message


def test_an_operation_that_is_missing_costs_its_own_part_only() -> None:
    class WithoutPower(_Direct):
        def __pow__(self, n: float) -> Any:
            raise NotImplementedError

    verdict = verdict_on("engine.local", WithoutPower)
    assert [part.part.name for part in verdict.parts if not part.credited] == ["power"]


def test_a_class_without_any_operation_is_unfinished() -> None:
    class Nothing(Recorded):
        def __add__(self, other: Any) -> Any:
            raise NotImplementedError

    assert verdict_on("engine.local", Nothing).score == 0


def test_a_gradient_that_is_no_number_is_explained() -> None:
    class Silent(Recorded):
        def backward(self) -> None:
            self.grad = None

    assert "not a number" in verdict_on("engine.backward", Silent).message


@pytest.mark.parametrize("exercise_id", ["engine.backward", "engine.deep", "engine.broadcast"])
def test_an_object_in_place_of_the_class_is_refused(exercise_id: str) -> None:
    verdict = verdict_on(exercise_id, Recorded(1.0))
    assert verdict.fault == "function"
