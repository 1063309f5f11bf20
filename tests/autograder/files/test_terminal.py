from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from autograder.files.terminal import show_all, table


def printed(text: str, encoding: str) -> bytes:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, write_through=True)
    show_all(stream)
    stream.write(text)
    return raw.getvalue()


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", "✓ Zoë −2 → λ…"),
        ("cp1252", "ok Zoë -2 -> \\u03bb…"),
        ("ascii", "ok Zoe -2 -> \\u03bb..."),
    ],
)
def test_what_an_encoding_lacks_reads_alike(encoding: str, shown: str) -> None:
    assert printed("✓ Zoë −2 → λ…", encoding).decode(encoding) == shown


def has(encoding: str, character: str) -> bool:
    try:
        return bool(character.encode(encoding))
    except UnicodeEncodeError:
        return False


@given(st.text(), st.sampled_from(["ascii", "cp1252", "latin-1", "cp437", "koi8-r"]))
def test_what_an_encoding_has_is_kept_and_the_rest_is_ascii(text: str, encoding: str) -> None:
    left = printed(text, encoding).decode(encoding)
    for character in text:
        if has(encoding, character):
            before, found, left = left.partition(character)
            assert (before.isascii(), found) == (True, character)
    assert left.isascii()


def test_a_long_name_is_broken_and_not_cut() -> None:
    made = table("student", ">points", title="Unit")
    name = "maximiliana.alexandrovna.von.hohenzollern.sigmaringen"
    made.add_row(name, "12")
    console = Console(file=io.StringIO(), width=30)
    console.print(made)
    assert isinstance(console.file, io.StringIO)
    rows = console.file.getvalue().splitlines()
    assert "".join(row.split()[0] for row in rows[4:] if row.split()) == name
    assert max(map(len, rows)) <= 30
