"""Each limit fires, with its own status, and costs nothing beyond its cell."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from autograder.exercises import find
from autograder.runner.client import Runner
from autograder.runner.job import AskExercise, RunCell
from autograder.runner.limits import Limits
from autograder.runner.outcome import Outcome, responses

Cells = Callable[..., Outcome]
PATIENT = {"cell_seconds": 60.0, "submission_seconds": 120.0}


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("import time; time.sleep(60)", "wall time"),
        ("import time\nwhile True:\n    try: time.sleep(60)\n    except BaseException: pass",
         "wall time"),
        ("while True: pass", "cpu time"),
        ("hog = bytearray(2 ** 33)", "memory"),
        ("import os, time\nfor _ in range(9):\n    if not os.fork():\n"
         "        hog = b'x' * 2 ** 28; time.sleep(9)\ntime.sleep(9)", "memory"),
        ("import ctypes; ctypes.string_at(0)", "signal"),
        ("import os; os._exit(0)", "exit"),
        ("1 / 0", "error"),
        ("x = 1", "ok"),
    ],
)  # fmt: skip
def test_a_limit_has_its_status_and_the_next_cell_runs(
    runner: Runner, run: Cells, monkeypatch: pytest.MonkeyPatch, cell: str, status: str
) -> None:
    if status in ("cpu time", "memory"):
        # On a busy machine a second of processor time may take long, and so may 2 GiB.
        monkeypatch.setattr(runner, "limits", replace(runner.limits, **PATIENT))
    outcome = run(cell, "print('after')")
    assert outcome.failure == ""
    assert [step.status for step in outcome.steps] == [status, "ok"]
    assert outcome.steps[1].outputs[0]["text"] == "after\n"


WORKS = """
import time
def work(x):
    end = time.process_time() + 0.6
    while time.process_time() < end: pass
    return {'y': x}
def crash(x):
    import os; os._exit(0)
"""
# Beside nine others, the two steps of the first test take twelve seconds.
BUSY = Limits(cell_seconds=1.5, submission_seconds=8.0)


@pytest.fixture
def busy_neighbour() -> Iterator[None]:
    """Others have the one processor, all but a tenth of it."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    command = [sys.executable, "-c", "while True: pass"]
    others = [subprocess.Popen(command, start_new_session=True) for _ in range(9)]
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
        for other in others:
            other.kill()
            other.wait()


@pytest.mark.usefixtures("busy_neighbour")
def test_work_beside_a_busy_neighbour_is_not_out_of_time() -> None:
    asked = AskExercise(find("quiz1.forward"), "work", [{"x": 1.0}])
    with Runner(BUSY) as runner:
        outcome = runner.run([RunCell(WORKS), RunCell("work(0)"), asked])
    assert outcome.failure == ""
    assert [step.status for step in outcome.steps] == ["ok"] * 3


@pytest.mark.usefixtures("busy_neighbour")
def test_work_asked_in_a_child_beside_a_busy_neighbour_is_not_out_of_time() -> None:
    # A crash makes that all are asked in children, and everything before it is run again.
    asked = [AskExercise(find("quiz1.forward"), name, [{"x": 1.0}]) for name in ("crash", "work")]
    # Forking costs processor time of its own, and more of it the busier the machine is.
    with Runner(replace(BUSY, cell_seconds=3.0, submission_seconds=60.0)) as runner:
        outcome = runner.run([RunCell(WORKS), *asked])
    assert [step.status for step in outcome.steps] == ["ok", "exit", "ok"]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("open('x', 'wb').write(bytes(2 ** 22))", "File too large"),
        ("for n in range(99): open(f'{n}', 'wb').write(bytes(2 ** 20))", "No space left"),
        ("files = [open('/dev/null') for _ in range(999)]", "Too many open files"),
        ("import threading, time\n"
         "for _ in range(999): threading.Thread(target=time.sleep, args=(9,)).start()", "thread"),
        ("import os, time\nfor _ in range(999):\n    if not os.fork(): time.sleep(9)",
         "temporarily unavailable"),
    ],
)  # fmt: skip
def test_what_runs_out_is_an_error_in_the_cell(run: Cells, cell: str, words: str) -> None:
    first, second = run(cell, "1").steps
    assert first.status == "error"
    assert words in first.outputs[-1]["evalue"]
    assert second.status == "ok"


