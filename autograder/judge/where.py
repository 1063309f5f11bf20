"""Which entries of an array are right and which are wrong, in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.judge.compare import close_entries
from autograder.listed import listed

# More places would no longer be looked at one by one.
_FEW = 4
_Pattern = Callable[[Any], bool]
# What all lines that are looked at have in common → how it is said.
_PATTERNS: tuple[tuple[str, _Pattern], ...] = (
    ("Only its first {} is wrong.", lambda m: not m[0] and m[1:].all()),
    ("Only its last {} is wrong.", lambda m: not m[-1] and m[:-1].all()),
    ("Its first {} is right; the others are not.", lambda m: m[0] and not m[1:].any()),
    ("Its last {} is right; the others are not.", lambda m: m[-1] and not m[:-1].any()),
    ("The {}s at its end are right; those before them are not.", lambda m: (m[:-1] <= m[1:]).all()),
    (
        "The {}s at its beginning are right; those after them are not.",
        lambda m: (m[:-1] >= m[1:]).all(),
    ),
)


def where_wrong(
    pairs: Sequence[tuple[Any, Any]],
    tolerance: float,
    labels: Sequence[Sequence[str]] = (),
    inputs: Sequence[Mapping[str, Any]] = (),
) -> str:
    """Says which entries are wrong.

    Args:
        pairs: value and right value, arrays of the same shape, on inputs where it is wrong.
        tolerance: the exercise's.
        labels: what each entry is, one list per pair, where that is known.
        inputs: the inputs of each pair, which may say where it is wrong.

    Returns:
        A sentence, or "" where no entry is right.
    """
    marks = [close_entries(value, right, tolerance) for value, right in pairs]
    sound, every = sum(int(mark.sum()) for mark in marks), sum(mark.size for mark in marks)
    if not sound:
        return ""
    return (
        _by_label(marks, labels)
        or _by_line(marks)
        or _diagonal(marks)
        or _single_places(marks)
        or _by_sign(marks, inputs)
        or _whole_lines(marks)
        or f"{sound} of its {every} entries are right."
    )


def _by_label(marks: Sequence[Any], labels: Sequence[Sequence[str]]) -> str:
    if len(labels) != len(marks):
        return ""
    wrong: dict[str, None] = {}
    for mark, names in zip(marks, labels, strict=True):
        if len(names) != mark.size:
            return ""
        wrong |= dict.fromkeys(n for n, fine in zip(names, mark.ravel(), strict=True) if not fine)
    found = list(wrong)
    if len(found) > _FEW:
        return f"These are wrong: {', '.join(found[:_FEW])} and {len(found) - _FEW} more."
    return f"Only {listed(found)} {'is' if len(found) == 1 else 'are'} wrong."


def _kinds(marks: Sequence[Any]) -> tuple[str, ...]:
    dimensions = {mark.ndim for mark in marks}
    return ("entry",) if dimensions == {1} else ("row", "column") if dimensions == {2} else ()


def _lines(marks: Any, axis: int) -> Any:
    """Rows (axis 0) or columns (axis 1), or entries of a vector: right or wrong as a whole.

    Returns:
        One boolean a line, or None where a line is partly right.
    """
    if marks.ndim == 1:
        return marks
    lines = np.moveaxis(marks, axis, 0)
    return lines[:, 0] if (lines == lines[:, :1]).all() else None


def _by_line(marks: Sequence[Any]) -> str:
    for axis, kind in enumerate(_kinds(marks)):
        lines = [_lines(mark, axis) for mark in marks]
        if any(line is None or not line.any() for line in lines):
            continue
        for words, pattern in _PATTERNS:
            if all(len(line) > 2 and pattern(line) for line in lines):
                return words.format(kind).replace("entrys", "entries")
    return ""


def _whole_lines(marks: Sequence[Any]) -> str:
    for axis, kind in enumerate(_kinds(marks)):
        lines = [_lines(mark, axis) for mark in marks]
        if kind != "entry" and not any(line is None or not line.any() for line in lines):
            return f"Each of its {kind}s is either entirely right or entirely wrong."
    return ""


def _diagonal(marks: Sequence[Any]) -> str:
    if not all(mark.ndim == 2 and mark.shape[0] == mark.shape[1] > 1 for mark in marks):
        return ""
    on = [np.diagonal(mark) for mark in marks]
    off = [mark[~np.eye(len(mark), dtype=bool)] for mark in marks]
    if all(d.all() for d in on):
        none = not any(o.any() for o in off)
        return f"Its diagonal is right; {'the' if none else 'some'} entries off it are not."
    if all(o.all() for o in off):
        none = not any(d.any() for d in on)
        return f"Off its diagonal all is right; {'' if none else 'part of '}the diagonal is not."
    return ""


def _single_places(marks: Sequence[Any]) -> str:
    """The places of a few wrong entries, if they are the same on all inputs."""
    if len({mark.ndim for mark in marks}) > 1:
        return ""
    places = {tuple(map(tuple, np.argwhere(~mark).tolist())) for mark in marks}
    if len(places) > 1:
        return ""
    (found,) = places
    if not found or len(found) > _FEW:
        return ""
    words = [f"[{', '.join(map(str, place))}]" for place in found]
    if len(words) == 1:
        return f"Only its entry {words[0]} is wrong."
    return f"Only its entries {listed(words)} are wrong."


def _by_sign(marks: Sequence[Any], inputs: Sequence[Mapping[str, Any]]) -> str:
    """Whether the wrong entries are just those where an input of the same shape has one sign."""
    if len(inputs) != len(marks):
        return ""
    for name in inputs[0]:
        given = [one[name] for one in inputs]
        if not all(
            isinstance(value, np.ndarray) and value.shape == mark.shape
            for value, mark in zip(given, marks, strict=True)
        ):
            continue
        for words, where in _SIGNS.items():
            if all((where(v) == ~mark).all() for v, mark in zip(given, marks, strict=True)):
                return f"It is wrong exactly where {name} is {words}."
    return ""


_SIGNS: Mapping[str, Callable[[Any], Any]] = {
    "negative": lambda a: a < 0,
    "positive": lambda a: a > 0,
    "0": lambda a: a == 0,
    "0 or less": lambda a: a <= 0,
    "0 or more": lambda a: a >= 0,
    "not 0": lambda a: a != 0,
}
