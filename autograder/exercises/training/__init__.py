"""Unit 08: the regulariser, stochastic gradient descent, XOR and the real digits."""
