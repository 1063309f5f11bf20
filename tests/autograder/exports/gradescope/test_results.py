from __future__ import annotations

import json

from autograder.exports.gradescope.results import failure, results_file


def test_half_a_character_stops_no_result() -> None:
    written = json.loads(results_file(failure("\udce9t\u00e9 \ud83d")).decode("utf-8"))
    assert written["output"] == "This could not be graded: \ufffdté \ufffd"
