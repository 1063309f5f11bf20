"""The quantities of an exercise that a student knows by name, and which of them a step uses."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Exercise, Step
from autograder.judge.compare import close

# The lectures' symbols are short; longer names of ungraded steps are our own.
_LONGEST_SYMBOL = 3
# A pass over larger inputs, such as a class of images, is not repeated for every idea.
MOST_NUMBERS = 5_000


def is_number(value: Any) -> bool:
    """Whether a value is a float or an array of floats, and all of it is finite."""
    if isinstance(value, float):
        return math.isfinite(value)
    if not isinstance(value, np.ndarray | np.floating):
        return False
    array = np.asarray(value)
    return array.dtype.kind == "f" and bool(np.isfinite(array).all())


def is_constant(values: Sequence[Any], tolerance: float = 0.0) -> bool:
    """Whether values are one number, over inputs and entries; those without an entry are.

    Args:
        values: floats or arrays of floats, one per probe.
        tolerance: differences that are not variation, relative to the largest entry.
    """
    entries = np.concatenate([np.ravel(np.asarray(value, dtype=float)) for value in values])
    if not entries.size:
        return True
    return bool(np.ptp(entries) <= tolerance * np.abs(entries).max())


def is_small(exercise: Exercise, drawn: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a pass takes so little time that many may be made.

    Args:
        exercise: what is asked.
        drawn: its inputs, one dict per probe.
    """
    return not exercise.costly and MOST_NUMBERS >= sum(
        _count(value) for inputs in drawn for value in inputs.values()
    )


def _count(value: Any) -> int:
    if isinstance(value, Mapping):
        return sum(map(_count, value.values()))
    if isinstance(value, list | tuple):
        return sum(map(_count, value))
    return value.size if isinstance(value, np.ndarray) else 1


def known_names(exercise: Exercise, namespaces: Sequence[SimpleNamespace]) -> list[str]:
    """Names of the quantities that feedback may speak of and that are numbers on every input.

    Args:
        exercise: what is asked.
        namespaces: all values, one namespace per probe.

    Returns:
        The inputs, then the steps that are parts or that the lectures give a symbol.
    """
    parts = {part.name for part in exercise.parts}
    names = [
        name
        for name in vars(namespaces[0])
        if name not in exercise.steps
        or name in parts
        or name in exercise.symbols
        or exercise.builds_on
        or len(name) <= _LONGEST_SYMBOL
    ]
    return [
        name for name in names if all(is_number(getattr(one, name, None)) for one in namespaces)
    ]


def alike(namespaces: Sequence[SimpleNamespace], first: str, second: str) -> bool:
    """Whether two quantities have the same shape on every input."""
    return all(np.shape(getattr(v, first)) == np.shape(getattr(v, second)) for v in namespaces)


class _Watched:
    def __init__(self, values: Mapping[str, Any]) -> None:
        self.__dict__["_values"], self.__dict__["_seen"] = values, {}

    def __getattr__(self, name: str) -> Any:
        try:
            value = self._values[name]
        except KeyError:
            raise AttributeError(name) from None
        self._seen[name] = self._seen.get(name, 0) + 1
        return value


def used_by(step: Step, values: SimpleNamespace) -> dict[str, int]:
    """The names that a step reads, in the order in which it reads them, and how often."""
    watched: Any = _Watched(vars(values))
    with np.errstate(all="ignore"):
        try:
            step(watched)
        except Exception:
            return {}
    return dict(watched._seen)


def uses_of(exercise: Exercise, values: SimpleNamespace) -> dict[str, dict[str, int]]:
    """What each step of an exercise reads, and how often."""
    return {name: used_by(step, values) for name, step in exercise.steps.items()}


def needed_for(name: str, uses: Mapping[str, Collection[str]]) -> set[str]:
    """All quantities that a step is worked out from, on the way or at once.

    Args:
        name: the step.
        uses: what each step reads.
    """
    needed: set[str] = set()
    left = [name]
    while left:
        new = set(uses.get(left.pop(), ())) - needed
        needed |= new
        left += new
    return needed


def between(uses: Mapping[str, Collection[str]], first: str, last: str) -> list[str]:
    """The steps through which a change of one step reaches a later one, that one included.

    Args:
        uses: what each step reads, in the order of computation.
        first: the step that changes.
        last: the later step.

    Returns:
        Their names in order; none if the change does not arrive.
    """
    touched, path = {first}, []
    names = list(uses)
    for name in names[names.index(first) + 1 : names.index(last) + 1]:
        if touched & set(uses[name]):
            touched.add(name)
            path.append(name)
    return path if last in touched else []


def turns_into(
    values: Sequence[Any],
    right: Sequence[Any],
    tolerance: float,
    made: Iterator[Any],
    same_nonfinite: bool = False,
) -> bool:
    """Whether candidates are a student's values, and not all of them the right ones.

    Args:
        values: what the student returned, one value per probe.
        right: the right values.
        tolerance: the exercise's.
        made: the candidates, in the same order; they are made one after the other, and None is
            one that cannot be made.
        same_nonfinite: whether a candidate that is nan on some inputs may fit.
    """
    changed = finite = False
    for value, base in zip(values, right, strict=True):
        candidate = next(made, None)
        # Roots and powers of negative numbers are complex, and no answer is.
        if candidate is None or np.iscomplexobj(candidate):
            return False
        if _plainly_differs(value, candidate, tolerance):
            return False
        if not close(value, candidate, tolerance, same_nonfinite):
            return False
        changed |= not close(candidate, base, tolerance, True)
        finite |= bool(np.isfinite(candidate).any())
    # Many ways lead to nan everywhere.
    return changed and finite


def _plainly_differs(value: Any, candidate: Any, tolerance: float) -> bool:
    """Whether two numbers differ; of arrays it says nothing. Most candidates are far off."""
    if not isinstance(value, float) or not isinstance(candidate, float):
        return False
    return abs(value - candidate) > (tolerance + 1e-12) * abs(candidate)
