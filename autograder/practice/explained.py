"""Which mistakes give the numbers of the wrong parts: one for all of them, or one for each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Exercise, Inputs, Mistake
from autograder.practice.rounding import close

# Mistakes that give the same numbers at so many other points are one mistake in other words.
_POINTS = 3
_EQUAL = 1e-9
# The row of the catalogue for contributions that are missing.
_LOST = "M15"

# Mistakes that give the same numbers everywhere, the likeliest first.
_Kind = list[Mistake]


def explanations(
    exercise: Exercise,
    inputs: Inputs,
    numbers: Mapping[str, Any],
    right: Collection[str],
    wrong: Mapping[str, Mapping[str, Any]],
) -> dict[str, list[Mistake]]:
    """The mistakes that explain each wrong part; of several that are the same one, only one.

    Args:
        exercise: a derived one.
        inputs: the point.
        numbers: all that was given.
        right: the names of the parts that are right.
        wrong: name of each wrong part → what was given for earlier ones.

    Returns:
        Name → its mistakes: none if nothing is known, several if they cannot be told apart.
    """
    for_all = _fitting(exercise, inputs, numbers, {})
    whole = [kind[0] for kind in _kinds(exercise, for_all, list(numbers), {})]
    kept = {name: numbers[name] for name in right}
    solved = exercise.solve(inputs)
    kinds = {}
    for name, own in wrong.items():
        fitting = _fitting(exercise, inputs, {name: numbers[name]}, own)
        # What would also change a part that is right was not made, unless only through this one.
        here = {name: getattr(solved, name)}
        found = [one for one in fitting if _gives(exercise, inputs, one, kept, here)]
        kinds[name] = _kinds(exercise, found, [name], own)
    each = _under_one_name(kinds, {mistake.slug: i for i, mistake in enumerate(exercise.mistakes)})
    if whole and not _lost_at_each(each, whole):
        return dict.fromkeys(wrong, whole)
    return each


def _fitting(
    exercise: Exercise, inputs: Inputs, numbers: Mapping[str, Any], own: Mapping[str, Any]
) -> list[Mistake]:
    """The mistakes that give these numbers, if `own` is what the earlier parts are."""
    return [one for one in exercise.mistakes if _gives(exercise, inputs, one, numbers, own)]


def _gives(
    exercise: Exercise,
    inputs: Inputs,
    mistake: Mistake,
    numbers: Mapping[str, Any],
    own: Mapping[str, Any],
) -> bool:
    made = made_by(exercise, inputs, mistake, own)
    return made is not None and all(
        close(value, getattr(made, name)) for name, value in numbers.items()
    )


def made_by(
    exercise: Exercise, inputs: Inputs, mistake: Mistake, own: Mapping[str, Any]
) -> SimpleNamespace | None:
    """All values that a mistake gives; None if its numbers do not fit the shapes.

    Args:
        exercise: a derived one.
        inputs: the point.
        mistake: one of its mistakes.
        own: values to take as they are.
    """
    try:
        return exercise.solve(inputs, mistake.wrong, own)
    except Exception:
        return None


def _kinds(
    exercise: Exercise,
    mistakes: Sequence[Mistake],
    parts: Sequence[str],
    own: Mapping[str, Any],
) -> list[_Kind]:
    """The mistakes, those together that give the same numbers for some parts at other points."""
    if len(mistakes) < 2:
        return [[mistake] for mistake in mistakes]
    places = exercise.ordinary[:_POINTS]
    drawn = [exercise.probes[i].draw(np.random.default_rng(i)) for i in places]
    right = [exercise.solve(inputs) for inputs in drawn]
    found: list[tuple[_Kind, list[Any]]] = []
    for mistake in mistakes:
        numbers: list[Any] = []
        for inputs, values in zip(drawn, right, strict=True):
            # A gradient that was given as 0 hides there too what it is multiplied by.
            held = {name: getattr(values, name) * np.any(value) for name, value in own.items()}
            made = made_by(exercise, inputs, mistake, held)
            numbers += [made and getattr(made, name) for name in parts]
        for kind, others in found:
            if all(_is_equal(a, b) for a, b in zip(numbers, others, strict=True)):
                kind.append(mistake)
                break
        else:
            found.append(([mistake], numbers))
    return [kind for kind, _ in found]


def _is_equal(first: Any, second: Any) -> bool:
    if first is None or second is None or np.shape(first) != np.shape(second):
        return False
    return np.allclose(first, second, rtol=_EQUAL, atol=_EQUAL, equal_nan=True)


def _under_one_name(
    kinds: Mapping[str, Sequence[_Kind]], order: Mapping[str, int]
) -> dict[str, list[Mistake]]:
    """One mistake of each kind; where one name explains all parts, only what has that name."""
    named = [{mistake.name for kind in found for mistake in kind} for found in kinds.values()]
    common = set.intersection(*named)
    last: dict[str, int] = {}
    for found in kinds.values():
        first: dict[str, int] = {}
        for mistake in (mistake for kind in found for mistake in kind):
            first.setdefault(mistake.name, order[mistake.slug])
        last |= {name: max(place, last.get(name, 0)) for name, place in first.items()}
    chosen = {}
    for part, found in kinds.items():
        left = [[one for one in kind if not common or one.name in common] for kind in found]
        chosen[part] = [min(kind, key=lambda one: last[one.name]) for kind in left if kind]
    return chosen


def _lost_at_each(each: Mapping[str, Sequence[Mistake]], whole: Sequence[Mistake]) -> bool:
    """Whether several parts each miss a contribution of their own, in the same way.

    A variable that is taken for a constant gives the same numbers, and is less likely.
    """
    found = [mistake for mistakes in each.values() for mistake in mistakes]
    return (
        len(found) == len(each) > 1
        and len({mistake.name for mistake in found}) == 1
        and all(mistake.id == _LOST for mistake in (*found, *whole))
        and all(part in mistake.wrong for part, (mistake,) in each.items())
        and not any(part in mistake.wrong for part in each for mistake in whole)
    )
