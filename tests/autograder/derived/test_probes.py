from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from derived_functions import DERIVED
from judging import verdict_on

import course_bp as bp
from autograder.derived.author import exercise, real
from autograder.derived.probes import is_steady
from autograder.exercise import Exercise, Probe
from autograder.feedback.words import named_mistakes


@pytest.mark.parametrize("derived", DERIVED.values(), ids=list(DERIVED))
def test_no_ordinary_input_lies_at_a_kink(derived: Exercise) -> None:
    for number in range(20):
        for i in derived.ordinary:
            inputs = derived.probes[i].draw(np.random.default_rng(number))
            right = derived.solve(inputs)
            moved = {
                name: value * (1 + 1e-9) if isinstance(value, float | np.ndarray) else value
                for name, value in inputs.items()
            }
            near = derived.solve(moved)
            for part in derived.parts:
                here, there = getattr(right, part.name), getattr(near, part.name)
                np.testing.assert_allclose(there, here, rtol=1e-3, atol=1e-6)


def test_no_two_letters_have_the_same_size_on_ordinary_inputs() -> None:
    derived = exercise(
        "some.product", lambda a, b: a @ b, inputs={"a": real("N", "K"), "b": real("K", "M")}
    )
    for i in derived.ordinary:
        inputs = derived.probes[i].draw(np.random.default_rng(1))
        assert len({*inputs["a"].shape, *inputs["b"].shape}) == 3


def test_a_corner_at_which_there_is_no_derivative_is_not_asked() -> None:
    derived = exercise("some.size", lambda x: bp.abs(x).sum(), inputs={"x": real("N")})
    for i in derived.corners:
        assert (derived.probes[i].draw(np.random.default_rng(1))["x"] != 0).all()


def test_inputs_that_are_always_at_a_kink_are_not_steady() -> None:
    probe = Probe("zeros", lambda rng: {"x": np.zeros(3)})
    assert not is_steady(probe, lambda inputs, noise: [np.sign(inputs["x"])])
    assert is_steady(probe, lambda inputs, noise: [2 * inputs["x"]])


def test_sizes_that_the_statement_names_are_the_ones_that_are_asked() -> None:
    derived = exercise(
        "some.pairs",
        lambda x: (x[0] * x[1]).sum(),
        inputs={"x": real("P")},
        sizes={"P": (2, 5)},
    )
    sizes = {len(probe.draw(np.random.default_rng(1))["x"]) for probe in derived.probes}
    assert sizes == {2, 5}


def test_where_round_off_is_all_that_is_left_nothing_is_asked() -> None:
    derived = DERIVED["layer_norm.backward"]

    def layer_norm_backward(x: Any, gamma: Any, beta: Any, upstream: Any) -> dict[str, Any]:
        n = x.shape[1]
        root = np.sqrt(x.var(axis=1, keepdims=True) + 1e-5)
        xhat = (x - x.mean(axis=1, keepdims=True)) / root
        dxhat = upstream * gamma
        together = dxhat.sum(1, keepdims=True) + xhat * (dxhat * xhat).sum(1, keepdims=True)
        return {
            "dx": (n * dxhat - together) / (n * root),
            "dgamma": np.einsum("nd,nd->d", upstream, xhat),
            "dbeta": upstream.sum(0),
        }

    for seed in range(1, 9):
        assert verdict_on(derived, layer_norm_backward, seed).score == derived.points


@pytest.mark.parametrize("seed", range(1, 13))
def test_every_side_of_a_choice_is_asked_on_every_draw(seed: int) -> None:
    def one_sided(y: Any, t: Any) -> dict[str, Any]:
        error = y - t
        return {"dy": np.where(error < 1, error, 1.0) / len(y)}  # wrong below -1

    assert verdict_on(DERIVED["huber.gradient"], one_sided, seed).score <= 1
    assert len(named_mistakes(verdict_on(DERIVED["huber.gradient"], one_sided, seed))) <= 1
