"""Whatever a submission does, the next finds and answers what it does alone."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from workflows.attacks.lingering import LINGERING, LOOK
from workflows.attacks.marked_memory import NOTHING, THIEF
from workflows.attacks.notebook import BACKWARD, FORWARD
from workflows.ordinary_user import as_ordinary_user
from workflows.runner_process import run_all

from autograder.runner.client import Runner
from autograder.runner.job import RunCell

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
    assert seen["of process 1"] == []
    assert [fd for fd, _ in seen["open"]] == ["0", "1", "2", "5", "6"]


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


def test_a_sandbox_in_which_something_differs_is_thrown_away(runner: Runner) -> None:
    runner.run([RunCell("1")])
    forking = process_that_forks(runner)
    assert process_that_forks(runner) == forking
    os.setpriority(os.PRIO_PROCESS, forking, os.getpriority(os.PRIO_PROCESS, forking) + 1)
    assert runner.run([RunCell("1")]).failure == ""
    assert process_that_forks(runner) != forking


def test_the_process_that_forks_grows_by_nothing(runner: Runner) -> None:
    sizes = []
    for number in range(40):
        runner.run([RunCell(f"x = {'a' * 10**6!r}")], {"file": bytes(10**6)})
        if number in (9, 39):
            sizes.append(held(runner))
    assert sizes[1] - sizes[0] < 2**18


def held(runner: Runner) -> int:
    """Bytes that the process that forks holds while none of a submission's is there."""
    status = Path(f"/proc/{process_that_forks(runner)}/status").read_text()
    return int(status.split("RssAnon:")[1].split()[0]) * 1024


def process_that_forks(runner: Runner) -> int:
    """Its id, after the last submission has been cleared away."""
    runner.start()
    assert runner._process is not None
    (outer,) = children(runner._process.pid)
    (forking,) = children(outer)
    return forking


def children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
