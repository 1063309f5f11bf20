"""What can be said about a wrong value that no known mistake explains.

No clue states a right value or the difference to it: on which inputs and in which places it is
right, what kind of number stands in the others, whether signs and sizes are right, and roughly how
far off it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.judge.compare import close
from autograder.judge.context import Context
from autograder.judge.shown import numbers_in_words
from autograder.judge.where import where_wrong
from autograder.listed import listed

# More than these would no longer be read.
MOST = 3
Pair = tuple[Any, Any]
# How the clue begins that says on which inputs a value is right.
ON_SOME = "It is right on some inputs"
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
    # Where nothing is asked, as of layers that a shallow network lacks, nothing is right or wrong.
    looked_at = [
        _Look(i, np.asarray(v, dtype=float), np.asarray(r, dtype=float))
        for i, v, r in zip(context.case.asked, values, right, strict=True)
        if np.size(r) and np.isfinite(r).all()
    ]
    # What is infinite far out says nothing as long as ordinary numbers are wrong too.
    finite = [one for one in looked_at if np.isfinite(one.value).all()]
    off = [one for one in finite if not close(one.value, one.right, tolerance)]
    if not off:
        return ()
    pairs = [(one.value, one.right) for one in off]
    with np.errstate(all="ignore"):
        found = (
            _on_which_inputs(context, looked_at, tolerance),
            *_in_entries(context, [one for one in off if one.right.size > 1], tolerance),
            _shifted(pairs),
            _must_be(pairs),
            _signs(pairs, tolerance),
            _example(context, off),
            _how_far(pairs),
        )
    said = tuple(dict.fromkeys(sentence for sentence in found if sentence))
    if not set(said) - SIZES:
        said = tuple(filter(None, (_what_is_right(context), *said)))
    return said[:MOST]


@dataclass(frozen=True)
class _Look:
    """A value beside the right one, on one set of inputs."""

    probe: int
    value: Any
    right: Any


def _in_entries(context: Context, off: Sequence[_Look], tolerance: float) -> tuple[str, ...]:
    """What the entries of a tensor have in common; one of these makes the others superfluous."""
    pairs = [(one.value, one.right) for one in off]
    if not pairs:
        return ()
    if words := _same_everywhere(pairs) or _factor(pairs):
        return (words,)
    drawn = [context.case.key.drawn[one.probe] for one in off]
    named = context.part.entries
    labels = [named(inputs) for inputs in drawn] if named else ()
    own_factors = _factor_of_each_line(pairs)
    return (
        own_factors,
        _in_other_places(pairs, tolerance),
        where_wrong(pairs, tolerance, labels, drawn),
    )


def _example(context: Context, off: Sequence[_Look]) -> str:
    """The first inputs on which it is wrong, if they are a few numbers."""
    words = (numbers_in_words(context.case.key, one.probe) for one in off)
    first = next((found for found in words if found), "")
    return f"For example, it is wrong at {first}." if first else ""


def _on_which_inputs(context: Context, looked_at: Sequence[_Look], tolerance: float) -> str:
    wrong = [not close(one.value, one.right, tolerance) for one in looked_at]
    if all(wrong):
        return ""
    probes = context.case.exercise.probes
    names = [probes[one.probe].name for one in looked_at]
    sound, off = (
        "; ".join(dict.fromkeys(n for n, w in zip(names, wrong, strict=True) if w is kind))
        for kind in (False, True)
    )
    return f"{ON_SOME} ({sound}) and wrong on others ({off})."


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
    if all(v.ndim == 2 and v.shape == v.T.shape and close(v, r.T, tolerance) for v, r in pairs):
        return "There, its rows and columns are swapped."
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


def _factor_of_each_line(pairs: Sequence[Pair]) -> str:
    if any(right.ndim != 2 or min(right.shape) < 2 for _, right in pairs):
        return ""
    for axis, line in ((0, "row"), (1, "column")):
        both = ((np.moveaxis(v, axis, 0), np.moveaxis(r, axis, 0)) for v, r in pairs)
        factors = [_common_factor(v, r) for vs, rs in both for v, r in zip(vs, rs, strict=True)]
        if all(one and not np.isclose(one, 1) for one in factors):
            return f"Each {line} is off by one factor, which differs from {line} to {line}."
    return ""


def _common_factor(value: Any, right: Any) -> float | None:
    square = float((right * right).sum())
    factor = float((value * right).sum()) / square if square else 0.0
    if not factor or not close(value, factor * right, 1e-8):
        return None
    return factor


def _shifted(pairs: Sequence[Pair]) -> str:
    """Whether all entries are off by the same amount, which is not that of whole numbers."""
    if sum(v.size for v, _ in pairs) < 3:
        return ""
    apart = np.concatenate([np.ravel(v - r) for v, r in pairs])
    scale = max(float(np.abs(v).max()) for v, _ in pairs)
    if np.ptp(apart) <= 1e-10 * scale and np.ptp(np.concatenate([np.ravel(r) for _, r in pairs])):
        return "It is off by the same amount everywhere, as if a constant had been added."
    return ""


def _what_is_right(context: Context) -> str:
    """Which right parts the line of this part needs, so that they need no second look."""
    uses, given = context.case.uses, context.given
    graded = [one.name for one in context.case.exercise.parts if one.accept is None]
    needed: set[str] = set()
    left, seen = [context.part.name], set(graded)
    while left:
        for name in uses.get(left.pop(), ()):
            if name in graded:
                needed.add(name)
            elif name not in seen:
                seen.add(name)
                left.append(name)
    sound = [name for name in graded if name in needed and context.is_right(name)]
    if not sound or needed - set(sound) - {context.part.name} or not given:
        return ""
    goes, is_ = ("goes", "is") if len(sound) == 1 else ("go", "are")
    return (
        f"Of the other parts only {listed(sound)} {goes} into it and {is_} right, so the mistake "
        f"lies between {listed(sound)} and {context.part.name}."
    )


def _must_be(pairs: Sequence[Pair]) -> str:
    """What can be said of every right value of this kind, and not of the student's."""
    matrices = [pair for pair in pairs if pair[0].ndim == 2 and min(pair[0].shape) > 1]
    if matrices and len(matrices) == len(pairs):
        for total in (0.0, 1.0):
            for axis, lines in ((1, "row"), (0, "column")):
                if all(_adds_up(r, axis, total) for _, r in pairs) and not any(
                    _adds_up(v, axis, total) for v, _ in pairs
                ):
                    return f"The entries of each {lines} should add up to {total:g}; yours do not."
        if all(_is_symmetric(r) for _, r in pairs) and not any(_is_symmetric(v) for v, _ in pairs):
            return "It should be symmetric, but yours is not."
    return ""


