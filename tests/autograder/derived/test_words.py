from __future__ import annotations

from math import pi
from typing import Any

import numpy as np

from autograder.derived.author import exercise, real
from autograder.derived.statement import formulas
from autograder.derived.steps import derivation
from course_bp import abs, sqrt, where


def smooth(r: Any) -> Any:
    return where(abs(r) <= 1.35, sqrt(2 / pi) * r**2, 1e-5 * abs(r)).sum()


def evidence(slug: str) -> list[str]:
    made = exercise("smooth.gradient", smooth, inputs={"r": real("N")})
    return [one.evidence for one in made.mistakes if slug in one.slug]


def test_constants_and_conditions_stand_in_the_formula_as_the_author_wrote_them() -> None:
    (line,) = formulas(derivation(smooth, {"r": np.ones(2)}, ["r"]))
    for part in (r"\sqrt{\frac{2}{\pi}}", r"10^{-5}", r"\text{if } \left|r\right| \le 1.35"):
        assert part in line


def test_a_power_is_spoken_of_with_its_exponent() -> None:
    (said, *_) = evidence("the exponent missing in the power rule")
    assert "the derivative of r² is taken to be r, " in said


def test_the_condition_of_a_choice_is_none_of_its_branches() -> None:
    (said, *_) = evidence("the two branches swapped")
    assert "where(c, u, v) with respect to u is taken to be 1 where c does not hold" in said
    assert "u = sqrt(2 / pi) * r**2" in said
