"""Unit 09: Naumann's example, kinks, and what derivatives cost."""
