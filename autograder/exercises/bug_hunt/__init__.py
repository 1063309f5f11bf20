"""Unit 10: slides with a slip, and functions with a planted mistake."""

from __future__ import annotations

from autograder.exercises.bug_hunt import slides, suspects

EXERCISES = (*slides.EXERCISES, *suspects.EXERCISES)
