"""Questions that lend functions, through the sandbox: what is not computed is not earned."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from autograder.exercises import find
from autograder.inside.asking import Response
from autograder.judge.draw import draw_inputs
from autograder.judge.judge import judge
from autograder.judge.verdict import Verdict
from autograder.runner import client
from autograder.runner.client import Runner
from autograder.runner.job import AskExercise, RunCell
from autograder.runner.lender import Lender
from autograder.runner.outcome import responses

SEED = (7, 11)
SOLUTIONS = Path(__file__).parents[3] / "solutions"
# Numbers that say which mistake is planted, by their place in the list of parameters.
NAMING = """
def name_of(numbers):
    scale, power, slope, again, square, extra, bias, moved, keep = numbers
    if scale < 0: return "M1"
    if scale != 1: return "M2"
    for sign, name in ((power == 0, "M3"), (extra, "M4"), (slope == 0, "M5"), (again, "M6"),
                       (square, "M11"), (moved, "M14"), (keep, "M17"), (bias, "M20")):
        if sign: return name
    return "right"

def like_numbers(value):
    if type(value) not in (list, tuple):
        return None
    try:
        found = [float(one) for one in value]
    except Exception:
        return None
    return found if len(found) == 9 and abs(found[0]) in (0.5, 1, 2) else None
"""
ORDER = ["scale", "power", "slope", "again", "square", "extra", "bias", "moved", "keep"]
# Each defines look(suspect), which returns nine numbers that it found without a call, or None.
LOOKING = {
    "its closure": f"""
def look(suspect):
    cells = dict(zip(suspect.__code__.co_freevars, suspect.__closure__))
    return [cells[name].cell_contents for name in {ORDER!r}]
""",
    "its attributes": """
def look(suspect):
    for value in vars(suspect).values():
        if (found := like_numbers(value)): return found
""",
    "its constants": """
def look(suspect):
    for code in (suspect.__code__, type(suspect).__call__.__code__):
        for value in code.co_consts:
            if (found := like_numbers(value)): return found
""",
    "the frames of those who call": """
import sys
def look(suspect):
    frame = sys._getframe(1)
    while frame:
        for value in [*frame.f_locals.values(), *frame.f_globals.values()]:
            if (found := like_numbers(value)): return found
        frame = frame.f_back
""",
    "all objects that there are": """
import gc
def look(suspect):
    for value in gc.get_objects():
        if type(value) in (list, tuple) and (found := like_numbers(value)): return found
""",
    "the memory of the process": """
import re
NINE = re.compile(rb"-?[0-9]\\.[0-9](?:, -?[0-9]\\.[0-9]){8}")
def look(suspect):
    for line in open("/proc/self/maps"):
        if "rw" not in line or "[v" in line: continue
        low, high = (int(one, 16) for one in line.split()[0].split("-"))
        try:
            with open("/proc/self/mem", "rb") as memory:
                memory.seek(low)
                found = NINE.search(memory.read(high - low))
        except OSError:
            continue
        if found: return like_numbers(found[0].split(b", "))
""",
    "what the grader's module holds": """
import autograder.inside.lent as lent
def look(suspect):
    for value in [*vars(lent).values(), *vars(lent.Borrowed).values()]:
        if (found := like_numbers(value)): return found
""",
    "the functions that build it": """
def look(suspect):
    import autograder.exercises.bug_hunt.planted as planted
    return like_numbers(planted.suspect)
""",
}
CLOSURE_OF_F = """
import numpy as np
def exact(f):
    cells = dict(zip(f.__code__.co_freevars, (c.cell_contents for c in f.__closure__)))
    return cells
def checker(f, claimed, x):
    try:
        c = exact(f)
    except AttributeError:
        (c,) = f.parameters
        c = {**c}
    a, b, w, k, corner, scale = (c[n] for n in ("a", "b", "w", "k", "c", "scale"))
    g = scale * (a * b * np.cos(b * x) + (w * x).sum() * w) + k * np.sign(x - corner)
    return {"right": claimed.shape == g.shape and bool(np.allclose(g, claimed, rtol=1e-9, atol=0))}
"""


@cache
def drawn(exercise: str) -> list[dict[str, Any]]:
    return draw_inputs(find(exercise), SEED)


def graded(runner: Runner, exercise: str, answer: str, *cells: str) -> Verdict:
    inputs = drawn(exercise)
    question = AskExercise(find(exercise), answer, inputs)
    step = runner.run([*map(RunCell, cells), question]).steps[-1]
    return judge(find(exercise), inputs, responses(step, inputs))


def solution(unit: str, *names: str) -> list[str]:
    """The cells of a unit's text with these solutions, and what they need."""
    text = (SOLUTIONS / unit / f"{unit}.py").read_text()
    cells = [f"# %%{cell}" for cell in text.split("# %%")]
    wanted = [f'solution="{name}"' for name in names]
    return [cell for cell in cells if any(one in cell.splitlines()[0] for one in wanted)]


