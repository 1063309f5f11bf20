"""Which files begin with a byte order mark, by value.

Excel takes a CSV file without the mark for the country's old encoding; Canvas and Moodle read the
mark. Plain ASCII is the same in every encoding. JSON must not have one (RFC 8259), nor may a zip.
"""

from __future__ import annotations

import pytest
from roster_course import FIRST, UNIT, Make

from autograder.exports.format import Choices, formats

MARK = b"\xef\xbb\xbf"
# Format → name of a file → whether the mark is there, in a class with an ë and without one.
EXPECTED = {
    "canvas": {f"canvas-{UNIT}.csv": (True, False)},
    "course": {"course.csv": (True, False)},
    "csv": {"exercises.csv": (True, False)},
    "gradescope": {
        f"gradescope-grades-{UNIT}.zip": (False, False),
        f"gradescope/{UNIT}/ada/results.json": (False, False),
    },
    "moodle": {f"moodle-{UNIT}.csv": (True, False)},
    "nbgrader": {"grades.csv": (True, False)},
}


@pytest.mark.parametrize("name", [name for name, one in formats().items() if one.needs_grades])
@pytest.mark.parametrize("first", ["Zoë", "Zoe"])
def test_excel_is_told_the_encoding_where_it_matters(make: Make, name: str, first: str) -> None:
    course = make([("ada", first, "L", "ada@example.org", "101")], {"ada": {FIRST: 2.5}})
    files = formats()[name].files(course, [UNIT], Choices())
    marked = {file: content.startswith(MARK) for file, content in files.items()}
    column = ("Zoë", "Zoe").index(first)
    assert marked == {file: expected[column] for file, expected in EXPECTED[name].items()}
    for file in files:
        if file.endswith(".csv"):
            assert first in files[file].decode("utf-8-sig")
