"""A readable reference library for backpropagation."""
