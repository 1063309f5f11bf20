"""Events that a submission forges: they cost their own step, and never the whole report."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from autograder.runner.outcome import Outcome

Cells = Callable[..., Outcome]
# What a cell needs to say something in the place of the process that runs it.
FORGE = """
import json, os, struct

def is_pipe(fd):
    return os.path.exists(f'/proc/self/fd/{fd}') and 'pipe' in os.readlink(f'/proc/self/fd/{fd}')

pipe = max(int(fd) for fd in os.listdir('/proc/self/fd') if is_pipe(fd))

def say(text):
    message = text.encode()
    view = memoryview(struct.pack('!II', len(message), 0) + message)
    while view:
        view = view[os.write(pipe, view):]

def forge(event, step, **more):
    say(json.dumps({'event': event, 'step': step, **more}))
"""
NESTED = """
brackets = '[' * DEPTH + ']' * DEPTH
say('{"event": "end", "step": 0, "status": "ok", "outputs": ' + brackets + '}')
"""
MANY = """
long = [{'output_type': 'stream', 'name': 'stdout', 'text': 'x' * 10**6}]
for step in range(2000):
    forge('start', step)
    forge('end', step, outputs=long if step < 40 else [], **({} if step < 40 else SAID))
forge('done', 1999)
"""


@pytest.mark.parametrize("depth", [10, 400, 900, 930, 950, 970, 985])
def test_outputs_nested_as_deep_as_json_can_be_read(run: Cells, depth: int) -> None:
    outcome = run(FORGE + NESTED.replace("DEPTH", str(depth)), "print(6 * 7)")
    assert outcome.failure == ""
    assert [step.status for step in outcome.steps] == ["output", "ok"]


@pytest.mark.parametrize(
    "said", ["'more': 'x' * 4000", "'status': 'x' * 4000", "'sizes': [1] * 900"]
)
def test_many_steps_that_each_say_a_little_too_much(run: Cells, said: str) -> None:
    # When the room is used up, something must still be said of each step that follows.
    outcome = run(FORGE + MANY.replace("SAID", f"{{{said}}}"), *["1"] * 1999)
    assert outcome.failure == ""
    assert len(outcome.steps) == 2000


def test_a_forged_number_is_no_number(run: Cells) -> None:
    said = '{"event": "end", "step": 0, "status": "ok", "cpu": 1e999, "peak": -5, "signal": "9"}'
    step, _ = run(f"{FORGE}say({said!r})\nforge('start', 1)\nforge('done', 1)", "1").steps
    assert (step.status, step.cpu, step.peak, step.signal) == ("ok", 0.0, 0, 0)
