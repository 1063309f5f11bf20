"""The electives: a Hessian-free step, checkpointed backprop through time, synthetic gradients.

Their points are a bonus beyond the course's hundred.
"""

from __future__ import annotations

from autograder.exercises.electives import bptt, hessian_free, synthetic_gradients

EXERCISES = (*hessian_free.EXERCISES, *bptt.EXERCISES, *synthetic_gradients.EXERCISES)
