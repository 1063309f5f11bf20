"""One class list, read from files as other programs save them: the same students each time."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course.folder import CONFIG_FILE, Course
from autograder.course.roster import Roster, Student, read_roster

TEXT = """id,first_name,last_name,email,lms_user_id,section
00012,Jürgen,Müller,jm@uni.example,100200,A and H
s1,Siobhán,O'Brien,,0042,A
s2,"Robert, III",Smith Jr.,r3@uni.example
zoë,Zoë,Zett,zz@uni.example,100203,B
"""
STUDENTS = (
    Student("00012", "Jürgen", "Müller", "jm@uni.example", "100200", section="A and H"),
    Student("s1", "Siobhán", "O'Brien", "", "0042", section="A"),
    # A row that ends early says nothing of the rest.
    Student("s2", "Robert, III", "Smith Jr.", "r3@uni.example"),
    Student("zoë", "Zoë", "Zett", "zz@uni.example", "100203", section="B"),
)
HEAD, _, LINES = TEXT.partition("\n")


def semicolons(text: str) -> str:
    return text.replace(",", ";").replace('"Robert; III"', "Robert, III")


def with_blank_rows(text: str) -> str:
    return text.replace("\n", "\n\n ,, ,,,\n")


def head(words: str) -> str:
    return f"{words}\n{LINES}"


FORMS: dict[str, bytes] = {
    "UTF-8": TEXT.encode(),
    "BOM": TEXT.encode("utf-8-sig"),
    "UTF-16": TEXT.encode("utf-16"),
    "UTF-16, big-endian, without a mark": TEXT.encode("utf-16-be"),
    "Latin-1": TEXT.encode("latin-1"),
    "semicolons": semicolons(TEXT).encode(),
    "tabs": semicolons(TEXT).replace(";", "\t").encode(),
    "CR": TEXT.replace("\n", "\r").encode(),
    "CRLF": TEXT.replace("\n", "\r\n").encode(),
    "NFD": unicodedata.normalize("NFD", TEXT).encode(),
    "blank rows": with_blank_rows(TEXT).encode(),
    "case of the head": head(HEAD.upper()).encode(),
    "spaces in the head": head(" ID , First Name,Last-Name,E-mail,LMS user id, Section ").encode(),
    "Excel in Germany": ("sep=;\r\n" + semicolons(TEXT).replace("\n", "\r\n")).encode("cp1252"),
    "all at once": semicolons(with_blank_rows(head(HEAD.title())))
    .replace("\n", "\r")
    .encode("utf-16"),
}
GUESSED = {"Latin-1", "Excel in Germany"}
Read = Callable[[bytes], Roster]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")

    def read(content: bytes) -> Roster:
        (tmp_path / "roster.csv").write_bytes(content)
        return read_roster(Course.at(tmp_path))

    return read


@pytest.mark.parametrize("form", FORMS)
def test_the_same_students_are_read_however_the_file_was_saved(read: Read, form: str) -> None:
    assert read(FORMS[form]).students == STUDENTS


@pytest.mark.parametrize("form", FORMS)
def test_a_remark_says_that_the_encoding_was_guessed_and_no_other_form_has_one(
    read: Read, form: str
) -> None:
    remarks = read(FORMS[form]).remarks
    assert len(remarks) == (form in GUESSED)
    for remark in remarks:
        assert "it is not in UTF-8, and was read as Windows-1252" in remark
        assert "Jürgen" in remark


@pytest.mark.parametrize("form", ["UTF-8", "NFD"])
@pytest.mark.parametrize("name", ["zo\u00eb", "zoe\u0308", "ZOE\u0308"])
def test_a_folder_is_found_by_composed_and_decomposed_letters(
    read: Read, form: str, name: str
) -> None:
    assert read(FORMS[form]).find(name) == STUDENTS[3]


@pytest.mark.parametrize(
    ("name", "student"), [("00012", 0), ("0042", 1), ("12", None), ("42", None)]
)
def test_leading_zeros_stay_and_count(read: Read, name: str, student: int | None) -> None:
    expected = None if student is None else STUDENTS[student]
    assert read(FORMS["UTF-8"]).find(name) == expected


CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Unit 02 (4711),Current Score
,,,,,Manual Posting,
    Points Possible,,,,,14,(read only)
"Müller, Jürgen",100200,00000012,s000,B and H,9,64.29
"Smith Jr., Robert, III",100204,00007904,s004,B,,
"Student, Test",100299,,4f3c2a9b,A,0,0
"""
OF_CANVAS = (
    Student("s000", "Jürgen", "Müller", "", "100200", "s000", "00000012", "B and H"),
    Student("s004", "Robert, III", "Smith Jr.", "", "100204", "s004", "00007904", "B"),
)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_canvass_points_and_test_student_are_nobody_in_any_form(
    read: Read, encoding: str, end: str
) -> None:
    roster = read(CANVAS.replace("\n", end).encode(encoding))
    assert roster.students == OF_CANVAS
    assert len(roster.remarks) == (encoding == "cp1252")
