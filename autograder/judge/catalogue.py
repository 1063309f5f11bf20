"""The catalogue of mistakes that people make in backpropagation; its text is catalogue.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

Hints = tuple[str, str, str]


@dataclass(frozen=True)
class CatalogueEntry:
    """One row of the catalogue.

    Args:
        id: "M1" to "M33" as in the literature, and a few of our own.
        name: what feedback says after "looks like".
        hints: nudge, pointer, worked idea, for a derivative.
        values: the same for a quantity that is not a derivative, or None where an exercise's own
            hints fit better.
    """

    id: str
    name: str
    hints: Hints
    values: Hints | None = None


def _read() -> dict[str, CatalogueEntry]:
    rows = tomllib.loads(files("autograder.judge").joinpath("catalogue.toml").read_text("utf-8"))
    return {id: _entry(id, row) for id, row in rows.items()}


def _entry(id: str, row: dict[str, Any]) -> CatalogueEntry:
    hints, values = _hints(row["hints"]), row.get("values")
    return CatalogueEntry(id, row["name"], hints, hints if values == "the same" else _hints(values))


def _hints(texts: list[str] | None) -> Any:
    return texts and tuple(text.strip() for text in texts)


CATALOGUE = _read()