@pytest.fixture(scope="module")
def roomy() -> Any:
    with Runner() as started:
        yield started


@pytest.mark.parametrize("where", LOOKING)
def test_which_mistake_is_planted_cannot_be_read_off(roomy: Runner, where: str) -> None:
    detective = """
def detective(suspect):
    try:
        found = look(suspect)
    except Exception:
        found = None
    return name_of(found) if found else "none"
"""
    verdict = graded(roomy, "suspects.named", "detective", NAMING, LOOKING[where], detective)
    assert verdict.fault == ""
    assert verdict.score == 0


def test_a_claim_cannot_be_compared_with_a_gradient_that_was_read_off(roomy: Runner) -> None:
    assert graded(roomy, "checker.verdict", "checker", CLOSURE_OF_F).score == 0


RIGHT_BACKWARD = """
import numpy as np
def right_backward(x, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(x @ W1 + b1)))
    dp = (h @ W2 + b2 - y) / len(x)
    dz = dp @ W2.T * h * (1 - h)
    return {"dW1": x.T @ dz, "db1": dz.sum(0), "dW2": h.T @ dp, "db2": dp.sum(0)}
"""


@pytest.mark.parametrize(
    ("exercise", "answer", "cells"),
    [
        ("suspects.named", "suspects_named", ("10-bug-hunt", "suspects.named")),
        ("checker.difference", "checker_difference", ("03-four-ways", "checker.difference")),
        ("checker.sweep", "checker_sweep", ("03-four-ways", "checker.sweep")),
        (
            "checker.verdict",
            "checker_verdict",
            ("03-four-ways", "checker.difference", "checker.verdict"),
        ),
    ],
)
def test_a_solution_earns_everything(
    roomy: Runner, exercise: str, answer: str, cells: tuple[str, ...]
) -> None:
    verdict = graded(roomy, exercise, answer, RIGHT_BACKWARD, *solution(*cells))
    assert verdict.full, verdict.as_data()


def test_calls_of_its_own_disturb_no_answer(roomy: Runner) -> None:
    honest = solution("10-bug-hunt", "suspects.named")
    early = """
import os, struct, json
text = json.dumps({"function": 0, "copy": "x", "token": "t", "arguments": {"list": []}}).encode()
for fd in map(int, os.listdir("/proc/self/fd")):
    if os.path.exists(f"/proc/self/fd/{fd}") and "socket" in os.readlink(f"/proc/self/fd/{fd}"):
        for _ in range(50):
            os.write(fd, struct.pack("!II", len(text), 0) + text)
        os.write(fd, b"no call at all")
"""
    verdict = graded(roomy, "suspects.named", "suspects_named", RIGHT_BACKWARD, early, *honest)
    assert verdict.full


def test_an_answer_that_hangs_is_asked_again_with_functions_that_are_as_new(
    roomy: Runner,
) -> None:
    honest = solution("10-bug-hunt", "suspects.named")
    slow = """
import os, signal
asked_here = os.getpid()
was = suspects_named
def suspects_named(suspect):
    found = was(suspect)
    if os.getpid() == asked_here:
        os.kill(os.getpid(), signal.SIGKILL)
    return found
"""
    verdict = graded(roomy, "suspects.named", "suspects_named", RIGHT_BACKWARD, *honest, slow)
    assert verdict.full


def test_whoever_calls_for_too_long_is_not_answered_any_more(
    monkeypatch: pytest.MonkeyPatch, roomy: Runner
) -> None:
    monkeypatch.setattr(client, "Lender", partial(Lender, seconds=0.0))
    endless = """
def detective(suspect):
    while True:
        suspect(*(np.ones(shape) for shape in ((1, 1), (1, 1), (1, 1), (1,), (1, 1), (1,))))
"""
    exercise, inputs = find("suspects.named"), drawn("suspects.named")
    cells = [RunCell("import numpy as np"), RunCell(endless)]
    outcome = roomy.run([*cells, AskExercise(exercise, "detective", inputs), RunCell("6 * 7")])
    assert outcome.failure == ""
    assert [step.status for step in outcome.steps] == ["ok"] * 4
    assert {one.fault for one in responses(outcome.steps[2], inputs)} == {"error"}


def test_inside_there_is_nothing_but_the_number_of_a_function(roomy: Runner) -> None:
    seen: list[Response] = []
    exercise, inputs = find("suspects.named"), drawn("suspects.named")
    cell = """
def detective(suspect):
    return " ".join(f"{k}={v}" for k, v in sorted(vars(suspect).items()))
"""
    step = roomy.run([RunCell(cell), AskExercise(exercise, "detective", inputs)]).steps[-1]
    seen = responses(step, inputs)
    names = [one for response in seen for group in response.values.values() for one in group]
    assert len(names) == sum(len(group) for one in inputs for group in one.values())
    assert {word.split("=")[0] for name in names for word in name.split()} == {
        "copy",
        "number",
        "pipe",
    }
