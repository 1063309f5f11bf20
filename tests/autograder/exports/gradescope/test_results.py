from __future__ import annotations

import json

from autograder.exports.gradescope.results import GRADED, failure, results_file


def test_half_a_character_stops_no_result() -> None:
    written = json.loads(results_file(failure("\udce9t\u00e9 \ud83d")).decode("utf-8"))
    assert written["output"] == "This could not be graded: \ufffdté \ufffd"


def test_a_failure_is_no_score_of_points_that_could_be_earned() -> None:
    """The specification wants a score at the top or in each test, and it shows 0 of 0."""
    told = failure("x")
    assert "score" not in told
    assert [(test["score"], test["max_score"]) for test in told["tests"]] == [(0, 0)]
    assert told["extra_data"] == {GRADED: False}
