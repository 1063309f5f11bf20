"""Answers that keep something from one call to the next, on inputs where it shows."""

from __future__ import annotations

from typing import Any

import pytest
from judging import verdict_on

from autograder.exercises import find
from autograder.exercises.autograd_engine import passes
from autograder.feedback.words import feedback


def marks_that_stay() -> type:
    """An engine that marks nodes as visited for good: a later call finds nothing to visit."""
    marked: dict[int, Any] = {}

    def order(y: Any) -> list[Any]:
        found = [node for node in passes.reverse_topological(y) if id(node) not in marked]
        marked.update((id(node), node) for node in found)
        return found

    return passes.engine(order=order, start=None)


class FirstPlaceOnly(passes.Recorded):
    """Looks up the local derivative by the parent, which finds the first place twice."""

    def backward(self) -> None:
        order = passes.reverse_topological(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in order:
            for parent in node.parents:
                place = next(k for k, one in enumerate(node.parents) if one is parent)
                parent.grad += node.grad * node.local[place]


@pytest.mark.parametrize("exercise", ["engine.backward", "engine.deep"])
def test_only_marks_that_stay_are_refused(exercise: str) -> None:
    assert verdict_on(exercise, passes.engine()).full
    assert not verdict_on(exercise, marks_that_stay()).full


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
    assert "left over from an earlier call" in " ".join(feedback(verdict).text.split())
