from __future__ import annotations

import numpy as np
import pytest
from judging import named_when, positional

from autograder.exercises import find


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        (slice(None, 1), "the first example alone"),
        (slice(-1, None), "the last example alone"),
        (slice(1, None), "all examples but the first"),
        (slice(None, -1), "all examples but the last"),
    ],
)
@pytest.mark.parametrize(("id", "part"), [("bp.rows", "dW"), ("case1.batch", "dtheta")])
def test_examples_that_are_left_out_are_named(id: str, part: str, rows: slice, name: str) -> None:
    right = positional(find(id))

    def some(found: object, given: dict[str, np.ndarray]) -> object:
        count = len(given["X"])
        cut = {n: v[rows] if np.ndim(v) and len(v) == count else v for n, v in given.items()}
        return right(*cut.values())[part]

    assert named_when(id, **{part: some}) == [name]
