from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.derived.line_program import line_program

x, y = np.array([[1.0, 2.0], [3.0, 5.0]]), np.array([[2.0, 0.5], [1.0, 4.0]])
# The line, what is said of the slip, its kind, and the line with it.
CASES: tuple[tuple[str, str, str, Any], ...] = (
    ("x + y", "− is written for +", "a wrong operator", x - y),
    ("x - y", "the term y is left out", "a missing term", x),
    ("x / y", "the two sides of a / are swapped", "two sides swapped", y / x),
    ("x * y", "the factor x is left out", "a missing factor", y),
    ("x**3", "2 is written for 3", "a wrong constant", x**2),
    ("x @ y.T", "y is not transposed", "a missing transpose", x @ y),
    ("x * y", "y is transposed", "a transpose too many", x * y.T),
    ("x * y", "x is used where y belongs", "x instead of y", x * x),
    ("x.sum(axis=0)", "sum is taken over another axis", "a wrong axis", x.sum(axis=1)),
    ("x.sum(axis=0)", "mean is used where sum belongs", "another function", x.mean(axis=0)),
    ("np.tanh(x)", "a tanh is left out", "a missing tanh", x),
    ("-x", "x has the wrong sign", "a wrong sign", x),
    ("x * y", "x is squared", "a square too many", x**2 * y),
    ("x * y", "half of y is taken", "a factor of 2", x * y / 2),
    ("x / x.shape[1]", "another length is used where x.shape[1] belongs", "a wrong length", x / 2),
    ("2 * x / y", "+ is written for *", "a wrong operator", 2 + x / y),
    ("2 * (x + y)", "a pair of brackets is left out", "missing brackets", 2 * x + y),
    ("x * (y > 1)", "< is written for >", "a wrong operator", x * (y < 1)),
    ("np.where(y > 1, x, y)", "two arguments of where are swapped", "arguments swapped",
     np.where(y > 1, y, x)),
)  # fmt: skip


@pytest.mark.parametrize(("line", "words", "kind", "value"), CASES)
def test_what_people_get_wrong_can_be_run(line: str, words: str, kind: str, value: Any) -> None:
    lines = line_program(f"z = {line}\nreturn {{'z': z}}", ["x", "y"], ["z"])
    right = lines.run({"x": x, "y": y})
    made = [
        found[lines.results["z"]]
        for slip in lines.slips
        if (slip.words, slip.kind) == (words, kind)
        and (found := lines.changed(right, [slip])) is not None
    ]
    assert any(np.array_equal(one, value) for one in made), made


def test_long_formulas_are_not_quoted() -> None:
    text = "z = np.exp(x * y + 1) - np.log(x + y)\nreturn {'z': z}"
    lines = line_program(text, ["x", "y"], ["z"])
    assert not any("exp(x * y" in slip.words for slip in lines.slips)
    assert "the exp with x and y has the wrong sign" in {slip.words for slip in lines.slips}
