from __future__ import annotations

import pytest

from autograder.domain import Real
from autograder.practice.mistakes import Mistakes
from autograder.random_functions.program import Line, Program


@pytest.fixture(scope="module")
def product() -> Mistakes:
    """y = sin(x·z)."""
    lines = (Line("g", "multiply", ("x", "z")), Line("y", "sin", ("g",)))
    domains = {"x": Real(above=0.2, below=1.2), "z": Real(above=0.2, below=1.2)}
    return Mistakes.of(Program("f", domains, lines, asked=("g", "x", "z")))


def test_what_is_asked_for_comes_in_the_order_of_a_backward_pass(product: Mistakes) -> None:
    assert list(product.asked) == ["dg", "dx", "dz"]


def test_each_mistake_is_there_once(product: Mistakes) -> None:
    names = [mistake.name for mistake in product.mistakes]
    assert "a sine not differentiated" in names
    assert len({mistake.slug for mistake in product.mistakes}) == len(names)


def test_where_each_mistake_has_its_own_numbers_all_are_told_apart(product: Mistakes) -> None:
    assert product.told_apart({"x": 0.7, "z": 1.1}) == 1.0


def test_where_two_mistakes_have_the_same_numbers_they_are_not(product: Mistakes) -> None:
    """At z = 1 and x = 1, an operand too many or none changes nothing."""
    assert product.told_apart({"x": 1.0, "z": 1.0}) < 0.8


def test_a_mistake_that_changes_nothing_to_three_digits_is_not_told(product: Mistakes) -> None:
    """For small angles the cosine is 1."""
    assert product.told_apart({"x": 0.02, "z": 0.03}) < product.told_apart({"x": 0.7, "z": 1.1})
