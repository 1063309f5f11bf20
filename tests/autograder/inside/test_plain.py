from __future__ import annotations

import collections
import enum
import types
from typing import Any, NamedTuple

import numpy as np
import pytest

from autograder.inside.plain import plain


class Matrix(NamedTuple):
    rows: int
    columns: int


class Number(float):
    pass


class Tensor(np.ndarray):
    pass


class Names(list):  # type: ignore[type-arg]
    pass


Letter = enum.Enum("Letter", {"A": "A"}, type=str)

PLAIN = [
    (Matrix(2, 3), (2, 3)),
    (Names(["a"]), ["a"]),
    (Number(0.5), 0.5),
    (np.int64(3), 3),
    (np.uint8(3), 3),
    (np.bool_(True), True),
    (np.str_("E"), "E"),
    (Letter["A"], "A"),
    (enum.IntEnum("Count", "one")["one"], 1),
    (collections.OrderedDict(a=1), {"a": 1}),
    (collections.UserDict(a=1), {"a": 1}),
    (types.MappingProxyType({"a": Matrix(2, 3)}), {"a": (2, 3)}),
    ({np.str_("a"): np.int64(1), 2: 3.0}, {"a": 1, 2: 3.0}),
    ([[np.int64(1)], (np.int64(2),)], [[1], (2,)]),
]


def kinds(value: Any) -> Any:
    if isinstance(value, dict):
        return dict, [(type(key), kinds(one)) for key, one in value.items()]
    if isinstance(value, list | tuple):
        return type(value), [kinds(one) for one in value]
    return type(value)


@pytest.mark.parametrize(("value", "right"), PLAIN, ids=str)
def test_a_derived_type_becomes_the_plain_one(value: Any, right: Any) -> None:
    found = plain(value)
    assert found == right
    assert kinds(found) == kinds(right)


def test_an_array_of_another_class_becomes_an_array_of_its_own_memory() -> None:
    array = np.arange(3.0).view(Tensor)
    found = plain(array)
    assert type(found) is np.ndarray
    assert found.tolist() == [0, 1, 2]
    assert not np.shares_memory(found, array)


@pytest.mark.parametrize("value", [np.float64(0.5), np.float32(0.5), np.zeros((2, 0)), 0.5, None])
def test_numbers_keep_their_precision(value: Any) -> None:
    assert type(plain(value)) is type(value)


@pytest.mark.parametrize("value", [np.ma.masked_array([1.0]), np.asmatrix([1.0])], ids=str)
def test_what_computes_in_its_own_way_stays_what_it_is(value: Any) -> None:
    assert type(plain(value)) is type(value)


def test_a_list_that_holds_itself_comes_to_an_end() -> None:
    endless: list[Any] = []
    endless.append(endless)
    found = plain(endless)
    for _ in range(40):
        (found,) = found
    assert type(found) is list


def test_a_list_that_holds_another_twice_is_copied_once_for_each() -> None:
    """Sixty levels would be 2^60 lists otherwise."""
    doubled: list[Any] = [np.zeros(2)]
    for _ in range(60):
        doubled = [doubled, doubled]
    left, right = plain(doubled)
    assert left is right


class Liar:
    __class__ = np.ndarray  # type: ignore[assignment]  # that is the lie


def test_an_object_that_lies_about_its_class_stays_what_it_is() -> None:
    assert type(plain(Liar())) is Liar
