"""Unit 01: shapes in the decks' notations, the chain rule over paths, recursion that remembers."""
