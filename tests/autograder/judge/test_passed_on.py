"""An activation's adjoint that is passed on where its pre-activation's belongs, as students do it.

The part in between is right, so that only what is made from it shows the slip.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from autograder.exercises import EXERCISES
from autograder.feedback.words import named_mistakes
from autograder.inside.asking import put_question
from autograder.judge.catalogue import CATALOGUE
from autograder.judge.draw import draw_inputs
from autograder.judge.judge import judge

LEFT_OUT, TOO_EARLY = CATALOGUE["M5"].name, CATALOGUE["M36"].name


def s(t: Any) -> Any:
    return 1 / (1 + np.exp(-t))


def case1_weights_from_dy(theta: Any, x: Any, y_star: float) -> dict[str, Any]:
    y = s(theta[0] + theta[1:] @ x)
    dy = -y_star / y + (1 - y_star) / (1 - y)
    return {"dy": dy, "da": y - y_star, "dtheta": np.append(dy, dy * x), "dx": dy * theta[1:]}


def case2_dz_passed_on(alpha: Any, beta: Any, x: Any, y_star: float) -> dict[str, Any]:
    one_x = np.append(1.0, x)
    z = np.append(1.0, s(alpha @ one_x))
    y = s(beta @ z)
    db = y - y_star
    dz = db * beta[1:]
    return {
        "dy": db / (y * (1 - y)), "db": db, "dbeta": db * z, "dz": dz,
        "da": dz * z[1:] * (1 - z[1:]), "dalpha": np.outer(dz, one_x), "dx": dz @ alpha[:, 1:],
    }  # fmt: skip


def case2_dz_too_late(alpha: Any, beta: Any, x: Any, y_star: float) -> dict[str, Any]:
    found = case2_dz_passed_on(alpha, beta, x, y_star)
    da = found["da"]
    rest = {"dalpha": np.outer(da, np.append(1.0, x)), "dx": da @ alpha[:, 1:]}
    return {**found, **rest, "dz": da}


def quiz2_dz2_passed_on(x: Any, alpha1: Any, alpha2: Any, beta: Any) -> dict[str, Any]:
    z1 = s(alpha1 @ x)
    z2 = s(alpha2 @ z1)
    y = s(beta @ z2)
    db = y * (1 - y)
    dz2 = db * beta
    da1 = (alpha2.T @ dz2) * z1 * (1 - z1)
    return {
        "db": db, "dbeta": db * z2, "da2": dz2 * z2 * (1 - z2), "dalpha2": np.outer(dz2, z1),
        "da1": da1, "dalpha1": np.outer(da1, x),
    }  # fmt: skip


def twenty_lines_w1_from_grad_h(
    x: Any, y: Any, w1: Any, b1: Any, w2: Any, b2: Any
) -> dict[str, Any]:
    h = s(x @ w1 + b1)
    gap = h @ w2 + b2 - y
    e = 2 * gap
    grad_h = e @ w2.T
    grad_b1 = (grad_h * h * (1 - h)).sum(axis=0)
    return {
        "loss": np.sum(gap**2), "grad_y_pred": e, "grad_w2": h.T @ e, "grad_b2": e.sum(axis=0),
        "grad_h": grad_h, "grad_w1": x.T @ grad_h, "grad_b1": grad_b1,
    }  # fmt: skip


def _layers(W: Any, b: Any, x: Any) -> tuple[dict[int, Any], int]:
    a = {1: x}
    for layer in W:
        z = a[layer - 1] @ W[layer] if x.ndim == 2 else W[layer] @ a[layer - 1]
        a[layer] = s(z + b[layer])
    return a, max(W)


def _errors(W: Any, a: Any, top: Any, rows: bool, late: bool) -> Iterator[tuple[int, Any, Any]]:
    """Layer, ∂C/∂z and ∂C/∂a from the top down; `late` sends ∂C/∂a on."""
    nabla = top
    for layer in range(max(W), 1, -1):
        delta = nabla * a[layer] * (1 - a[layer])
        yield layer, delta, nabla
        sent = nabla if late else delta
        nabla = sent @ W[layer].T if rows else W[layer].T @ sent


def five_steps(late: bool) -> Callable[..., dict[str, Any]]:
    def answer(W: Any, b: Any, x: Any, y: Any) -> dict[str, Any]:
        a, last = _layers(W, b, x)
        db, dW = {}, {}
        for layer, delta, nabla in _errors(W, a, a[last] - y, False, late):
            db[layer], dW[layer] = delta, np.outer(delta if late else nabla, a[layer - 1])
        return {"db": db, "dW": dW}

    return answer


def batch(late: bool) -> Callable[..., dict[str, Any]]:
    def answer(W: Any, b: Any, X: Any, Y: Any) -> dict[str, Any]:
        a, last = _layers(W, b, X)
        error = a[last] - Y
        found: dict[str, Any] = {
            "C": np.sum(error**2) / 2 / len(X),
            "delta": {},
            "db": {},
            "dW": {},
        }
        for layer, delta, nabla in _errors(W, a, error / len(X), True, late):
            found["delta"][layer], found["db"][layer] = delta, delta.sum(axis=0)
            found["dW"][layer] = a[layer - 1].T @ (delta if late else nabla)
        return found

    return answer


@pytest.mark.parametrize(
    ("exercise_id", "answer", "name", "first"),
    [
        ("case1.backward", case1_weights_from_dy, LEFT_OUT, "dtheta"),
        ("case2.backward", case2_dz_passed_on, LEFT_OUT, "dalpha"),
        ("case2.backward", case2_dz_too_late, TOO_EARLY, "dz"),
        ("quiz2.backward", quiz2_dz2_passed_on, LEFT_OUT, "dalpha2"),
        ("twenty_lines.gradients", twenty_lines_w1_from_grad_h, LEFT_OUT, "grad_w1"),
        ("bp.five_steps", five_steps(late=True), LEFT_OUT, "db_next"),
        ("bp.five_steps", five_steps(late=False), LEFT_OUT, "dW_L"),
        ("bp.batch", batch(late=True), LEFT_OUT, "delta_next"),
        ("bp.batch", batch(late=False), LEFT_OUT, "dW_L"),
    ],
)
def test_it_is_named_where_it_first_shows(
    exercise_id: str, answer: Any, name: str, first: str
) -> None:
    exercise = EXERCISES[exercise_id]
    drawn = draw_inputs(exercise, (1,))
    asked = [put_question(exercise.ask, answer, one, exercise.asked) for one in drawn]
    verdict = judge(exercise, drawn, asked)
    assert named_mistakes(verdict) == (name,)
    assert verdict.first_wrong is not None
    assert verdict.first_wrong.part.name == first
    assert all(part.finding for part in verdict.parts if not part.credited)
