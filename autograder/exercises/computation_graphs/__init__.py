"""Unit 02: Quiz 1 as a graph, forward and backward, and the sigmoid circuit."""

from __future__ import annotations

from autograder.exercises.computation_graphs import circuit, quiz1_backward, quiz1_forward

EXERCISES = (*quiz1_forward.EXERCISES, *quiz1_backward.EXERCISES, *circuit.EXERCISES)
