"""A slip in one line of the solution, with everything after it computed from what it gives.

It is looked for when nothing else explains a value; then two slips are. The slips and the lines
come with the exercise.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autograder.judge.context import Context
from autograder.judge.line_search import searches
from autograder.judge.line_words import explanations
from autograder.judge.quantities import is_small
from autograder.judge.slips import Explanation
from autograder.judge.two_slips import two_slips


def slips_in_lines(context: Context, values: Sequence[Any]) -> list[Explanation]:
    """The slips in one line of the solution that give a student's value.

    Args:
        context: the part and what it may rest on.
        values: what the student returned for it, one value per probe.

    Returns:
        One explanation if one slip fits, or several that come to the same; or the rivals. Of pairs
        of slips there are no rivals: too many fit.
    """
    exercise = context.case.exercise
    if exercise.lines is None or not is_small(exercise, context.case.drawn):
        return []
    lines = exercise.lines()
    if lines is None or context.part.name not in lines.results:
        return []
    every = list(searches(context, lines, values))
    for search in every:
        if found := search.singles():
            return explanations(search, found)
    for search in every:
        if found := two_slips(search):
            explained = explanations(search, found)
            return explained if len(explained) == 1 else []
    return []
