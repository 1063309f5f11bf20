"""Unit 02: Quiz 1 as a graph, forward and backward, and the sigmoid circuit."""
