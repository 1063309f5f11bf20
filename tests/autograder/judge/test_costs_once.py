"""A mistake in one line costs that line's part, though later parts are made from it."""

from __future__ import annotations

from typing import Any

import numpy as np
from judging import verdict_on

from autograder.judge.verdict import Verdict


def wrong_parts(verdict: Verdict) -> list[str]:
    return [part.part.name for part in verdict.parts if not part.credited]


def s(t: Any) -> Any:
    return 1 / (1 + np.exp(-t))


def test_a_wrong_constant_before_the_hidden_units_costs_once() -> None:
    def answer(alpha: Any, beta: Any, x: Any, y_star: float) -> dict[str, Any]:
        a = alpha[:, 0] + alpha[:, 1:] @ x
        z = np.append(0.0, s(a))
        y = s(beta @ z)
        J = -np.log(y if y_star else 1 - y)
        return {"a": a, "z": z, "b": beta @ z, "y": y, "J": J}

    assert wrong_parts(verdict_on("case2.forward", answer, seed=5)) == ["z"]


def test_a_wrong_hessian_costs_once() -> None:
    def answer(
        x: Any, y: Any, theta: Any, v: Any, damping: float, iterations: int
    ) -> dict[str, Any]:
        p = s(x @ theta)
        gradient = x.T @ (p - y) / len(y)
        hessian = (x.T * p * (1 - p)) @ x
        step, residual = np.zeros_like(theta), -gradient
        direction = residual
        for _ in range(iterations):
            turned = hessian @ direction + damping * direction
            length = residual @ residual / (direction @ turned)
            step, rest = step + length * direction, residual - length * turned
            direction = rest + rest @ rest / (residual @ residual) * direction
            residual = rest
        return {"gradient": gradient, "hv": hessian @ v, "step": step}

    verdict = verdict_on("hessian_free.step", answer, seed=5)
    assert wrong_parts(verdict) == ["hv"]
    assert verdict.first_wrong is not None
    assert verdict.first_wrong.finding is not None
    assert verdict.first_wrong.finding.id == "M3"
