"""Unit 01: shapes in the decks' notations, the chain rule over paths, recursion that remembers."""

from __future__ import annotations

from autograder.exercises.chain_rule import fibonacci, j_paths, rosetta

EXERCISES = (*rosetta.EXERCISES, *j_paths.EXERCISES, *fibonacci.EXERCISES)
