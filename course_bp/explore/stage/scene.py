"""A scene: pictures, and the frames in which they change. Everything that moves here is one.

Python makes the scene, and the same scene is shown by the widget in a notebook, by a page of HTML
that needs no server, as a still picture with a table, and as plain text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass, field
from html import escape
from typing import Any

from .still import scrolling
from .svg import Element, Patch, apply_patches, to_text


@dataclass(frozen=True)
class Question:
    """What predict mode asks before a frame is shown.

    Attributes:
        prompt: the question.
        answer: the number, or the right one of the choices.
        choices: for a question with given answers.
        reasons: for each choice why it is right or wrong.
        pending: the formula with a gap where the answer belongs.
    """

    prompt: str
    answer: float | str
    choices: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    pending: str = ""


@dataclass(frozen=True)
class Frame:
    """One step.

    Keys are words without spaces; an element's data-key may hold several of them.

    Attributes:
        say: the sentence for ears and eyes.
        formula: the step as an equation with the numbers plugged in.
        now: keys of what the step is about; marked while the frame is shown.
        changes: what changes in the pictures, and stays changed in later frames.
        question: what to ask first in predict mode.
        row: the frame's row in the table, as many cells as the table has heads.
        fields: what controls show from here on, by their keys.
        part: the name of the part of the scene that begins here, such as "Backward pass".
    """

    say: str
    formula: str = ""
    now: tuple[str, ...] = ()
    changes: tuple[Patch, ...] = ()
    question: Question | None = None
    row: tuple[str, ...] = ()
    fields: Mapping[str, float] = field(default_factory=dict)
    part: str = ""


@dataclass(frozen=True)
class View:
    """One picture of the scene; a scene may have several, such as with layers folded."""

    label: str
    picture: Element


@dataclass(frozen=True)
class Control:
    """Something that the learner sets, after which Python makes the scene again.

    Attributes:
        key: its name among the values; elements whose data-input is this key lead to it, and
            those whose data-add it is add one step to it.
        label: what it is called.
        value: a number, or one of the choices.
        choices: for a list to choose from.
        low, high, step: for a slider, where low and high are numbers; step for any number.
        group: what it is folded away under, if there are many.
        recorded: the values that a page without Python offers, if it is to offer any.
    """

    key: str
    label: str
    value: float | str
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    step: float | None = None
    group: str = ""
    recorded: tuple[float | str, ...] = ()


@dataclass(frozen=True)
class Scene:
    """Pictures, frames, and what the learner can set.

    Attributes:
        title: a few words.
        description: what the picture shows, for those who do not see it.
        views: at least one picture.
        frames: at least one; the first is how it begins.
        head: the heads of the table that has a row for each frame.
        controls: what can be set.
        legend: what colours and signs mean.
        opening: the frame to begin with, −1 for the last.
        endless: whether Python can make more frames when the last one is reached.
        predict: whether the questions are asked from the beginning.
        note: what is to be said of the controls.
    """

    title: str
    description: str
    views: tuple[View, ...]
    frames: tuple[Frame, ...]
    head: tuple[str, ...] = ()
    controls: tuple[Control, ...] = ()
    legend: tuple[str, ...] = ()
    opening: int = 0
    endless: bool = False
    predict: bool = False
    note: str = ""

    def still(self, view: int = 0, frame: int = -1) -> Element:
        """A picture as it is after a frame."""
        root = deepcopy(self.views[view].picture)
        last = frame % len(self.frames)
        apply_patches(root, (p for f in self.frames[: last + 1] for p in f.changes))
        return root

    def svg(self, view: int = 0, frame: int = -1) -> str:
        """The same as the text of an SVG file."""
        return to_text(self.still(view, frame))

    def data(self) -> dict[str, Any]:
        """All of it as plain data, for the player."""
        data = asdict(self)
        data["views"] = [{"label": v.label, "svg": to_text(v.picture, False)} for v in self.views]
        data["opening"] = self.opening % len(self.frames)
        return data

    def rows(self) -> list[tuple[str, ...]]:
        """The table's rows."""
        return [frame.row for frame in self.frames if frame.row]

    def text(self) -> str:
        """The table as plain text, columns aligned."""
        return "\n".join([self.title, "", *aligned([self.head, *self.rows()])])

    def html(self) -> str:
        """The last picture and the table, as HTML without script."""
        cells = "".join(f"<th scope='col'>{escape(h)}</th>" for h in self.head)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
            for row in self.rows()
        )
        table = (
            f"<details><summary>{escape(self.title)}: the table</summary>"
            f"<table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table></details>"
        )
        return scrolling(self.svg(), self.title) + (table if self.head else "")


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of a table as lines of text."""
    rows = [row for row in rows if row]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))] if rows else []
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


Values = dict[str, Any]
Recorded = tuple[Values, Scene]
"""Values of controls, and the scene that belongs to them."""
