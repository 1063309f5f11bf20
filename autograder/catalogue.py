"""The catalogue of mistakes that people make in backpropagation; its text is catalogue.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True)
class Entry:
    """One row of the catalogue.

    Args:
        id: "M1" to "M33".
        name: what feedback says after "looks like".
        hints: nudge, pointer, worked idea.
    """

    id: str
    name: str
    hints: tuple[str, str, str]


def _read() -> dict[str, Entry]:
    rows = tomllib.loads(files("autograder").joinpath("catalogue.toml").read_text("utf-8"))
    return {
        id: Entry(id, row["name"], tuple(hint.strip() for hint in row["hints"]))
        for id, row in rows.items()
    }


CATALOGUE = _read()
