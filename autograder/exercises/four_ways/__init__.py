"""Unit 03: forward and reverse accumulation, and your own gradient checker."""
