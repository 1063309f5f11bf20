"""The electives: a Hessian-free step, checkpointed backprop through time, synthetic gradients.

Their points are a bonus beyond the course's hundred.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Exercise, Inputs, Mistake, Part, Probe, Step

# --- Martens and Sutskever: logistic regression, one truncated Newton step -----------------------


def _sigmoid(a: Any) -> Any:
    return 1 / (1 + np.exp(-a))


def _curvature(v: SimpleNamespace, direction: Any) -> Any:
    return v.x.T @ (v.p * (1 - v.p) * (v.x @ direction)) / len(v.y)


def _conjugate_gradients(v: SimpleNamespace, damping: float, right_side: Any) -> Any:
    step = np.zeros(len(right_side))
    residual = right_side.copy()
    direction = residual.copy()
    for _ in range(v.iterations):
        turned = _curvature(v, direction) + damping * direction
        length = residual @ residual / (direction @ turned)
        step = step + length * direction
        rest = residual - length * turned
        direction = rest + rest @ rest / (residual @ residual) * direction
        residual = rest
    return step


def _regression(examples: int, inputs: int, iterations: int) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        return {
            "x": rng.normal(size=(examples, inputs)),
            "y": rng.integers(0, 2, examples).astype(float),
            "theta": rng.normal(size=inputs),
            "v": rng.normal(size=inputs),
            "damping": float(rng.uniform(0.05, 0.2)),
            "iterations": iterations,
        }

    return draw


HESSIAN_FREE_EXERCISE = Exercise(
    id="hessian_free.step",
    unit="11-elective-hessian-free",
    title="A Hessian-free step",
    objectives=("O8",),
    deck="D1, references: Hessian-free optimisation (Martens)",
    steps={
        "p": lambda v: _sigmoid(v.x @ v.theta),
        "gradient": lambda v: v.x.T @ (v.p - v.y) / len(v.y),
        "hv": lambda v: _curvature(v, v.v),
        "step": lambda v: _conjugate_gradients(v, v.damping, -v.gradient),
    },
    parts=(Part("gradient", 0.5), Part("hv", 0.75, "H v"), Part("step", 0.75)),
    probes=(
        Probe("11 examples, 5 inputs, 3 iterations", _regression(11, 5, 3)),
        Probe("5 examples, 5 inputs, 2 iterations", _regression(5, 5, 2)),
    ),
    tolerance=1e-8,
    why_tolerance="conjugate gradients carry round-off from iteration to iteration",
    batch="x",
    mistakes=(
        Mistake(
            "M1",
            "y − p",
            {"gradient": lambda v: v.x.T @ (v.y - v.p) / len(v.y)},
            "your {part} is that of the likelihood.",
        ),
        Mistake(
            "M5",
            "slope left out of H v",
            {"hv": lambda v: v.x.T @ (v.x @ v.v) / len(v.y)},
            "your {part} lacks the sigmoid's slope.",
        ),
        Mistake(
            "M3",
            "H v summed",
            {"hv": lambda v: _curvature(v, v.v) * len(v.y)},
            "your {part} is a sum over the examples.",
        ),
        Mistake(
            "M1",
            "step uphill",
            {"step": lambda v: _conjugate_gradients(v, v.damping, v.gradient)},
            "your {part} leads uphill: the right-hand side is −gradient.",
            name="a step with the gradient and not against it",
        ),
        Mistake(
            "M22",
            "damping forgotten",
            {"step": lambda v: _conjugate_gradients(v, 0.0, -v.gradient)},
            "your {part} solves the system without damping.",
            name="the damping left out",
            question="Which matrix multiplies the direction?",
        ),
    ),
    variants={
        "with the whole matrix": lambda *inputs: _with_matrix(*inputs),
        "example by example": lambda *inputs: _example_by_example(*inputs),
    },
    hints=(
        "H v is the derivative of the gradient in the direction v: differentiate xᵀ(p − y)/N with "
        "p = σ(xθ) once more.",
        "When θ moves along v, xθ moves along xv, and each p by its slope p(1 − p) times that.",
        "Conjugate gradients for A d = r0: start with d = 0, residual r = r0, direction s = r. "
        "Each iteration: A s; α = r·r / s·A s; d += α s; new r = r − α A s; s = new r + (new r·new "
        "r / r·r) s. Here A s is H s + damping·s, and r0 is −gradient.",
    ),
)


def _with_matrix(
    x: Any, y: Any, theta: Any, v: Any, damping: float, iterations: int
) -> dict[str, Any]:
    p = _sigmoid(x @ theta)
    H = (x.T * (p - p**2)) @ x / len(x)
    A, gradient = H + damping * np.eye(len(theta)), (p - y) @ x / len(x)
    d, r = np.zeros_like(theta), -gradient
    s = r
    for _ in range(iterations):
        alpha = (r @ r) / (s @ A @ s)
        d, new = d + alpha * s, r - alpha * (A @ s)
        s, r = new + (new @ new) / (r @ r) * s, new
    return {"gradient": gradient, "hv": H @ v, "step": d}


def _example_by_example(
    x: Any, y: Any, theta: Any, v: Any, damping: float, iterations: int
) -> dict[str, Any]:
    def times(direction: Any) -> Any:
        total = np.zeros(len(theta))
        for row in x:
            p = _sigmoid(row @ theta)
            total += row * p * (1 - p) * (row @ direction)
        return total / len(y)

    gradient = np.mean([row * (_sigmoid(row @ theta) - t) for row, t in zip(x, y, strict=True)], 0)
    d, r = np.zeros(len(theta)), -gradient
    s = r.copy()
    square = r.dot(r)
    for _ in range(iterations):
        q = times(s) + damping * s
        alpha = square / s.dot(q)
        d += alpha * s
        r = r - alpha * q
        square, before = r.dot(r), square
        s = r + square / before * s
    return {"gradient": gradient, "hv": times(v), "step": d}


# --- Gruslys and others: h_t = tanh(w h_{t−1} + u x_t), loss ½(h_T − y)² -------------------------


def _states(v: SimpleNamespace) -> Any:
    states = [v.h0]
    for x in v.x:
        states.append(np.tanh(v.w * states[-1] + v.u * x))
    return np.array(states)


def _deltas(last: Step, slope: bool = True) -> Step:
    """∂loss/∂h_t for t = 1 … T."""

    def deltas(v: SimpleNamespace) -> Any:
        found = [last(v)]
        for h in v.h[:1:-1]:
            found.append(found[-1] * (1 - h**2 if slope else 1.0) * v.w)
        return np.array(found[::-1])

    return deltas


def _sequence(segments: int, length: int) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        return {
            "x": rng.normal(0, 0.3, segments * length),
            "y": float(rng.normal()),
            "h0": float(rng.uniform(0.3, 0.9)),
            "w": float(rng.uniform(0.9, 1.3)),
            "u": float(rng.uniform(0.4, 0.9)),
            "length": length,
        }

    return draw


BPTT_EXERCISE = Exercise(
    id="bptt.checkpointed",
    unit="12-elective-bptt-checkpointing",
    title="Backprop through time with checkpoints",
    objectives=("O2", "O8"),
    deck="D1, references: memory-efficient backpropagation through time (Gruslys)",
    steps={
        "h": _states,
        "checkpoints": lambda v: v.h[: -1 : v.length],
        "loss": lambda v: 0.5 * (v.h[-1] - v.y) ** 2,
        "dh": _deltas(lambda v: v.h[-1] - v.y),
        "dz": lambda v: v.dh * (1 - v.h[1:] ** 2),
        "dw": lambda v: np.sum(v.dz * v.h[:-1]),
        "du": lambda v: np.sum(v.dz * v.x),
        "dh0": lambda v: v.dz[0] * v.w,
    },
    parts=(
        Part("checkpoints", 0.4),
        Part("loss", 0.2),
        Part("dw", 0.5),
        Part("du", 0.5),
        Part("dh0", 0.4),
    ),
    probes=(
        Probe("3 segments of 5 steps", _sequence(3, 5)),
        Probe("3 segments of 3 steps", _sequence(3, 3)),
    ),
    output="loss",
    leaves={"dw": "w", "du": "u", "dh0": "h0"},
    tolerance=1e-9,
    why_tolerance="products of some twenty factors",
    mistakes=(
        Mistake(
            "M13",
            "ends of the segments",
            {"checkpoints": lambda v: v.h[v.length :: v.length]},
            "your {part} are the last values of the segments, not the first ones.",
        ),
        Mistake(
            "M15",
            "last step only",
            {"dw": lambda v: v.dz[-1] * v.h[-2]},
            "your {part} has the last use of w only; w is used in every step.",
        ),
        Mistake(
            "M13",
            "h after the step",
            {"dw": lambda v: np.sum(v.dz * v.h[1:])},
            "your {part} pairs each δ with the state that its step made, not the one it used.",
        ),
        Mistake(
            "M15",
            "first step only",
            {"du": lambda v: v.dz[0] * v.x[0]},
            "your {part} has the first use of u only; u is used in every step.",
        ),
        Mistake(
            "M9",
            "w left out at the start",
            {"dh0": lambda v: v.dz[0]},
            "your {part} lacks the factor w of the first step.",
            name="the last factor of the chain left out",
            question="Through which product does h0 enter?",
        ),
    ),
    variants={
        "segment by segment": lambda *inputs: _by_segments(*inputs),
        "all states kept": lambda *inputs: _all_kept(*inputs),
    },
    hints=(
        "First sweep: keep h at the start of each segment. Then take the segments from the last to "
        "the first, and recompute their states from the checkpoint.",
        "w and u are used in every step: their gradients are sums, so carry on with += across "
        "segments. What goes from one segment to the one before it is dh.",
        "One step back, from dh after the step: dz = dh(1 − h²) with the h it made; dw += dz times "
        "the h before it; du += dz x; and dh for the step before is dz w.",
    ),
)


def _by_segments(x: Any, y: float, h0: float, w: float, u: float, length: int) -> dict[str, Any]:
    kept, h = [], h0
    for t, value in enumerate(x):
        if t % length == 0:
            kept.append(h)
        h = np.tanh(w * h + u * value)
    loss, dh, dw, du = 0.5 * (h - y) ** 2, h - y, 0.0, 0.0
    for number in reversed(range(len(kept))):
        inputs = x[number * length : (number + 1) * length]
        states = [kept[number]]
        for value in inputs:
            states.append(np.tanh(w * states[-1] + u * value))
        for t in reversed(range(length)):
            dz = dh * (1 - states[t + 1] ** 2)
            dw, du, dh = dw + dz * states[t], du + dz * inputs[t], dz * w
    return {"checkpoints": np.array(kept), "loss": loss, "dw": dw, "du": du, "dh0": dh}


def _all_kept(x: Any, y: float, h0: float, w: float, u: float, length: int) -> dict[str, Any]:
    h = np.zeros(len(x) + 1)
    h[0] = h0
    for t in range(len(x)):
        h[t + 1] = np.tanh(w * h[t] + u * x[t])
    slopes = 1 - h[1:] ** 2
    # dz_t is the error at the end times all slopes and w's on the way to it.
    ahead = np.cumprod((slopes * w)[::-1])[::-1] / w
    dz = (h[-1] - y) * ahead
    return {
        "checkpoints": h[:-1].reshape(-1, length)[:, 0],
        "loss": (h[-1] - y) ** 2 / 2,
        "dw": dz @ h[:-1],
        "du": dz @ x,
        "dh0": dz[0] * w,
    }


# --- Jaderberg and others: a hidden layer that does not wait -------------------------------------


def _decoupled(examples: int, inputs: int, hidden: int) -> Any:
    def draw(rng: np.random.Generator) -> Inputs:
        return {
            "x": rng.normal(size=(examples, inputs)),
            "W": rng.normal(size=(inputs, hidden)),
            "A": rng.normal(size=(hidden, hidden)),
            "c": rng.normal(size=hidden),
            "true_dh": rng.normal(size=(examples, hidden)),
        }

    return draw


SYNTHETIC_EXERCISE = Exercise(
    id="synthetic.gradients",
    unit="13-elective-synthetic-gradients",
    title="Synthetic gradients",
    objectives=("O4", "O8"),
    deck="D1, references: decoupled neural interfaces (Jaderberg, Czarnecki)",
    steps={
        "h": lambda v: np.tanh(v.x @ v.W),
        "guess": lambda v: v.h @ v.A + v.c,
        "dW": lambda v: v.x.T @ (v.guess * (1 - v.h**2)),
        "loss": lambda v: 0.5 * np.sum((v.guess - v.true_dh) ** 2) / len(v.x),
        "dA": lambda v: v.h.T @ (v.guess - v.true_dh) / len(v.x),
        "dc": lambda v: (v.guess - v.true_dh).sum(axis=0) / len(v.x),
    },
    parts=(
        Part("guess", 0.4, "the synthetic gradient"),
        Part("dW", 0.6),
        Part("loss", 0.2),
        Part("dA", 0.5),
        Part("dc", 0.3),
    ),
    probes=(
        Probe("7 examples, 3 inputs, 5 hidden units", _decoupled(7, 3, 5)),
        Probe("5 examples, 3 inputs, 3 hidden units", _decoupled(5, 3, 3)),
    ),
    output="loss",
    leaves={"dA": "A", "dc": "c"},
    batch="x",
    mistakes=(
        Mistake(
            "M11",
            "A transposed",
            {"guess": lambda v: v.h @ v.A.T + v.c},
            "your {part} multiplies by the transposed matrix.",
        ),
        Mistake(
            "M5",
            "tanh′ left out",
            {"dW": lambda v: v.x.T @ v.guess},
            "your {part} steps over the tanh.",
            name="the derivative of tanh left out",
        ),
        Mistake(
            "M28",
            "true gradient used",
            {"dW": lambda v: v.x.T @ (v.true_dh * (1 - v.h**2))},
            "your {part} waits for the true gradient, and does not use the guess.",
            name="the true gradient in place of the synthetic one",
            question="Which of the two is there already when the layer wants to move?",
        ),
        Mistake(
            "M3",
            "sum for mean",
            {"dA": lambda v: v.h.T @ (v.guess - v.true_dh)},
            "your {part} is a sum over the examples; the predictor's loss is a mean.",
        ),
        Mistake(
            "M1",
            "sign of the predictor's error",
            {"dc": lambda v: (v.true_dh - v.guess).sum(axis=0) / len(v.x)},
            "your {part} has the opposite sign.",
        ),
    ),
    variants={
        "bias as a column": lambda *inputs: _bias_as_column(*inputs),
        "einsum": lambda *inputs: _by_einsum(*inputs),
    },
    hints=(
        "Two small networks: the layer itself, which believes the guess, and the predictor, which "
        "learns from the truth when it comes.",
        "For dW, put the guess where dL/dh would stand. For dA and dc, the predictor is a linear "
        "regression from h to the true gradient.",
        "One example, one unit: h = 0.5, A = 2, c = 1 give the guess 2. With x = 3, dW = 3·2·(1 − "
        "0.25) = 4.5. If the truth is 1.5, the error is 0.5, dA = 0.25 and dc = 0.5.",
    ),
)


def _bias_as_column(x: Any, W: Any, A: Any, c: Any, true_dh: Any) -> dict[str, Any]:
    h = np.tanh(x @ W)
    wide, both = np.column_stack([h, np.ones(len(h))]), np.vstack([A, c])
    guess = wide @ both
    error = guess - true_dh
    slope = wide.T @ error / len(x)
    return {
        "guess": guess,
        "dW": x.T @ (guess / np.cosh(x @ W) ** 2),
        "loss": np.vdot(error, error) / (2 * len(x)),
        "dA": slope[:-1],
        "dc": slope[-1],
    }


def _by_einsum(x: Any, W: Any, A: Any, c: Any, true_dh: Any) -> dict[str, Any]:
    h = np.tanh(np.einsum("ni,ih->nh", x, W))
    guess = np.einsum("nh,hk->nk", h, A) + c
    error = (guess - true_dh) / len(x)
    return {
        "dc": error.sum(0),
        "dA": np.einsum("nh,nk->hk", h, error),
        "loss": 0.5 * len(x) * (error**2).sum(),
        "dW": np.einsum("ni,nh->ih", x, guess - guess * h * h),
        "guess": guess,
    }


EXERCISES = (HESSIAN_FREE_EXERCISE, BPTT_EXERCISE, SYNTHETIC_EXERCISE)
