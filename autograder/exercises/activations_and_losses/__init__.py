"""Unit 05: activations, softmax with cross-entropy, and what a loss assumes."""

from autograder.exercises.activations_and_losses import (
    activations,
    activations_backward,
    matching,
    softmax,
    softmax_backward,
    softmax_jacobian,
)

EXERCISES = (
    *activations.EXERCISES,
    *activations_backward.EXERCISES,
    *softmax.EXERCISES,
    *softmax_jacobian.EXERCISES,
    *softmax_backward.EXERCISES,
    *matching.EXERCISES,
)
