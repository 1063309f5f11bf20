from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from derived_functions import DERIVED, cross_entropy, layer_norm

import course_bp as bp
from autograder.bank.run import run_bank
from autograder.derived.author import NotDerivable, exercise, one_hot, real
from autograder.exercise import Exercise
from autograder.judge.draw import draw_inputs
from autograder.judge.reference_check import check_reference

every = pytest.mark.parametrize("derived", DERIVED.values(), ids=list(DERIVED))


@every
def test_the_reference_is_the_gradient_that_finite_differences_give(derived: Exercise) -> None:
    for inputs in draw_inputs(derived, (1,))[:3]:
        check_reference(derived, inputs)


@every
@pytest.mark.slow
def test_each_mistake_is_refused_and_named_and_each_right_answer_accepted(
    derived: Exercise,
) -> None:
    tally = run_bank(derived, 1)
    assert (tally.refused, tally.named, tally.misnamed) == (tally.wrong, tally.wrong, 0)
    assert tally.accepted == tally.right
    assert tally.wrong >= 20


@every
def test_every_ordinary_and_most_corner_inputs_are_asked(derived: Exercise) -> None:
    assert len(derived.ordinary) >= 3
    assert len(derived.corners) >= 10


@every
def test_no_two_mistakes_have_the_same_slug(derived: Exercise) -> None:
    slugs = [mistake.slug for mistake in derived.mistakes]
    assert len(set(slugs)) == len(slugs)


def test_the_reference_is_the_librarys_gradient() -> None:
    derived = DERIVED["layer_norm.backward"]
    for inputs in draw_inputs(derived, (5,)):
        upstream = inputs["upstream"]
        arguments = [inputs[name] for name in ("x", "gamma", "beta")]

        def loss(x: Any, gamma: Any, beta: Any, upstream: Any = upstream) -> Any:
            return (layer_norm(x, gamma, beta) * upstream).sum()

        right = derived.solve(inputs)
        for found, name in zip(
            bp.grad(loss, argnums=(0, 1, 2))(*arguments), ("dx", "dgamma", "dbeta"), strict=True
        ):
            np.testing.assert_allclose(getattr(right, name), found, rtol=1e-9, atol=1e-9)


def test_a_local_variable_can_be_asked_for() -> None:
    derived = exercise(
        "layer_norm.steps",
        layer_norm,
        inputs={"x": real("N", "D"), "gamma": real("D"), "beta": real("D")},
        points={"var": 1, "dvar": 2, "dx": 3},
    )
    assert [part.name for part in derived.parts] == ["var", "dvar", "dx"]
    assert derived.points == 6


def test_points_that_are_a_number_are_shared() -> None:
    derived = exercise(
        "ce.gradient",
        cross_entropy,
        inputs={"z": real("N", "K"), "t": one_hot("N", "K")},
        points=4,
    )
    assert [(part.name, part.points) for part in derived.parts] == [("dz", 4.0)]


@pytest.mark.parametrize(
    ("forward", "inputs", "points", "words"),
    [
        (lambda x: x, {"x": real("N")}, 1, "returns one of its inputs"),
        (lambda x: (x + 1, x), {"x": real("N")}, 1, "must return one number or array"),
        (lambda x: 3.0, {"x": real("N")}, 1, "must return one number or array"),
        (lambda t: t, {"t": one_hot("N", "K")}, 1, "nothing to differentiate"),
        (lambda x: bp.exp(x), {"x": real("N")}, {"dw": 1}, "'dw' cannot be asked for"),
        (lambda x: x.reshape(-1), {"x": real("N", "D")}, 1, "no input has an axis of length"),
        (
            lambda x: sum(x[i] * x[i] for i in range(len(x))),
            {"x": real("N")},
            1,
            "does other operations for other inputs",
        ),
    ],
)
def test_what_cannot_be_derived_is_said(
    forward: Any, inputs: dict[str, Any], points: Any, words: str
) -> None:
    with pytest.raises(NotDerivable, match=words):
        exercise("some.exercise", forward, inputs=inputs, points=points)
