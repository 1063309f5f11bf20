"""Wrong answers made out of a right one: the changes that people make when they err.

A mutant is the text of a right answer with one thing in it changed, or two: an operator, a sign, a
constant, an index or an axis, a name, a line, a loop's bound, a transpose, an output. Some of them
are still right; whether one is, its values tell.
"""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Collection, Iterable, Iterator

import numpy as np

from autograder.bank.changes_of_lines import changes_of_line
from autograder.bank.changes_of_terms import changes_of_term
from autograder.bank.places import Change, Changed, Place, change_at_random, changed_texts

# How many times as many pairs are tried as are needed, because some texts come twice.
_TRIES = 5


def mutants(text: str) -> Iterator[Changed]:
    """All answers that differ from a text by one change.

    Args:
        text: Python source that defines an answer, as a function or a class.

    Yields:
        The mutants, each text once, in the order of the lines.
    """
    return changed_texts(text, _changes)


def pairs(
    text: str, count: int, rng: np.random.Generator, known: Collection[str] = ()
) -> list[Changed]:
    """Answers that differ from a text by two changes at once.

    Args:
        text: Python source that defines an answer.
        count: how many to make; there are fewer if the text has too few places.
        rng: chooses the changes.
        known: texts that one change makes, which are left out.

    Returns:
        The mutants, each text once.
    """
    found: dict[str, Changed] = {}
    left_out = {ast.unparse(ast.parse(text)), *known}
    for _ in range(_TRIES * count):
        if len(found) == count:
            break
        with contextlib.suppress(SyntaxError, ValueError):
            first = change_at_random(text, _changes, rng)
            second = first and change_at_random(first.text, _changes, rng)
            if first and second and second.text not in left_out:
                both = Changed(f"{first.what}; {second.what}", second.text)
                found.setdefault(second.text, both)
    return list(found.values())


def _changes(place: Place) -> Iterable[Change]:
    if not place.is_line:
        return changes_of_term(place.node, place.function)
    in_class = isinstance(place.owner, ast.ClassDef)
    return changes_of_line(place.node, place.following, place.function is None, in_class)
