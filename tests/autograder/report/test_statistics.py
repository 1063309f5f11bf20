"""Item statistics against NumPy's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.report.statistics import histogram, point_biserial, summarize

SCORES = st.lists(st.integers(0, 140).map(lambda n: n / 10), min_size=1, max_size=40)


@settings(max_examples=50)
@given(SCORES)
def test_the_summary_is_numpys(scores: list[float]) -> None:
    found = summarize(scores)
    assert found is not None
    quartiles = np.percentile(scores, [0, 25, 50, 75, 100])
    mine = (found.low, found.lower, found.median, found.upper, found.high)
    np.testing.assert_allclose(mine, quartiles, atol=1e-12)
    mean = (np.mean(scores), np.std(scores))
    np.testing.assert_allclose((found.mean, found.deviation), mean, atol=1e-12)


@settings(max_examples=50)
@given(SCORES)
def test_every_score_is_in_one_class_that_holds_it(scores: list[float]) -> None:
    classes = histogram(scores, 14)
    assert sum(count for _, _, count in classes) == len(scores)
    for low, high, count in classes[:-1]:
        held = sum(low - 1e-9 <= score < high - 1e-9 for score in scores)
        assert count == held


@settings(max_examples=50)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 20)), min_size=2, max_size=30))
def test_the_point_biserial_is_the_correlation(pairs: list[tuple[bool, int]]) -> None:
    solved = [one for one, _ in pairs]
    rest = [float(points) for _, points in pairs]
    found = point_biserial(solved, rest)
    if len(set(solved)) < 2 or len(set(rest)) < 2:
        assert found is None
    else:
        assert found == pytest.approx(np.corrcoef(solved, rest)[0, 1])


def test_nobody_has_no_summary() -> None:
    assert summarize([]) is None
