"""Inputs of a network of any depth that are far from ordinary but saturate no sigmoid."""

from __future__ import annotations

from autograder.draws import Change, Draw, large_and_small, times, with_changes
from autograder.exercise import Probe


def far_out(draw: Draw, x: str, y: str) -> tuple[Probe, ...]:
    """Corners of a network whose weights and biases are the lists "W" and "b".

    Args:
        draw: draws ordinary inputs.
        x: the name of the network's input.
        y: the name of its targets.
    """

    def with_first(factor: float) -> Change:
        return lambda W: [factor * W[0], *W[1:]]

    met = with_changes(draw, b=lambda b: [*b[:-1], b[-1] - 9.0])
    return (
        *large_and_small(
            draw, x, "first weights", lambda far: {x: times(far), "W": with_first(1 / far)}
        ),
        Probe(
            "targets below 0 and above 1",
            with_changes(draw, **{y: lambda v: 999 * (v - 0.5)}),
            corner=True,
        ),
        Probe("targets of 0, almost met", with_changes(met, **{y: times(0.0)}), corner=True),
        Probe("targets close to 0, almost met", with_changes(met, **{y: times(1e-6)}), corner=True),
    )
