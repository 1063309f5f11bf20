"""Cleans text that came with a submission before it is shown. No other module does this.

Anybody may have written the names of students and files, the messages of errors, the names in
answers, and the code. There is one function for each way out of the grader: `terminal`, `html`,
`markdown`, `cell` of a spreadsheet, `data` for JSON, and `line` for logs and messages. Each of them
drops control characters, escape sequences, characters that reverse the direction of text and piles
of combining marks. Each also replaces half characters and cuts off long text.
"""

from __future__ import annotations

import os
import re
import unicodedata
from functools import cache
from typing import Any

MAX_LINE = 1_000
MAX_BLOCK = 100_000
# A file's name may have 255 bytes, and the folders before it as many each.
MAX_NAME = 120
# Hebrew and Thai put up to four marks on a letter.
MOST_MARKS = 4
CUT = "…"

# ECMA-48: control sequences, and strings to the terminal with their end; 7 and 8 bit.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[P\]X^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x90-\x9f]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]"
)
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Controls other than tab and line feed; direction; invisible marks, tags, byte order marks, and
# selectors of variants, of which any number can hang on a character.
_DROPPED = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    r"\ufff9-\ufffb\U000e0000-\U000e01ef]"
)
_HALVES = re.compile(r"[\ud800-\udfff]")
# All of these, and what they begin with: text without any of it, as nearly all is, stays as it is.
_UNCLEAN = re.compile(f"{_DROPPED.pattern[:-1]}\\x0b-\\x0d\\x1b\\u2028\\u2029{_HALVES.pattern[1:]}")
# What Markdown, its formulas and its bare links are written with. Entities never are structure.
_ACTING = re.compile(
    r"[\\`*{}\[\]<>#|~$&^=]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<=:)/(?=/)|(?<=www)\.|@"
    r"|^[ \t]*(?:[-+]|\d{1,9}[.)])(?=[ \t])",
    re.IGNORECASE | re.MULTILINE,
)
_CODE = re.compile(r"(`[^`\n]+`)")
# Spreadsheets run what begins with one of these; some also their full-width and small forms.
_FORMULA = "=+-@\N{MINUS SIGN}"
# Between these, a spreadsheet of another country sees another cell begin.
_WITHIN = re.compile(r"([;|\t])(?=(\s*)(\S))")


def block(text: str, most: int = MAX_BLOCK) -> str:
    """Text of several lines, with nothing in it but printable characters, line feeds and tabs.

    Args:
        most: how many characters are kept.
    """
    if len(text) <= most and not _UNCLEAN.search(text):
        return _unpiled(text)
    # Escape sequences before their first character is dropped, and cut before and after: what is
    # dropped must not take long.
    kept = _ESCAPES.sub("", text[: 2 * most])
    kept = _DROPPED.sub("", _BREAKS.sub("\n", kept))
    kept = _HALVES.sub("\N{REPLACEMENT CHARACTER}", kept)
    kept = _unpiled(kept)
    return kept if len(kept) <= most and len(text) <= 2 * most else kept[: most - 1] + CUT


def _unpiled(text: str) -> str:
    if not text.isascii():
        for piled in _piled() if max(text) > "\uffff" else _piled()[:1]:
            text = piled.sub(r"\1", text)
    return text


@cache
def _piled() -> tuple[re.Pattern[str], ...]:
    """More marks on one character than any script writes: they would cover the lines around.

    Returns:
        A pattern for the marks of Unicode's first plane, which is quick, and one for all others.
    """
    marks = [chr(n) for n in range(0x300, 0x1F000) if unicodedata.category(chr(n)) in ("Mn", "Me")]
    planes = [[m for m in marks if m <= "\uffff"], [m for m in marks if m > "\uffff"]]
    return tuple(
        re.compile(f"([{''.join(some)}]{{{MOST_MARKS}}})[{''.join(some)}]+") for some in planes
    )


def line(text: str, most: int = MAX_LINE) -> str:
    """Text of one line, as for a log or a message."""
    return re.sub(r"[\n\t]", " ", block(text, most))


def name(path: str | os.PathLike[str]) -> str:
    """The name of a file. Bytes that are not text, or cannot be printed, are written as \\xe9."""
    shown = _unpiled("".join(map(_printable, os.fspath(path))))
    return shown if len(shown) <= MAX_NAME else f"{shown[: MAX_NAME - 21]}{CUT}{shown[-20:]}"


def code(path: str | os.PathLike[str]) -> str:
    """The name of a file as inline code, for a sentence that may become Markdown."""
    return f"`{name(path).replace('`', '?')}`"


def markdown(text: str) -> str:
    """Markdown that shows a sentence as it is. Inline code, as `code` writes it, stays code."""
    pieces = _CODE.split(line(text))
    return "".join(
        piece if number % 2 else _ACTING.sub(_as_entities, piece)
        for number, piece in enumerate(pieces)
    )


def html(text: str) -> str:
    """Text for HTML: inside an element, or inside the quotes of an attribute."""
    from html import escape

    return escape(block(text))


def terminal(text: str, most: int = MAX_LINE) -> str:
    """Text of one line for rich, which takes [brackets] for its own markup."""
    from rich.markup import escape

    return escape(line(text, most))


def cell(text: str) -> str:
    """A cell of a spreadsheet that is always text, never a formula."""
    flat = _WITHIN.sub(lambda found: found[1] + "'" * _is_risky(found[3]), line(text))
    return f"'{flat}" if _is_risky(flat.lstrip()[:1]) or text[:1] in ("\t", "\r") else flat


def data(value: Any) -> Any:
    """Plain data for JSON, with every text in it cleaned."""
    if isinstance(value, str):
        return block(value)
    if isinstance(value, dict):
        return {block(key) if isinstance(key, str) else key: data(v) for key, v in value.items()}
    return [data(entry) for entry in value] if isinstance(value, list | tuple) else value


def _printable(character: str) -> str:
    if "\udc80" <= character <= "\udcff":  # A byte that is no UTF-8, as Python names it.
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character if character.isprintable() else character.encode("unicode_escape").decode()


def _is_risky(first: str) -> bool:
    return first != "" and unicodedata.normalize("NFKC", first)[:1] in _FORMULA


def _as_entities(found: re.Match[str]) -> str:
    return "".join(f"&#{ord(character)};" for character in found[0])
