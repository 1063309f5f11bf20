from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from derived_functions import DERIVED

from autograder.course.description import described
from autograder.feedback.form_result import ONLY_TWO_PASSES, FormResult
from autograder.feedback.own_forward import DIFFERS, FITS, compared
from autograder.inside.asking import Response

TOLD = described(DERIVED["residual.backward"])


def forward(x: Any, W: Any, b: Any) -> Any:
    return x + np.maximum(x @ W + b, 0)


def backward(x: Any, W: Any, b: Any, upstream: Any) -> dict[str, Any]:
    dz = upstream * (x @ W + b > 0)
    return {"dx": upstream + dz @ W.T, "dW": x.T @ dz, "db": dz.sum(axis=0)}


def values(**changes: Any) -> dict[str, Any]:
    example = TOLD.example()
    assert example is not None
    return {**backward(**example), **changes}


def test_a_right_backward_pass_fits_the_right_forward_pass() -> None:
    assert compared(TOLD, values(), forward) == dict.fromkeys(("dx", "dW", "db"), FITS)


def test_a_wrong_part_differs_and_the_others_do_not() -> None:
    found = compared(TOLD, values(dW=2 * values()["dW"]), forward)
    assert found["dW"].startswith(DIFFERS)
    assert (found["dx"], found["db"]) == (FITS, FITS)


def test_one_wrong_entry_is_pointed_at() -> None:
    wrong = values()["dx"].copy()
    wrong[1, 2] += 1.0
    found = compared(TOLD, values(dx=wrong), forward)
    assert found["dx"].endswith("in 1 of 12 entries, the first at [1, 2]")


def test_a_forward_pass_that_stops_is_said() -> None:
    found = compared(TOLD, values(), lambda x, W, b: x @ b @ W @ x)
    assert "your forward pass stops with ValueError" in found["dx"]


def test_a_function_that_changes_its_inputs_spoils_nothing() -> None:
    def careless(x: Any, W: Any, b: Any) -> Any:
        result = forward(x, W, b)
        x += 100.0
        W *= 0.0
        return result

    assert set(compared(TOLD, values(), careless).values()) == {FITS}


@pytest.mark.parametrize(("factor", "fits"), [(1.0, True), (2.0, False)])
def test_the_result_says_what_it_compared_and_gives_no_score(factor: float, fits: bool) -> None:
    result = FormResult(TOLD, Response(values(db=factor * values()["db"])), forward)
    assert result.fits is fits
    assert result.score is None
    assert " ".join(ONLY_TWO_PASSES.split()) in " ".join(str(result).split())
