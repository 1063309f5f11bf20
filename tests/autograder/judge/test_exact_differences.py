"""A difference without errors is paid as any other difference, in every exercise on derivatives."""

from __future__ import annotations

import decimal
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from judging import positional, verdict_on

from autograder.exercise import Exercise
from autograder.exercises import EXERCISES, find
from autograder.judge.verdict import Status, Verdict

ON_DERIVATIVES = [one for one in EXERCISES.values() if one.derivatives]
derivatives = pytest.mark.parametrize("exercise", ON_DERIVATIVES, ids=lambda one: one.id)


def price(exercise: Exercise) -> float:
    """What an answer earns whose derivatives are all differences."""
    return sum(
        part.points * (exercise.differences_earn if part.name in exercise.derivatives else 1)
        for part in exercise.parts
    )


def by_complex(x: Any) -> Any:
    return (x + 0j).imag


def by_long(x: Any) -> Any:
    return np.asarray(np.asarray(x, np.longdouble), float)


def by_decimal(x: Any) -> Any:
    decimal.getcontext().prec = 50
    return x


def by_fraction(x: Any) -> Any:
    return x if isinstance(x, np.ndarray) else float(Fraction(x))


@derivatives
@pytest.mark.parametrize("through", [by_complex, by_long, by_decimal, by_fraction])
def test_whatever_number_is_behind_the_digits(
    exercise: Exercise, through: Callable[[Any], Any]
) -> None:
    right = positional(exercise)

    def answer(*inputs: Any) -> dict[str, Any]:
        through(np.ones(2))
        return right(*inputs)

    verdict = verdict_on(exercise, answer)
    assert verdict.score == pytest.approx(price(exercise))
    told = [part for part in verdict.parts if part.part.name in exercise.derivatives]
    assert {part.status for part in told} == {Status.NUMERIC}


class Longer:
    """Quiz 1's derivatives by Richardson's differences, twice over, in long doubles."""

    def __call__(self, x: float, z: float) -> dict[str, Any]:
        def y(x: Any, z: Any) -> Any:
            a, c = x * z, np.log(x)
            b, e = np.exp(a), np.sin(c)
            return b + a / c + e / b

        def slope(f: Callable[[Any], Any]) -> float:
            h = np.longdouble("1e-3")
            rough, fine = ((f(k) - f(-k)) / (2 * k) for k in (h, h / 2))
            finer = (f(h / 4) - f(-h / 4)) / (h / 2)
            first, second = (4 * fine - rough) / 3, (4 * finer - fine) / 3
            return float((16 * second - first) / 15)

        x, z = np.longdouble(x), np.longdouble(z)
        found = positional(find("quiz1.backward"))(float(x), float(z))
        return {**found, "dx": slope(lambda h: y(x + h, z)), "dz": slope(lambda h: y(x, z + h))}


def earned(verdict: Verdict, *names: str) -> list[Status]:
    return [part.status for part in verdict.parts if part.part.name in names]


def test_richardson_in_long_doubles_is_a_difference() -> None:
    verdict = verdict_on("quiz1.backward", Longer())
    assert earned(verdict, "dx", "dz") == [Status.NUMERIC] * 2


def test_a_complex_step_is_a_difference() -> None:
    def forward(x: Any, z: Any) -> Any:
        a, c = x * z, np.log(x)
        b, e = np.exp(a), np.sin(c)
        return b + a / c + e / b

    def quiz1_backward(x: float, z: float) -> dict[str, Any]:
        found = positional(find("quiz1.backward"))(x, z)
        dx, dz = forward(x + 1e-30j, z).imag / 1e-30, forward(x, z + 1e-30j).imag / 1e-30
        return {**found, "dx": dx, "dz": dz}

    verdict = verdict_on("quiz1.backward", quiz1_backward)
    assert earned(verdict, "dx", "dz") == [Status.NUMERIC] * 2


def test_a_difference_of_gradients_is_one_too() -> None:
    exercise = find("hessian_free.step")
    right = positional(exercise)

    def hessian_free_step(x: Any, y: Any, theta: Any, v: Any, *rest: Any) -> dict[str, Any]:
        def gradient(at: Any) -> Any:
            return x.T @ (1 / (1 + np.exp(-(x @ at))) - y) / len(y)

        hv = (gradient(theta + 1e-5 * v) - gradient(theta - 1e-5 * v)) / 2e-5
        return {**right(x, y, theta, v, *rest), "hv": hv}

    verdict = verdict_on(exercise, hessian_free_step)
    assert earned(verdict, "gradient", "hv", "step") == [
        Status.RIGHT,
        Status.NUMERIC,
        Status.RIGHT,
    ]


def test_a_part_that_is_no_derivative_keeps_its_points() -> None:
    exercise = find("quiz1.forward")
    right = positional(exercise)

    def answer(*inputs: Any) -> dict[str, Any]:
        by_complex(1.0)
        return right(*inputs)

    assert verdict_on(exercise, answer).full
