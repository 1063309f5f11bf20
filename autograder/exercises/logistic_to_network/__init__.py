"""Unit 06: logistic regression (Case 1), one hidden layer (Case 2), two of them (Quiz 2)."""

from __future__ import annotations

from autograder.exercises.logistic_to_network import (
    case1,
    case1_batch,
    case2_backward,
    case2_forward,
    quiz2_backward,
    quiz2_forward,
)

EXERCISES = (
    *case1.EXERCISES,
    *case1_batch.EXERCISES,
    *case2_forward.EXERCISES,
    *case2_backward.EXERCISES,
    *quiz2_forward.EXERCISES,
    *quiz2_backward.EXERCISES,
)
