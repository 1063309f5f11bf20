"""Numbers beyond double precision are found in an answer's code, wherever it keeps them."""

from __future__ import annotations

import cmath
import decimal
import fractions
import functools
from collections.abc import Callable
from decimal import Decimal as D
from typing import Any

import numpy as np
import pytest
from judging import exercises

from autograder.exercise import Exercise
from autograder.inside.beyond_double import COMPLEX, DECIMAL, LONG, beyond_double

I = 1j  # noqa: E741
Long = np.longdouble
STEP = np.longdouble("1e-9")


def literal(x: float) -> float:
    return (x + 1e-30j).imag / 1e-30


def by_helper(x: float) -> float:
    return literal(x)


def by_inner(x: float) -> Callable[[], float]:
    def inner() -> float:
        return np.imag(complex(x, 1e-30))

    return inner


def by_global(x: float) -> Any:
    return (x + I * 1e-30).imag


def by_module(x: float) -> Any:
    return cmath.phase(cmath.sin(x))


def by_string(x: Any) -> Any:
    return np.asarray(x).astype("complex128").imag


def by_dtype(x: Any) -> Any:
    return (np.zeros(3, np.complex128) + x).imag


def by_default(x: float, step: complex = 1e-30j) -> Any:
    z = x + step
    return z - z.conjugate()


def long_name(x: Any) -> Any:
    return np.longdouble(x)


def long_alias(x: Any) -> Any:
    return Long(x)


def long_constant(x: Any) -> Any:
    return x + STEP


def long_string(x: Any) -> Any:
    return np.array(x, dtype="longdouble")


def clong(x: Any) -> Any:
    return np.asarray(x, np.clongdouble)


def decimals(x: float) -> Any:
    return decimal.Decimal(x)


def decimals_alias(x: float) -> Any:
    return D(x)


def rational(x: float) -> Any:
    return fractions.Fraction(x)


def imported_inside(x: float) -> Any:
    import mpmath  # type: ignore[import-not-found]

    return mpmath.mpf(x)


def turned(x: float) -> float:
    return (-1j * (x + 1e-30j)).real


def as_two_floats(x: Any) -> Any:
    return (np.asarray(x) + 1e-30j).view(float)[1::2]


class Answer:
    def __call__(self, x: float) -> Any:
        return (x + 1j).imag


def enclosing() -> Callable[[float], Any]:
    step = 1e-30j
    return lambda x: (x + step).imag


CASES = [
    (literal, COMPLEX), (by_helper, COMPLEX), (by_inner, COMPLEX), (by_global, COMPLEX),
    (by_module, COMPLEX), (by_string, COMPLEX), (by_dtype, COMPLEX), (by_default, COMPLEX),
    (turned, COMPLEX), (as_two_floats, COMPLEX),
    (Answer(), COMPLEX), (enclosing(), COMPLEX), (functools.cache(literal), COMPLEX),
    (functools.partial(literal, 1.0), COMPLEX), (Answer().__call__, COMPLEX),
    (functools.wraps(rational)(lambda x: rational(x)), DECIMAL), (long_name, LONG),
    (long_alias, LONG), (long_constant, LONG), (long_string, LONG), (clong, LONG),
    (decimals, DECIMAL), (decimals_alias, DECIMAL), (rational, DECIMAL),
    (imported_inside, DECIMAL),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "kind"), CASES)
def test_they_are_found(answer: Any, kind: str) -> None:
    assert beyond_double(answer) == (kind,)


@exercises
def test_no_right_answer_uses_them(exercise: Exercise) -> None:
    for answer in (exercise.answer(), *exercise.variants.values(), *exercise.steps.values()):
        assert beyond_double(answer) == ()


def plain(x: Any) -> Any:
    """A real answer, with words such as complex and Fraction in its docstring only."""
    return {"dx": float(np.real(x)) * np.exp(x), "F": x, "G": np.float64(2.0), "D": 1.0}


def asks_for_the_type(x: Any) -> Any:
    if isinstance(x, complex) or np.asarray(x).dtype == np.complex128:
        raise TypeError("real numbers, please")
    return x


def rotates(x: float) -> float:
    return abs(x * 1j)


def takes_imag_of_nothing(x: Any) -> Any:
    return np.imag(x)


@pytest.mark.parametrize("answer", [plain, asks_for_the_type, rotates, takes_imag_of_nothing])
def test_an_ordinary_answer_uses_none(answer: Any) -> None:
    assert beyond_double(answer) == ()


class Odd:
    __wrapped__ = property(lambda self: 1 / 0)

    def __call__(self) -> None:
        return None


@pytest.mark.parametrize("answer", [None, 3, {}, np.sin, print, Odd(), type])
def test_what_is_no_function_of_a_students_uses_none(answer: Any) -> None:
    assert beyond_double(answer) == ()
