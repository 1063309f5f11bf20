"""Right answers made out of a right one: the same, written or handed over another way.

A rewrite keeps the meaning of a text. Its values may differ in the last bits, as sums do that are
added up in another order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from autograder.bank.other_forms import other_forms
from autograder.bank.places import Change, Place, change_at_random, changed_texts
from autograder.bank.rewrites_of_answers import rewrites_of_answer
from autograder.bank.rewrites_of_lines import rewrites_of_line
from autograder.bank.rewrites_of_terms import rewrites_of_term
from autograder.judge.verdict import Status

# How many changes are made one upon the other in a mixed rewrite.
_MIXED = 5


@dataclass(frozen=True)
class Rewrite:
    """A right answer made out of another.

    Args:
        what: the change in a few words.
        text: the whole changed text.
        price: what may be found of a part, if its values have a form that was not asked for.
    """

    what: str
    text: str
    price: frozenset[Status] = frozenset()


def rewrites(text: str, name: str, is_class: bool, library: bool) -> Iterator[Rewrite]:
    """All right answers that differ from a text by one change.

    Args:
        text: Python source that defines an answer.
        name: the answer's name.
        is_class: whether the answer is a class, so that its values cannot be given another form.
        library: whether it may call course_bp's elementary functions.

    Yields:
        The rewrites.
    """
    for changed in changed_texts(text, _changes(library)):
        yield Rewrite(changed.what, _with_library(changed.text))
    for changed in rewrites_of_answer(text, name):
        yield Rewrite(changed.what, changed.text)
    for changed, price in () if is_class else other_forms(text, name):
        yield Rewrite(changed.what, changed.text, price)


def mixed(text: str, library: bool, rng: np.random.Generator) -> Rewrite:
    """A right answer that differs from a text by several changes.

    Args:
        text: Python source that defines an answer.
        library: whether it may call course_bp's elementary functions.
        rng: chooses the changes.
    """
    said = []
    for _ in range(_MIXED):
        changed = change_at_random(text, _changes(library), rng)
        if changed is None:
            break
        text = changed.text
        said.append(changed.what)
    return Rewrite("; ".join(said), _with_library(text))


def _with_library(text: str) -> str:
    return f"import course_bp\n{text}" if "course_bp." in text else text


def _changes(library: bool) -> Callable[[Place], Iterable[Change]]:
    def changes(place: Place) -> Iterable[Change]:
        if not place.is_line:
            return rewrites_of_term(place.node, library)
        return rewrites_of_line(place.node, place.following)

    return changes
