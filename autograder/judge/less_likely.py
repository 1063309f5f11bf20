"""Mistakes that an exercise makes only when nothing else explains an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Mistake
from autograder.judge.compare import close
from autograder.judge.context import Context
from autograder.judge.quantities import is_small, turns_into
from autograder.judge.slips import Explanation

# Mistakes that are tried at most for the parts of one answer, which takes about half a second.
MOST_TRIED = 1_500
_TRIED = "less likely mistakes tried"


def less_likely(context: Context, values: Sequence[Any]) -> list[Explanation]:
    """The exercise's less likely mistakes that give a student's value.

    Args:
        context: the part and what it may rest on.
        values: what the student returned for it, one value per probe.

    Returns:
        Those that fit, each name once.
    """
    exercise = context.case.exercise
    if exercise.further is None or not is_small(exercise, context.case.drawn):
        return []
    found: dict[str, Explanation] = {}
    several = list(context.namespaces())
    mistakes, memory = list(exercise.further()), context.case.memory
    memory[_TRIED] = memory.get(_TRIED, 0) + len(mistakes) * len(several)
    # An answer of which no part has a name would take too long.
    if memory[_TRIED] > max(MOST_TRIED, len(mistakes)):
        return []
    for mistake in mistakes:
        for namespaces in several:
            right = [getattr(v, context.part.name) for v in namespaces]
            made = _made(context, mistake, namespaces)
            if turns_into(values, right, exercise.tolerance, made, True):
                found[mistake.name] = _told(mistake)
                break
    return list(found.values())


def explains_everything(context: Context) -> list[Explanation]:
    """The less likely mistakes that give every part as the student has it, several of them wrong.

    One that gives all of them is likelier than another for each.

    Args:
        context: any of the parts, with what came back for all.
    """
    case = context.case
    if "joint" not in case.memory:
        case.memory["joint"] = list(_explaining_all(context))
    found: list[Explanation] = case.memory["joint"]
    return found


def _explaining_all(context: Context) -> Iterator[Explanation]:
    exercise = context.case.exercise
    parts = [part.name for part in exercise.parts]
    if exercise.further is None or not is_small(exercise, context.case.drawn):
        return
    if any(part.accept for part in exercise.parts) or set(context.given) != set(parts):
        return
    # What follows from an own wrong part needs no explanation of its own.
    if len([name for name in parts if not _follows(context, name, parts)]) < 2:
        return
    for mistake in exercise.further():
        if all(_gives(context, mistake, i, parts) for i in range(len(context.case.asked))):
            yield _told(mistake)


def _told(mistake: Mistake) -> Explanation:
    return Explanation(mistake.id, mistake.slug, mistake.evidence, mistake.name, mistake.question)


def _follows(context: Context, name: str, parts: Sequence[str]) -> bool:
    """Whether a part is right, or right for the parts before it as they came back."""
    if context.is_right(name):
        return True
    exercise, earlier = context.case.exercise, parts[: parts.index(name)]
    try:
        return all(
            close(
                context.given[name][probe],
                getattr(
                    exercise.solve(inputs, own={one: context.given[one][probe] for one in earlier}),
                    name,
                ),
                exercise.tolerance,
                True,
            )
            for probe, inputs in enumerate(context.case.drawn)
        )
    except Exception:
        return False


def _gives(context: Context, mistake: Mistake, probe: int, parts: Sequence[str]) -> bool:
    """Whether a mistake gives every part as it came back for one set of inputs."""
    exercise = context.case.exercise
    right, steps = context.case.truth[probe], list(exercise.steps)
    before = steps[: min(map(steps.index, mistake.wrong))]
    kept = {name: getattr(right, name) for name in before}
    try:
        made = exercise.solve(context.case.drawn[probe], mistake.wrong, kept)
        return not any(
            _differs(context.given[name][probe], getattr(made, name), exercise.tolerance)
            for name in parts
        )
    except Exception:
        return False


def _made(
    context: Context, mistake: Mistake, namespaces: Sequence[SimpleNamespace]
) -> Iterator[Any]:
    """The part as the mistake has it on each probe; None where it cannot be."""
    for values in namespaces:
        try:
            yield _worked(context, mistake, values)
        except Exception:
            yield None


def _worked(context: Context, mistake: Mistake, values: SimpleNamespace) -> Any:
    exercise, part, uses = context.case.exercise, context.part.name, context.case.uses
    graded = {one.name for one in exercise.parts} - {part}
    held = SimpleNamespace(**vars(values))
    changed: set[str] = set()
    for name, step in exercise.steps.items():
        if name in mistake.wrong or changed & set(uses[name]):
            made = mistake.wrong.get(name, step)(held)
            if name not in graded:
                changed.add(name)
                setattr(held, name, made)
            elif context.is_right(name) and _differs(made, getattr(values, name), 1e-9):
                return None  # A part is right that this mistake would have spoilt.
        if name == part:
            return getattr(held, part) if part in changed else None
    return None


def _differs(value: Any, right: Any, tolerance: float) -> bool:
    return np.shape(value) != np.shape(right) or not close(value, right, tolerance, True)
