"""Where the commands print: a window, a pipe or a file, in any encoding."""

from __future__ import annotations

import io
import locale
import os
import re
import sys
from typing import Any, TextIO

from rich.console import Console

from autograder.files import terminal

# Wider than any line of ours: what goes into a pipe or a file is not broken where a window ends.
UNBROKEN = 10_000
BLANKS = re.compile(r" +$", re.MULTILINE)


def screen(stderr: bool = False) -> Console:
    """A console as wide as the window; as wide as need be where there is no window.

    COLUMNS in the environment says how wide, also for a pipe.

    Args:
        stderr: print on stderr.
    """
    stream = sys.stderr if stderr else sys.stdout
    if stream.isatty():
        return Console(stderr=stderr)
    width = None if os.environ.get("COLUMNS", "").isdigit() else UNBROKEN
    file: Any = _WithoutBlanks(stream)
    return Console(file=file, stderr=stderr, width=width)


class _WithoutBlanks(io.TextIOBase):
    """A stream that drops the blanks with which a table pads its lines."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The stream's, by which rich knows what it can draw."""
        return self._stream.encoding or "utf-8"

    def write(self, text: str) -> int:
        """Writes text that ends with its last line."""
        return self._stream.write(BLANKS.sub("", text))

    def flush(self) -> None:
        """Flushes the stream."""
        self._stream.flush()


def any_text() -> None:
    """Lets stdout and stderr print any text."""
    for stream in (sys.stdout, sys.stderr):
        terminal.show_all(stream)


def in_utf8() -> None:
    """Starts this command again in Python's UTF-8 mode, unless names and files are UTF-8 anyway.

    In another locale, such as de_DE.ISO-8859-1, Python would read the names of folders, which are
    students' ids, in that encoding, and so would all libraries that open files without naming one.
    What is printed keeps the encoding of the terminal.
    """
    names, texts = sys.getfilesystemencoding(), locale.getencoding()
    if os.name != "posix" or all(one.lower().replace("-", "") == "utf8" for one in (names, texts)):
        return
    if sys.flags.utf8_mode or os.environ.get("PYTHONUTF8") == "1":
        return
    environment: dict[str, Any] = {**os.environ, "PYTHONUTF8": "1"}
    environment.setdefault("PYTHONIOENCODING", sys.stdout.encoding)
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)
