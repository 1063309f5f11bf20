"""What can be said about a wrong value that no known mistake explains.

No clue states a right value or the difference to it: on which inputs and in which places it is
right, what kind of number stands in the others, whether signs and sizes are right, and roughly how
far off it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.judge.compare import close, close_entries
from autograder.judge.context import Context

# More than these would no longer be read.
MOST = 3
Pair = tuple[Any, Any]
# Sizes that differ by less are as good as equal: of entries in other places none is too small.
_ALIKE = 0.01


def clues_of(context: Context, values: Sequence[Any]) -> tuple[str, ...]:
    """Finds what is known about a wrong value.

    Args:
        context: the part and what it may rest on.
        values: what the student returned for it, one value per probe.

    Returns:
        Sentences for the student, the most telling first.
    """
    right = list(context.bases())[-1]
    tolerance = context.case.exercise.tolerance
    if any(np.shape(v) != np.shape(r) for v, r in zip(values, right, strict=True)):
        return ()
    if not all(np.isfinite(v).all() for v in (*values, *right)):
        return ()
    # Where nothing is asked, as of layers that a shallow network lacks, nothing is right or wrong.
    looked_at = [
        (probe, np.asarray(v, dtype=float), np.asarray(r, dtype=float))
        for probe, v, r in zip(context.case.probes, values, right, strict=True)
        if np.size(r)
    ]
    wrong = [not close(v, r, tolerance) for _, v, r in looked_at]
    pairs = [(v, r) for (_, v, r), off in zip(looked_at, wrong, strict=True) if off]
    with np.errstate(all="ignore"):
        found = (
            _on_which_inputs([probe for probe, _, _ in looked_at], wrong),
            *_in_entries([(v, r) for v, r in pairs if r.size > 1], tolerance),
            _signs(pairs, tolerance),
            _how_far(pairs),
        )
    return tuple(dict.fromkeys(sentence for sentence in found if sentence))[:MOST]


def _in_entries(pairs: Sequence[Pair], tolerance: float) -> tuple[str, ...]:
    """What the entries of a tensor have in common; one of these makes the others superfluous."""
    if not pairs:
        return ()
    if words := _same_everywhere(pairs) or _factor(pairs):
        return (words,)
    return (_in_other_places(pairs, tolerance), _where(pairs, tolerance))


def _on_which_inputs(probes: Sequence[str], wrong: Sequence[bool]) -> str:
    if all(wrong):
        return ""
    sound, off = (
        "; ".join(dict.fromkeys(p for p, w in zip(probes, wrong, strict=True) if w is kind))
        for kind in (False, True)
    )
    return f"It is right on some inputs ({sound}) and wrong on others ({off})."


def _same_everywhere(pairs: Sequence[Pair]) -> str:
    if all(np.ptp(value) == 0 and np.ptp(right) > 0 for value, right in pairs):
        return "All of its entries are the same number."
    if all(value.ndim == 2 for value, _ in pairs):
        for axis, lines in ((0, "rows"), (1, "columns")):
            if all(
                np.ptp(value, axis=axis).max() == 0 < np.ptp(right, axis=axis).max()
                for value, right in pairs
            ):
                return f"All of its {lines} are the same."
    return ""


def _in_other_places(pairs: Sequence[Pair], tolerance: float) -> str:
    if all(close(np.sort(v, axis=None), np.sort(r, axis=None), tolerance) for v, r in pairs):
        return "It has the right numbers in the wrong places."
    return ""


def _factor(pairs: Sequence[Pair]) -> str:
    factors = [_common_factor(value, right) for value, right in pairs]
    if any(factor is None for factor in factors):
        return ""
    known = [factor for factor in factors if factor is not None]
    sizes = [abs(factor) for factor in known]
    size = "too large" if min(sizes) > 1 else "too small" if max(sizes) < 1 else "off"
    if np.ptp(known) < 1e-6 * sizes[0]:
        turned = ", with the opposite sign" if known[0] < 0 else ""
        return (
            f"On every input where it is wrong, all entries are {size} by the same factor{turned}."
        )
    return f"All entries are {size} by the same factor, which differs from input to input."


def _common_factor(value: Any, right: Any) -> float | None:
    square = float((right * right).sum())
    factor = float((value * right).sum()) / square if square else 0.0
    if not factor or not close(value, factor * right, 1e-8):
        return None
    return factor


def _lines(marks: Any, axis: int) -> Any:
    """Rows (axis 0) or columns (axis 1), or entries of a vector: right or wrong as a whole.

    Returns:
        One boolean a line, or None where a line is partly right.
    """
    if marks.ndim == 1:
        return marks
    lines = np.moveaxis(marks, axis, 0)
    return lines[:, 0] if (lines == lines[:, :1]).all() else None


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


def _where(pairs: Sequence[Pair], tolerance: float) -> str:
    marks = [close_entries(value, right, tolerance) for value, right in pairs]
    sound, every = sum(int(mark.sum()) for mark in marks), sum(mark.size for mark in marks)
    if not sound:
        return ""
    dimensions = {mark.ndim for mark in marks}
    kinds = ("entry",) if dimensions == {1} else ("row", "column") if dimensions == {2} else ()
    for axis, kind in enumerate(kinds):
        lines = [_lines(mark, axis) for mark in marks]
        if any(line is None or not line.any() for line in lines):
            continue
        for words, pattern in _PATTERNS:
            if all(len(line) > 2 and pattern(line) for line in lines):
                return words.format(kind).replace("entrys", "entries")
        if kind != "entry":
            return f"Each of its {kind}s is either entirely right or entirely wrong."
    return f"{sound} of its {every} entries are right."


def _signs(pairs: Sequence[Pair], tolerance: float) -> str:
    if all(close(np.abs(value), np.abs(right), tolerance) for value, right in pairs):
        return "Every size is right; some of the signs are not."
    if all((np.sign(v) == np.sign(r)).all() for v, r in pairs) and not _factor(pairs):
        return "Every sign is right; the sizes are not."
    return ""


def _how_far(pairs: Sequence[Pair]) -> str:
    """The size of the error in words, from the sizes of whole tensors."""
    scales = [float(np.linalg.norm(right)) for _, right in pairs]
    if not pairs or not all(scales):
        return ""
    off = [float(np.linalg.norm(v - r)) / s for (v, r), s in zip(pairs, scales, strict=True)]
    size = [float(np.linalg.norm(v)) / s for (v, _), s in zip(pairs, scales, strict=True)]
    for bound, words in ((0.01, "hundredth"), (0.1, "tenth")):
        if max(off) < bound:
            return f"It is off by less than a {words} of its size."
    if min(size) > 10:
        return "It is more than ten times as large as it should be."
    if max(size) < 0.1:
        return "It is less than a tenth as large as it should be."
    if min(size) > 2:
        return "It is more than twice as large as it should be."
    if max(size) < 0.5:
        return "It is less than half as large as it should be."
    below, above = 1 - _ALIKE, 1 + _ALIKE
    if min(size) < below and max(size) > above:
        return "It is too large on some inputs and too small on others."
    if min(size) > above:
        return "It is too large, and off by a tenth or more."
    if max(size) < below:
        return "It is too small, and off by a tenth or more."
    return "It is off by a tenth or more."
