"""Graphs on the stage: read from any engine, laid out, and walked through in both directions."""
