from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from judging import named_when, verdict_on

from autograder.exercise import Part
from autograder.exercises import find
from autograder.judge.draw import draw_inputs

NAMES = list(draw_inputs(find("case1.forward"), (1,))[0])


def test_another_quantity_in_its_place_is_named() -> None:
    names = named_when("quiz1.forward", d=lambda r, given: given["x"] / r["c"])
    assert names == ["x instead of a"]


def test_a_wrong_sign_of_one_term_is_named() -> None:
    names = named_when("quiz1.forward", y=lambda r, _: r["b"] + r["d"] - r["f"])
    assert names == ["a wrong sign for f"]


def test_a_term_that_is_missing_is_named() -> None:
    names = named_when("accumulate.reverse", x_bar=lambda r, given: r["b_bar"] * np.cos(given["x"]))
    assert names == ["a path missing at a fan-out"]


def test_a_slip_in_a_step_that_is_not_asked_for_is_named() -> None:
    def with_cosine(found: object, given: dict[str, float]) -> float:
        u = np.sin(given["x"] ** 2) + given["x"] ** 2
        return float(np.cos(u))

    assert named_when("j.paths", J=with_cosine) == ["t instead of u2"]


def test_a_loop_that_ends_early_is_named() -> None:
    def short(found: object, given: dict[str, np.ndarray]) -> np.ndarray:
        error = given["delta_next"].copy()
        error[-1] = 0.0
        return np.asarray(given["W_next"].T @ error)

    assert named_when("bp.hidden_error", nabla=short) == ["a sum without its last entry or row"]


def test_a_quantity_that_is_wrong_in_one_of_two_places_is_named() -> None:
    def cosine_of_e(found: dict[str, Any], given: dict[str, float]) -> float:
        x, z = given["x"], given["z"]
        c = np.log(x)
        return float(-x * z / c**2 + found["de"] * np.cos(np.sin(c)))

    assert named_when("quiz1.backward", dc=cosine_of_e) == ["e instead of c in one place"]


def test_a_reshape_for_a_transpose_is_named() -> None:
    def reshaped(found: dict[str, Any], given: dict[str, Any]) -> Any:
        return given["dZ"] @ given["W"].reshape(given["W"].shape[::-1])

    assert named_when("bp.rows", dX=reshaped) == ["W reshaped instead of transposed"]


def test_sums_before_products_are_named() -> None:
    def summed(found: dict[str, Any], given: dict[str, Any]) -> Any:
        return np.outer(given["X"].sum(axis=0), given["dZ"].sum(axis=0))

    assert named_when("bp.rows", dW=summed) == ["X summed over its rows before the products"]


def test_one_function_too_many_is_named() -> None:
    def twice(found: dict[str, Any], given: dict[str, Any]) -> Any:
        return np.outer(given["delta"], 1 / (1 + np.exp(-given["a_prev"])))

    assert named_when("bp.parameters", dW=twice) == ["the sigmoid of a_prev instead of a_prev"]


def test_what_shows_in_special_cases_only_is_no_quantity_in_one_place() -> None:
    def with_zeros_for_large_logits(r: dict[str, Any], given: dict[str, Any]) -> Any:
        b, targets = given["b"], given["targets"]
        shifted = b - b.max(axis=1, keepdims=True)
        logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        return float(-(targets * np.where(r["y"] == 0, 0.0, logs)).sum() / len(b))

    names = named_when("softmax.forward", J=with_zeros_for_large_logits)
    assert names == [""]


def test_a_loop_that_overwrites_its_sum_is_named() -> None:
    def overwritten(found: object, given: dict[str, Any]) -> Any:
        return np.outer(given["dZ"][:, -1], given["W"][:, -1])

    assert named_when("bp.rows", dX=overwritten) == ["only the last term of a sum"]


def test_a_vector_of_which_only_the_last_entry_counts_is_named() -> None:
    def overwritten(found: object, given: dict[str, Any]) -> Any:
        return given["alpha1"][:, -1] * given["x"][-1]

    names = named_when("quiz2.forward", a1=overwritten)
    assert names == ["only the last term of a sum"]


def test_rows_that_are_missing_are_no_sum_that_lost_terms() -> None:
    def last_row(found: dict[str, Any], given: dict[str, Any]) -> Any:
        kept = np.zeros(found["dX"].shape)
        kept[-1] = found["dX"][-1]
        return kept

    assert "only the last term of a sum" not in named_when("bp.rows", dX=last_row)


def _slope_of_softplus(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


def test_an_absolute_value_of_a_quantity_is_named() -> None:
    names = named_when(
        "activations.backward",
        dsoftplus=lambda r, given: given["upstream"] * _slope_of_softplus(np.abs(given["z"])),
    )
    assert names == ["the absolute value of z instead of z"]


def test_the_absolute_value_of_one_term_is_named() -> None:
    names = named_when("quiz1.forward", y=lambda r, _: r["b"] + r["d"] + abs(r["f"]))
    assert names == ["the absolute value of f instead of f"]


def test_of_what_is_always_negative_a_sign_is_likelier_than_an_absolute_value() -> None:
    exercise = replace(find("case1.forward"), mistakes=())
    loss = exercise.steps["J"]
    steps = {**exercise.steps, "J": lambda v: -loss(v), "r": lambda v: np.exp(v.J) + v.y}
    parts = (*exercise.parts, Part("r", 1))
    exercise = replace(exercise, steps=steps, parts=parts)

    def answer(**inputs: Any) -> dict[str, Any]:
        found = exercise.answer()(**inputs)
        return {**found, "r": float(np.exp(-found["J"]) + found["y"])}

    verdict = verdict_on(exercise, lambda *given: answer(**dict(zip(NAMES, given, strict=True))))
    assert verdict.parts[-1].finding is not None
    assert verdict.parts[-1].finding.name == "a wrong sign for J"
