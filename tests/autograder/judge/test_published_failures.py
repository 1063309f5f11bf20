"""Wrong answers that graders of published courses are known to have passed: all are refused here.

Each test is named after the course whose shipped tests let this kind of answer through.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from judging import verdict_on

from autograder.exercises import find
from autograder.exercises.autograd_engine import passes
from autograder.judge.draw import draw_inputs
from autograder.judge.reference_check import ReferenceDisagrees, check_reference
from autograder.judge.verdict import Status

ACTIVATIONS = "activations.backward"


def sigmoid(z: Any) -> Any:
    return 0.5 * (1 + np.tanh(z / 2))


LOCAL = {
    "dsigmoid": lambda z: sigmoid(z) * sigmoid(-z),
    "dtanh": lambda z: 1 - np.tanh(z) ** 2,
    "drelu": lambda z: (z > 0) * 1.0,
    "dsoftplus": sigmoid,
}


def activations(rule: Any) -> Any:
    """An answer that combines z, upstream and the local derivatives by a rule."""
    return lambda z, upstream: {name: rule(local(z), upstream) for name, local in LOCAL.items()}


def test_the_rules_below_are_right_where_they_should_be() -> None:
    assert verdict_on(ACTIVATIONS, activations(lambda local, upstream: local * upstream)).full


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param(lambda local, upstream: upstream, id="local derivative forgotten"),
        pytest.param(lambda local, upstream: 0 * local, id="zero derivative"),
        pytest.param(lambda local, upstream: upstream.sum() * local, id="summed upstream"),
        pytest.param(lambda local, upstream: np.sign(upstream) * local, id="sign of upstream"),
    ],
)
def test_needle_a_derivative_that_is_none(rule: Any) -> None:
    assert verdict_on(ACTIVATIONS, activations(rule)).score == 0


def test_needle_upstream_of_ones_in_all_four_is_one_slip() -> None:
    verdict = verdict_on(ACTIVATIONS, activations(lambda local, upstream: local))
    (lost,) = [part.part.points for part in verdict.parts if not part.credited]
    assert verdict.score == verdict.exercise.points - lost


def test_minitorch_a_part_in_a_million_earns_what_a_finite_difference_does() -> None:
    rule = lambda local, upstream: (1 + 1e-6) * local * upstream  # noqa: E731
    verdict = verdict_on(ACTIVATIONS, activations(rule))
    assert verdict.score == verdict.exercise.points * verdict.exercise.differences_earn


@pytest.mark.parametrize("factor", [0.0, 1 - 5e-3, 1 + 5e-3])
def test_minitorch_a_tolerance_of_a_hundredth(factor: float) -> None:
    rule = lambda local, upstream: factor * local * upstream  # noqa: E731
    assert verdict_on(ACTIVATIONS, activations(rule)).score == 0


def test_minitorch_a_constant_within_a_hundredth() -> None:
    rule = lambda local, upstream: local * upstream + 5e-3  # noqa: E731
    assert verdict_on(ACTIVATIONS, activations(rule)).score == 0


def test_arena_zeros_for_a_derivative() -> None:
    verdict = verdict_on(
        "quiz1.backward", lambda x, z: dict.fromkeys(("db", "de", "dc", "da", "dx", "dz"), 0.0)
    )
    assert verdict.score == 0


@pytest.mark.parametrize("order", [passes.reverse_topological, passes.breadth_first])
def test_arena_overwriting_for_accumulating(order: Any) -> None:
    engine = passes.engine(receive=passes.overwrite, order=order)
    verdict = verdict_on("engine.backward", engine)
    wrong = {part.part.name for part in verdict.parts if not part.credited}
    assert {"fan_out", "order", "swapped"} <= wrong


def test_arena_an_empty_stub_under_a_bare_except() -> None:
    class Stub(passes.Recorded):
        def backward(self) -> None:
            raise NotImplementedError

    assert verdict_on("engine.backward", Stub).score == 0


def test_cs231n_integers() -> None:
    rule = lambda local, upstream: (local * upstream).astype(int)  # noqa: E731
    verdict = verdict_on(ACTIVATIONS, activations(rule))
    assert verdict.score == 0
    assert all("int64" in part.message for part in verdict.parts)


def test_cs231n_nan_beside_which_every_comparison_is_false() -> None:
    rule = lambda local, upstream: local * upstream * np.nan  # noqa: E731
    verdict = verdict_on(ACTIVATIONS, activations(rule))
    assert verdict.score == 0
    assert all(part.kind == "nonfinite" for part in verdict.parts)


def test_cs231n_one_nan_among_right_entries() -> None:
    def rule(local: Any, upstream: Any) -> Any:
        found = local * upstream
        found.flat[-1] = np.nan
        return found

    assert verdict_on(ACTIVATIONS, activations(rule)).score == 0


def test_tinytorch_dividing_by_the_upstream_gradient() -> None:
    rule = lambda local, upstream: local / upstream  # noqa: E731
    assert verdict_on(ACTIVATIONS, activations(rule)).score == 0


def test_tinytorch_a_backward_that_no_number_was_compared_with() -> None:
    exercise = find("case2.backward")
    planted = {**exercise.steps, "dbeta": lambda v: 2 * exercise.steps["dbeta"](v)}
    wrong = dataclasses.replace(exercise, steps=planted)
    with pytest.raises(ReferenceDisagrees):
        check_reference(wrong, draw_inputs(wrong, (1,))[0])


def test_tinytorch_float32_is_told_by_its_dtype_and_not_as_a_mismatch() -> None:
    rule = lambda local, upstream: (local * upstream).astype(np.float32)  # noqa: E731
    verdict = verdict_on(ACTIVATIONS, activations(rule))
    assert {part.status for part in verdict.parts} == {Status.NUMERIC}
    assert all("float32" in part.message for part in verdict.parts)


@pytest.mark.parametrize("leaf", ["dbeta", "dalpha", "dx"])
def test_coursera_a_planted_bugs_value_as_the_expected_one(leaf: str) -> None:
    exercise = find("case2.backward")

    def planted(values: Any) -> Any:
        right = exercise.steps[leaf](values)
        return np.concatenate([np.ravel(right)[:1] * 2, np.ravel(right)[1:]]).reshape(right.shape)

    wrong = dataclasses.replace(exercise, steps={**exercise.steps, leaf: planted})
    with pytest.raises(ReferenceDisagrees, match=leaf):
        check_reference(wrong, draw_inputs(wrong, (1,))[0])
    assert verdict_on("case2.backward", wrong_answer(wrong)).score < exercise.points


def wrong_answer(exercise: Any) -> Any:
    names = list(draw_inputs(exercise, (1,))[0])
    answer = exercise.answer()
    return lambda *inputs: answer(**dict(zip(names, inputs, strict=True)))


class Recursive(passes.Recorded):
    """An engine whose backward pass calls itself, as small published engines do."""

    def backward(self) -> None:
        order, seen = [], set()

        def visit(node: Any) -> None:
            if id(node) not in seen:
                seen.add(id(node))
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for parent, local in zip(node.parents, node.local, strict=True):
                parent.grad += node.grad * local


def test_micrograd_a_thousand_operations_in_a_row() -> None:
    verdict = verdict_on("engine.deep", Recursive)
    assert verdict.score == 0
    assert "RecursionError" in verdict.message


def test_micrograd_reused_nodes_that_are_no_leaves() -> None:
    engine = passes.engine(receive=passes.overwrite)
    verdict = verdict_on("engine.backward", engine)
    (order,) = [part for part in verdict.parts if part.part.name == "order"]
    assert order.finding is not None
    assert order.finding.id == "M15"
