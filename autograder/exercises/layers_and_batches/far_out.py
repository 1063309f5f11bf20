"""Inputs of a network of any depth that are far from ordinary, and yet saturate no sigmoid."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.draws import FAR, times, with_changes
from autograder.exercise import Inputs, Probe


def far_out(draw: Callable[[np.random.Generator], Inputs], x: str, y: str) -> tuple[Probe, ...]:
    """Corners of a network whose weights and biases are the lists "W" and "b".

    Args:
        draw: draws ordinary inputs.
        x: the name of the network's input.
        y: the name of its targets.
    """

    def with_first(factor: float) -> Callable[[Any], Any]:
        return lambda W: [factor * W[0], *W[1:]]

    met = with_changes(draw, b=lambda b: [*b[:-1], b[-1] - 9.0])
    return (
        *(
            Probe(name, with_changes(draw, W=with_first(1 / far), **{x: times(far)}), corner=True)
            for name, far in (
                (f"large {x} and small first weights", FAR),
                (f"small {x} and large first weights", 1 / FAR),
            )
        ),
        Probe(
            "targets below 0 and above 1",
            with_changes(draw, **{y: lambda v: 999 * (v - 0.5)}),
            corner=True,
        ),
        Probe("targets of 0, almost met", with_changes(met, **{y: times(0.0)}), corner=True),
        Probe("targets close to 0, almost met", with_changes(met, **{y: times(1e-6)}), corner=True),
    )
