"""Whoever tries to hold more memory than is allowed is stopped, and the next is graded as alone."""

from __future__ import annotations

import os
from typing import Any

import pytest
from workflows.attacks.hoarding import HOARDING
from workflows.attacks.notebook import BACKWARD, FORWARD
from workflows.ordinary_user import as_ordinary_user
from workflows.runner_process import run_all

HONEST = ["import numpy as np", FORWARD, BACKWARD]
Results = dict[str, tuple[dict[str, Any], dict[str, Any]]]
# What a cell says that was refused something.
REFUSED = (
    "not permitted",
    "No space left",
    "Permission denied",
    "Read-only",
    "Cannot allocate",
    "No such device",
)


@pytest.fixture(scope="module", params=["root", "ordinary"])
def results(request: pytest.FixtureRequest) -> Results:
    """Way → what came of the attempt, and of the honest submission after it; "" is no attempt."""
    if os.getuid() and request.param == "root":
        pytest.skip("these tests are run by an ordinary user")
    prefix = as_ordinary_user() if request.param == "ordinary" else []
    attempts = {"": "1", **HOARDING}
    submissions = [run for attempt in attempts.values() for run in ([attempt], HONEST)]
    found = iter(run_all(submissions, prefix))
    return {way: (next(found), next(found)) for way in attempts}


@pytest.mark.parametrize("way", HOARDING)
def test_it_is_stopped(results: Results, way: str) -> None:
    attempt, _ = results[way]
    said = " ".join(attempt["said"])
    refused = attempt["statuses"][0] == "error" and any(words in said for words in REFUSED)
    # A file that is mapped and for which there is no space gives a bus error.
    crashed = attempt["statuses"][0] == "signal" and "mapped" in way
    assert refused or crashed or attempt["statuses"][0] == "memory", attempt


@pytest.mark.parametrize("way", HOARDING)
def test_the_next_is_graded_as_alone(results: Results, way: str) -> None:
    (_, alone), (_, beside) = results[""], results[way]
    assert {**beside, "sandbox": 0} == {**alone, "sandbox": 0}
