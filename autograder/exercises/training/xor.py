"""XOR, trained to convergence from given starts with the student's own backward pass."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Exercise, Inputs, Part, Probe
from autograder.exercises.training.asks import ask_xor
from autograder.exercises.training.descent_steps import PARAMETERS
from autograder.exercises.training.regulariser import UNIT
from autograder.exercises.training.xor_mistakes import MISTAKES
from autograder.exercises.training.xor_steps import ENOUGH, MOST_STEPS, descend_path, path
from course_bp import datasets

NEAR = 0.15
# A start with a smaller loss is almost trained.
ALMOST = 0.01
# Round-off on the way to the end stays below 1e-13.
SAME_POINT = 1e-6
# How far W and w move from such a start at least, and all parameters at most, as a share of what
# gradient descent moves them. Slopes with a mistake lead elsewhere, but not far.
LEAST_MOVE, FARTHEST_MOVE = 0.02, 5


@lru_cache(maxsize=64)
def _trained(hidden: int, learning_rate: float, b: float, *contents: bytes) -> dict[str, Any]:
    """The parameters at the end; cached, because it takes a thousand steps and more."""
    x, y, W, c, w = (np.frombuffer(content) for content in contents)
    start = {"x": x.reshape(-1, 2), "y": y, "W": W.reshape(2, hidden), "c": c, "w": w, "b": b}
    return descend_path(SimpleNamespace(**start, learning_rate=learning_rate), most=MOST_STEPS)[1]


def _not_trained(value: Any, v: SimpleNamespace) -> str | None:
    """What is wrong with the parameters at the end, or None.

    They must solve XOR, and they must come from the start by the training that is asked for. If
    the losses are right, so are the slopes, and the parameters must lie on the path of gradient
    descent, as far down as is asked for. With other losses, which may be half as large, it is
    enough that they solve XOR and go a little way from a start that is almost trained.
    """
    if not isinstance(value, dict) or not set(PARAMETERS) <= set(value):
        return "it should hold the four entries W, c, w and b."
    end, start = _point(value), _point(vars(v))
    for name in PARAMETERS:
        if end[name].shape != start[name].shape:
            return f"{name} has shape {end[name].shape}; it started as {start[name].shape}."
    outputs = _outputs(end, v)
    furthest = np.abs(outputs - v.y).max()
    if not furthest < NEAR:
        return (
            "from at least one start, the output of your trained network is off by up to "
            f"{furthest:.2g} on the four examples; at most {NEAR:g} is allowed."
        )
    if "slower" in value and all(np.array_equal(end[n], value["slower"].get(n)) for n in end):
        return "with half the learning rate your parameters at the end are exactly the same."
    loss = _loss_at(end, v)
    if "losses" not in value or np.allclose(value["losses"], v.first_losses, rtol=1e-6, atol=0):
        if loss > (1 + SAME_POINT) * max(ENOUGH, _loss_at(v.trained, v)):
            return (
                "from at least one start, the mean squared error of your trained network is still "
                f"{loss:.2g}; train until it is below {ENOUGH:g}."
            )
        if not _on_the_path(end, v, loss):
            return (
                "your first losses are those of gradient descent, but your parameters at the end "
                "do not lie on its path from the start that was given."
            )
    elif v.first_losses[0] < ALMOST and not _moved_a_little(end, start, v, loss):
        return (
            "from a start that is almost trained, W and w should both move a little, and the "
            "loss should fall; your parameters at the end did not come about like that."
        )
    return None


def _outputs(at: Mapping[str, Any], v: SimpleNamespace) -> Any:
    return np.tanh(v.x @ at["W"] + at["c"]) @ at["w"] + at["b"]


def _loss_at(at: Mapping[str, Any], v: SimpleNamespace) -> float:
    return float(np.mean((_outputs(at, v) - v.y) ** 2))


def _point(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: np.asarray(values[name], dtype=float) for name in PARAMETERS}


def _far(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """The distance between two points in the space of all parameters."""
    return float(np.sqrt(sum(np.sum((one[name] - other[name]) ** 2) for name in PARAMETERS)))


def _on_the_path(end: Mapping[str, Any], v: SimpleNamespace, loss: float) -> bool:
    """Whether gradient descent passes a point on its way down to that point's loss."""
    bound = SAME_POINT * (1 + _far(end, dict.fromkeys(PARAMETERS, 0.0)))
    for reached, now in path(v):
        if _far(end, vars(now)) <= bound:
            return True
        if reached < 0.9 * loss:
            break
    return False


