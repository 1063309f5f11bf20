"""Says where these names went, to nbgrader with a configuration of an earlier version."""

from autograder.course.moved import MOVED

raise ImportError(
    "nbgrader_config.py uses names of an earlier version: "
    + "; ".join(f"{old} is now {new}" for old, new in MOVED.items() if old.startswith(__name__))
)
