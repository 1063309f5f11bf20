"""Own earlier values in a graded notebook, through the sandbox: as they were when judged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.exercises import find
from autograder.grading.grader import Mark
from autograder.grading.whole_notebook import check_notebook

HEAD = """
import numpy as np
from autograder.check import check
def sigmoid(t):
    return 1 / (1 + np.exp(-t))
"""
QUIZ1 = """
def quiz1_forward(x, z):
    a, c = x * z, np.log(x)
    b, e = np.exp(a), np.sin(c)
    return {"a": a, "b": b, "c": c, "d": a / c, "e": e, "f": e / b, "y": b + a / c + e / b}
"""
QUIZ1_CHANGED = """
def quiz1_forward(x, z):
    return {"a": 0.0, "b": 1e6 + x, "c": 1.0 + z, "d": 0.0, "e": 0.0, "f": 0.0, "y": 0.0}
"""
QUIZ1_ZEROS = """
def quiz1_backward(x, z):
    return dict.fromkeys(("db", "de", "dc", "da", "dx", "dz"), 0.0)
"""
CASE2 = """
def case2_forward(alpha, beta, x, y_star):
    a = alpha @ np.append(1.0, x)
    z = np.append(1.0, sigmoid(a))
    b = beta @ z
    y = sigmoid(b)
    return {"a": a, "z": z, "b": b, "y": y, "J": -np.log(y if y_star else 1 - y)}
"""
CASE2_CHANGED = """
def case2_forward(alpha, beta, x, y_star):
    z = np.round(np.linspace(0, 1, len(beta)))
    return {"a": z[1:], "z": z, "b": 0.0, "y": -1.0 - x[0] ** 2, "J": 0.0}
"""
CASE2_ZEROS = """
def case2_backward(alpha, beta, x, y_star):
    n = len(beta)
    return {"dy": 0.0, "db": 0.0, "dbeta": np.zeros(n), "dz": np.zeros(n - 1),
            "da": np.zeros(n - 1), "dalpha": np.zeros(alpha.shape), "dx": np.zeros(len(x))}
"""
QUIZ2 = """
def quiz2_forward(x, alpha1, alpha2, beta):
    a1 = alpha1 @ x; z1 = sigmoid(a1); a2 = alpha2 @ z1; z2 = sigmoid(a2); b = beta @ z2
    return {"a1": a1, "z1": z1, "a2": a2, "z2": z2, "b": b, "y": sigmoid(b)}
"""
QUIZ2_CHANGED = """
def quiz2_forward(x, alpha1, alpha2, beta):
    z2 = np.arange(len(beta)) % 2.0
    return {"a1": alpha1 @ x, "z1": alpha1 @ x, "a2": z2, "z2": z2, "b": 0.0, "y": -1.0}
"""
QUIZ2_ZEROS = """
def quiz2_backward(x, alpha1, alpha2, beta):
    return {"db": 0.0, "dbeta": np.zeros(beta.shape), "da2": np.zeros(len(alpha2)),
            "dalpha2": np.zeros(alpha2.shape), "da1": np.zeros(len(alpha1)),
            "dalpha1": np.zeros(alpha1.shape)}
"""
QUIZ2_OWN_FORWARD = QUIZ2.replace("b = beta @ z2", "b = beta @ z2 + x[0]")
QUIZ2_FROM_OWN = """
def quiz2_backward(x, alpha1, alpha2, beta):
    v = quiz2_forward(x, alpha1, alpha2, beta)
    db = v["y"] * (1 - v["y"]); da2 = db * beta * v["z2"] * (1 - v["z2"])
    da1 = alpha2.T @ da2 * v["z1"] * (1 - v["z1"])
    return {"db": db, "dbeta": db * v["z2"], "da2": da2, "dalpha2": np.outer(da2, v["z1"]),
            "da1": da1, "dalpha1": np.outer(da1, x)}
"""
# Called often enough, it is another function; its first calls are those that are judged.
QUIZ2_COUNTING = (
    "calls = []\n"
    + QUIZ2.replace("quiz2_forward", "honest")
    + QUIZ2_CHANGED.replace("quiz2_forward", "changed")
    + f"""
def quiz2_forward(*inputs):
    calls.append(1)
    return (honest if len(calls) <= {len(find("quiz2.forward").probes)} else changed)(*inputs)
"""
)


def marks(folder: Path, topic: str, *cells: str) -> dict[str, Mark]:
    """Grades cells; a name such as "forward" stands for the check of that function."""
    written: list[Any] = [new_code_cell(HEAD)]  # type: ignore[no-untyped-call]
    for cell in cells:
        source = f'check("{topic}.{cell}", {topic}_{cell})' if cell.isidentifier() else cell
        written.append(new_code_cell(source))  # type: ignore[no-untyped-call]
    path = folder / "own.ipynb"
    nbformat.write(new_notebook(cells=written), path)  # type: ignore[no-untyped-call]
    found = check_notebook(path, sandboxed=True).marks
    return {mark.exercise.partition(".")[2]: mark for mark in found}


@pytest.mark.parametrize(
    ("topic", "forward", "changed", "zeros"),
    [
        ("quiz1", QUIZ1, QUIZ1_CHANGED, QUIZ1_ZEROS),
        ("case2", CASE2, CASE2_CHANGED, CASE2_ZEROS),
        ("quiz2", QUIZ2, QUIZ2_CHANGED, QUIZ2_ZEROS),
    ],
)
def test_a_forward_pass_swapped_after_its_check_earns_the_backward_pass_nothing(
    tmp_path: Path, topic: str, forward: str, changed: str, zeros: str
) -> None:
    found = marks(tmp_path, topic, forward, "forward", changed, zeros, "backward")
    assert found["forward"].score == found["forward"].points
    assert found["backward"].score == 0


def test_nor_does_one_that_counts_its_calls(tmp_path: Path) -> None:
    found = marks(tmp_path, "quiz2", QUIZ2_COUNTING, "forward", QUIZ2_ZEROS, "backward")
    assert found["forward"].score == found["forward"].points
    assert found["backward"].score == 0


def test_nor_does_one_that_is_handed_in_changed(tmp_path: Path) -> None:
    found = marks(tmp_path, "quiz2", QUIZ2_CHANGED, "forward", QUIZ2_ZEROS, "backward")
    assert found["backward"].score == 0


def test_a_right_backward_pass_on_an_honest_mistake_is_paid(tmp_path: Path) -> None:
    found = marks(tmp_path, "quiz2", QUIZ2_OWN_FORWARD, "forward", QUIZ2_FROM_OWN, "backward")
    assert found["forward"].score < found["forward"].points
    assert found["backward"].score == found["backward"].points


def test_a_function_that_is_wrapped_or_an_object_is_as_good(tmp_path: Path) -> None:
    wrapped = (
        QUIZ2_FROM_OWN
        + "class Callable:\n"
        + "    def __init__(self, function): self.function = function\n"
        + "    def __call__(self, x, alpha1, alpha2, beta):\n"
        + "        return self.function(x, alpha1, alpha2, beta)\n"
        + "quiz2_backward = Callable(quiz2_backward)\n"
    )
    found = marks(tmp_path, "quiz2", QUIZ2_OWN_FORWARD, "forward", wrapped, "backward")
    assert found["backward"].score == found["backward"].points
