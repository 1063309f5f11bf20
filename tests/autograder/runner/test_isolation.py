"""Whatever a submission does, the next finds and answers what it does alone."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from workflows.attacks.lingering import LINGERING, LOOK
from workflows.attacks.marked_memory import NOTHING, THIEF
from workflows.attacks.notebook import BACKWARD, FORWARD
from workflows.ordinary_user import as_ordinary_user
from workflows.runner_process import run_all

pytestmark = pytest.mark.xdist_group("isolation")
HONEST = ["import numpy as np", FORWARD, BACKWARD]
# What is run after each attack, each as a submission of its own.
AFTER = {"look": [LOOK], "honest": HONEST, "thief": [THIEF]}
Results = dict[str, dict[str, dict[str, Any]]]


@pytest.fixture(scope="module", params=["root", "ordinary"])
def results(request: pytest.FixtureRequest) -> Results:
    """Attack → submission after it → what came of it, all in one sandbox; "" is no attack."""
    if os.getuid() and request.param == "root":
        pytest.skip("these tests are run by an ordinary user")
    prefix = as_ordinary_user() if request.param == "ordinary" else []
    attacks = {"": "1", **LINGERING}
    submissions = [run for attack in attacks.values() for run in ([attack], *AFTER.values())]
    found = iter(run_all(submissions, prefix))
    return {name: {which: next(found) for which in ("attack", *AFTER)} for name in attacks}


def test_alone_all_is_as_it_should_be(results: Results) -> None:
    alone = results[""]
    assert alone["honest"]["statuses"] == ["ok"] * 5
    seen = json.loads(alone["look"]["said"][0])
    assert seen["processes"] == ["1", "2"]
    assert seen["left"] == [False] * 4
    assert [fd for fd, _ in seen["open"]] == ["0", "1", "2", "5"]


@pytest.mark.parametrize("attack", LINGERING)
def test_the_next_submission_finds_what_it_finds_alone(results: Results, attack: str) -> None:
    assert results[attack]["look"] == results[""]["look"]


@pytest.mark.parametrize("attack", LINGERING)
def test_the_next_honest_submission_answers_as_alone(results: Results, attack: str) -> None:
    assert results[attack]["honest"] == results[""]["honest"]


@pytest.mark.parametrize("attack", LINGERING)
def test_nothing_of_it_is_in_the_memory_of_the_next(results: Results, attack: str) -> None:
    assert results[attack]["thief"]["said"] == [NOTHING]


def test_all_of_them_were_served_by_one_sandbox(results: Results) -> None:
    served = {one["sandbox"] for runs in results.values() for one in runs.values()}
    assert len(served) == 1
