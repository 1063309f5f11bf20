"""Unit 03: forward and reverse accumulation, and your own gradient checker."""

from __future__ import annotations

from autograder.exercises.four_ways import (
    accumulation,
    difference,
    how_many_passes,
    sweep,
    verdict,
)

EXERCISES = (
    *accumulation.EXERCISES,
    *how_many_passes.EXERCISES,
    *difference.EXERCISES,
    *sweep.EXERCISES,
    *verdict.EXERCISES,
)
