"""What a submission sends back costs the grader's process a bounded amount of memory."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from workflows.attacks.costly import FORGED_EVENTS
from workflows.attacks.costly_values import COSTLY_VALUES

from autograder.inside import framing
from autograder.runner.client import Runner
from autograder.runner.job import RunCell
from autograder.runner.outcome import CUT, MAX_SHOWN, Outcome, read_outcome, responses

MIB = 2**20
INPUTS = {"x": 1.0}
NOTHING: dict[str, Any] = {"dict": []}


@contextmanager
def at_most(mebibytes: int) -> Iterator[None]:
    """Fails if so much memory is held at once."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak <= mebibytes * MIB, f"{peak / MIB:.0f} MiB"


def frame(values: Any, blob: bytes = b"") -> bytes:
    message = {"fault": "", "message": "", "values": {"dict": [["a", values]]}, "after": NOTHING}
    return framing.pack(message, blob)


def sent(*frames: bytes) -> Outcome:
    sizes = [len(one) for one in frames]
    report = {"status": "ok", "sizes": sizes, "bytes": sum(sizes)}
    return read_outcome({"steps": [report]}, b"".join(frames))


@pytest.mark.parametrize("name", COSTLY_VALUES)
def test_answers_cost_no_more_than_they_weigh(name: str) -> None:
    make, times = COSTLY_VALUES[name]
    frames = [frame(*make())] * times
    outcome = sent(*frames)
    with at_most(130):
        found = responses(outcome.steps[0], [INPUTS] * len(frames))
    assert len(found) == len(frames)
    longest = max((len(one.values["a"]) for one in found if not one.fault), default=0)
    assert any(one.fault for one in found) or longest <= 1000 or name == "values of one type"


def test_the_budget_is_one_for_all_exercises_of_a_submission() -> None:
    frames = [frame({"list": [0.0] * 90_000})]
    sizes = [len(frames[0])]
    report = {"status": "ok", "sizes": sizes, "bytes": sizes[0]}
    outcome = read_outcome({"steps": [report] * 9}, frames[0] * 9)
    faults = [responses(step, [INPUTS])[0].fault for step in outcome.steps]
    assert faults == [""] * 5 + ["error"] * 4


def test_another_submission_has_a_budget_of_its_own() -> None:
    frames = [frame({"list": [0.0] * 90_000})] * 9
    assert responses(sent(*frames).steps[0], [INPUTS] * 9)[-1].fault == "error"
    assert responses(sent(*frames[:1]).steps[0], [INPUTS])[0].fault == ""


@pytest.mark.parametrize(
    "output",
    [
        {"output_type": "stream", "name": "stdout", "text": "x" * 200_000},
        {"output_type": "display_data", "data": {"text/plain": "x" * 200_000}},
        {"output_type": "error", "ename": "E", "evalue": "", "traceback": ["x" * 4000] * 100},
    ],
    ids=lambda one: one["output_type"],
)
def test_all_that_a_notebook_shows_is_bounded(output: dict[str, Any]) -> None:
    reports = [{"status": "ok", "outputs": [output] * 150} for _ in range(20)]
    outcome = read_outcome({"steps": reports}, b"")
    shown = [one for step in outcome.steps for one in step.outputs]
    assert len(json.dumps(shown)) < 1.1 * MAX_SHOWN
    assert shown[-1]["text"] == CUT
    assert outcome.steps[-1].outputs == []


def test_a_report_that_is_none_is_refused() -> None:
    for message in (None, [], {}, {"steps": 1}, {"steps": [1]}):
        with pytest.raises(framing.WireError):
            read_outcome(message, b"")


@pytest.mark.parametrize("text", ["x", "\u20ac"])
def test_cells_that_all_show_as_much_as_they_may_are_graded(text: str) -> None:
    cells = [RunCell(f"print({text!r} * 10**5)") for _ in range(60)]
    with Runner() as runner:
        outcome = runner.run([*cells, RunCell("print(6 * 7)")])
    assert outcome.failure == ""
    assert {step.status for step in outcome.steps} == {"ok"}
    assert len(outcome.steps[0].outputs[0]["text"]) >= 10**5


def test_events_that_are_forged_end_the_run() -> None:
    with Runner() as runner:
        outcome = runner.run([RunCell(FORGED_EVENTS), RunCell("print(6 * 7)")])
    assert outcome.failure == ""
    assert [step.status for step in outcome.steps] == ["output", "ok"]
