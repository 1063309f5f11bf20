"""Drawing the inputs that an answer is asked on."""

from __future__ import annotations

import copy
from collections.abc import Sequence

import numpy as np

from autograder.exercise import Exercise, Inputs

# What a student's own check draws from: the same inputs on every machine.
PUBLIC_SEED = (2018,)


def draw_inputs(exercise: Exercise, seed: Sequence[int]) -> list[Inputs]:
    """Draws the inputs of all probes.

    Args:
        seed: integers that fix the draw; the public check uses fixed ones.

    Returns:
        One dict of inputs per probe.
    """
    rng = np.random.default_rng([*seed, *exercise.id.encode()])
    drawn: list[Inputs] = []
    for probe in exercise.probes:
        drawn.append(copy.deepcopy(drawn[0]) if probe.repeats else probe.draw(rng))
    return drawn
