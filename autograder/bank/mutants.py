"""Wrong answers made out of a right one: the changes that people make when they err.

A mutant is the text of a right answer with one thing in it changed: an operator, a sign, a
constant, an index or an axis, a name, a line, a loop's bound, a transpose, an output. Some of them
are still right; whether one is, its values tell.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from autograder.bank.changes_of_lines import changes_of_line
from autograder.bank.changes_of_terms import changes_of_term
from autograder.bank.places import Change, Changed, Place, changed_texts


def mutants(text: str) -> Iterator[Changed]:
    """All answers that differ from a text by one change.

    Args:
        text: Python source that defines an answer, as a function or a class.

    Yields:
        The mutants, each text once, in the order of the lines.
    """
    return changed_texts(text, _changes)


def _changes(place: Place) -> Iterable[Change]:
    if not place.is_line:
        return changes_of_term(place.node, place.function)
    in_class = isinstance(place.owner, ast.ClassDef)
    return changes_of_line(place.node, place.following, place.function is None, in_class)
