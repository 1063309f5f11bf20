"""One step computed with one quantity changed: another in its place, its sign, or nothing.

The reference is run again with the change. What comes out is compared with what the student
returned, so every sentence here is true of the student's numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Exercise
from autograder.judge.context import Case, Context
from autograder.judge.quantities import (
    alike,
    between,
    is_constant,
    is_small,
    turns_into,
)
from autograder.judge.replacements import (
    BEFORE_PRODUCTS,
    CHANGES,
    FUNCTIONS,
    LAST_TERM,
    SHORTER,
)
from autograder.judge.slips import Explanation

_OF_A_SUM = "Does your loop use = or +=, and where does it start the sum?"
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
        left: what is left of it or not, in words, if only some of its entries are left out.
        sum: whether the name is true only if the step adds up what is left with what is not.
        read: which of the step's reads of the quantity is changed, from 0; None is all of them.
        function: whether one more function is applied to the quantity.
    """

    step: str
    of: str
    change: Change
    id: str
    name: str
    instead: str
    left: str = ""
    sum: bool = False
    read: int | None = None
    function: bool = False


class _ChangedInOnePlace:
    """Values of which one is another the n-th time that it is read."""

    def __init__(self, values: SimpleNamespace, name: str, read: int, put: Any) -> None:
        self._held = (vars(values), name, put)
        self._left = read

    def __getattr__(self, name: str) -> Any:
        values, changed, put = self._held
        if name not in values:
            raise AttributeError(name)
        if name == changed:
            self._left -= 1
            if self._left == -1:
                return put
        return values[name]


def edit_explanations(context: Context, values: Sequence[Any]) -> list[Explanation]:
    """All changes of one quantity in one step that give a student's value.

    Args:
        context: the part and what it may rest on.
        values: what the student returned for it, one value per probe.

    Returns:
        The changes in the part's own step that fit; if there are none, those in earlier steps
        that are not graded.
    """
    if not is_small(context.case.exercise, context.case.drawn):
        return []
    several = list(context.namespaces())
    everywhere = not context.only_special(values)
    for steps in ([context.part.name], earlier_steps(context)):
        found: dict[str, Edit] = {}
        for namespaces in several:
            for step in steps:
                for edit in _to_try(context, step, namespaces):
                    # One use of several is no likely slip if it shows in special cases only.
                    likely_here = everywhere or edit.read is None
                    if likely_here and _gives(context, edit, namespaces, values):
                        found.setdefault(edit.name, edit)
        # A function too many is the least likely of several that fit.
        likely = [edit for edit in found.values() if not edit.function] or list(found.values())
        if likely:
            context.case.edits.extend(likely)
            return [_explanation(edit, context.part.name) for edit in likely]
    return []


def earlier_steps(context: Context) -> list[str]:
    """Ungraded steps before the part that no right part is computed from.

    Args:
        context: the part and what it may rest on.

    Returns:
        Their names, the nearest first.
    """
    exercise, part, uses = context.case.exercise, context.part.name, context.case.uses
    names = list(exercise.steps)
    before = names[: names.index(part)]
    graded = {one.name for one in exercise.parts}
    right = [name for name in before if name in graded and context.is_right(name)]
    return [
        step
        for step in reversed(before)
        if step not in graded
        and not step.startswith("_")
        and between(uses, step, part)
        and not any(step in before[: before.index(r)] and between(uses, step, r) for r in right)
    ]


def _to_try(context: Context, step: str, namespaces: Sequence[SimpleNamespace]) -> Iterable[Edit]:
    """The changes of a step; where an earlier part has shown them, only what was found there."""
    exercise, uses = context.case.exercise, context.case.uses
    names = list(exercise.steps)
    parts = [one.name for one in exercise.parts]
    shown = [
        name
        for name in parts[: parts.index(context.part.name)]
        if names.index(step) < names.index(name) and between(uses, step, name)
    ]
    if step not in parts and shown:
        return [edit for edit in context.case.edits if edit.step == step]
    return _edits(context.case, step, namespaces)


