from __future__ import annotations

import inspect
from dataclasses import replace

import numpy as np
import pytest
from drawn_programs import KINDS, QUIZ1, drawn

from autograder.exercises import find
from autograder.random_functions.operations import OPERATIONS
from autograder.random_functions.program import Line

every_kind = pytest.mark.parametrize("kind", KINDS)


def test_the_text_is_what_a_student_reads() -> None:
    assert QUIZ1.source.splitlines() == [
        "def quiz1(x, z):",
        "    a = x * z",
        "    b = np.exp(a)",
        "    c = np.log(x)",
        "    d = a / c",
        "    e = np.sin(c)",
        "    f = e / b",
        "    y = b + d + f",
        "    return y",
    ]


def test_the_function_computes_what_the_lecture_does() -> None:
    inputs = {"x": 2.0, "z": 1.1}
    right = find("quiz1.forward").solve(inputs)
    assert QUIZ1.forward(**inputs) == pytest.approx(right.y, rel=1e-14)
    for name, value in QUIZ1.all_values(**inputs).items():
        assert value == pytest.approx(getattr(right, name), rel=1e-14)


def test_operations_fan_outs_and_paths_of_quiz_1_are_counted() -> None:
    assert sum(QUIZ1.operations.values()) == 8
    assert QUIZ1.fan_outs == {"x": 2, "a": 2, "b": 2, "c": 2}
    assert QUIZ1.paths == 8


def test_data_begin_no_path() -> None:
    lines = (Line("l", "logistic loss", ("z", "t")), Line("L", "sum", ("l",)))
    program = replace(QUIZ1, lines=lines, inputs={"z": QUIZ1.inputs["z"], "t": QUIZ1.inputs["x"]})
    assert replace(program, data=("t",)).paths == 2
    assert program.paths == 3


def test_a_value_that_stands_twice_in_a_line_is_used_twice() -> None:
    line = Line("l", "logistic loss", ("z", "t"))
    assert line.right_side == "softplus(z) - t * z"
    assert line.all_operands == ["z", "z", "t"]


@every_kind
def test_the_text_run_by_itself_is_the_function(kind: str) -> None:
    program = drawn(kind, 3)
    import course_bp

    scope = {"np": np, **{name: getattr(course_bp, name) for name in course_bp.__all__}}
    exec(program.source, scope)
    assert inspect.signature(scope[program.name]) == inspect.signature(program.forward)


def test_the_function_reaches_nothing_but_what_it_needs() -> None:
    with pytest.raises(NameError):
        exec("open('x')", QUIZ1.forward.__globals__)


def test_programs_with_other_names_have_the_same_arrangement() -> None:
    renamed = (replace(QUIZ1.lines[0], name="q"), replace(QUIZ1.lines[1], operands=("q",)))
    other = replace(QUIZ1, lines=renamed)
    assert other.arrangement == replace(QUIZ1, lines=QUIZ1.lines[:2]).arrangement


@pytest.mark.parametrize("name", OPERATIONS)
def test_each_operation_says_what_it_consists_of(name: str) -> None:
    from course_bp.primitives import TABLE

    assert set(OPERATIONS[name].uses) <= set(TABLE)
    assert OPERATIONS[name].operands >= 1
