"""Which notebook of a unit with several a file is, whatever its name.

The name decides if it is one of the unit's, as it was handed out or as browsers, learning platforms
and JupyterLab change it. What is in the file decides if the name says nothing, or if the file
clearly is another of the unit's notebooks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from unicodedata import normalize

from autograder.grading.rebuild import matched_ids
from autograder.grading.submission import Cell
from autograder.grading.unit_of_notebook import ANOTHERS, given_texts, marked_ids, texts_of

ENDING = re.compile(r"\.ipynb(\.json|\.txt)?$")
# What is put behind a name: "(1)", "-Copy1", " - Copy (2)", "-1", "_2".
ADDED = re.compile(r"(\(\d+\)|[-_]*copy(\(?\d+\)?)?|[-_]\d+)$")


def plain_name(name: str) -> str:
    """A file's name without spaces or differences in case and in how accents are coded."""
    return normalize("NFC", name).casefold().replace(" ", "")


def named_notebook(file: str, names: Collection[str]) -> str:
    """Which notebook of a unit a file has the name of.

    Args:
        file: the file's name.
        names: the unit's notebooks, without endings.

    Returns:
        One of the names, or "".
    """
    plain = {plain_name(name): name for name in names}
    stem = ENDING.sub("", plain_name(file))
    while stem and stem not in plain:
        shorter = ADDED.sub("", stem)
        if shorter == stem:
            return ""
        stem = shorter
    return plain.get(stem, "")


def owner(file: str, cells: Sequence[Cell], released: Mapping[str, Any]) -> str:
    """Which notebook of a unit a file is.

    Args:
        file: the file's name.
        cells: its cells; none if it cannot be read.
        released: name → notebook, for every notebook of the unit.

    Returns:
        Its name; "" if it may be any of them, because it holds cells of several, or of none.
    """
    named = named_notebook(file, list(released))
    found = dict(_evidence(cells, released))
    best = max(sorted(found), key=lambda name: found[name])
    others = max((share for name, share in found.items() if name != best), default=0.0)
    if not named:
        return best if found[best] > 2 * others else ""
    only_here = _own(released, named, marked_ids) & matched_ids(released[named], cells)
    clearly = found[best] > max(ANOTHERS, 2 * found[named]) and not only_here
    return best if clearly else named


def _evidence(cells: Sequence[Cell], released: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """For each notebook, how much of what it alone has is in a file."""
    texts = texts_of(cells)
    for name, notebook in released.items():
        own_texts, own_ids = _own(released, name, given_texts), _own(released, name, marked_ids)
        count = len(own_texts & texts) + len(own_ids & matched_ids(notebook, cells))
        yield name, count / max(1, len(own_texts) + len(own_ids))


def _own(released: Mapping[str, Any], name: str, taken: Any) -> frozenset[str]:
    others = (taken(notebook) for other, notebook in released.items() if other != name)
    return frozenset(taken(released[name]).difference(*others))
