"""What people get wrong on the way back through time."""

from __future__ import annotations

import numpy as np

from autograder.exercise import Mistake, Step
from autograder.exercises.electives.bptt_steps import Slope, deltas


def _with_slope(slope: Slope) -> dict[str, Step]:
    return {
        "dh": deltas(slope=slope),
        "dz": lambda v: v.dh * np.array([slope(a, b) for a, b in zip(*v.again, strict=True)]),
    }


WAY_BACK_MISTAKES = (
    *(
        Mistake(
            id,
            f"tanh′ as {words}",
            _with_slope(slope),
            f"your {{part}} comes from a way back in which every slope is {words}.",
            name=name,
            question=question,
        )
        for id, words, slope, name, question in (
            (
                "M13",
                "that of the state before the step",
                lambda before, after: 1 - before**2,
                "the slope at the state of a different step",
                "Which state did this step produce, and which one did it use?",
            ),
            (
                "M5",
                "1, so tanh is skipped",
                lambda before, after: 1.0,
                "the derivative of tanh is left out",
                "Which operation between two states does your way back skip?",
            ),
            (
                "M8",
                "h(1 − h)",
                lambda before, after: after * (1 - after),
                "the sigmoid's slope is used for tanh",
                "Which activation do the steps have, and what is its derivative?",
            ),
            (
                "M8",
                "1 − h",
                lambda before, after: 1 - after,
                "the slope of tanh is written wrongly",
                "What is the derivative of tanh, written with its value h?",
            ),
            (
                "M6",
                "1 − tanh²(h), although h is already the output of tanh",
                lambda before, after: 1 - np.tanh(after) ** 2,
                "tanh is applied once more in its own slope",
                "Is h the number before tanh or after it?",
            ),
        )
    ),
    *(
        Mistake(
            id,
            slug,
            {"dh": dh},
            f"your {{part}} {words}.",
            name=name,
            question=question,
        )
        for id, slug, dh, words, name, question in (
            (
                "M9",
                "w left out between the steps",
                deltas(along=lambda v: 1.0),
                "comes from a way back that does not multiply by w between the steps",
                "w is left out on the way back",
                "By how much does the number before tanh change when the state before it does?",
            ),
            (
                "M13",
                "u for w between the steps",
                deltas(along=lambda v: v.u),
                "comes from a way back that multiplies by u between the steps",
                "u where w belongs",
                "Which weight leads from one state to the next?",
            ),
            (
                "M9",
                "error dropped",
                deltas(lambda v: 1.0),
                "comes from a way back that starts from 1 instead of the error at the end",
                "the error at the end is dropped",
                "What is the derivative of the loss with respect to the last state?",
            ),
            (
                "M31",
                "loss as the seed",
                deltas(lambda v: v.loss),
                "comes from a way back that starts from the loss itself",
                "the loss is not differentiated",
                "What is the derivative of the loss with respect to the last state?",
            ),
            (
                "M2",
                "seed doubled",
                deltas(lambda v: 2 * (v.h[-1] - v.y)),
                "comes from a way back whose start is twice as large as it should be",
                "",
                "What happens to the ½ of the loss when you differentiate it?",
            ),
            (
                "M1",
                "seed with the wrong sign",
                deltas(lambda v: v.y - v.h[-1]),
                "comes from a way back that starts from y − h",
                "",
                "If the last state is too large, is the derivative of the loss positive?",
            ),
            (
                "M14",
                "every segment starts from the error at the end",
                deltas(again=True),
                "comes from a way back that starts every segment from the error at the end",
                "the gradient does not cross the checkpoints",
                "What does a segment receive from the segment after it?",
            ),
        )
    ),
)
