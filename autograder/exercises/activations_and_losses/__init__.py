"""Unit 05: activations, softmax with cross-entropy, and what a loss assumes."""
