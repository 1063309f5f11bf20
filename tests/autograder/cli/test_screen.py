from __future__ import annotations

import io
import sys

import pytest

from autograder.cli import screen as module
from autograder.cli.screen import in_utf8, screen
from autograder.files.terminal import table


def test_what_goes_into_a_pipe_is_not_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    screen().print("word " * 400)
    assert sys.stdout.getvalue().count("\n") == 1  # type: ignore[attr-defined]
    assert "\x1b" not in sys.stdout.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize("columns", ["", "80"])
def test_what_goes_into_a_file_is_not_filled_up_with_blanks(
    monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    made = table("student", "why")
    made.add_row("ada", "a")
    made.add_row("bob", "much longer, so ada's row would be filled up")
    screen().print(made)
    lines = sys.stdout.getvalue().splitlines()  # type: ignore[attr-defined]
    assert [line for line in lines if line != line.rstrip()] == []
    (ada,) = [line for line in lines if "ada " in line and "bob" not in line]
    assert ada.split() == ["ada", "a"]


def test_columns_says_how_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert screen().width == 40


@pytest.mark.parametrize(
    ("names", "texts", "already", "again"),
    [
        ("utf-8", "UTF-8", None, False),
        ("iso8859-1", "ISO-8859-1", None, True),
        ("ascii", "ANSI_X3.4-1968", "0", True),
        ("utf-8", "ISO-8859-1", None, True),
        # Told so already, Python reads names otherwise all the same: never in a circle.
        ("iso8859-1", "ISO-8859-1", "1", False),
    ],
)
def test_a_locale_that_is_not_utf8_starts_the_command_again(
    monkeypatch: pytest.MonkeyPatch, names: str, texts: str, already: str | None, again: bool
) -> None:
    calls = []
    monkeypatch.setattr(sys, "getfilesystemencoding", lambda: names)
    monkeypatch.setattr(module.locale, "getencoding", lambda: texts)
    monkeypatch.setattr(sys, "orig_argv", ["python", "-P", "course-bp", "grade", "02"])
    monkeypatch.setattr(module.os, "execve", lambda *words: calls.append(words))
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    monkeypatch.delenv("PYTHONUTF8", raising=False)
    if already is not None:
        monkeypatch.setenv("PYTHONUTF8", already)
    in_utf8()
    assert bool(calls) == again
    if again:
        ((program, words, environment),) = calls
        assert (program, words) == (
            sys.executable,
            [sys.executable, "-P", "course-bp", "grade", "02"],
        )
        assert environment["PYTHONUTF8"] == "1"
        assert environment["PYTHONIOENCODING"] == sys.stdout.encoding
