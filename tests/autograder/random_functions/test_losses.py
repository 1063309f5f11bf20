from __future__ import annotations

import numpy as np
import pytest
from drawn_programs import drawn

from autograder.random_functions.losses import kinds_of, random_loss

SEEDS = range(60)


def test_every_loss_and_every_reduction_is_drawn() -> None:
    used = {line.operation for seed in SEEDS for line in drawn("losses", seed).lines}
    losses = {loss.operation for sizes in (("N",), ("N", "K")) for loss in kinds_of(*sizes)}
    assert used >= losses | {"sum", "mean", "mean over rows"}


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_level_adds_one_of_weights_scale_and_penalty(level: int) -> None:
    for seed in SEEDS:
        program = random_loss(np.random.default_rng(seed), level)
        more = {"weighted", "scaled", "penalised"} & {line.operation for line in program.lines}
        assert len(more) == level - 1


def test_targets_are_data() -> None:
    assert all(drawn("losses", seed).data == ("t",) for seed in SEEDS)
