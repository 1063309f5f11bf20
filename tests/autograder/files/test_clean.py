"""Text of a submission, cleaned for each way out."""

from __future__ import annotations

import ast
import csv
import io
import json
import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile_text import ESC, HOSTILE, is_clean
from hypothesis import example, given
from hypothesis import strategies as st
from rich.console import Console

from autograder.exports.spreadsheet import csv_text
from autograder.files import clean

PACKAGE = Path(clean.__file__).parents[1]


@given(HOSTILE)
@example(f"{ESC}{ESC}[0m[0m")
@example(f"a{ESC}")
def test_nothing_that_controls_is_left(text: str) -> None:
    assert is_clean(clean.line(text))
    assert is_clean(clean.block(text), "\n\t")
    assert is_clean(clean.name(text))
    for cleaned in (clean.line, clean.block):
        assert cleaned(cleaned(text)) == cleaned(text)


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z", "Mn", "Me"]), max_size=200)
)
@example("\u05e9\u05c1\u05b7\u0599")
@example("e\u0323\u0302")
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert clean.line(text) == clean.block(text) == text


@pytest.mark.parametrize("mark", ["\u0301", "\u0489", "\u20dd", "\U0001d167", "\U0001e8d0"])
@pytest.mark.parametrize("way_out", [clean.line, clean.block, clean.name, clean.html])
def test_marks_do_not_pile_up_over_other_lines(way_out: Callable[[str], str], mark: str) -> None:
    assert way_out(f"a{mark * 100}b") == f"a{mark * clean.MOST_MARKS}b"
    assert way_out(f"a{mark}b") == f"a{mark}b"


def test_selectors_of_variants_hide_no_text() -> None:
    assert clean.line("a" + "".join(map(chr, range(0xE0100, 0xE01F0)))) == "a"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"{ESC}[1;31mred{ESC}[0m", "red"),
        (f"{ESC}]0;title\x07text", "text"),
        (f"{ESC}]8;;http://x{ESC}\\link{ESC}]8;;{ESC}\\", "link"),
        ("\x9b31mred", "red"),
        ("\x90data\x9ctext", "text"),
        (f"{ESC}(Btext", "text"),
        ("a\u202eb", "ab"),
        ("a\ud800b", "a\ufffdb"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
    ],
)
def test_an_escape_sequence_goes_as_a_whole(text: str, left: str) -> None:
    assert clean.block(text) == left


@pytest.mark.parametrize("piece", ["x", "\x9d", f"{ESC}]", f"{ESC}[0", f"{ESC} "])
def test_what_is_long_is_cut(piece: str) -> None:
    text = piece * 10**6
    assert len(clean.block(text)) <= clean.MAX_BLOCK
    assert len(clean.line(text)) <= clean.MAX_LINE


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"d\xe9.txt", r"d\xe9.txt"),
        ("Zoë 2.txt".encode(), "Zoë 2.txt"),
        (b"a\x1b[2J\n", r"a\x1b[2J\n"),
        ("a\u202egnp.exe".encode(), r"a\u202egnp.exe"),
        (b"a" * 100 + b"b" * 100 + b".ipynb", "a" * 99 + "…" + "b" * 14 + ".ipynb"),
    ],
)
def test_every_name_can_be_printed(name: bytes, shown: str) -> None:
    assert clean.name(os.fsdecode(name)) == shown


def test_a_name_that_no_file_can_have_is_printed_too() -> None:
    assert clean.name("\ud800") == r"\ud800"


@given(HOSTILE)
@example("`<b>")
@example("\\\\(x\\\\)")
def test_markdown_shows_text_and_does_nothing(text: str) -> None:
    from autograder.nbgrader_plugins.student_page import StudentPage

    for written in (clean.markdown(text), clean.markdown(f"{clean.code(text)} was not used")):
        page = StudentPage().markdown2html({}, f"**Notes**\n\n- {written}")
        shown = page.replace("<strong>Notes</strong>", "")
        for tag in ("p", "ul", "li", "code", "ol"):
            shown = shown.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
        assert "<" not in shown, page
        assert is_clean(page, "\n")


@given(HOSTILE)
def test_html_holds_text_and_no_element(text: str) -> None:
    assert not set(clean.html(text)) & set("<>\"'")


@given(HOSTILE)
@example("[bold]")
@example("a\\")
def test_a_terminal_prints_text_and_obeys_nothing(text: str) -> None:
    screen = Console(file=io.StringIO(), force_terminal=True, width=10_000, emoji=False)
    screen.print(f"[bold]{clean.terminal(text)}[/bold]", highlight=False)
    printed = screen.file.getvalue()  # type: ignore[attr-defined]
    assert printed.rstrip("\n") in (f"{ESC}[1m{clean.line(text)}{ESC}[0m", clean.line(text))


@given(HOSTILE)
@example("＝1+1")
@example(" \u00a0=1")
@example("a;=1")
def test_a_spreadsheet_sees_no_formula(text: str) -> None:
    line = csv_text(["a", "b"], [[text, text]]).splitlines()[1]
    for delimiter in ",;|\t":
        for field in next(csv.reader(io.StringIO(line), delimiter=delimiter)):
            if delimiter == "," or not field.endswith('"'):
                first = unicodedata.normalize("NFKC", field.strip("\"' "))[:1]
                assert not first or first not in "=+-@" or field.strip('" ').startswith("'"), line


@given(HOSTILE)
def test_json_holds_what_can_be_written_and_shown(text: str) -> None:
    cleaned = clean.data({text: [text, (text, 1, None, 2.5)], "n": {"m": text}})
    written = json.dumps(cleaned, ensure_ascii=False)
    written.encode()
    assert is_clean(written)


def imports(module: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


@pytest.mark.parametrize(
    ("others", "allowed"),
    [
        ({"html.escape", "html", "markupsafe.escape", "xml.sax.saxutils.escape"}, set()),
        ({"rich.markup.escape", "rich.markup"}, set()),
        (
            {"csv", "csv.writer"},
            {
                "exports/spreadsheet.py",
                "files/table.py",
                # Files of the instructor's own.
                *(f"course/{name}.py" for name in ("arrangements", "new")),
            },
        ),
    ],
    ids=["html", "terminal", "spreadsheet"],
)
def test_no_other_module_escapes_by_itself(others: set[str], allowed: set[str]) -> None:
    found = {
        module.relative_to(PACKAGE).as_posix()
        for module in PACKAGE.rglob("*.py")
        if imports(module) & others
    }
    assert found - allowed == {"files/clean.py"} - ({"files/clean.py"} if allowed else set())


def test_every_way_out_is_one_of_these() -> None:
    ways: list[Callable[[str], object]] = [clean.terminal, clean.html, clean.markdown, clean.cell]
    assert all(is_clean(str(way(f"{ESC}[2J\u202e\ud800"))) for way in ways)
