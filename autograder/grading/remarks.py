"""What the grader says about a submission as a whole, each remark with its kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from autograder.files import clean


class Kind(Enum):
    """What a remark is about."""

    REPAIRED = "repaired"
    LIMIT = "limit"
    NOT_RUN = "not run"
    BESIDE = "beside the notebook"
    TRUSTED = "trusted"
    ANOTHER_ID = "another id"
    # Of a unit with several notebooks, about one of them, in the notes of the others.
    NOT_HANDED_IN = "not handed in"
    NOT_GRADED = "not graded"


@dataclass(frozen=True)
class Remark:
    """One remark.

    Args:
        kind: what it is about.
        text: the sentence that people read.
        about: nbgrader's id of the cell that it is about, or "".
    """

    kind: Kind
    text: str
    about: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean.line(self.text))

    def __str__(self) -> str:
        return self.text

    def of(self, notebook: str) -> Remark:
        """The same with the name of the notebook that it is about, where a unit has several."""
        if self.kind in (Kind.NOT_HANDED_IN, Kind.NOT_GRADED):
            return self
        return replace(self, text=f"{notebook}: {self.text}")

    def as_data(self) -> dict[str, str]:
        """The remark as plain data."""
        return {"kind": self.kind.value, "text": self.text, "about": self.about}


def remark_of(data: object) -> Remark | None:
    """A remark from plain data, or None if the data are not one."""
    if not isinstance(data, dict):
        return None
    try:
        return Remark(Kind(data["kind"]), str(data["text"]), str(data.get("about", "")))
    except (KeyError, ValueError):
        return None


def texts(remarks: Iterable[Remark]) -> list[str]:
    """The sentences, in order."""
    return [remark.text for remark in remarks]


def of_all(remarks: Mapping[str, Iterable[Remark]]) -> tuple[Remark, ...]:
    """The remarks on the notebooks of a submission together.

    Args:
        remarks: name → the remarks on this notebook, for every notebook of the unit.
    """
    if len(remarks) == 1:
        return tuple(*remarks.values())
    found = [remark.of(name) for name, some in remarks.items() for remark in some]
    return tuple(dict.fromkeys(found))


def not_handed_in(notebook: str) -> Remark:
    """That a notebook of several was not handed in."""
    text = f"{notebook}.ipynb was not handed in; the grader gave 0 points for it."
    return Remark(Kind.NOT_HANDED_IN, text)


def not_graded(notebook: str, why: str) -> Remark:
    """That a notebook of several could not be graded.

    Args:
        why: in words that students may read.
    """
    text = f"{notebook}.ipynb could not be graded, which is not a score of 0: {why}"
    return Remark(Kind.NOT_GRADED, text)
