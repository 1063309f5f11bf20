"""Which line of an author's file is named when an exercise cannot be derived from it."""

from __future__ import annotations

from itertools import count

import pytest

from autograder.exercises.loading import load

FILE = """\
import numpy as np

from autograder.derived.author import bits, exercise, label, one_hot, real
from autograder.exercise import Mistake
from course_bp import exp


def f(x, w):
    a = x @ w
    return a / (1 + exp(-a))


EXERCISE = exercise(
    "f.backward",
    f,
    title="F",
    inputs={
        "x": real("N", "D"),
        "w": real("D"),
    },
    points={
        "dx": 1,
        "dw": 2,
    },
)
"""
NUMBERS = count()


def said(before: str, after: str) -> tuple[str, str]:
    """What is said of the file with a change, and the line that it names."""
    assert before in FILE
    text = FILE.replace(before, after, 1)
    # Python remembers the lines of a file by its name.
    where = f"/course{next(NUMBERS)}"
    _, failed = load({"f.py": text}, where)
    message = failed["f.py"].removeprefix(f"{where}/f.py, line ")
    number, _, words = message.partition(": ")
    return text.splitlines()[int(number) - 1].strip(), words


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        # In the forward function.
        ('"w": real("D")', '"w": real("N")', "a = x @ w", "gave x of N × D = 3 × 4, w of N = 3"),
        ("x @ w", "x @ v", "a = x @ v", "NameError"),
        ("exp(-a)", "np.i0(a)", "return a / (1 + np.i0(a))", "no rule"),
        ("return a / (1 + exp(-a))", "return a, x", "return a, x", "must return one number"),
        ("return a / (1 + exp(-a))", "return x", "return x", "one of its inputs"),
        ("    return a / (1 + exp(-a))\n", "", "def f(x, w):", "does it lack a return?"),
        ("return a", "return 2 * x[1, 0] * a", "return 2 * x[1, 0] * a / (1 + exp(-a))", "N = 1"),
        ("x @ w", "x[1:] @ w", "return a / (1 + exp(-a))", "no input has an axis of length 2"),
        (
            "    return a",
            "    if a.value.sum() > 0:\n        a = 2 * a * a\n    return a",
            "if a.value.sum() > 0:",
            "does other operations for other inputs",
        ),
        (
            "    return a",
            "    for i in range(len(x)):\n        a = a + a[i]\n    return a",
            "for i in range(len(x)):",
            "does other operations for other inputs",
        ),
        # In the call.
        ('"f.backward"', "3", "3,", "id must be a text"),
        ("    f,\n", '    "f",\n', '"f",', "Give the forward function"),
        ("    f,\n", "    f(1),\n", "f(1),", "missing 1 required"),
        ('"dw": 2', '"dv": 2', '"dv": 2,', "'dv' cannot be asked for. You can ask for: a, y,"),
        ('"dw": 2', '"dw": "2"', '"dw": "2",', "Write a number above 0"),
        ('title="F"', 'labels={"dz": "z"}', 'labels={"dz": "z"},', "The parts are: dx, dw."),
        ('title="F"', 'sizes={"K": (1, 2)}', 'sizes={"K": (1, 2)},', "The letters are: N, D."),
        ('title="F"', 'sizes={"N": 3}', 'sizes={"N": 3},', "Write lengths from 1 up"),
        ('title="F"', 'hints=("a",)', 'hints=("a",),', "three texts"),
        ('title="F"', "tolerance=10", "tolerance=10,", "a small number"),
        ('title="F"', 'tilte="F"', 'tilte="F",', "Did you mean title? Fix that line."),
        ('title="F"', "mistakes=[f]", "mistakes=[f],", "a tuple or list of Mistake"),
        (
            'title="F"',
            'mistakes=[Mistake("M1", "m", {"dq": len}, "e", name="n")]',
            'mistakes=[Mistake("M1", "m", {"dq": len}, "e", name="n")],',
            "'dq' is not a step that 'm' can change",
        ),
        ('"w": real("D")', '"w": real', '"w": real,', 'Write real("N", "D")'),
        ('"w": real("D")', '"w": real("D", abov=0)', '"w": real("D", abov=0),', "'abov'"),
        ('"w": real("D")', '"w": real("D-1")', '"w": real("D-1"),', "is not a length for an axis"),
        ('"w": real("D")', '"w": one_hot("D", 0.5)', '"w": one_hot("D", 0.5),', "not a length"),
        ('        "w": real("D"),\n', "", "inputs={", "cannot be called with the inputs x"),
        ('real("N", "D")', 'one_hot("N", "D")', '"dx": 1,', "'dx' cannot be asked for"),
        (
            '"x": real("N", "D"),\n        "w": real("D"),',
            '"w": real("D"),\n        "x": real("N", "D"),',
            "inputs={",
            "f takes x, w, and inputs has w, x",
        ),
    ],
)
def test_the_line_that_is_named_is_the_one_to_fix(
    before: str, after: str, line: str, words: str
) -> None:
    named, told = said(before, after)
    assert (named, words in told) == (line, True), told
    assert told.endswith("Fix that line.")


@pytest.mark.parametrize(
    ("before", "after"), [("    inputs={", "    input={"), ("    f,\n", "    f,\n    1,\n")]
)
def test_of_a_call_that_fails_as_a_whole_no_line_is_to_be_fixed(before: str, after: str) -> None:
    named, told = said(before, after)
    assert named == "EXERCISE = exercise("
    assert told.endswith("Change what this call is given.")


def test_classes_may_bring_letters_of_their_own() -> None:
    text = FILE.replace('"w": real("D")', '"w": bits("D")').replace('        "dw": 2,\n', "")
    found, failed = load({"f.py": text.replace('real("N", "D")', 'real("D")')}, "/course")
    assert not failed
    assert found["f.py"].EXERCISE.points == 1
