"""Stands in for `autograder.variant` while a notebook is graded.

Whose function is asked for follows from the submission, so a call in a cell has nothing to do.
"""

from __future__ import annotations

from typing import Any


def variant(family: str, student: str, course: str = "") -> Any:
    """Does nothing."""
    return None
