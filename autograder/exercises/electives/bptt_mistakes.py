"""What people get wrong in backpropagation through time, beside the way back."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Mistake, Step
from autograder.exercises.electives.way_back_mistakes import WAY_BACK_MISTAKES
from autograder.exercises.several_ways import in_one_step


def _segments(part: slice) -> dict[str, Step]:
    """dw and du from the steps of some segments only."""

    def some(v: SimpleNamespace, factor: str) -> float:
        entering = v.h[:-1] if factor == "h" else v.x
        shares = (v.dz * entering).reshape(-1, v.length)
        return float(np.sum(shares[part]))

    return {"dw": lambda v: some(v, "h"), "du": lambda v: some(v, "x")}


def _cut(v: SimpleNamespace) -> Any:
    """dh0 if nothing passes from one segment to the one before it."""
    return v.dz[0] * v.w if len(v.x) == v.length else 0.0


MISTAKES = (
    Mistake(
        "M13",
        "ends of the segments",
        {"checkpoints": lambda v: v.h[v.length :: v.length]},
        "your {part} holds the last states of the segments, not the first.",
        name="the state of a different step",
    ),
    Mistake(
        "M15",
        "last step only",
        {"dw": lambda v: v.dz[-1] * v.h[-2]},
        "your {part} has only the last use of w, but w is used in every step.",
    ),
    Mistake(
        "M13",
        "h after the step",
        {"dw": lambda v: np.sum(v.dz * v.h[1:])},
        "your {part} pairs each δ with the state that its step produced, not with the one "
        "that it used.",
        name="the state of a different step",
    ),
    Mistake(
        "M15",
        "first step only",
        {"du": lambda v: v.dz[0] * v.x[0]},
        "your {part} has only the first use of u, but u is used in every step.",
    ),
    Mistake(
        "M9",
        "w left out at the start",
        {"dh0": lambda v: v.dz[0]},
        "your {part} is missing the factor w of the first step.",
        name="the last factor of the chain is left out",
        question="In which product does h0 occur?",
    ),
    Mistake(
        "M15",
        "cut at the checkpoints",
        {**_segments(slice(-1, None)), "dh0": _cut},
        "your {part} holds only what arrives within the last segment.",
        name="the gradient is cut at the checkpoints",
        question="What passes from one segment to the one before it?",
    ),
    *(
        Mistake(
            "M15",
            slug,
            _segments(part),
            f"your {{part}} holds the shares of the {words} only.",
            name="the shares of the other segments are lost",
            question="Where do the sums for w and u get their initial value?",
        )
        for slug, part, words in (
            ("first segment only", slice(0, 1), "first segment"),
            ("last segment only", slice(-1, None), "last segment"),
            ("all segments but the first", slice(1, None), "segments after the first one"),
            ("all segments but the last", slice(0, -1), "segments before the last one"),
        )
    ),
    *in_one_step(
        (
            "M15",
            "first use of w only",
            "dw",
            lambda v: v.dz[0] * v.h[0],
            "has only the first use of w, but w is used in every step",
            "",
            "In how many steps is w used?",
        ),
        (
            "M15",
            "last use of u only",
            "du",
            lambda v: v.dz[-1] * v.x[-1],
            "has only the last use of u, but u is used in every step",
            "",
            "In how many steps is u used?",
        ),
        (
            "M36",
            "dh for dz in dw",
            "dw",
            lambda v: np.sum(v.dh * v.h[:-1]),
            "pairs the states with dh, which does not contain the slope of its own step",
            "the derivative before the slope, where the one after it belongs",
            "Does w act before tanh or after it?",
        ),
        (
            "M36",
            "dh for dz in du",
            "du",
            lambda v: np.sum(v.dh * v.x),
            "pairs the inputs with dh, which does not contain the slope of its own step",
            "the derivative before the slope, where the one after it belongs",
            "Does u act before tanh or after it?",
        ),
        (
            "M13",
            "x of the step before",
            "du",
            lambda v: np.sum(v.dz[1:] * v.x[:-1]),
            "pairs each δ with the input of the step before",
            "the input of a different step",
            "Which input goes into the step that produces h1?",
        ),
        (
            "M13",
            "x of the step after",
            "du",
            lambda v: np.sum(v.dz[:-1] * v.x[1:]),
            "pairs each δ with the input of the step after",
            "the input of a different step",
            "Which input goes into the step that produces h1?",
        ),
        (
            "M13",
            "x of the first segment in every segment",
            "du",
            lambda v: np.sum(v.dz * np.resize(v.x[: v.length], len(v.x))),
            "pairs every segment with the inputs of the first one",
            "the place within the segment is used as the place in the sequence",
            "Which entry of x goes into the first step of the second segment?",
        ),
        (
            "M13",
            "h of two steps before",
            "dw",
            lambda v: np.sum(v.dz[1:] * v.h[:-2]),
            "pairs each δ with a state that is one step too early",
            "the state of a different step",
            "Which state goes into the step that produces h2?",
        ),
        (
            "M13",
            "start of the segment in every step",
            "dw",
            lambda v: np.sum(v.dz * np.repeat(v.checkpoints, v.length)),
            "pairs every δ with the checkpoint of its segment",
            "the checkpoint where the state before the step belongs",
            "Which state goes into the second step of a segment?",
        ),
        (
            "M3",
            "mean over the steps in dw",
            "dw",
            lambda v: np.mean(v.dz * v.h[:-1]),
            "is a mean over the steps",
            "a mean where a sum is needed",
            "w is used in every step. What happens to the shares of all its uses?",
        ),
        (
            "M3",
            "mean over the steps in du",
            "du",
            lambda v: np.mean(v.dz * v.x),
            "is a mean over the steps",
            "a mean where a sum is needed",
            "u is used in every step. What happens to the shares of all its uses?",
        ),
        (
            "M36",
            "slope left out at the start",
            "dh0",
            lambda v: v.dh[0] * v.w,
            "is missing the slope of the first step",
            "the slope of the first step is left out",
            "Which operations lie between h0 and h1?",
        ),
        (
            "M13",
            "dh of the first state",
            "dh0",
            lambda v: v.dh[0],
            "is the derivative with respect to h1",
            "the derivative with respect to the next state",
            "How many steps back does the way from h1 to h0 take?",
        ),
        (
            "M7",
            "slope at h0",
            "dh0",
            lambda v: v.dz[0] * v.w * (1 - v.h[0] ** 2),
            "contains a slope at h0, which does not come out of a tanh",
            "one slope too many",
            "Which step of the chain produces h0?",
        ),
        (
            "M13",
            "u for w at the start",
            "dh0",
            lambda v: v.dz[0] * v.u,
            "multiplies by u at the first step",
            "u where w belongs",
            "Which weight leads from one state to the next?",
        ),
        (
            "M13",
            "states after the first steps",
            "checkpoints",
            lambda v: v.h[1 :: v.length],
            "holds the states after the first step of each segment",
            "the state of a different step",
            "Which state do you need to go through a segment once more from its first step?",
        ),
        (
            "M13",
            "states after the first steps, but the very first state",
            "checkpoints",
            lambda v: np.r_[v.h[0], v.h[v.length + 1 : -1 : v.length]],
            "holds the states after the first step of each segment but the first",
            "the state of a different step",
            "Which state do you need to go through a segment once more from its first step?",
        ),
        (
            "M13",
            "states before the last steps",
            "checkpoints",
            lambda v: v.h[v.length - 1 :: v.length],
            "holds the states before the last step of each segment",
            "the state of a different step",
            "Which state do you need to go through a segment once more from its first step?",
        ),
        (
            "M13",
            "inputs",
            "checkpoints",
            lambda v: v.x[:: v.length],
            "holds inputs, not states",
            "the inputs instead of the states",
            "What does a step need besides its input?",
        ),
        (
            "M13",
            "end as a checkpoint",
            "checkpoints",
            lambda v: v.h[:: v.length],
            "holds the last state as well, with which no segment begins",
            "the last state is kept as well",
            "How many segments begin with the last state?",
        ),
        (
            "M13",
            "all states",
            "checkpoints",
            lambda v: v.h[:-1],
            "holds every state, not only those at the start of a segment",
            "all states are kept",
            "How many checkpoints does a segment need?",
        ),
    ),
    *WAY_BACK_MISTAKES,
)
