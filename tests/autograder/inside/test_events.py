"""Of what a submission's process says of a step, only what the grader reads is passed on."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.inside import events, framing

JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=10), inner),
    max_leaves=20,
)
NAMES = st.sampled_from(["status", "outputs", "sizes", "cpu", "wall", "peak", "signal", "bytes"])
HONEST = {
    "status": "ok",
    "cpu": 0.25,
    "wall": 1.0,
    "peak": 4096,
    "signal": 0,
    "outputs": [
        {"output_type": "stream", "name": "stdout", "text": "hi"},
        {"output_type": "display_data", "data": {"text/plain": "x", "image/png": "y"}},
        {"output_type": "error", "ename": "E", "evalue": "", "traceback": ["a", "b"]},
    ],
}


def told(event: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(events.report(event))
    return found


def nested(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


def test_what_an_honest_process_says_is_passed_on() -> None:
    assert told({"event": "end", "step": 3, **HONEST}) == HONEST
    asked = {**HONEST, "sizes": [10, 20]}
    del asked["outputs"]
    assert told(asked) == asked


@given(st.dictionaries(NAMES | st.text(max_size=10), JSON))
def test_whatever_is_said_becomes_a_report_or_is_refused(event: dict[str, Any]) -> None:
    try:
        found = told(event)
    except framing.WireError:
        return
    assert set(found) <= set(HONEST) | {"sizes"}
    assert all(type(found[name]) in (int, float) for name in events.NUMBERS)
    assert len(found.get("sizes", ())) <= events.MAX_FRAMES


@pytest.mark.parametrize("status", ["internal", "not run", "", "x" * 4000, None, ["ok"], 1])
def test_what_a_step_that_ran_cannot_say_of_itself_is_an_error(status: Any) -> None:
    assert told({"status": status})["status"] == "error"


@pytest.mark.parametrize("depth", [5, 900])
def test_outputs_that_no_cell_has_are_refused(depth: int) -> None:
    with pytest.raises(framing.WireError):
        events.report({"outputs": nested(depth)})


@pytest.mark.parametrize("value", [nested(900), "x" * 10**6, -1, 1e300, float("nan"), [1] * 10**5])
def test_nothing_else_takes_room(value: Any) -> None:
    names = ("status", "sizes", *events.NUMBERS, "more")
    assert len(events.report(dict.fromkeys(names, value))) < 10_000
