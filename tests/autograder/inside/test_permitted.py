"""What of course_bp an answer may use, at the student's own check."""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import course_bp
from autograder.check import check
from autograder.exercises import EXERCISES, find
from autograder.inside.asking import Withheld
from autograder.inside.permitted import SEEN, USUAL, _modules, _refusals, only
from course_bp import (
    Node,
    compile_gradient,
    datasets,
    exp,
    grad,
    sigmoid,
    topological_order,
    vjp,
)
from course_bp.finite_differences import finite_difference
from course_bp.network.mlp import MLP
from course_bp.primitives import TABLE

X = np.array([0.5, -1.0])
BEFORE = grad(lambda x: exp(x))
COMPILED = compile_gradient(lambda x: exp(x).sum(), X)
PULLED_BACK = vjp(lambda x: exp(x).sum(), X)[1]
NODE = Node(2.0)


@pytest.mark.parametrize(
    "call",
    [
        lambda: grad(exp),
        lambda: BEFORE(1.0),
        lambda: COMPILED(X),
        lambda: PULLED_BACK(1.0),
        lambda: Node(1.0),
        lambda: NODE.backward(),
        lambda: NODE.parents,
        lambda: topological_order(NODE),
        lambda: finite_difference(exp)(1.0),
        lambda: MLP([1, 2]),
        lambda: exp(NODE),
        lambda: TABLE["sigmoid"].vjps[0](1.0, 0.5, 0.0),
    ],
)
def test_a_reference_taken_before_is_refused_and_works_again_afterwards(
    call: Callable[[], Any],
) -> None:
    with (
        only(USUAL),
        pytest.raises(Withheld, match=r"This exercise asks for your own work\. course_bp"),
    ):
        call()
    if call.__code__.co_names[0] != "MLP":
        call()


def test_elementary_functions_and_data_are_open() -> None:
    with only(USUAL):
        assert sigmoid(0.0) == 0.5
        assert exp(X).shape == X.shape
        assert datasets.xor()


def test_nothing_outside_the_package_is_changed() -> None:
    for name in _modules():
        __import__(name)
    inside = str(Path(str(course_bp.__file__)).parent)
    for name in _modules():
        for function, _ in _refusals(sys.modules[name]):
            assert str(function.__globals__["__name__"]).split(".")[0] == "course_bp"
            made_in = function.__code__.co_filename
            assert made_in.startswith((inside, "<")), f"{name} exchanges code of {made_in}"


def test_the_standard_library_still_imports_while_an_answer_is_asked() -> None:
    with only(()):
        assert importlib.import_module("json.tool").__name__ == "json.tool"


def test_where_elementary_functions_are_asked_for_they_are_not() -> None:
    unit = [exercise for exercise in EXERCISES.values() if exercise.unit.startswith("05")]
    assert unit
    with only(unit[0].may_use), pytest.raises(Withheld):
        sigmoid(0.0)


def test_a_room_that_was_not_imported_before_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("course_bp.lecture_networks", "course_bp.lecture_networks.quiz2_network"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    with only(USUAL), pytest.raises(ImportError, match=r"course_bp\.lecture_networks is not avail"):
        import course_bp.lecture_networks.quiz2_network
    with only(USUAL), pytest.raises(ModuleNotFoundError, match="nonsense"):
        import course_bp.nonsense  # type: ignore[import-not-found]  # noqa: F401


def test_what_course_bp_stands_on_stays_as_it_is() -> None:
    with only(USUAL):
        assert import_module("statistics").mean([1.0, 2.0]) == 1.5


def test_the_old_name_of_a_room_that_moved_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "course_bp.mlp", raising=False)
    with only(USUAL), pytest.raises(Withheld, match=r"asks for your own work\. course_bp"):
        import_module("course_bp.mlp").MLP([1, 2])


def test_the_check_says_so_where_a_grade_would_be_lost() -> None:
    def quiz1_forward(x: float, z: float) -> dict[str, float]:
        return {"y": grad(lambda t: t * t)(x)}

    result = check("quiz1.forward", quiz1_forward)
    assert result.score == 0
    assert "course_bp.reverse_mode.grad is not available to the answer" in " ".join(
        str(result).split()
    )


def test_an_exercise_cannot_permit_what_the_sandbox_does_not_have() -> None:
    assert all(set(exercise.may_use) <= set(SEEN) for exercise in EXERCISES.values())
    with pytest.raises(ValueError, match="mlp"):
        replace(find("quiz1.forward"), library=("mlp",))


def test_what_the_sandbox_has_stands_on_nothing_that_it_has_not() -> None:
    package = Path(str(course_bp.__file__)).parent
    files = [
        path for room in SEEN for path in (package / f"{room}.py", *package.glob(f"{room}/*.py"))
    ]
    needed = {
        (path.stem, (node.module or "").split(".")[0])
        for path in files
        if path.is_file()
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ImportFrom)
        and node.level == len(path.relative_to(package).parts)
        and node.module
    }
    assert needed
    assert {room for _, room in needed} <= set(SEEN), needed
