from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.course.description import described
from autograder.exercise import Exercise
from autograder.feedback.form_result import NOT_CALLED, ONLY_THE_FORM, FormResult
from autograder.inside.asking import Response

Values = dict[str, Any]
SHAPES = {name: np.zeros((2, 5)) for name in ("du", "dv", "dw")}


@pytest.fixture
def said(chain: Exercise) -> Callable[[Values], FormResult]:
    return lambda values: FormResult(described(chain), Response(values))


def test_wrong_values_of_the_right_form_have_no_score_and_are_not_called_right(
    said: Callable[[Values], FormResult],
) -> None:
    result = said(SHAPES)
    assert result.fits
    assert result.score is None
    assert "score unknown" in str(result)
    assert " ".join(ONLY_THE_FORM.split()) in " ".join(str(result).split())
    assert "✓" not in str(result)
    assert "✓" not in result._repr_html_()


def test_a_result_is_no_number_for_nbgrader(said: Callable[[Values], FormResult]) -> None:
    with pytest.raises(TypeError):
        float(said(SHAPES))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="could not convert"):
        float(repr(said(SHAPES)))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (np.zeros(5), "its shape is (5,); expected (2, 5)"),
        (np.zeros((2, 5), np.float32), "its dtype is float32; expected float64"),
        (None, "it is None"),
    ],
)
def test_another_form_is_told(said: Callable[[Values], FormResult], value: Any, words: str) -> None:
    result = said({**SHAPES, "dv": value})
    assert not result.fits
    assert words in " ".join(str(result).split())


def test_a_missing_part_is_told(said: Callable[[Values], FormResult]) -> None:
    result = said({"du": SHAPES["du"], "dv": SHAPES["dv"]})
    assert not result.fits
    assert "is missing" in str(result)


def test_code_that_stops_is_told(chain: Exercise) -> None:
    response = Response(fault="error", message="Your code stopped with KeyError: 'w'.")
    result = FormResult(described(chain), response)
    assert not result.fits
    assert "KeyError" in str(result)


def test_an_answer_that_cannot_be_called_is_told(chain: Exercise) -> None:
    result = FormResult(described(chain), None)
    assert not result.fits
    assert NOT_CALLED in " ".join(str(result).split())