def test_output_is_cut_off(run: Cells) -> None:
    (step,) = run("print('x' * 10 ** 7)").steps
    assert step.status == "ok"
    assert len(step.outputs[0]["text"]) < 2_200
    assert "cut off" in step.outputs[0]["text"]


def test_a_submission_has_an_end(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "limits", replace(runner.limits, submission_seconds=3.0))
    outcome = runner.run([RunCell("import time\ntime.sleep(0.5)")] * 12)
    assert outcome.wall < 8
    assert outcome.steps[0].status == "ok"
    assert outcome.steps[-1].status == "not run"


def test_replays_have_an_end(run: Cells) -> None:
    outcome = run(*["import os; os._exit(0)"] * 5)
    assert outcome.replays == 3
    assert [step.status for step in outcome.steps] == ["exit"] * 3 + ["not run"] * 2


def test_a_cell_that_crashes_is_left_out_and_the_rest_replayed(run: Cells) -> None:
    outcome = run("a = 1", "import os\na = 2\nos._exit(0)", "print(a)")
    assert [step.status for step in outcome.steps] == ["ok", "exit", "ok"]
    assert outcome.steps[2].outputs[0]["text"] == "1\n"
    assert outcome.replays == 1


def test_costs_are_reported(run: Cells) -> None:
    outcome = run(
        "hog = bytearray(2 ** 28)\nhog[::4096] = b'x' * len(hog[::4096])", "sum(range(10 ** 6))"
    )
    assert outcome.peak > 2**28
    assert outcome.cpu > outcome.steps[1].cpu > 0
    assert outcome.wall > 0


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("while True: pass", "cpu time"),
        ("import time; time.sleep(60)", "wall time"),
        ("import ctypes; ctypes.string_at(0)", "signal"),
        ("import os; os._exit(0)", "exit"),
        ("import numpy; return {'y': numpy.zeros(2 ** 20)}", "output"),
        ("return {'y': 1.0}", "ok"),
    ],
)
def test_asking_has_limits_of_its_own(
    runner: Runner, monkeypatch: pytest.MonkeyPatch, body: str, status: str
) -> None:
    if status == "cpu time":
        monkeypatch.setattr(runner, "limits", replace(runner.limits, **PATIENT))
    exercise = find("quiz1.forward")
    drawn = [{"x": 1.0}, {"x": 2.0}]
    first, second = (
        AskExercise(exercise, "f", drawn),
        AskExercise(exercise, "g", drawn),
    )
    outcome = runner.run(
        [RunCell(f"def f(x):\n    {body}\ndef g(x): return {{'y': x}}"), first, second]
    )
    assert [step.status for step in outcome.steps[1:]] == [status, "ok"]
    assert [r.values for r in responses(outcome.steps[2], drawn)] == [{"y": 1.0}, {"y": 2.0}]
    asked = responses(outcome.steps[1], drawn)
    assert all((r.fault == "") == (status == "ok") for r in asked)


def test_an_answer_that_crashes_takes_nothing_of_the_others_along(runner: Runner) -> None:
    exercise, drawn = find("quiz1.forward"), [{"x": 1.0}, {"x": 2.0}]
    cells = (
        "count = 0\n"
        "def good(x):\n    global count\n    count += 1\n    return {'y': x}\n"
        "def bad(x):\n    if x > 1:\n        import os; os._exit(0)\n    return {'y': x}",
        "print(count)",
    )
    asked = [AskExercise(exercise, name, drawn) for name in ("good", "bad", "good")]
    outcome = runner.run([RunCell(cells[0]), *asked, RunCell(cells[1])])
    assert [step.status for step in outcome.steps] == ["ok", "ok", "exit", "ok", "ok"]
    # What it had answered until then counts, and the notebook goes on as if nobody had asked.
    assert [r.fault for r in responses(outcome.steps[2], drawn)] == ["", "error"]
    assert outcome.steps[4].outputs[0]["text"] == "0\n"


def test_what_asking_took_is_reported(runner: Runner) -> None:
    source = "import numpy as np\ndef f(x):\n    np.ones(2 ** 24).sum()\n    return {'y': x}\n"
    source += "def g(x):\n    import ctypes; ctypes.string_at(0)"
    questions = [AskExercise(find("quiz1.forward"), name, [{"x": 1.0}]) for name in "fg"]
    _, heavy, killed = runner.run([RunCell(source), *questions]).steps
    assert heavy.peak > 2**26
    assert heavy.cpu > 0
    assert (killed.status, killed.signal) == ("signal", 11)
