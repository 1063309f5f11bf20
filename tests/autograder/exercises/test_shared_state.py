"""Answers that keep something from one call to the next, on inputs where it shows."""

from __future__ import annotations

from typing import Any, ClassVar

from judging import verdict_on

from autograder.exercises import find
from autograder.feedback.words import feedback


class Record:
    def __init__(self, value: Any, parents: Any = (), local: Any = ()) -> None:
        self.value, self.parents, self.local, self.grad = value, parents, local, 0.0


def _in_order(node: Any, order: list[Any], seen: set[Any]) -> list[Any]:
    waiting = [(node, False)]
    while waiting:
        one, ready = waiting.pop()
        if ready:
            order.append(one)
        elif one not in seen:
            seen.add(one)
            waiting.append((one, True))
            waiting += [(parent, False) for parent in one.parents]
    return order


def _send_back(root: Any, order: list[Any]) -> None:
    for node in order:
        node.grad = 0.0
    root.grad = 1.0
    for node in reversed(order):
        for parent, local in zip(node.parents, node.local, strict=True):
            parent.grad += node.grad * local


class Right(Record):
    def backward(self) -> None:
        _send_back(self, _in_order(self, [], set()))


class MarksThatStay(Record):
    """Marks nodes as visited for good, so that a later call finds nothing to visit."""

    marked: ClassVar[set[Any]] = set()

    def backward(self) -> None:
        order = _in_order(self, [], MarksThatStay.marked)
        if order:
            _send_back(self, order)


class FirstPlaceOnly(Record):
    """Looks up the local derivative by the parent, which finds the first place twice."""

    def backward(self) -> None:
        order = _in_order(self, [], set())
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for parent in node.parents:
                place = next(k for k, one in enumerate(node.parents) if one is parent)
                parent.grad += node.grad * node.local[place]


def test_engines_that_keep_nothing_earn_everything() -> None:
    assert verdict_on("engine.backward", Right).full
    assert verdict_on("engine.deep", Right).full


def test_marks_that_stay_are_refused() -> None:
    assert not verdict_on("engine.backward", MarksThatStay).full
    assert not verdict_on("engine.deep", MarksThatStay).full


def test_one_parent_twice_with_two_local_derivatives_is_asked() -> None:
    assert not verdict_on("engine.backward", FirstPlaceOnly).full


def test_a_dict_that_lives_on_from_a_deeper_network_is_refused() -> None:
    exercise = find("bp.five_steps")
    right = next(iter(exercise.variants.values()))
    kept: dict[str, dict[int, Any]] = {}

    def answer(*inputs: Any) -> Any:
        found = right(*inputs)
        for name, value in found.items():
            if isinstance(value, dict):
                kept.setdefault(name, {}).update(value)
        return {**found, **{name: dict(value) for name, value in kept.items()}}

    assert verdict_on(exercise, right).full
    verdict = verdict_on(exercise, answer)
    assert not verdict.full
    assert "live on from an earlier call" in " ".join(feedback(verdict).text.split())
