"""The engine's exercises, asked with classes as students hand them in."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from judging import verdict_on

from autograder.exercises.autograd_engine import passes, right_engines
from autograder.exercises.autograd_engine.asks import ask_for_gradients
from autograder.exercises.autograd_engine.expressions import PRODUCT, SUM, expression
from autograder.exercises.autograd_engine.passes import Recorded
from autograder.feedback.words import named_mistakes

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
        ({"run": passes.to_the_leaves}, "only the leaves"),
        ({"order": passes.as_often_as_it_waits}, "visited twice"),
        ({"order": passes.as_often_as_it_waits_left_on_top}, "visited twice"),
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


def send_back(result: Any, order: list[Any], zeros: bool = True) -> None:
    """The end of a pass: zeros, the seed, and each node's contributions to its parents."""
    for node in order if zeros else ():
        node.grad = 0.0
    result.grad = 1.0
    for node in reversed(order):
        for parent, local in zip(node.parents, node.local, strict=True):
            parent.grad += node.grad * local


class DepthOfCopied(Recorded):
    """The text's `depth_of` with an order instead of the depths, as a student would write it."""

    right_first = False

    def backward(self) -> None:
        order, done, waiting = [], set(), [self]
        while waiting:
            node = waiting[-1]
            missing = [parent for parent in node.parents if parent not in done]
            if missing:
                waiting += reversed(missing) if self.right_first else missing
            else:
                order.append(node)
                done.add(node)
                waiting.pop()
        send_back(self, order)


class FromTheRight(DepthOfCopied):
    right_first = True


class OnceEach(DepthOfCopied):
    """The remedy: what is done already is taken off the list and not put into the order again."""

    def backward(self) -> None:
        order, done, waiting = [], set(), [self]
        while waiting:
            node = waiting[-1]
            missing = [parent for parent in node.parents if parent not in done]
            waiting += missing
            if not missing:
                waiting.pop()
                if node not in done:
                    order.append(node)
                    done.add(node)
        send_back(self, order)


class LeavesOnly(OnceEach):
    def backward(self) -> None:
        super().backward()
        below, waiting = {self}, [self]
        while waiting:
            for parent in waiting.pop().parents:
                if parent not in below:
                    below.add(parent)
                    waiting.append(parent)
        for node in below:
            if node.parents:
                node.grad = 0.0


class NeverReset(DepthOfCopied):
    def backward(self) -> None:
        order, done, stack = [], set(), [(self, False)]
        while stack:
            node, finished = stack.pop()
            if finished:
                order.append(node)
            elif node not in done:
                done.add(node)
                stack.append((node, True))
                stack += [(parent, False) for parent in node.parents]
        self.grad = 1.0
        for node in reversed(order):
            for parent, local in zip(node.parents, node.local, strict=True):
                parent.grad += node.grad * local


@pytest.mark.parametrize("exercise_id", ["engine.backward", "engine.deep"])
@pytest.mark.parametrize(
    ("engine", "words"),
    [
        (DepthOfCopied, "a node visited twice"),
        (FromTheRight, "a node visited twice"),
        (LeavesOnly, "reach only the leaves"),
        (NeverReset, "left over from an earlier call"),
    ],
)
def test_what_leaves_wrong_gradients_somewhere_is_refused_and_named(
    exercise_id: str, engine: type, words: str
) -> None:
    verdict = verdict_on(exercise_id, engine)
    assert verdict.score < verdict.exercise.points
    (name,) = named_mistakes(verdict)
    assert words in name


def test_a_list_that_takes_a_node_once_is_right() -> None:
    assert verdict_on("engine.backward", OnceEach).full
    assert verdict_on("engine.deep", OnceEach).full


@pytest.mark.parametrize("start", [0.0, None])
def test_arrays_that_reach_the_leaves_alone_are_refused_and_named(start: float | None) -> None:
    class Leaves(Recorded):
        def backward(self, seed: Any) -> None:
            order = passes.topological(self)
            for node in order:
                if start is not None or not node.parents:
                    node.grad = np.zeros(np.shape(node.value))

            def push(node: Any, arrived: Any) -> None:
                value = np.shape(node.value)
                arrived = arrived.sum(axis=tuple(range(arrived.ndim - len(value))))
                stretched = tuple(i for i, length in enumerate(value) if length == 1)
                arrived = arrived.sum(axis=stretched, keepdims=True)
                if not node.parents:
                    node.grad = node.grad + arrived
                for parent, local in zip(node.parents, node.local, strict=True):
                    push(parent, arrived * local)

            push(self, seed)

    verdict = verdict_on("engine.broadcast", Leaves)
    assert named_mistakes(verdict) == ("gradients that reach only the leaves",)
    assert [part.part.name for part in verdict.parts if not part.credited] == ["dX"]


def test_a_pass_over_every_path_is_stopped() -> None:
    verdict = verdict_on("engine.deep", passes.engine(order=passes.every_arrival))
    assert verdict.score == 0
    assert "hundreds of times" in verdict.message


def test_an_operation_that_is_missing_costs_its_own_part_only() -> None:
    class WithoutPower(right_engines.Direct):
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


class Marking(Recorded):
    """Marks what it has visited on the nodes themselves, and never takes the marks away."""

    marked = False
    zeros = True

    def backward(self) -> None:
        order: list[Any] = []

        def visit(node: Any) -> None:
            if not node.marked:
                node.marked = True
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        send_back(self, order, self.zeros)


class MarkingWithoutZeros(Marking):
    zeros = False


@pytest.mark.parametrize("engine", [Marking, MarkingWithoutZeros])
def test_marks_that_stay_on_the_nodes_are_named(engine: type) -> None:
    names = named_mistakes(verdict_on("engine.backward", engine))
    assert names == ("a mark on the nodes that stays from an earlier call",)


def test_marks_that_stay_on_the_nodes_of_a_deep_graph_are_named() -> None:
    class Deep(Recorded):
        def backward(self) -> None:
            passes.with_lasting_marks(self)

    assert named_mistakes(verdict_on("engine.deep", Deep)) == (
        "a mark on the nodes that stays from an earlier call",
    )
