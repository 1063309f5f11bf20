"""Plain nbgrader tests as they really run: beside a student's code, in the sandbox."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.course.hidden_tests import for_grading
from autograder.grading.grader import GradedNotebook, Grader
from autograder.grading.rebuild import rebuild
from autograder.grading.submission import Cell
from autograder.runner.client import Runner

HIDDEN = "assert square(-2) == 4"
STUB = "def square(x):\n    raise NotImplementedError()"
RIGHT = "def square(x):\n    return x * x"
SHOWN = "assert square(3) == 9"
# Each is to earn full points with a stock nbgrader.
DISPLAY = "import sys\ndef square(x):\n    sys.displayhook(2)\n    return 1"
DROPPED = (
    "get_ipython().input_transformers_cleanup.append(lambda lines: ['pass'])\n"
    "def square(x):\n    return 1"
)
REPLACED = (
    "import types\nshell = get_ipython()\ntrue = type(shell.run_cell('1'))\n"
    "shell.run_cell = lambda *args, **kinds: true(None)\ndef square(x):\n    return 1"
)


def about(grade_id: str, **changes: object) -> dict[str, object]:
    base = {"grade_id": grade_id, "grade": False, "solution": False, "locked": True}
    return {"nbgrader": {**base, **changes}}


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    with Runner() as runner:
        yield Grader(runner, b"secret")


def grade(grader: Grader, answer: str, own: str = "") -> GradedNotebook:
    test = about("square-test", grade=True, points=2)
    released = new_notebook(
        cells=[
            new_code_cell(STUB, id="square", metadata=about("square", solution=True)),
            new_code_cell(SHOWN, id="test", metadata=test),
        ]
    )
    for_grading(released, {"square-test": f"{SHOWN}\n{HIDDEN}"})
    handed_in = [
        Cell("code", answer, "square", "square"),
        Cell("code", SHOWN, "test", "square-test"),
        Cell("code", own, "own"),
    ]
    return grader.grade(rebuild(released, handed_in))


@pytest.mark.parametrize(
    ("answer", "score", "words"),
    [
        (RIGHT, 2, "square-test: 2 of 2 points."),
        (STUB, 0, "not filled in yet"),
        ("def square(x):\n    return x * abs(x)", 0, "a hidden test failed (AssertionError)"),
        ("def square(x):\n    return 1", 0, f"stopped by AssertionError at: {SHOWN}"),
        ("import os\ndef square(x):\n    os._exit(0)", 0, "ended the interpreter"),
        (DISPLAY, 0, "stopped by AssertionError"),
        (DROPPED, None, "a person must decide"),
    ],
)
def test_what_an_answer_earns(grader: Grader, answer: str, score: float | None, words: str) -> None:
    mark = grade(grader, answer).marks["square-test"]
    assert mark.score == score
    assert words in mark.verdict["text"]


def test_a_shell_that_runs_nothing_earns_nothing(grader: Grader) -> None:
    assert not grade(grader, REPLACED).marks["square-test"].score


def test_no_cell_of_the_graded_notebook_holds_a_hidden_test(grader: Grader) -> None:
    graded = grade(grader, RIGHT, "print(In)\nIn[-2]")
    assert HIDDEN not in str(graded.notebook)
    assert "was removed" in str(graded.notebook)
