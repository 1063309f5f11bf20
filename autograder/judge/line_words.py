"""The words for slips in the lines of a solution: kind and line, not what is right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from autograder.judge.compare import close
from autograder.judge.line_search import Found, Search
from autograder.judge.slips import Explanation
from autograder.lines import INPUT, Lines

_QUESTION = "Which operation, number and name does each place {} need, and which does yours have?"
# How a value compares with the right one, if it is a multiple of it.
_MULTIPLES = (
    (-1.0, "has the wrong sign"),
    (2.0, "is twice as large as it should be"),
    (0.5, "is half as large as it should be"),
    (0.0, "is left out"),
)


def explanations(search: Search, found: Sequence[Found]) -> list[Explanation]:
    """One, if all slips that were found come to the same; or else one for each line.

    Args:
        search: what was searched.
        found: what gives the student's value, at least one.
    """
    lines = search.lines
    by_line: dict[tuple[str, ...], list[Found]] = {}
    for one in found:
        wheres = dict.fromkeys(_where(lines, slip.step) for slip in one.slips)
        by_line.setdefault(tuple(wheres), []).append(one)
    if len(by_line) > 1 and (step := search.meeting(found)) != search.target:
        return [_of_value(search, found, step)]
    return [_of_lines(wheres, same) for wheres, same in by_line.items()]


def _where(lines: Lines, step: int) -> str:
    line = lines.steps[step].line
    if line == INPUT:
        return "at the start"
    name = lines.names[line]
    return f"in the line for {name}" if lines.known[line] else f"on the way to {name}"


def _of_lines(wheres: Sequence[str], found: Sequence[Found]) -> Explanation:
    kinds = dict.fromkeys(one.slips[0].kind for one in found)
    kind = next(iter(kinds)) if len(kinds) == 1 else "a slip"
    if len(found[0].slips) > 1:
        kind = "two slips"
    place = " and ".join(wheres)
    # Of one line it is said once that it is that one.
    places = [*wheres, *("there" for _ in found[0].slips[len(wheres) :])]
    done = " and, ".join(
        f"{where}, {slip.words}" for where, slip in zip(places, found[0].slips, strict=True)
    )
    return Explanation(
        "",
        f"{kind} {place}",
        f"your {{part}} is what you get if, {done}{{everywhere}}.",
        f"{kind} {place}",
        _QUESTION.format(place),
    )


def _of_value(search: Search, found: Sequence[Found], step: int) -> Explanation:
    lines = search.lines
    where, line = _where(lines, step), lines.steps[step].line
    whole = line != INPUT and lines.ends[line] == step and lines.known[line]
    what = lines.names[line] if whole else lines.steps[step].words
    place = "" if whole else f", {where},"
    name = f"a wrong {what}" if whole else f"a slip {where}"
    evidence = (
        f"your {{part}} is what you get if {what}{place} {_how(search, found[0], step)}"
        "{everywhere} and all that is computed from it is right."
    )
    return Explanation("", f"{name} {step}", evidence, name, _QUESTION.format(where))


def _how(search: Search, found: Found, step: int) -> str:
    pairs = [
        (np.asarray(worked[step]), np.asarray(base[step]))
        for worked, base in zip(found.worked, search.base, strict=True)
    ]
    for factor, words in _MULTIPLES:
        if all(w.shape == b.shape and close(w, factor * b, 1e-9) for w, b in pairs):
            return words
    return "is wrong"
