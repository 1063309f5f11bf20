"""Unit 07: the four equations, networks of any depth, batches, and deck D4's twenty lines."""

from __future__ import annotations

from autograder.exercises.layers_and_batches import (
    any_depth,
    batches,
    four_equations,
    parameters,
    rows,
    twenty_lines,
    twenty_lines_train,
)

EXERCISES = (
    *four_equations.EXERCISES,
    *parameters.EXERCISES,
    *any_depth.EXERCISES,
    *rows.EXERCISES,
    *batches.EXERCISES,
    *twenty_lines.EXERCISES,
    *twenty_lines_train.EXERCISES,
)
