from __future__ import annotations

import math
import re

import numpy as np
import pytest

import course_bp
from autograder.random_functions.operations import CALLED, OPERATIONS


@pytest.mark.parametrize("name", [name for name in CALLED if name != "log_softmax"])
@pytest.mark.parametrize("u", [-0.7, 1.2])
def test_what_a_function_is_said_to_be_is_what_it_computes(name: str, u: float) -> None:
    head, said = CALLED[name].split(" = ")
    assert head == f"{name}(u)"
    known = {"exp": math.exp, "log": math.log, "max": max, "u": u}
    value = getattr(course_bp, name)(u)
    assert value == pytest.approx(eval(said, known), rel=1e-12)  # noqa: S307


def test_log_softmax_is_what_is_said_of_it() -> None:
    head, said = CALLED["log_softmax"].split(" = ")
    assert (head, said) == ("log_softmax(u, axis=1)", "u - log(sum of exp(u) over each row)")
    u = np.array([[0.3, -1.2], [2.0, 0.1]])
    right = [[x - math.log(sum(math.exp(one) for one in row)) for x in row] for row in u]
    np.testing.assert_allclose(course_bp.log_softmax(u, axis=1), right, rtol=1e-12)


def test_every_function_that_a_text_calls_is_numpys_or_explained() -> None:
    called = {
        name
        for operation in OPERATIONS.values()
        for name in re.findall(r"(?<![.\w])(\w+)\(", operation.text)
    }
    assert called == set(CALLED)