def _gives(
    context: Context, edit: Edit, namespaces: Sequence[SimpleNamespace], values: Sequence[Any]
) -> bool:
    exercise, part = context.case.exercise, context.part.name
    graded = {one.name for one in exercise.parts} - {part}
    path = [name for name in between(context.case.uses, edit.step, part) if name not in graded]
    made = (_worked(exercise, edit, path, v) for v in namespaces)
    right = [getattr(v, part) for v in namespaces]
    if not turns_into(values, right, exercise.tolerance, made, True):
        return False
    # Where nothing is left of an entry, its sum has not lost terms: it is not there at all.
    emptied = (np.any((np.asarray(v) == 0) & (r != 0)) for v, r in zip(values, right, strict=True))
    return not (edit.sum and any(emptied))


def _edits(case: Case, step: str, namespaces: Sequence[SimpleNamespace]) -> Iterator[Edit]:
    names = list(case.exercise.steps)
    later = set(names[names.index(step) :])
    # A 1 on the way, such as dy/dy, is not what anybody mixes up, and its square is the same.
    known = [name for name in case.known if not is_constant([getattr(v, name) for v in namespaces])]
    known_uses = {of: times for of, times in case.uses[step].items() if of in known}
    axes = {of: min(np.ndim(getattr(v, of)) for v in namespaces) for of in known_uses}
    matrix = next((of for of in known_uses if axes[of] >= 2), None)
    for of, times in known_uses.items():
        for other in known:
            if other not in (of, step) and other not in later and alike(namespaces, of, other):
                whole = Edit(step, of, _value_of(other), "", f"{other} instead of {of}", other)
                yield whole
                for read in range(times) if times > 1 else ():
                    yield replace(whole, read=read, name=f"{whole.name} in one place")
        # Whichever of two matrices is summed before their product, the product is the same.
        changes = CHANGES + BEFORE_PRODUCTS if of == matrix else CHANGES
        for id, name, instead, change, needed in changes:
            if axes[of] >= needed:
                yield Edit(step, of, _changed(of, change), id, name.format(of), instead.format(of))
        for name, instead, function in FUNCTIONS:
            words = f"{name.format(of)} instead of {of}"
            put = _changed(of, function)
            yield Edit(step, of, put, "", words, instead.format(of), function=True)
        for id, name, left, change, needed in SHORTER:
            if axes[of] >= needed:
                kept = name == LAST_TERM
                put = _changed(of, change)
                yield Edit(step, of, put, id, name, "0", left.format(of), sum=kept)
        if all(_is_square(getattr(v, of)) for v in namespaces):
            yield Edit(step, of, _changed(of, np.transpose), "M11", f"{of} transposed", f"{of}ᵀ")


def _value_of(name: str) -> Change:
    return lambda v: getattr(v, name)


def _changed(name: str, change: Callable[[Any], Any]) -> Change:
    return lambda v: change(np.asarray(getattr(v, name)))


def _is_square(value: Any) -> bool:
    shape = np.shape(value)
    return len(shape) == 2 and shape[0] == shape[1]


def _worked(exercise: Exercise, edit: Edit, path: Sequence[str], v: SimpleNamespace) -> Any:
    """What the edit makes of the last step of a path, or None where it stops."""
    try:
        put = edit.change(v)
        put = float(put) if np.ndim(put) == 0 else put
        held = SimpleNamespace(**vars(v))
        if edit.read is None:
            setattr(held, edit.of, put)
            made = exercise.steps[edit.step](held)
            setattr(held, edit.of, getattr(v, edit.of))
        else:
            once: Any = _ChangedInOnePlace(v, edit.of, edit.read, put)
            made = exercise.steps[edit.step](once)
        setattr(held, edit.step, made)
        for name in path:
            made = exercise.steps[name](held)
            setattr(held, name, made)
        return made
    except Exception:
        return None


def _explanation(edit: Edit, part: str) -> Explanation:
    where = "" if edit.step == part else f" in {edit.step}" if len(edit.step) < 4 else " earlier on"
    what = edit.left or f"{edit.instead} is used where {edit.of} belongs"
    evidence = f"your {{part}} is what you get if {what}{where}{{everywhere}}."
    question = _OF_A_SUM if edit.sum else _QUESTION
    return Explanation(edit.id, edit.name, evidence, edit.name, question)
