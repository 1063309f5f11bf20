"""Unit 09: Naumann's example, kinks, and what derivatives cost."""

from __future__ import annotations

from autograder.exercises.efficiency import costs, kinks, naumann

EXERCISES = (*naumann.EXERCISES, *kinks.EXERCISES, *costs.EXERCISES)
