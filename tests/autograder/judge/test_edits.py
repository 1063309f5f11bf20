from __future__ import annotations

import numpy as np
from judging import named_when


def test_another_quantity_in_its_place_is_named() -> None:
    names = named_when("quiz1.forward", d=lambda r, given: given["x"] / r["c"])
    assert names == ["x instead of a"]


def test_a_wrong_sign_of_one_term_is_named() -> None:
    names = named_when("quiz1.forward", y=lambda r, _: r["b"] + r["d"] - r["f"])
    assert names == ["a wrong sign for f"]


def test_a_term_that_is_missing_is_named() -> None:
    names = named_when("accumulate.reverse", x_bar=lambda r, given: r["b_bar"] * np.cos(given["x"]))
    assert names == ["a path missing at the fan-out of x"]


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
