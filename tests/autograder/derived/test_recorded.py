from __future__ import annotations

import numpy as np
import pytest
from derived_functions import chain, layer_norm

import course_bp as bp
from autograder.derived.not_derivable import NotDerivable
from autograder.derived.recorded import record


def test_each_local_variable_is_a_block() -> None:
    found = record(chain, {"x": 2.0, "z": 0.5}, ["x", "z"])
    assert list(found.blocks) == ["a", "b", "c", "e", "y"]
    assert set(found.blocks["y"].reads) == {"a", "b", "c", "e"}


def test_what_is_used_twice_without_a_name_is_a_block_of_its_own() -> None:
    def square_of_a_sine(x: float) -> object:
        return (lambda u: u * u)(bp.sin(x))

    found = record(square_of_a_sine, {"x": 2.0}, ["x"])
    assert list(found.blocks) == ["sin_x", "y"]


def test_an_input_that_is_assigned_anew_gets_a_number() -> None:
    def centred(x: object) -> object:
        x = x - x.mean()  # type: ignore[operator, attr-defined]
        return bp.exp(x)

    found = record(centred, {"x": np.ones(3)}, ["x"])
    assert list(found.blocks) == ["t", "x2", "y"] or list(found.blocks) == ["x2", "y"]


def test_users_are_named_in_the_order_of_computation() -> None:
    found = record(chain, {"x": 2.0, "z": 0.5}, ["x", "z"])
    assert found.users("a") == ["b", "y"]
    assert found.users("c") == ["e", "y"]


def test_the_structure_does_not_depend_on_sizes_or_values() -> None:
    rng = np.random.default_rng(1)
    structures = [
        record(
            layer_norm,
            {"x": rng.normal(size=(n, d)), "gamma": rng.normal(size=d), "beta": rng.normal(size=d)},
            ["x", "gamma", "beta"],
        ).structure
        for n, d in ((1, 1), (3, 5))
    ]
    assert structures[0] == structures[1]


def test_the_inputs_are_not_changed_by_a_function_that_works_in_place() -> None:
    x = np.ones(3)

    def careless(x: object, t: np.ndarray) -> object:
        t *= 2.0
        return (x * t).sum()  # type: ignore[operator, attr-defined]

    record(careless, {"x": x, "t": x}, ["x"])
    assert (x == 1.0).all()


def test_a_function_without_a_result_is_refused() -> None:
    with pytest.raises(NotDerivable):
        record(lambda x: [x, x], {"x": 1.0}, ["x"])


def test_a_second_recording_has_the_blocks_of_the_first() -> None:
    first = record(chain, {"x": 2.0, "z": 0.5}, ["x", "z"])
    second = first.again(chain, {"x": 1.5, "z": 0.3})
    assert second is not None
    assert list(second.blocks) == list(first.blocks)
    assert second.blocks["b"].value({"a": 0.45}.__getitem__) == pytest.approx(np.exp(0.45))
    assert second.users("c") == first.users("c")


@pytest.mark.parametrize("other", [lambda x: 1.0 - x * x, lambda x: x * x - 1.0 + x])
def test_a_function_that_does_something_else_is_no_second_recording(other: object) -> None:
    first = record(lambda x: x * x - 1.0, {"x": 2.0}, ["x"])
    assert first.again(other, {"x": 2.0}) is None  # type: ignore[arg-type]
