"""Unit 07: the four equations, networks of any depth, batches, and deck D4's twenty lines."""
