"""A still picture that shows itself in a notebook, and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Still:
    """A picture.

    Attributes:
        svg: the text of an SVG file, with title and description.
        description: the same in words.
        title: a few words.
    """

    svg: str
    description: str
    title: str

    def save(self, path: str | Path) -> Path:
        """Write the SVG file."""
        path = Path(path)
        path.write_text(self.svg, "utf-8")
        return path

    def html(self) -> str:
        """The picture as a part of a page."""
        return scrolling(self.svg, self.title)

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:
        # Inline, where the notebook's theme reaches it, and as an image for paper.
        return {"text/html": self.html(), "image/svg+xml": self.svg, "text/plain": self.description}


def scrolling(svg: str, title: str) -> str:
    """A picture in a frame that the keyboard can reach and scroll, because it may be wide."""
    return (
        f"<div class='bp-still' tabindex='0' role='group' aria-label='{escape(title)}: picture' "
        f"data-lm-suppress-shortcuts='true'>{svg}</div>"
    )
