"""Is each part right, and if not, which mistake is it? Runs no student code."""
