from __future__ import annotations

import numpy as np
import pytest
from derived_functions import DERIVED

import course_bp as bp
from autograder.derived.author import exercise, real
from autograder.derived.probes import is_steady
from autograder.exercise import Exercise, Probe


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
    assert not is_steady(probe, lambda inputs: [np.sign(inputs["x"])])
    assert is_steady(probe, lambda inputs: [2 * inputs["x"]])


def test_sizes_that_the_statement_names_are_the_ones_that_are_asked() -> None:
    derived = exercise(
        "some.pairs",
        lambda x: (x[0] * x[1]).sum(),
        inputs={"x": real("P")},
        sizes={"P": (2, 5)},
    )
    sizes = {len(probe.draw(np.random.default_rng(1))["x"]) for probe in derived.probes}
    assert sizes == {2, 5}
