from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from drawn_programs import QUIZ1

from autograder.domain import Real
from autograder.random_functions.bounds import OutOfBounds, are_in_bounds, interval_of
from autograder.random_functions.operations import SCALAR
from autograder.random_functions.program import Line, Program

# Operation → intervals of its operands that it can be used on.
INTERVALS = {
    **{name: [(0.5, 2.0), (1.0, 2.5), (0.3, 0.9), (-1.0, 1.0)] for name in SCALAR},
    "subtract": [(-2.0, 1.0), (0.5, 3.0)],
    "square": [(-2.0, 1.0)],
    "sin": [(-3.0, 5.0)],
    "cos": [(-4.0, 2.0)],
    "multiply": [(-2.0, 3.0), (-1.0, 4.0)],
    "divide": [(-2.0, 3.0), (-4.0, -1.0)],
}


@pytest.mark.parametrize("operation", SCALAR)
def test_every_value_lies_in_the_interval_and_fills_most_of_it(operation: str) -> None:
    names = "pqrs"[: SCALAR[operation].operands]
    known = dict(zip(names, INTERVALS[operation], strict=False))
    line = Line("v", operation, tuple(names))
    low, high = interval_of(line, known)
    rng = np.random.default_rng(0)
    drawn = {name: rng.uniform(*known[name], 20_000) for name in names}
    function = Program("f", {name: Real() for name in names}, (line,)).forward
    values = function(**drawn)
    assert low <= values.min()
    assert values.max() <= high
    assert values.max() - values.min() > 0.5 * (high - low)


@pytest.mark.parametrize(
    ("operation", "intervals"),
    [
        ("log", [(0.1, 2.0)]),
        ("sqrt", [(-1.0, 2.0)]),
        ("divide", [(1.0, 2.0), (-1.0, 1.0)]),
        ("divide", [(1.0, 2.0), (0.1, 1.0)]),
        ("exp", [(0.0, 6.0)]),
        ("tanh", [(0.0, 4.0)]),
        ("sin", [(0.0, 9.0)]),
        ("multiply", [(0.0, 20.0), (1.0, 9.0)]),
        ("multiply", [(1.0, 1.01), (1.0, 1.01)]),
    ],
)
def test_edges_large_values_and_values_that_hardly_change_are_refused(
    operation: str, intervals: list[tuple[float, float]]
) -> None:
    names = tuple("pq"[: len(intervals)])
    with pytest.raises(OutOfBounds):
        interval_of(Line("v", operation, names), dict(zip(names, intervals, strict=True)))


def test_a_logarithm_below_a_fraction_bar_keeps_away_from_1() -> None:
    near = {**QUIZ1.inputs, "x": Real(above=0.8, below=2.4)}
    assert are_in_bounds(QUIZ1)
    assert not are_in_bounds(replace(QUIZ1, inputs=near))
