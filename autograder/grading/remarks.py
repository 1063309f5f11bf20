"""What the grader says about a submission as a whole, each remark with its kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from autograder.files import clean


class Kind(Enum):
    """What a remark is about."""

    REPAIRED = "repaired"
    LIMIT = "limit"
    NOT_RUN = "not run"
    BESIDE = "beside the notebook"
    TRUSTED = "trusted"


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
