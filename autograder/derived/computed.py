"""`computed(...)`: an exercise that asks for values instead of derivatives, in a few lines.

from autograder.derived.author import computed, mistake, real

SPREAD = computed(
    "spread.values",
    inputs={"x": real("N")},
    steps={"mean": lambda v: v.x.mean(), "variance": lambda v: ((v.x - v.mean) ** 2).mean()},
    points={"mean": 1, "variance": 2},
    mistakes=[
        mistake("the mean of the squares", {"variance": lambda v: (v.x**2).mean()},
                "your {part} does not take the mean off first."),
    ],
)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from autograder.derived.arguments import (
    require_fields,
    require_inputs,
    require_known,
    require_mistakes,
    require_points,
)
from autograder.derived.probes import derived_probes, solved
from autograder.derived.titles import title_of
from autograder.domain import Chosen, Real
from autograder.exercise import Exercise, Inputs, Mistake, Part, Step


def mistake(
    name: str,
    wrong: Mapping[str, Step],
    evidence: str,
    question: str = "",
    hints: tuple[str, str, str] | None = None,
) -> Mistake:
    """A wrong way to do an exercise.

    Args:
        name: what feedback calls it.
        wrong: step → how it is computed wrongly; `v` holds the inputs and the earlier steps.
        evidence: what shows it, a sentence in which `{part}` stands for the part's name.
        question: one question that leads on.
        hints: nudge, pointer, worked idea.

    Returns:
        The mistake.
    """
    asked = question or f"Could it be {name}?"
    return Mistake(
        "",
        name,
        wrong,
        evidence,
        name=name,
        question=asked,
        hints=hints or (asked, f"It looks like {name}.", "Work out a small example by hand."),
    )


def computed(
    id: str,
    *,
    inputs: Mapping[str, Real | Chosen],
    steps: Mapping[str, Step],
    points: Mapping[str, float],
    title: str = "",
    sizes: Mapping[str, Sequence[int]] | None = None,
    mistakes: Sequence[Mistake] = (),
    labels: Mapping[str, str] | None = None,
    **overrides: Any,
) -> Exercise:
    """An exercise whose right answer is a list of steps.

    The student's function takes the inputs in their order and returns a dict of values.

    Args:
        id: such as "spread.values".
        inputs: the domain of each argument, in order, as for `exercise`.
        steps: name → how it is computed from `v`, which holds the inputs and the earlier steps; a
            float or an array of floats.
        points: the steps that are handed in, and what they are worth.
        title: what a person calls it (default: from the id).
        sizes: the lengths to ask for by letter, where 1, 2 and 4 do not do.
        mistakes: wrong ways to do it, made with `mistake`.
        labels: part → how feedback speaks of it.
        **overrides: further fields of `Exercise`.

    Returns:
        The exercise.

    Raises:
        NotDerivable: if an argument means nothing; the message says what to change.
    """
    require_inputs(id, inputs, sizes)
    require_points(id, points)
    require_fields(id, overrides, computed)
    for name in points:
        require_known(id, "points", name, steps, "is not one of the steps. They are")
    require_mistakes(id, mistakes, steps)
    said = labels or {}
    for name in said:
        require_known(id, "labels", name, points, "is not a part. The parts are")
    parts = tuple(
        Part(name, float(points[name]), said.get(name, "")) for name in steps if name in points
    )

    names = [part.name for part in parts]

    def solve(given: Inputs, noise: float) -> list[Any]:
        return solved(given, steps, names, noise)

    made = Exercise(
        id=id,
        unit="",
        title=title or title_of(id),
        objectives=(),
        deck="",
        steps=steps,
        parts=parts,
        probes=derived_probes(inputs, solve, sizes or {}),
        mistakes=tuple(mistakes),
        library=(),
        symbols=tuple(steps),
    )
    return replace(made, **overrides) if overrides else made
