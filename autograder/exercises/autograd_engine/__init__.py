"""Unit 04: the student's own autograd engine, from single operations to broadcasting."""

from autograder.exercises.autograd_engine import backward, broadcast, deep, local

EXERCISES = (
    local.ENGINE_LOCAL_EXERCISE,
    backward.ENGINE_BACKWARD_EXERCISE,
    deep.ENGINE_DEEP_EXERCISE,
    broadcast.ENGINE_BROADCAST_EXERCISE,
)
