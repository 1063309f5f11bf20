"""Values go over the wire unchanged, and nothing that a stranger sends does harm."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.inside import framing, wire

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)
ARRAYS = hnp.arrays(
    st.sampled_from(["f8", "f4", "i8", "i4", "u1", "?", "c16"]), hnp.array_shapes(min_dims=0)
)


def there_and_back(value: Any) -> Any:
    blob = bytearray()
    description = wire.encode(value, blob)
    message, content = framing.unpack(framing.pack(description, bytes(blob)))
    return wire.decode(message, content)


def same(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[k], other[k]) for k in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other or (one != one and other != other)


@given(PLAIN)
@settings(max_examples=60)
def test_plain_values_come_back_as_they_were(value: Any) -> None:
    assert same(there_and_back(value), value)


@given(ARRAYS)
@settings(max_examples=60)
def test_arrays_come_back_bit_by_bit(array: np.ndarray[Any, Any]) -> None:
    back = there_and_back(array)
    assert back.dtype == array.dtype
    assert back.shape == array.shape
    assert back.tobytes() == array.tobytes()


@given(ARRAYS, st.randoms())
@settings(max_examples=60)
def test_arrays_lie_in_memory_as_a_copy_of_them_would(array: Any, random: Any) -> None:
    axes = random.sample(range(array.ndim), array.ndim)
    turned = array.transpose(axes)[..., ::-1] if array.ndim else array
    back, copied = there_and_back(turned), turned.copy("K")
    assert back.strides == copied.strides
    assert np.array_equal(back, copied, equal_nan=back.dtype.kind in "fc")
    assert back.flags.owndata


@pytest.mark.parametrize("value", [np.float64(0.1), np.float32(2), np.int64(3), np.bool_(True)])
def test_numpy_scalars_keep_their_type(value: Any) -> None:
    assert type(there_and_back(value)) is type(value)
    assert there_and_back(value) == value


def test_complex_numbers_and_large_integers_are_exact() -> None:
    assert there_and_back(1 - 2j) == 1 - 2j
    assert there_and_back(-(7**300)) == -(7**300)


def test_what_cannot_be_sent_keeps_the_name_of_its_type() -> None:
    class Strange:
        pass

    class Array(np.ndarray):  # type: ignore[type-arg]
        pass

    assert type(there_and_back(Strange())).__name__ == "Strange"
    assert type(there_and_back(np.zeros(2).view(Array))).__name__ == "Array"
    assert type(there_and_back(10**100_000)).__name__ == "int"
    assert there_and_back(np.array([None, {}])).dtype == object


@pytest.mark.parametrize(
    "description",
    [
        {"array": ["<f8", [2**40], 0]},
        {"array": ["<f8", [-1], 0]},
        {"array": ["<f8", [1], -8]},
        {"array": ["<U9", [1], 0]},
        {"array": ["<f8", [[1]], 0]},
        {"array": ["no dtype", [1], 0]},
        *({"array": ["<f8", [1, 1], 0, order]} for order in ([0], [0, 0], [0, 2], ["0", "1"], 1)),
        {"array": ["<f8", [1], 0, [0], [0]]},
        {"array": "x"},
        {"int": "zz"},
        {"int": "f" * 10_000},
        {"float": "1; import os"},
        {"dict": [[["list"], 1]]},
        {"dict": [[{"list": []}, 1]]},
        {"complex": [1]},
        {"nothing": 1},
        {"list": [], "tuple": []},
        {},
        [1, 2],
    ],
)
def test_what_is_not_well_formed_is_refused(description: Any) -> None:
    with pytest.raises(framing.WireError):
        wire.decode(description, b"12345678")


def test_nesting_and_number_are_limited() -> None:
    deep: Any = 0
    for _ in range(wire.MAX_DEPTH + 1):
        deep = {"list": [deep]}
    for hostile in (deep, {"list": [0] * wire.Budget().values}):
        with pytest.raises(framing.WireError):
            wire.decode(hostile, b"")


def test_a_hostile_type_name_is_replaced() -> None:
    assert type(wire.decode({"object": "<script>"}, b"")).__name__ == "object"


def test_keys_are_strings_since_numbers_can_be_made_to_collide() -> None:
    colliding = {"dict": [[number << 52, None] for number in range(3)]}
    with pytest.raises(framing.WireError):
        wire.decode(colliding, b"")
    assert type(there_and_back({"a": {1: 2.0}})["a"]).__name__ == "dict"


def test_no_byte_that_was_sent_becomes_two_arrays() -> None:
    blob = bytes(2**16)
    array = {"array": ["<f8", [2**13], 0]}
    assert wire.decode({"list": [array]}, blob)[0].nbytes == 2**16
    with pytest.raises(framing.WireError):
        wire.decode({"list": [array, array]}, blob)


@pytest.mark.parametrize(
    ("budget", "description"),
    [
        (wire.Budget(bytes=15), {"list": [{"array": ["|u1", [8], 0]}, {"array": ["|u1", [8], 8]}]}),
        (wire.Budget(values=3), {"list": [1, 2, 3]}),
        (wire.Budget(values=4), {"dict": [["a", 1], ["b", 2]]}),
        (wire.Budget(text=5), {"list": ["abc", "def"]}),
        (wire.Budget(text=5), {"dict": [["abc", 1], ["def", 2]]}),
    ],
)
def test_a_budget_counts_bytes_values_keys_and_text(budget: wire.Budget, description: Any) -> None:
    with pytest.raises(framing.WireError):
        wire.decode(description, bytes(16), budget)


def test_a_budget_is_spent_by_one_value_after_the_other() -> None:
    budget = wire.Budget(values=5)
    assert wire.decode({"list": [1, 2]}, b"", budget) == [1, 2]
    with pytest.raises(framing.WireError):
        wire.decode({"list": [1, 2]}, b"", budget)


def test_of_a_long_string_only_the_beginning_is_kept() -> None:
    assert wire.decode("x" * 2_000_000, b"") == "x" * wire.MAX_STRING


def test_half_a_character_is_replaced() -> None:
    assert wire.decode("a\ud800", b"") == "a?"


def test_an_empty_array_stands_for_no_large_one() -> None:
    assert wire.decode({"array": ["<f8", [0, 5], 0]}, b"").shape == (0, 5)
    with pytest.raises(framing.WireError):
        wire.decode({"array": ["<f8", [0, 2**30], 0]}, b"")


def test_a_truth_value_is_one_of_two() -> None:
    found = wire.decode({"array": ["|b1", [3], 0]}, b"\x00\x01\xff")
    assert found.view(np.uint8).tolist() == [0, 1, 1]
