"""Inputs on which sigmoids are almost 0 or 1: the unit promises weighted sums up to 20."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from autograder.draws import Draw
from autograder.exercise import Inputs, Probe, Step
from autograder.solving import solve_steps

# 1 − σ(11) is 1.7e-5: an output cut off at 1e-4 is wrong, and enough digits are left of 1 − y.
LARGEST = 11.0


def saturated(draw: Draw, forward: Mapping[str, Step], **sums: str) -> Probe:
    """A corner in which the largest weighted sum of each layer is ±11.

    Args:
        draw: what draws ordinary inputs.
        forward: the steps of the forward pass.
        **sums: by the name of a layer's weights, in order, the name of the weighted sums.
    """

    def drawn(rng: np.random.Generator) -> Inputs:
        inputs = draw(rng)
        for weights, name in sums.items():
            found = getattr(solve_steps(forward, inputs, last=name), name)
            inputs[weights] = inputs[weights] * (LARGEST / np.abs(found).max())
        return inputs

    return Probe("sigmoids close to 0 and 1", drawn, corner=True)
