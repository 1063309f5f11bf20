"""Tables of the report's page, which scroll by themselves and set their numbers to the right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from autograder.feedback.words import format_points
from autograder.files.clean import html

Row = Sequence[str | float | int]


def page_table(caption: str, head: Sequence[str], rows: Iterable[Row]) -> str:
    """A table in HTML.

    Args:
        caption: what it shows.
        head: the names of its columns.
        rows: numbers, or text that may be anybody's.
    """
    rows = list(rows)
    numeric = [all(_is_number(row[i]) for row in rows) for i in range(len(head))]
    marks = [" class='number'" if one else "" for one in numeric]
    top = "".join(
        f"<th scope='col'{mark}>{html(name)}</th>" for name, mark in zip(head, marks, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f"<td{mark}>{html(value if isinstance(value, str) else number(value))}</td>"
            for value, mark in zip(row, marks, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return scrolling(
        caption,
        f"<table><caption>{html(caption)}</caption><thead><tr>{top}</tr></thead>"
        f"<tbody>{body}</tbody></table>",
    )


def scrolling(label: str, content: str) -> str:
    """What may be wider than a telephone: it scrolls by itself, by keyboard too."""
    return (
        f"<div class='scroll' tabindex='0' role='group' aria-label='{html(label)}'>{content}</div>"
    )


def _is_number(value: str | float) -> bool:
    """Whether it stands to the right in its column: a number, a percentage, or a dash for none."""
    return not isinstance(value, str) or re.fullmatch(r"[-−]?[\d.]+%?|–", value) is not None


def percent(share: float | None) -> str:
    """A share in per cent, or a dash for one that is not known."""
    return "–" if share is None else f"{share:.0%}"


def number(value: float) -> str:
    """A number with at most two digits after the decimal point."""
    return format_points(round(value, 2))
