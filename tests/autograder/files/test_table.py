"""One table, however it is saved."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.files.table import Row, read_table

HEAD = ("id", "name", "email")
ROWS = (
    ("007", "Müller, Jürgen", "j@uni.example"),
    ("8", "Robert, III", ""),
    ("9", 'Omar "Mo"', "x"),
)


def known(names: Sequence[str]) -> int:
    return len(set(HEAD) & set(names))


def saved(encoding: str, separator: str, end: str, mark: bytes = b"") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=end).writerows([HEAD, *ROWS])
    return mark + text.getvalue().encode(encoding)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize(
    "separator", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"]
)
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32-le", b"\xff\xfe\0\0"),
        ("cp1252", b""),
        ("latin-1", b""),
    ],
)
def test_a_table_is_read_however_it_is_saved(
    encoding: str, mark: bytes, separator: str, end: str
) -> None:
    table = read_table(saved(encoding, separator, end, mark), known)
    assert table.head == HEAD
    assert [row.cells for row in table.rows] == [*ROWS]
    assert [row.line for row in table.rows] == [2, 3, 4]
    assert len(table.remarks) == (encoding in ("cp1252", "latin-1"))


def test_a_guess_at_the_encoding_shows_what_it_read() -> None:
    (remark,) = read_table("id,name\n1,Ada\n2,Jürgen\n".encode("cp1252"), known).remarks
    assert "read as Windows-1252" in remark
    assert "line 3 should not read “2,Jürgen”" in remark


def test_what_excel_writes_for_itself_is_no_row() -> None:
    table = read_table(b"sep=;\nid;name\n1;a,b\n", known)
    assert (table.head, table.rows) == (("id", "name"), (Row(3, ("1", "a,b")),))


def test_a_title_above_the_column_names_is_no_row() -> None:
    table = read_table(b"CS 601, Fall\nas of today\n\nid;name\n1;Ada\n2;name\n", known)
    assert (table.head, [row.cells for row in table.rows]) == (
        ("id", "name"),
        [("1", "Ada"), ("2", "name")],
    )


def test_blank_rows_hold_nobody_and_count_as_lines() -> None:
    table = read_table(b"\n,,\nid,name,email\n\n , ,\n1,a,b\n\n", known)
    assert (table.head, table.rows) == (HEAD, (Row(6, ("1", "a", "b")),))


def test_a_quotation_mark_that_is_never_closed_costs_its_own_line() -> None:
    table = read_table(b'id,name\n1,"Ada\n2,Bob\n3,"Cy"\n', known)
    assert [row.cells for row in table.rows] == [("2", "Bob"), ("3", "Cy")]
    (remark,) = table.remarks
    assert remark.startswith("line 2 was left out")


def test_a_cell_of_several_lines_is_one_cell() -> None:
    table = read_table(b'id,name\n1,"Ada\nLovelace"\n2,Bob\n', known)
    assert table.rows == (Row(2, ("1", "Ada Lovelace")), Row(4, ("2", "Bob")))


def test_letters_are_composed_and_controls_dropped() -> None:
    table = read_table("id,name\n1,Zoe\u0308\n2,A\0da\u200b\n".encode(), known)
    assert [row.cells[1] for row in table.rows] == ["Zoë", "Ada"]


@given(st.binary(max_size=300))
def test_whatever_a_file_holds_it_is_read(content: bytes) -> None:
    table = read_table(content, known)
    assert all(cell == cell.strip() for row in table.rows for cell in row.cells)


def test_an_empty_file_has_no_head() -> None:
    assert read_table(b"\xef\xbb\xbf\r\n", known).head == ()
