"""The page of a student whose submission could not be graded: one file, without a script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.feedback.words import format_points
from autograder.files import clean

PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff;
  max-width: 45rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }}
th, td {{ padding: 0.2em 0.8em 0.2em 0; text-align: left; vertical-align: top; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{content}
</main>
</body>
</html>
"""
NOT_GRADED = """\
<p>{what} could not be graded. This is not a score of 0: nobody has judged your answers
yet.</p>
<p>The reason: {why}</p>
<h2>What you can do</h2>
<p>Open the notebook in Jupyter, choose Run All Cells, and save it. Hand it in again if you still
can. If it runs for you, or if the due date has passed, write to your instructor, who has your
submission as you handed it in.</p>"""
BY_HAND = """\
<p>{what} could not be graded by the program. Your instructor has graded it by hand:</p>
<table>
<thead><tr><th scope="col">answer</th><th scope="col">points</th><th scope="col">comment</th></tr>
</thead>
<tbody>
{rows}
</tbody>
</table>
<p>Why the program could not grade it: {why}</p>"""


@dataclass(frozen=True)
class Given:
    """What a person gave for a cell of a notebook that could not be graded.

    Args:
        name: the exercise's id, or the cell's.
        score: the points; None if nobody has given any yet.
        points: what it is worth.
        comment: what was written there for the student.
    """

    name: str
    score: float | None
    points: float
    comment: str = ""


def failure_page(unit: str, notebook: str, why: str, given: Sequence[Given] = ()) -> str:
    """The page.

    Args:
        notebook: the notebook's name, if the unit has several.
        why: why it could not be graded, in words that students may read.
        given: what a person gave; nothing if nobody gave anything.
    """
    what = f"Your notebook {clean.html(notebook)}" if notebook else "Your submission"
    name = clean.html(f"{unit}, {notebook}" if notebook else unit)
    reason = clean.html(why)
    if not given:
        content = NOT_GRADED.format(what=what, why=reason)
        return PAGE.format(title=f"{name}: not graded", content=content)
    content = BY_HAND.format(what=what, why=reason, rows="\n".join(map(_row, given)))
    return PAGE.format(title=f"{name}: graded by hand", content=content)


def _row(one: Given) -> str:
    got = "not yet" if one.score is None else format_points(one.score)
    words = (one.name, f"{got} of {format_points(one.points)}", one.comment)
    return f"<tr>{''.join(f'<td>{clean.html(text)}</td>' for text in words)}</tr>"
