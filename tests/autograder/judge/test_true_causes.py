"""Names that gave another cause than the code had, each with the one that is right to give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from judging import verdict_on

from autograder.bank.right_answers import right_answers
from autograder.course.folder import Course
from autograder.exercises import find
from autograder.feedback.words import feedback, named_mistakes

COURSE = Course.at(Path(__file__).parents[3])


def edited(id: str, right: str, wrong: str) -> Any:
    """The solution with something else in one place."""
    answer = right_answers(COURSE, find(id))[0]
    assert answer.text.count(right) == 1
    return answer.run(answer.text.replace(right, wrong))


def words_on(id: str, answer: Any) -> str:
    return " ".join(feedback(verdict_on(id, answer)).text.split())


@pytest.mark.parametrize(
    ("id", "right", "wrong", "name"),
    [
        (
            "checker.verdict",
            "(np.abs(measured - claimed) <= bound).all()",
            "(np.abs(measured - claimed) <= bound).flat[0]",
            "only the first entry is compared",
        ),
        (
            "softmax.jacobian",
            "b.max()",
            "np.abs(b).max()",
            "the largest absolute value is subtracted instead of the maximum",
        ),
        (
            "circuit.gates",
            "dn = de * e",
            "dn = de * np.exp(s)",
            "a local derivative evaluated at another gate's value",
        ),
        (
            "j.paths",
            "du = -np.sin(u)",
            "du = -np.sin(t)",
            "a local derivative evaluated at another node's value",
        ),
        (
            "sgd.epoch",
            "dp = 2 * (p - targets) / len(targets)",
            "dp = 2 * (p - targets) / len(x)",
            "the number of batches where the number of examples belongs",
        ),
    ],
)
def test_the_name_tells_the_cause(id: str, right: str, wrong: str, name: str) -> None:
    assert named_mistakes(verdict_on(id, edited(id, right, wrong))) == (name,)


def test_a_kink_that_is_looked_for_at_0_is_named() -> None:
    answer = edited("kinks.slopes", "if first == second:", "if x == 0:")
    assert set(named_mistakes(verdict_on("kinks.slopes", answer))) == {
        "a kink at x = 0, as |x| has it"
    }


def test_what_is_said_of_tanh_does_not_ask_about_the_sigmoid() -> None:
    text = words_on(
        "activations.backward",
        edited("activations.backward", "np.tanh(z) ** 2", "z ** 2"),
    )
    assert "Which number does 1 − a² need: the one before tanh or the one after it?" in text


def test_training_that_stops_on_a_plateau_is_not_trained() -> None:
    def stopping(x: Any, y: Any, W: Any, c: Any, w: Any, b: Any, rate: float) -> dict[str, Any]:
        losses: list[float] = []
        while len(losses) < 10_000:
            h = np.tanh(x @ W + c)
            p = h @ w + b
            losses.append(np.mean((p - y) ** 2))
            if len(losses) > 5 and abs(losses[-2] - losses[-1]) < 1e-4:
                break
            dp = (p - y) / 2
            dz = np.outer(dp, w) * (1 - h**2)
            W, c = W - rate * x.T @ dz, c - rate * dz.sum(axis=0)
            w, b = w - rate * h.T @ dp, b - rate * np.sum(dp)
        return {"losses": np.array(losses), "W": W, "c": c, "w": w, "b": b}

    assert "the mean squared error of your trained network is still" in words_on(
        "xor.train", stopping
    )


def test_a_way_back_from_wrong_checkpoints_costs_the_checkpoints_only() -> None:
    kept = "        if t % length == 0:\n            checkpoints.append(h)\n"
    step = "        h = np.tanh(w * h + u * x[t])\n"
    late = f"        before = h\n{step}{kept.replace('(h)', '(h if t else before)')}"
    answer = edited("bptt.checkpointed", kept + step, late)
    wrong = [p.part.name for p in verdict_on("bptt.checkpointed", answer).parts if not p.credited]
    assert wrong == ["checkpoints"]


def test_one_sigmoid_for_all_layers_costs_once() -> None:
    answer = right_answers(COURSE, find("quiz2.forward"))[0]
    turned = answer.run(answer.text.replace("np.exp(-", "np.exp("))
    lost = find("quiz2.forward").points - verdict_on("quiz2.forward", turned).score
    assert lost == pytest.approx(0.1)


def test_where_it_is_wrong_is_said_once() -> None:
    text = words_on("bp.rows", _transposed_where_it_fits)
    assert text.partition("Look at")[2].count("right on some inputs") == 1
    assert "There, its rows and columns are swapped." in text


def _transposed_where_it_fits(X: Any, W: Any, dZ: Any) -> dict[str, Any]:
    dW = dZ.T @ X
    return {"db": dZ.sum(axis=0), "dW": dW if dW.shape == W.shape else dW.T, "dX": dZ @ W.T}


@pytest.mark.parametrize("kind", [bool, np.bool_])
def test_a_truth_value_of_numpy_is_named_like_any_other(kind: Any) -> None:
    answer = edited("kinks.slopes", "left == right}", "left == left}")

    def turned(*lines: float) -> dict[str, Any]:
        found: dict[str, Any] = answer(*lines)
        return {**found, "differentiable": kind(found["differentiable"])}

    assert named_mistakes(verdict_on("kinks.slopes", turned)) == (
        "a kink mistaken for a smooth point",
    )
