"""XOR's parameters are paid if they were trained, from the given start and at the given rate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from judging import verdict_on

from autograder.exercises import find
from autograder.feedback.words import named_mistakes
from autograder.judge.verdict import Verdict

Slopes = Callable[..., tuple[Any, Any, Any, Any]]
XOR = find("xor.train")


def slopes_of(x: Any, y: Any, W: Any, c: Any, w: Any, b: Any) -> tuple[Any, Any, Any, Any]:
    h = np.tanh(x @ W + c)
    dp = 2 * (h @ w + b - y) / len(y)
    dz = np.outer(dp, w) * (1 - h**2)
    return x.T @ dz, dz.sum(axis=0), h.T @ dp, dp.sum()


def loss_of(x: Any, y: Any, W: Any, c: Any, w: Any, b: Any) -> float:
    return float(np.mean((np.tanh(x @ W + c) @ w + b - y) ** 2))


def trained_by(slopes: Slopes, most: int = 10_000, memory: float = 0.0) -> Callable[..., Any]:
    """Gradient descent with these slopes, as a student writes it."""

    def train(x: Any, y: Any, W: Any, c: Any, w: Any, b: Any, learning_rate: float) -> Any:
        losses, now, steps = [], [W, c, w, b], [0.0] * 4
        for _ in range(most):
            losses.append(loss_of(x, y, *now))
            if losses[-1] < 1e-3:
                break
            steps = [memory * s + g for s, g in zip(steps, slopes(x, y, *now), strict=True)]
            now = [p - learning_rate * s for p, s in zip(now, steps, strict=True)]
        return answer_of(losses, now)

    return train


def answer_of(losses: Any, now: Any) -> dict[str, Any]:
    return {"losses": np.array(losses), **dict(zip(("W", "c", "w", "b"), now, strict=True))}


def parts_of(answer: Any, seed: int = 3) -> dict[str, bool]:
    verdict: Verdict = verdict_on(XOR, answer, seed)
    assert verdict.fault == ""
    return {part.part.name: part.credited for part in verdict.parts}


def written_down(H: int) -> list[Any]:
    """Parameters that solve XOR, padded with units that do nothing."""
    W, c, w = np.zeros((2, H)), np.zeros(H), np.zeros(H)
    W[:, 0], W[:, 1], c[0], c[1] = 10, 10, -5, -15
    w[0], w[1] = 0.5, -0.5
    return [W, c, w, 0.0]


def known(x: Any, y: Any, W: Any, c: Any, w: Any, b: Any) -> list[Any]:
    return written_down(len(c))


def output_solved(x: Any, y: Any, W: Any, c: Any, w: Any, b: Any) -> list[Any]:
    """Four equations for the output weights, over hidden units as they were given."""
    features = np.column_stack([np.tanh(x @ W + c), np.ones(len(y))])
    found = np.linalg.lstsq(features, y - features @ np.append(w, b), rcond=None)[0]
    return [W, c, w + found[:-1], float(b + found[-1])]


def searched(x: Any, y: Any, W: Any, c: Any, w: Any, b: Any) -> list[Any]:
    """Random steps from the start, of which those are kept that help."""
    rng, now = np.random.default_rng(0), [W, c, w, b]
    best = loss_of(x, y, *now)
    for _ in range(20_000):
        tried = [p + 0.05 * rng.normal(size=np.shape(p)) for p in now]
        if (loss := loss_of(x, y, *tried)) < best:
            now, best = tried, loss
        if best < 1e-3:
            break
    return [*now[:3], float(now[3])]


ELSEWHERE = {"written down": known, "output solved": output_solved, "searched": searched}


def honest(answer: dict[str, Any]) -> Any:
    return answer["losses"][:5]


def of_first_steps(*given: Any) -> Any:
    return honest(trained_by(slopes_of, 5)(*given))


def falling(*given: Any) -> Any:
    return loss_of(*given[:-1]) * 0.9 ** np.arange(60)


@pytest.mark.parametrize("losses", [of_first_steps, falling], ids=["right losses", "made up"])
@pytest.mark.parametrize("how", ELSEWHERE)
def test_parameters_that_were_not_trained_earn_nothing(how: str, losses: Any) -> None:
    def train(*given: Any) -> dict[str, Any]:
        return answer_of(losses(*given), ELSEWHERE[how](*given[:-1]))

    assert not parts_of(train)["trained"]


def test_the_training_that_is_asked_for_earns_everything() -> None:
    assert all(parts_of(trained_by(slopes_of)).values())


def test_one_step_more_lies_on_the_path_too() -> None:
    def train(*given: Any) -> Any:
        answer = trained_by(slopes_of)(*given)
        now = [answer[name] for name in ("W", "c", "w", "b")]
        steps = slopes_of(*given[:2], *now)
        return answer_of(
            answer["losses"], [p - given[-1] * s for p, s in zip(now, steps, strict=True)]
        )

    assert all(parts_of(train).values())


def scaled(factor: float) -> Slopes:
    return lambda *given: tuple(factor * slope for slope in slopes_of(*given))  # type: ignore[return-value]


def without_c(*given: Any) -> Any:
    dW, dc, dw, db = slopes_of(*given)
    return dW, np.zeros(dc.shape), dw, db


def other_slope(x: Any, y: Any, W: Any, c: Any, w: Any, b: Any) -> Any:
    h = np.tanh(x @ W + c)
    dp = 2 * (h @ w + b - y) / len(y)
    dz = np.outer(dp, w) * (1 - np.abs(h))
    return x.T @ dz, dz.sum(axis=0), h.T @ dp, dp.sum()


MISTAKES = {
    "half the slope": scaled(0.5),
    "half as much again": scaled(1.5),
    "a third of the slope": scaled(1 / 3),
    "c left alone": without_c,
    "another slope of tanh": other_slope,
}


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", MISTAKES)
def test_training_with_a_mistake_costs_the_losses_only(name: str, seed: int) -> None:
    assert parts_of(trained_by(MISTAKES[name]), seed) == {"first_losses": False, "trained": True}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_momentum_is_another_training(seed: int) -> None:
    found = parts_of(trained_by(slopes_of, memory=0.5), seed)
    assert found == {"first_losses": False, "trained": True}


def test_parameters_changed_in_place_are_trained_from_the_same_start_twice() -> None:
    def train(x: Any, y: Any, W: Any, c: Any, w: Any, b: Any, learning_rate: float) -> Any:
        answer = trained_by(slopes_of)(x, y, W, c, w, b, learning_rate)
        W[:], c[:], w[:] = answer["W"], answer["c"], answer["w"]
        return answer

    assert all(parts_of(train).values())


@pytest.mark.parametrize("also_in_the_gradient", [True, False])
def test_a_table_of_all_differences_is_named(also_in_the_gradient: bool) -> None:
    def train(x: Any, y: Any, W: Any, c: Any, w: Any, b: Any, learning_rate: float) -> Any:
        losses, now = [], [W, c, w, b]
        for _ in range(500):
            table = (np.tanh(x @ now[0] + now[1]) @ now[2] + now[3])[:, None] - y
            losses.append(np.mean(table**2))
            targets = np.full(len(y), np.mean(y)) if also_in_the_gradient else y
            slopes = slopes_of(x, targets, *now)
            now = [p - learning_rate * s for p, s in zip(now, slopes, strict=True)]
        return answer_of(losses, now)

    named = named_mistakes(verdict_on(XOR, train, 3))
    assert named == ("(n,) minus (n, 1), which gives (n, n)",)


@pytest.mark.parametrize("rate", [0.0, 0.5])
def test_risk_and_gradients_of_the_end_of_training_are_named(rate: float) -> None:
    digits = find("erm.digits")
    right = digits.variants["all examples at once"]

    def answer(x: Any, y: Any, *start: Any) -> dict[str, Any]:
        names = ("W1", "b1", "W2", "b2")
        theta = right(x, y, *start)["trained"]
        found = right(x, y, *(theta[name] for name in names))
        theta = {name: theta[name] - rate * found[f"d{name}"] for name in names}
        return {**found, "trained": theta}

    verdict = verdict_on(digits, answer)
    assert {p.part.name for p in verdict.parts if not p.credited} == {"risk"}
    assert named_mistakes(verdict) == ("the parameters after training instead of those before it",)