def _moved_a_little(
    end: Mapping[str, Any], start: Mapping[str, Any], v: SimpleNamespace, loss: float
) -> bool:
    """Whether a point lies down the slope and as near as training could bring it."""
    right = _point(v.trained)
    moved = all(
        np.linalg.norm(end[name] - start[name])
        >= LEAST_MOVE * np.linalg.norm(right[name] - start[name])
        for name in ("W", "w")
    )
    near = _far(end, start) <= FARTHEST_MOVE * _far(right, start)
    return moved and near and loss < v.first_losses[0] / 2


def _start(hidden: int, enough: float = np.inf) -> Any:
    """Draws a start; with `enough`, one from which gradient descent has come down that far."""

    def draw(rng: np.random.Generator) -> Inputs:
        x, y = datasets.xor()
        given = {
            "x": x,
            "y": y[:, 0],
            "W": rng.normal(size=(2, hidden)),
            "c": rng.normal(size=hidden),
            "w": rng.normal(size=hidden),
            "b": float(rng.normal()),
            "learning_rate": float(rng.uniform(0.06, 0.1)),
        }
        for loss, now in path(SimpleNamespace(**given)):
            if loss < enough:
                return given | _point(vars(now)) | {"b": float(now.b)}
        return given

    return draw


XOR_EXERCISE = Exercise(
    id="xor.train",
    unit=UNIT,
    title="XOR from scratch",
    objectives=("O4", "O6"),
    deck="D1, Feedforward Neural Networks: XOR training",
    ask=ask_xor,
    costly=True,
    steps={
        "first_losses": lambda v: descend_path(v)[0],
        "trained": lambda v: _trained(
            len(v.c),
            v.learning_rate,
            v.b,
            *(np.ravel(array).tobytes() for array in (v.x, v.y, v.W, v.c, v.w)),
        ),
    },
    parts=(
        Part("first_losses", 0.7, "the losses of the first five steps", plural=True),
        Part("trained", 0.8, "the parameters at the end", accept=_not_trained),
    ),
    probes=(
        Probe("5 hidden units", _start(5)),
        Probe("7 hidden units", _start(7)),
        Probe("6 hidden units", _start(6)),
        Probe("8 hidden units", _start(8)),
        Probe("a start that is almost trained", _start(6, ALMOST)),
    ),
    no_domain="there is one set of examples, and each start that is trained to its end takes time",
    again=False,
    tolerance=1e-8,
    why_tolerance="round-off error is carried over five steps",
    gradients=("first_losses", "trained"),
    mistakes=MISTAKES,
    variants={
        "a fixed number of steps": lambda *inputs: _fixed_steps(*inputs),
        "column vectors": lambda *inputs: _columns(*inputs),
    },
    hints=(
        "This is your epoch of SGD again, with all four examples as the only batch, without a "
        "regulariser, and repeated until the loss is small.",
        "Append the loss *before* the step, so the first entry is the loss at the start. Stop "
        "below 0.001, or after 10 000 steps. If the loss does not fall, check your gradients "
        "against finite differences at the start.",
        "Start with losses = []. In the loop, compute h, p and the loss, append the loss, and "
        "leave if it is below 0.001. Then compute the four gradients and take the four steps, "
        "making new arrays. After the loop, return the four parameters and np.array(losses).",
    ),
)


def _fixed_steps(
    x: Any, y: Any, W: Any, c: Any, w: Any, b: float, learning_rate: float
) -> dict[str, Any]:
    losses = np.zeros(4000)
    for t in range(len(losses)):
        h = np.tanh(x @ W + c)
        gap = h @ w + b - y
        losses[t] = gap @ gap / 4
        back = gap[:, None] * w * (1 - h**2) * learning_rate / 2
        w = w - learning_rate / 2 * gap @ h
        b = b - learning_rate / 2 * gap.sum()
        W, c = W - x.T @ back, c - back.sum(0)
    return {"losses": losses, "W": W, "c": c, "w": w, "b": b}


def _columns(
    x: Any, y: Any, W: Any, c: Any, w: Any, b: float, learning_rate: float
) -> dict[str, Any]:
    inputs, v, bias = x.T, w[None, :], np.array([[b]])
    weights, offsets = W.T, c[:, None]
    losses = []
    for _ in range(MOST_STEPS):
        h = np.tanh(weights @ inputs + offsets)
        gap = v @ h + bias - y
        losses.append(float((gap**2).mean()))
        if losses[-1] < ENOUGH:
            break
        delta = v.T @ (gap / 2) * (1 - h * h)
        v, bias = v - learning_rate * (gap / 2) @ h.T, bias - learning_rate * gap.sum() / 2
        weights = weights - learning_rate * delta @ inputs.T
        offsets = offsets - learning_rate * delta.sum(axis=1, keepdims=True)
    return dict(losses=losses, W=weights.T, c=offsets[:, 0], w=v[0], b=float(bias[0, 0]))


EXERCISES = (XOR_EXERCISE,)
