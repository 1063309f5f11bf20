"""Unit 03: forward and reverse accumulation, and your own gradient checker."""

from __future__ import annotations

from autograder.exercises.four_ways import accumulation, difference, sweep, verdict

EXERCISES = (
    *accumulation.EXERCISES,
    *difference.EXERCISES,
    *sweep.EXERCISES,
    *verdict.EXERCISES,
)
