"""Unit 08: the regulariser, stochastic gradient descent, XOR and the real digits."""

from __future__ import annotations

from autograder.exercises.training import descent, digits, regulariser, xor

EXERCISES = (
    *regulariser.EXERCISES,
    *descent.EXERCISES,
    *xor.EXERCISES,
    *digits.EXERCISES,
)
