from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from autograder import check as module
from autograder.check import CheckFailed, check, hint
from autograder.exercises import EXERCISES
from autograder.feedback.result import VERDICT_MIME
from autograder.inside.lent import Lent
from autograder.judge.catalogue import CATALOGUE
from autograder.judge.draw import draw_inputs


@pytest.fixture(autouse=True)
def _fresh_session(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    module._hints.clear()
    yield
    module._hints.clear()


def sigmoid_circuit(w0: float, x0: float, w1: float, x1: float, w2: float) -> dict[str, Any]:
    f = 1 / (1 + np.exp(-(w0 * x0 + w1 * x1 + w2)))
    ds = f * (1 - f)
    return {"ds": ds, "dw0": ds * x0, "dx0": ds * w0, "dw1": ds * x1, "dx1": ds * w1, "dw2": ds}


def flipped(*inputs: float) -> dict[str, Any]:
    return {name: -value for name, value in sigmoid_circuit(*inputs).items()}


def test_a_result_is_a_number_in_plain_text() -> None:
    assert repr(check("circuit.sigmoid", sigmoid_circuit)) == "1"


def test_partial_credit_is_a_number_too() -> None:
    assert 0 < float(repr(check("circuit.sigmoid", flipped))) < 1


def test_a_result_is_html_for_a_person() -> None:
    assert "All 6 parts are right" in check("circuit.sigmoid", sigmoid_circuit)._repr_html_()


def test_a_result_carries_its_verdict_as_data() -> None:
    data = check("circuit.sigmoid", flipped)._repr_mimebundle_()[VERDICT_MIME]
    assert data["exercise"] == "circuit.sigmoid"
    assert data["summary"] == ["the sign is flipped"]


def test_an_unknown_exercise_is_answered_with_a_near_one() -> None:
    with pytest.raises(ValueError, match=r"Did you mean 'circuit\.sigmoid'"):
        check("circuit.sigmoyd", sigmoid_circuit)


def test_validate_gets_an_error_whose_traceback_is_the_feedback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    with pytest.raises(CheckFailed) as caught:
        check("circuit.sigmoid", flipped)
    assert caught.value._render_traceback_()[0].startswith("circuit.sigmoid · ")


def test_validate_gets_no_error_for_a_right_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    assert check("circuit.sigmoid", sigmoid_circuit).score == 1


def test_grading_gets_a_number_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert check("circuit.sigmoid", flipped).score < 1


def test_a_hint_before_any_attempt_is_the_exercises_nudge() -> None:
    assert hint("quiz1.forward").text.startswith(EXERCISES["quiz1.forward"].hints[0])


def test_a_further_hint_waits_for_a_changed_attempt() -> None:
    check("circuit.sigmoid", flipped)
    first = hint("circuit.sigmoid").text
    check("circuit.sigmoid", flipped)
    assert hint("circuit.sigmoid").text.startswith(first)
    assert "change your attempt" in hint("circuit.sigmoid").text


def changed(number: int) -> Any:
    return lambda *inputs: {**flipped(*inputs), "dw2": float(number)}


def test_what_the_check_has_asked_is_no_hint_any_more() -> None:
    check("circuit.sigmoid", flipped)
    nudge, pointer, idea = CATALOGUE["M1"].hints
    assert f"Ask yourself: {nudge}" in str(check("circuit.sigmoid", flipped)).replace("\n", " ")
    assert hint("circuit.sigmoid").text == f"Hint 1 of 2 for ds (df/ds): {pointer}"
    check("circuit.sigmoid", changed(1))
    assert hint("circuit.sigmoid").text == f"Hint 2 of 2 for ds (df/ds): {idea}"


def test_the_last_hint_promises_no_further_one() -> None:
    for number in range(3):
        check("circuit.sigmoid", changed(number))
        last = hint("circuit.sigmoid").text
    again = hint("circuit.sigmoid").text
    assert again.startswith(last)
    assert "This is the last hint" in again
    assert "next hint" not in again


def test_a_changed_attempt_opens_the_next_hint() -> None:
    check("circuit.sigmoid", flipped)
    first = hint("circuit.sigmoid").text
    check("circuit.sigmoid", lambda *v: {**flipped(*v), "dw2": 0.0})
    assert hint("circuit.sigmoid").text != first


def test_there_is_no_hint_when_all_is_right() -> None:
    check("circuit.sigmoid", sigmoid_circuit)
    assert "nothing left to hint at" in hint("circuit.sigmoid").text


def as_data(value: Any) -> Any:
    """Inputs with what lent functions are built from in the place of these."""
    if isinstance(value, Lent):
        return as_data(value.parameters)
    if isinstance(value, dict):
        return {name: as_data(entry) for name, entry in value.items()}
    return list(map(as_data, value)) if isinstance(value, list | tuple) else value


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_the_public_inputs_stay_the_same(exercise_id: str) -> None:
    first, second = (draw_inputs(EXERCISES[exercise_id], module.PUBLIC_SEED) for _ in range(2))
    assert repr(as_data(first)) == repr(as_data(second))


def test_another_mistake_begins_with_its_own_first_hint() -> None:
    check("circuit.sigmoid", flipped)
    hint("circuit.sigmoid")
    check("circuit.sigmoid", lambda *v: {**sigmoid_circuit(*v), "dw0": v[1]})
    first = hint("circuit.sigmoid").text
    assert first == f"Hint 1 of 2 for dw0 (df/dw0): {CATALOGUE['M9'].hints[1]}"


def test_what_fits_no_mistake_gets_the_exercises_hints() -> None:
    check("circuit.sigmoid", lambda *v: {**sigmoid_circuit(*v), "ds": 0.3 + v[0]})
    nudge = EXERCISES["circuit.sigmoid"].hints[0]
    assert hint("circuit.sigmoid").text == f"Hint 1 of 3 for the whole exercise: {nudge}"


def test_unfinished_work_does_not_look_done() -> None:
    def unfinished(*inputs: float) -> dict[str, Any]:
        raise NotImplementedError

    assert "#d55e00" in check("circuit.sigmoid", unfinished)._repr_html_()


def test_importing_check_imports_nothing_that_only_derived_exercises_need() -> None:
    code = "from autograder.check import check; import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    derived = {"autograder.derived", "autograder.random_functions", "course_bp.printing"}
    assert not derived & set(done.stdout.split())
