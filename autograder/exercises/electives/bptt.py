"""Gruslys and others (2016): checkpointed backpropagation through time."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.draws import FAR, always, large_and_small, times, with_changes
from autograder.exercise import Exercise, Inputs, Part, Probe
from autograder.exercises.electives.bptt_mistakes import MISTAKES
from autograder.exercises.electives.bptt_steps import deltas, from_checkpoints, states


def _some(x: Any) -> Any:
    """Every other input is 0."""
    return x * (np.arange(len(x)) % 2)


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
        "h": lambda v: states(v, v.h0, v.x),
        "checkpoints": lambda v: v.h[: -1 : v.length],
        "loss": lambda v: 0.5 * (v.h[-1] - v.y) ** 2,
        # The state before each step and the one after it, as the way back finds them.
        "again": from_checkpoints,
        "dh": deltas(),
        "dz": lambda v: v.dh * (1 - v.again[1] ** 2),
        "dw": lambda v: np.sum(v.dz * v.again[0]),
        "du": lambda v: np.sum(v.dz * v.x),
        "dh0": lambda v: v.dz[0] * v.w,
    },
    parts=(
        Part("checkpoints", 0.4, plural=True),
        Part("loss", 0.2),
        Part("dw", 0.5),
        Part("du", 0.5),
        Part("dh0", 0.4),
    ),
    probes=(
        Probe("3 segments of 5 steps", _sequence(3, 5)),
        Probe("3 segments of 3 steps", _sequence(3, 3)),
        *(
            Probe(
                f"segments: {segments}, steps in each: {length}",
                _sequence(segments, length),
                corner=True,
            )
            for segments, length in ((1, 1), (1, 4), (4, 1), (2, 3), (5, 2))
        ),
        Probe(
            "w, u and h0 below 0",
            lambda rng: {**_sequence(2, 3)(rng), "w": -0.8, "u": -0.5, "h0": -0.6},
            corner=True,
        ),
        Probe("w = 0", lambda rng: {**_sequence(2, 3)(rng), "w": 0.0}, corner=True),
        Probe("h0 = 0", lambda rng: {**_sequence(3, 2)(rng), "h0": 0.0}, corner=True),
        *large_and_small(
            _sequence(2, 2), "x", "u", lambda far: {"x": times(far), "u": times(1 / far)}
        ),
        Probe("u = 0", with_changes(_sequence(2, 2), x=times(FAR), u=times(0.0)), corner=True),
        Probe("some x = 0", with_changes(_sequence(2, 2), x=_some), corner=True),
        *large_and_small(
            _sequence(1, 1), "h0", "w", lambda far: {"h0": times(far), "w": times(1 / far)}
        ),
        *(
            Probe(f"y = {y:g}", with_changes(_sequence(2, 2), y=always(y)), corner=True)
            for y in (0.0, 1e-7, -300.0)
        ),
    ),
    output="loss",
    leaves={"dw": "w", "du": "u", "dh0": "h0"},
    tolerance=1e-9,
    why_tolerance="products of some twenty factors",
    mistakes=MISTAKES,
    variants={
        "segment by segment": lambda *inputs: _by_segments(*inputs),
        "all states kept": lambda *inputs: _all_kept(*inputs),
    },
    hints=(
        "In the first sweep, keep h at the start of each segment. Then go through the segments "
        "from the last to the first, and recompute the states of each one from its checkpoint.",
        "w and u are used in every step, so their gradients are sums: keep adding with += across "
        "segments. What passes from one segment to the one before it is dh.",
        "One step back starts from dh after the step. First, dz = dh(1 − h²) with the h that the "
        "step produced. Then dw += dz times the h before the step, and du += dz x. Finally, dh "
        "for the step before is dz w.",
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
    # dz_t is the error at the end times all slopes, and the w's between them.
    factors = slopes * np.append(np.full(len(x) - 1, w), 1.0)
    dz = (h[-1] - y) * np.cumprod(factors[::-1])[::-1]
    return {
        "checkpoints": h[:-1].reshape(-1, length)[:, 0],
        "loss": (h[-1] - y) ** 2 / 2,
        "dw": dz @ h[:-1],
        "du": dz @ x,
        "dh0": dz[0] * w,
    }


EXERCISES = (BPTT_EXERCISE,)
