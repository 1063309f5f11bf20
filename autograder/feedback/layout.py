"""How a verdict in words is laid out: as plain text and as HTML."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from autograder.files.clean import html

# nbgrader's Validate cuts lines that are longer.
WIDTH = 82


@dataclass(frozen=True)
class Feedback:
    """A verdict in words.

    Args:
        headline: exercise and score.
        rows: one (mark, part, words) per part.
        paragraphs: what is right, what to look at first, what it looks like, a question.
    """

    headline: str
    rows: tuple[tuple[str, str, str], ...]
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """Plain text of at most 82 columns."""
        width = max((len(part) for _, part, _ in self.rows), default=0)
        lines = [self.headline]
        lines += [
            textwrap.fill(
                f"  {mark} {part:<{width}}  {words}",
                WIDTH,
                subsequent_indent=" " * (width + 6),
            )
            for mark, part, words in self.rows
        ]
        lines += [line for text in self.paragraphs for line in ["", textwrap.fill(text, WIDTH)]]
        return "\n".join(lines)

    @property
    def html(self) -> str:
        """An HTML fragment without script, readable on light and dark backgrounds."""
        cell = 'style="text-align:left;padding:1px 14px 1px 0;background:none"'
        rows = "".join(
            f"<tr style='background:none'><td {cell}><b aria-hidden='true'>{mark}</b></td>"
            f"<th scope='row' {cell}>{html(part)}</th><td {cell}>{html(words)}</td></tr>"
            for mark, part, words in self.rows
        )
        paragraphs = "".join(
            f"<p style='margin:6px 0 0'>{html(text)}</p>" for text in self.paragraphs
        )
        return (
            "<div class='course-bp-feedback' style='border-left:4px solid "
            f"{'#009e73' if self._all_right else '#d55e00'};padding:4px 0 6px 12px;"
            "max-width:52em;line-height:1.45'>"
            f"<strong>{html(self.headline)}</strong>"
            f"<table style='border-collapse:collapse;margin:6px 0 0'>{rows}</table>"
            f"{paragraphs}</div>"
        )

    @property
    def _all_right(self) -> bool:
        return bool(self.rows) and all(mark == "✓" for mark, _, _ in self.rows)
