"""The electives: a Hessian-free step, checkpointed backprop through time, synthetic gradients.

Their points are a bonus beyond the course's hundred.
"""
