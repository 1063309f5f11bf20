"""Gradescope: an autograder to upload, and its results.json."""
