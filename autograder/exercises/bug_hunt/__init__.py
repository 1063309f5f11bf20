"""Unit 10: slides with a slip, and functions with a planted mistake."""
