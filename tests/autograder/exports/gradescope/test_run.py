"""Whose functions a submission in Gradescope is asked for; tests/workflows runs the zip."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.exports.gradescope.run import METADATA, student_of


@pytest.mark.parametrize(
    ("told", "student"),
    [
        ({"users": [{"email": "ada@example.org", "name": "Ada"}]}, "ada@example.org"),
        ({"users": []}, ""),
        ([], ""),
        (None, ""),
    ],
)
def test_the_e_mail_address_says_who_handed_in(tmp_path: Path, told: object, student: str) -> None:
    if told is not None:
        (tmp_path / METADATA).write_text(json.dumps(told))
    assert student_of(tmp_path) == student
