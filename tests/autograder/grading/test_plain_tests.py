"""Plain nbgrader tests: the score by how the cell ran, and what of it may be shown."""

from __future__ import annotations

from typing import Any

import pytest
from nbformat import from_dict
from nbformat.v4 import new_code_cell
from nbgrader.utils import determine_grade

from autograder.course.hidden_tests import WITH_HIDDEN
from autograder.grading.plain_tests import LEFT_OUT, PlainTest, without_hidden
from autograder.runner.outcome import StepOutcome

SHOWN = "assert square(3) == 9"
HIDDEN = "assert square(-2) == 4"
TOKEN = "seen"
STOPPED = {"output_type": "error", "ename": "AssertionError", "evalue": ""}


def stream(text: str, name: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def result(text: str) -> dict[str, Any]:
    return {"output_type": "execute_result", "data": {"text/plain": text}, "metadata": {}}


def error(*lines: int, cell: int = 7) -> dict[str, Any]:
    frames = [f"  Cell In[{cell}], line {line}\n    something" for line in lines]
    return {**STOPPED, "traceback": ["Traceback:", *frames, "AssertionError"]}


def plain(source: str = SHOWN, shown: str = "", points: float = 2) -> PlainTest:
    return PlainTest("square-test", points, shown or source, source, TOKEN)


def ran(*outputs: dict[str, Any], status: str = "ok", token: str = TOKEN) -> StepOutcome:
    return StepOutcome(status, outputs=[stream(token), *outputs] if token else list(outputs))


@pytest.mark.parametrize(
    ("source", "outputs"),
    [
        (SHOWN, []),
        (SHOWN, [stream("hello")]),
        (SHOWN, [error(1)]),
        (SHOWN, [stream("a warning", "stderr")]),
        ("points()", [result("1.5")]),
        ("points()", [result("0")]),
        ("points()", [result("2")]),
        ("points()", []),
    ],
)
def test_honest_cells_have_nbgraders_score(source: str, outputs: list[dict[str, Any]]) -> None:
    cell = new_code_cell(source, metadata={"nbgrader": {"grade": True, "points": 2}})
    cell.outputs = [from_dict(one) for one in outputs]
    stopped = any(one["output_type"] == "error" for one in outputs)
    step = ran(*outputs, status="error" if stopped else "ok")
    assert plain(source).judged(step).score == determine_grade(cell)[0]


@pytest.mark.parametrize("shown", ["nan", "-1", "2.5", "inf", "'all good'", "True"])
def test_what_is_no_number_of_points_is_left_to_a_person(shown: str) -> None:
    assert plain("points()").judged(ran(result(shown))).score is None


def test_numpys_number_counts() -> None:
    assert plain("points()").judged(ran(result("np.float64(1.5)"))).score == 1.5


def test_a_display_before_the_failure_earns_nothing() -> None:
    assert plain().judged(ran(result("2"), error(1), status="error")).score == 0


def test_a_display_of_the_students_is_no_result_of_asserts() -> None:
    assert plain().judged(ran(result("0.5"))).score == 2


def test_the_last_result_counts_where_the_cell_ends_in_one() -> None:
    assert plain("points()").judged(ran(result("2"), result("0.5"))).score == 0.5


def test_a_cell_that_was_not_seen_to_run_is_left_to_a_person() -> None:
    judged = plain().judged(ran(token=""))
    assert judged.score is None
    assert "did not report that it ran" in judged.text


@pytest.mark.parametrize("status", ["wall time", "memory", "signal", "exit", "not run"])
def test_a_cell_that_is_stopped_earns_nothing(status: str) -> None:
    assert plain().judged(StepOutcome(status)).score == 0


def test_a_test_that_compares_with_the_withheld_library_is_left_to_a_person() -> None:
    step = StepOutcome("error", outputs=[stream("(course_bp.grad is not available)\n")])
    judged = plain().judged(step)
    assert judged.score is None
    assert "not available" in judged.text


@pytest.mark.parametrize(
    ("source", "written"),
    [
        (f"{SHOWN}\npoints()", f"{SHOWN}\n{{}}; points()"),
        ("a = 1; points()", "a = 1; {}; points()"),
        ("'ä'; points()", "'ä'; {}; points()"),
        (SHOWN, f"{SHOWN}\nNone if {{}} else None"),
        ("%time points()", "%time points()"),
    ],
)
def test_the_cell_says_when_its_last_statement_is_reached(source: str, written: str) -> None:
    token = f'__import__("sys").stdout.write({TOKEN!r})'
    assert plain(source).step().source == written.format(token)


def test_a_failed_hidden_test_is_told_without_its_line() -> None:
    hides = plain(f"{SHOWN}\n{HIDDEN}", SHOWN)
    judged = hides.judged(ran(stream("x is -2"), error(2), status="error"))
    assert (judged.score, judged.outputs) == (0, [])
    assert judged.text == "square-test: 0 of 2 points; a hidden test failed (AssertionError)."


def test_a_failed_visible_test_is_told_with_its_line() -> None:
    hides = plain(f"{SHOWN}\n{HIDDEN}", SHOWN)
    judged = hides.judged(ran(error(1), status="error"))
    assert judged.text.endswith(f"stopped by AssertionError at: {SHOWN}.")


def test_a_hidden_line_on_the_way_to_a_visible_one_is_a_hidden_test() -> None:
    helper = "def same(x): return x == square(-2)"
    hides = plain(f"{helper}\nassert same(4)", "assert same(4)")
    judged = hides.judged(ran(error(2, 1), status="error"))
    assert "a hidden test failed" in judged.text


def test_an_exception_of_the_students_own_is_not_named_with_hidden_tests() -> None:
    hides = plain(f"{SHOWN}\n{HIDDEN}", SHOWN)
    own = {**error(2), "ename": "TheInputWasMinusTwo"}
    assert "TheInput" not in hides.judged(ran(own, status="error")).text


def test_without_hidden_tests_outputs_are_kept_but_for_the_token() -> None:
    judged = plain("points()").judged(ran(stream("hello"), result("1")))
    assert judged.outputs == [stream("hello"), result("1")]


def test_an_empty_answer_is_said_to_be_unfinished() -> None:
    stub = {**error(1), "ename": "NotImplementedError"}
    judged = plain().judged(ran(stub, status="error"))
    assert (judged.fault, judged.summary) == ("unfinished", ("not filled in yet",))


def test_hidden_lines_are_left_out_of_what_other_cells_show() -> None:
    lines = plain(f"{SHOWN}\nx = 1\n{HIDDEN}", SHOWN).hidden_lines()
    assert lines == {HIDDEN}
    data = {"output_type": "display_data", "data": {"text/plain": f"In[3] {HIDDEN}!"}}
    shown = without_hidden([stream(f"{SHOWN}\n{HIDDEN}"), data], lines)
    assert shown[0]["text"] == f"{SHOWN}\n{LEFT_OUT}"
    assert shown[1]["data"]["text/plain"] == f"In[3] {LEFT_OUT}!"


def test_taking_a_test_off_a_cell_leaves_the_released_source_alone() -> None:
    about = {"nbgrader": {"grade": True, "grade_id": "t", "points": 2}, WITH_HIDDEN: HIDDEN}
    cell = new_code_cell(SHOWN, metadata=about)
    test = PlainTest.of(cell)
    assert (test.shown, test.source, test.points) == (SHOWN, HIDDEN, 2)
    assert WITH_HIDDEN not in cell.metadata
