from __future__ import annotations

import numpy as np
import pytest
from drawn_programs import drawn

from autograder.random_functions.networks import random_network
from autograder.random_functions.operations import ACTIVATIONS

SEEDS = range(60)


def test_every_activation_is_drawn() -> None:
    used = {line.operation for seed in SEEDS for line in drawn("layers", seed).lines}
    assert used >= set(ACTIVATIONS)


@pytest.mark.parametrize(("level", "layers"), [(1, 1), (2, 2), (3, 2)])
def test_a_level_has_its_layers(level: int, layers: int) -> None:
    for seed in SEEDS:
        program = random_network(np.random.default_rng(seed), level)
        assert sum(name.startswith("W") for name in program.inputs) == layers


def test_the_third_level_has_fan_outs() -> None:
    for seed in SEEDS:
        program = random_network(np.random.default_rng(seed), 3)
        assert set(program.fan_outs) >= {"z1", "W2"}


def test_inputs_and_targets_are_data() -> None:
    assert all(drawn("layers", seed).data == ("x", "t") for seed in SEEDS)


def test_widths_can_be_numbers() -> None:
    program = random_network(np.random.default_rng(0), 2, widths=(3, 4, 2))
    assert program.inputs["W1"].sizes == (3, 4)  # type: ignore[union-attr]
    assert program.inputs["W2"].sizes == (4, 2)  # type: ignore[union-attr]
