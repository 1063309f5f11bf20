"""One slip in an answer: what is said is true of it, and what it carries along costs nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from judging import positional, verdict_on

from autograder.exercises import find
from autograder.exercises.autograd_engine import passes
from autograder.feedback.words import feedback, named_mistakes
from autograder.judge.verdict import Verdict

SEEDS = pytest.mark.parametrize("seed", range(1, 5))


def not_credited(verdict: Verdict) -> list[str]:
    return [one.part.name for one in verdict.parts if not one.credited]


@SEEDS
def test_a_tanh_that_cancels_close_to_0_does_not_pass(seed: int) -> None:
    right = positional(find("activations.values"))

    def cancels(z: Any) -> dict[str, Any]:
        return {**right(z), "tanh": 1 - 2 / (np.exp(np.minimum(2 * z, 700.0)) + 1)}

    assert not_credited(verdict_on("activations.values", cancels, seed)) == ["tanh"]


@pytest.mark.parametrize(("id", "part"), [("engine.backward", "again"), ("engine.deep", "chain")])
def test_gradients_left_over_spoil_the_part_that_calls_twice(id: str, part: str) -> None:
    verdict = verdict_on(id, passes.engine(start=None))
    assert not_credited(verdict) == [part]
    assert named_mistakes(verdict) == ("gradients left over from an earlier call",)


@SEEDS
def test_the_best_step_by_own_wrong_errors_costs_nothing(seed: int) -> None:
    def half_a_step(f: Any, x: float, slope: float, steps: Any) -> dict[str, Any]:
        one = np.array([abs((f(x + h) - f(x)) / h / slope - 1) for h in steps])
        two = np.array([abs((f(x + h / 2) - f(x - h / 2)) / h / slope - 1) for h in steps])
        best = {"forward_best": steps[one.argmin()], "central_best": steps[two.argmin()]}
        return {"forward_error": one, "central_error": two, **best}

    verdict = verdict_on("checker.sweep", half_a_step, seed)
    assert not_credited(verdict) == ["central_error"]


def test_names_shifted_by_one_gate_are_local_derivatives_left_out() -> None:
    right = positional(find("circuit.gates"))

    def shifted(*inputs: float) -> dict[str, Any]:
        found = right(*inputs)
        return {**found, "dt": 1.0, "dn": found["dt"], "ds": found["dn"]}

    assert named_mistakes(verdict_on("circuit.gates", shifted)) == (
        "the local derivative of 1/t is left out",
        "the local derivative of exp is left out",
        "the ×(−1) gate is skipped",
    )


def test_steps_that_all_begin_with_the_first_parameters_have_one_name() -> None:
    gradients = positional(find("twenty_lines.gradients"))

    def train(*inputs: Any) -> dict[str, Any]:
        *data, lr, steps = inputs
        found = gradients(*data)
        moved = dict(zip(("w1", "b1", "w2", "b2"), data[2:], strict=True))
        moved = {name: p - steps * lr * found[f"grad_{name}"] for name, p in moved.items()}
        return {"losses": np.full(steps, found["loss"]), **moved}

    verdict = verdict_on("twenty_lines.train", train)
    assert named_mistakes(verdict) == ("every step begins with the first parameters",)


def test_zero_divided_by_zero_beside_a_floor_is_named() -> None:
    def checker(f: Any, claimed: Any, x: Any) -> dict[str, bool]:
        if claimed.shape != x.shape:
            return {"right": False}
        measured = np.zeros(x.shape)
        for i in np.ndindex(x.shape):
            step = np.zeros(x.shape)
            step[i] = 6e-6
            measured[i] = (f(x + step) - f(x - step)) / 12e-6
        left = np.maximum(np.abs(measured - claimed) - 1e-8 * np.abs(measured).max(), 0.0)
        with np.errstate(invalid="ignore"):
            error = left / np.maximum(np.abs(measured), np.abs(claimed))
        return {"right": bool((error < 1e-3).all())}

    verdict = verdict_on("checker.verdict", checker)
    assert named_mistakes(verdict) == ("zero divided by zero",)


def test_slopes_that_are_all_0_are_called_so() -> None:
    def never(f: Any, claimed: Any, x: Any) -> dict[str, bool]:
        return {"right": bool(np.any(claimed)) and claimed.shape == x.shape}

    (zeros,) = [p for p in verdict_on("checker.verdict", never).parts if p.part.name == "zeros"]
    assert "0e+00" not in " ".join(feedback(verdict_on("checker.verdict", never)).text.split())
    assert "all slopes are 0" in zeros.message
