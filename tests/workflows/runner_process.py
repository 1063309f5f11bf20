"""A runner in a process of its own, so that another user can own it: JSON in, JSON out.

Standard input holds a list of submissions, each a list of cells, and a cell that another sandbox
runs at the same time. What comes back of a submission is its failure, statuses, texts, a digest of
its answers, and which sandbox it ran in.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from autograder.exercises import find
from autograder.runner.client import Runner
from autograder.runner.job import AskExercise, RunCell
from autograder.runner.limits import Limits
from autograder.runner.outcome import Outcome

# Patient, because on a busy machine 4 GiB take long.
LIMITS = Limits(cell_seconds=60.0, submission_seconds=300.0, scratch_bytes=16 * 2**20)
ASKED = (("quiz2.forward", "quiz2_forward"), ("quiz2.backward", "quiz2_backward"))


# What a process calls itself in another sandbox when it has got hold of all that it can.
HOLDING = "holding"
CALL_IT_HOLDING = f"""
import ctypes, time
ctypes.CDLL(None).prctl(15, b"{HOLDING}", 0, 0, 0)
time.sleep(1e6)
"""


def run_all(
    submissions: list[list[str]], prefix: list[str], beside: str = ""
) -> list[dict[str, Any]]:
    """Runs submissions one after another, in a process that begins with `prefix`.

    Args:
        beside: a cell that gets hold of something, and that another sandbox runs before and while
            the submissions run.
    """
    command = [*prefix, sys.executable, __file__]
    sent = json.dumps({"submissions": submissions, "beside": beside})
    done = subprocess.run(command, input=sent, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr
    results: list[dict[str, Any]] = json.loads(done.stdout)
    return results


def main() -> None:
    rng = np.random.default_rng(1)
    draws = [
        {"x": rng.normal(size=2), "alpha1": rng.normal(size=(3, 2)),
         "alpha2": rng.normal(size=(2, 3)), "beta": rng.normal(size=2)}
        for _ in range(3)
    ]  # fmt: skip
    asked = [AskExercise(find(exercise), name, draws) for exercise, name in ASKED]
    sent = json.load(sys.stdin)
    with Runner(LIMITS) as runner, held(sent["beside"]):
        results = []
        for cells in sent["submissions"]:
            runner.start()
            assert runner._process is not None
            sandbox = runner._process.pid
            outcome = runner.run([*map(RunCell, cells), *asked])
            results.append({**told(outcome), "sandbox": sandbox})
    json.dump(results, sys.stdout)


@contextmanager
def held(beside: str) -> Iterator[None]:
    """Within it, another sandbox runs a cell and holds on to what it got."""
    if not beside:
        yield
        return
    with Runner(LIMITS) as runner:
        runner.start()
        assert runner._process is not None
        steps = [RunCell(f"{beside}\n{CALL_IT_HOLDING}")]
        running = threading.Thread(target=runner.run, args=(steps,))
        running.start()
        while running.is_alive() and not is_holding():
            time.sleep(0.05)
        assert running.is_alive(), "it ended before it held anything"
        try:
            yield
        finally:
            runner._process.kill()
            running.join()


def is_holding() -> bool:
    """Whether a process has said so."""
    names = (path.read_bytes() for path in Path("/proc").glob("[0-9]*/comm"))
    return f"{HOLDING}\n".encode() in names


def told(outcome: Outcome) -> dict[str, Any]:
    answers = hashlib.sha256(b"|".join(b"".join(step.frames) for step in outcome.steps))
    return {
        "failure": outcome.failure,
        "statuses": [step.status for step in outcome.steps],
        "said": [
            output.get("text", output.get("evalue", ""))
            for step in outcome.steps
            for output in step.outputs
        ],
        "answers": answers.hexdigest(),
    }


if __name__ == "__main__":
    main()
