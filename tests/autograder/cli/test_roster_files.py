"""Class lists as other programs save them, through the commands: the same file goes out."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from workflows.gradebook_rows import Row, write_gradebook

from autograder.course.folder import Course

Call = Callable[..., tuple[int, str, str]]
UNIT = "midterm"
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,midterm (77)
,,,,,Manual Posting
    Points Possible,,,,,5

"Müller, Zoë",0042,00012,,A,
"Smith Jr., Robert, III",1043,00013,rob,A and H
"Student, Test",1099,,4f3c2a9b,A,0
"""
SEMICOLONS = """ ID ; First_Name ;LAST NAME;Canvas id;Section
00012;Zoë;Müller;0042;A
;;;;
rob;Robert, III;Smith Jr.;1043;A and H
"""
FORMS = {
    "Canvas's own": CANVAS.encode("utf-8-sig"),
    "Canvas's own, UTF-16": CANVAS.encode("utf-16"),
    "Canvas's own, CR": CANVAS.replace("\n", "\r").encode(),
    "semicolons, NFD": SEMICOLONS.replace("ë", "e\u0308").replace("ü", "u\u0308").encode(),
    "semicolons, Latin-1": SEMICOLONS.encode("latin-1"),
}


@pytest.fixture
def course(folder: Path) -> Path:
    """Two students handed in; the folder of one is called by the number of the university."""
    scores: dict[str, dict[str, float | None]] = {"00012": {"one": 4.5}, "rob": {"one": 3}}
    write_gradebook(Course.at(folder), UNIT, [Row("one", 5, source="assert f(1)")], scores)
    return folder


@pytest.mark.parametrize("form", FORMS)
def test_each_form_exports_the_same_students_with_the_same_points(
    course: Path, call: Call, form: str
) -> None:
    (course / "roster.csv").write_bytes(FORMS[form])
    status, out, err = call("export", "canvas", "--json")
    assert status == 0, err
    (written,) = json.loads(out)["written"]
    _, _, *students = csv.reader((course / written).read_text("utf-8-sig").splitlines())
    assert [(row[0], row[1], row[4], row[5]) for row in students] == [
        ("Müller, Zoë", "0042", "A", "4.5"),
        ("Smith Jr., Robert, III", "1043", "A and H", "3.0"),
    ]
    assert ("roster.csv: it is not in UTF-8, and was read as Windows-1252" in err) == (
        form.endswith("Latin-1")
    )


@pytest.mark.parametrize("form", FORMS)
def test_the_doctor_counts_them_and_says_what_was_guessed(
    course: Path, call: Call, form: str
) -> None:
    (course / "roster.csv").write_bytes(FORMS[form])
    findings = {one["name"]: one for one in json.loads(call("doctor", "--json")[1])}
    roster = findings["roster"]
    if form.endswith("Latin-1"):
        assert roster["state"] == "note"
        assert roster["found"].startswith("2 students; it is not in UTF-8")
        assert "“00012;Zoë;Müller;0042;A”" in roster["found"]
    else:
        assert (roster["state"], roster["found"]) == ("ok", "2 students")
