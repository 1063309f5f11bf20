"""Text that acts wherever it is not cleaned, for hypothesis to put together."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

ESC = "\x1b"
# Pieces that act somewhere, put together in any order with any other text.
ACTING = st.sampled_from(
    [
        f"{ESC}[2J", f"{ESC}]0;title\x07", f"{ESC}]8;;http://x\x1b\\", "\x9b31m", "\x9d0;x\x9c",
        ESC, "\x00", "\x07", "\b", "\r", "\r\n", "\v", "\f", "\x85", "\u2028", "\u2029", "\t",
        "\n", "\u202e", "\u2066", "\u200f", "\u061c", "\ufeff", "\U000e0041", "\ud800", "\udce9",
        "<script>", "</td>", "&lt;", "'", '"', "`", "``", "$x$", "\\(", "[a](b)", "![a](b)",
        "<http://x>", "https://x.y", "www.x.y", "a@b.c", "**b**", "_i_", "~~s~~", "# h", "- l",
        "1. l", "|", "[red]", "[/]", "[link=x]", "=1+1", "+1", "-1", "@x", "＝1", "＋1", "－1",
        "＠x", "﹦1", ";=1", "|=1", " ",
    ]
)  # fmt: skip
HOSTILE = st.lists(ACTING | st.text(max_size=6), max_size=8).map("".join)


def is_clean(text: str, allowed: str = "") -> bool:
    """Whether no character of a text controls anything, but for those allowed."""
    return not any(
        unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")
        or c in "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
        for c in text
        if c not in allowed
    )
