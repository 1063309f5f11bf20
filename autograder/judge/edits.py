"""One step computed with one quantity changed: another in its place, its sign, or nothing.

The reference is run again with the change. What comes out is compared with what the student
returned, so every sentence here is true of the student's numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Exercise
from autograder.judge.context import Context
from autograder.judge.quantities import alike, is_small, known_names, turns_into, used_by
from autograder.judge.slips import Explanation

_QUESTION = "Which quantities does this line need, and which does yours use?"


Change = Callable[[SimpleNamespace], Any]


@dataclass(frozen=True)
class Edit:
    """One quantity changed wherever one step reads it.

    Args:
        step: the step that is computed with the change.
        of: the quantity.
        change: from all values to what stands in its place.
        id: the catalogue's row, or "".
        name: the mistake's name.
        instead: what stands in its place, in words.
    """

    step: str
    of: str
    change: Change
    id: str
    name: str
    instead: str


def edit_explanations(context: Context, values: Sequence[Any]) -> list[Explanation]:
    """All changes of one quantity in one step that give a student's value.

    Args:
        context: the part and what it may rest on.
        values: what the student returned for it, one value per probe.

    Returns:
        The changes in the part's own step that fit; if there are none, those in earlier steps
        that are no parts.
    """
    exercise, part, drawn = context.case.exercise, context.part.name, context.case.drawn
    several = list(context.namespaces())
    if not is_small(drawn):
        return []
    graded = {one.name for one in exercise.parts}
    names = list(exercise.steps)
    earlier = [name for name in names[: names.index(part)] if name not in graded]
    for steps in ([part], earlier[::-1]):
        found: dict[str, Explanation] = {}
        for namespaces in several:
            known = known_names(exercise, namespaces)
            right = [getattr(v, part) for v in namespaces]
            for step in steps:
                for edit in _edits(exercise, step, namespaces, known):
                    made = (_worked(exercise, part, edit, v) for v in namespaces)
                    if turns_into(values, right, exercise.tolerance, made, True):
                        said = _explanation(edit, part)
                        found.setdefault(said.name, said)
        if found:
            return list(found.values())
    return []


def _edits(
    exercise: Exercise, step: str, namespaces: Sequence[SimpleNamespace], known: Sequence[str]
) -> Iterator[Edit]:
    names = list(exercise.steps)
    later = set(names[names.index(step) :])
    for of in used_by(exercise.steps[step], namespaces[0]):
        if of not in known:
            continue
        for other in known:
            if other not in (of, step) and other not in later and alike(namespaces, of, other):
                yield Edit(step, of, _value_of(other), "", f"{other} instead of {of}", other)
        for id, name, instead, change in _CHANGES:
            yield Edit(step, of, _changed(of, change), id, name.format(of), instead.format(of))
        if all(_is_square(getattr(v, of)) for v in namespaces):
            yield Edit(step, of, _changed(of, np.transpose), "M11", f"{of} transposed", f"{of}ᵀ")


def _value_of(name: str) -> Change:
    return lambda v: getattr(v, name)


def _changed(name: str, change: Callable[[Any], Any]) -> Change:
    return lambda v: change(np.asarray(getattr(v, name)))


_CHANGES: tuple[tuple[str, str, str, Callable[[Any], Any]], ...] = (
    ("M1", "a wrong sign for {}", "−{}", lambda a: -a),
    ("M31", "a missing term, the one with {}", "0", np.zeros_like),
    ("M31", "a missing factor {}", "1", np.ones_like),
    ("M2", "{} taken twice", "2·{}", lambda a: 2 * a),
    ("M2", "half of {}", "half of {}", lambda a: a / 2),
    ("M31", "{} squared", "the square of {}", lambda a: a * a),
    ("M31", "the reciprocal of {}", "1/{}", lambda a: 1 / a),
)


def _is_square(value: Any) -> bool:
    shape = np.shape(value)
    return len(shape) == 2 and shape[0] == shape[1]


def _worked(exercise: Exercise, part: str, edit: Edit, v: SimpleNamespace) -> Any:
    """The part as the edit gives it, or None where it stops."""
    try:
        with np.errstate(all="ignore"):
            put = edit.change(v)
            put = float(put) if np.ndim(put) == 0 else put
            made = exercise.steps[edit.step](SimpleNamespace(**{**vars(v), edit.of: put}))
            if edit.step == part:
                return made
            held = SimpleNamespace(**{**vars(v), edit.step: made})
            names = list(exercise.steps)
            graded = {one.name for one in exercise.parts} - {part}
            for name in names[names.index(edit.step) + 1 : names.index(part) + 1]:
                if name not in graded:
                    setattr(held, name, exercise.steps[name](held))
            return getattr(held, part)
    except Exception:
        return None


def _explanation(edit: Edit, part: str) -> Explanation:
    where = "" if edit.step == part else f" in {edit.step}" if len(edit.step) < 4 else " earlier on"
    evidence = (
        f"your {{part}} is what comes out with {edit.instead} instead of {edit.of}{where}, "
        "on every input."
    )
    return Explanation(edit.id, edit.name, evidence, edit.name, _QUESTION)