def _adds_up(value: Any, axis: int, total: float) -> bool:
    scale = np.abs(value).sum(axis=axis).max()
    return bool(scale and np.abs(value.sum(axis=axis) - total).max() <= 1e-9 * scale)


def _is_symmetric(value: Any) -> bool:
    return value.shape[0] == value.shape[1] and close(value, value.T, 1e-9)


def _signs(pairs: Sequence[Pair], tolerance: float) -> str:
    if all(close(np.abs(value), np.abs(right), tolerance) for value, right in pairs):
        return "Every size is right; some of the signs are not."
    if all((np.sign(v) == -np.sign(r)).all() and r.any() for v, r in pairs) and not _factor(pairs):
        return "Every sign is the opposite of what it should be, and the sizes are wrong too."
    if all((np.sign(v) == np.sign(r)).all() for v, r in pairs) and not _factor(pairs):
        return _SIGNS_RIGHT
    return ""


_TINY = tuple(f"It is off by less than {share} %." for share in (1, 10))
_TEN, _TENTH, _UNEVEN, _TWICE, _HALF, _MIXED, _LARGE, _SMALL, _OFF = (
    "It is more than ten times as large as it should be.",
    "It is less than a tenth as large as it should be.",
    "Some of its entries are too large and others too small.",
    "It is more than twice as large as it should be.",
    "It is less than half as large as it should be.",
    "It is too large on some inputs and too small on others.",
    "It is too large, and off by 10 % or more.",
    "It is too small, and off by 10 % or more.",
    "It is off by 10 % or more.",
)
_SIGNS_RIGHT = "The signs are all right, but the sizes are not."
# Clues that tell how far off a value is and not where to look.
SIZES = frozenset(
    (_SIGNS_RIGHT, *_TINY, _TEN, _TENTH, _UNEVEN, _TWICE, _HALF, _MIXED, _LARGE, _SMALL, _OFF)
)


def _how_far(pairs: Sequence[Pair]) -> str:
    """The size of the error in words, from the sizes of whole tensors."""
    scales = [float(np.linalg.norm(right)) for _, right in pairs]
    if not pairs or not all(scales):
        return ""
    off = [float(np.linalg.norm(v - r)) / s for (v, r), s in zip(pairs, scales, strict=True)]
    size = [float(np.linalg.norm(v)) / s for (v, _), s in zip(pairs, scales, strict=True)]
    below, above = 1 - _ALIKE, 1 + _ALIKE
    ladder = (
        (max(off) < 0.01, _TINY[0]),
        (max(off) < 0.1, _TINY[1]),
        (min(size) > 10, _TEN),
        (max(size) < 0.1, _TENTH),
        (min(size) > 2, _TWICE),
        (max(size) < 0.5, _HALF),
        (min(size) < below and max(size) > above, _MIXED),
        (min(size) > above, _LARGE),
        (max(size) < below, _SMALL),
    )
    words = next((words for holds, words in ladder if holds), _OFF)
    one_way = words in (_TWICE, _HALF, _LARGE, _SMALL)
    return _UNEVEN if one_way and all(_is_uneven(v, r) for v, r in pairs) else words


def _is_uneven(value: Any, right: Any) -> bool:
    """Whether some entries are plainly larger than they should be and others plainly smaller."""
    sizes, wanted = np.abs(value), np.abs(right)
    plainly = _ALIKE * wanted.max()
    return bool((sizes > wanted + plainly).any() and (sizes < wanted - plainly).any())
