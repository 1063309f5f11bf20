"""Charts as inline SVG that read in grey: length and labels carry the numbers, never colour."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.feedback.words import format_points
from autograder.files.clean import html

WIDTH = 640
INK, BAR, PALE, GRID = "#1a1a1a", "#3b5b7a", "#d9d9d9", "#9a9a9a"
FONT = "font-family='system-ui, sans-serif'"


def histogram_chart(classes: Sequence[tuple[float, float, int]], title: str) -> str:
    """Draws how many students have how many points.

    Args:
        classes: (from, to, how many), of equal width.
        title: what a screen reader says of it; the numbers stand in a table beside it.

    Returns:
        An `<svg>` element.
    """
    height, left, bottom = 220, 8, 30
    most = max((count for _, _, count in classes), default=0) or 1
    step = (WIDTH - 2 * left) / max(len(classes), 1)
    parts = []
    for number, (low, high, count) in enumerate(classes):
        tall = (height - bottom - 24) * count / most
        x, y = left + number * step, height - bottom - tall
        parts.append(_rectangle(x + 2, y, step - 4, tall, BAR))
        if count:
            parts.append(_text(x + step / 2, y - 5, str(count), "middle"))
        parts.append(_text(x, height - 10, format_points(round(low, 2)), "start"))
        if number == len(classes) - 1:
            parts.append(_text(x + step, height - 10, format_points(round(high, 2)), "end"))
    parts.append(_line(left, height - bottom, WIDTH - left, height - bottom))
    return _svg(height, title, parts)


def bars_chart(rows: Sequence[tuple[str, float, str]], title: str, label_width: float = 240) -> str:
    """Draws shares as horizontal bars, each labelled with its number.

    Args:
        rows: (label, share between 0 and 1, the share in words).
        title: what a screen reader says of it.
        label_width: the room for labels, of `WIDTH`.

    Returns:
        An `<svg>` element.
    """
    line, left, right = 26, label_width, 70
    span = WIDTH - left - right
    parts = []
    for number, (label, share, words) in enumerate(rows):
        y = number * line + 4
        parts.append(_text(left - 8, y + 14, label, "end"))
        parts.append(_rectangle(left, y, span, line - 8, PALE))
        parts.append(_rectangle(left, y, span * min(max(share, 0), 1), line - 8, BAR))
        parts.append(_text(left + span + 8, y + 14, words, "start"))
    return _svg(len(rows) * line + 8, title, parts)


def _svg(height: float, title: str, parts: Sequence[str]) -> str:
    return (
        f"<svg role='img' aria-label='{html(title)}' viewBox='0 0 {WIDTH} {height}' "
        f"width='{WIDTH}' height='{height}' {FONT} font-size='13'>{''.join(parts)}</svg>"
    )


def _rectangle(x: float, y: float, width: float, height: float, fill: str) -> str:
    return (
        f"<rect x='{x:.1f}' y='{y:.1f}' width='{width:.1f}' height='{height:.1f}' fill='{fill}'/>"
    )


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f"<text x='{x:.1f}' y='{y:.1f}' text-anchor='{anchor}' fill='{INK}'>{html(words)}</text>"


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f"<line x1='{x1}' y1='{y1}' x2='{x2}' y2='{y2}' stroke='{GRID}'/>"
