"""The slope of an activation in a derivative: left out, taken twice, or written wrongly."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.judge.compare import close
from autograder.judge.context import Context
from autograder.judge.edits import earlier_steps
from autograder.judge.quantities import between, is_number, is_small, turns_into
from autograder.judge.slips import Explanation

Curve = Callable[[Any], Any]
_FLAT = 1e-4


def _sigmoid(z: Any) -> Any:
    return 0.5 * (1 + np.tanh(z / 2))


# Words → the slope as it is written wrongly, from the number before, {z}, and the one after, {s}.
_OF_SIGMOID: Mapping[str, tuple[str, Callable[[Any, Any], Any]]] = {
    "left out": ("M5", lambda z, s: np.ones_like(z)),
    "taken twice": ("M7", lambda z, s: (s * (1 - s)) ** 2),
    "written with the number before it, {z}(1 − {z})": ("M6", lambda z, s: z * (1 - z)),
    "taken at the value instead of at {z}": ("M6", lambda z, s: _sigmoid(s) * (1 - _sigmoid(s))),
    "written as {s} alone": ("M8", lambda z, s: s),
    "written as 1 − {s}": ("M8", lambda z, s: 1 - s),
    "written as 1 − {s}², which belongs to tanh": ("M8", lambda z, s: 1 - s * s),
    "written as (1 − {s})²": ("M8", lambda z, s: (1 - s) ** 2),
    "written as {s}²": ("M8", lambda z, s: s * s),
    "written as {s}(1 + {s})": ("M8", lambda z, s: s * (1 + s)),
    "written as {s}(1 − {s}²)": ("M8", lambda z, s: s * (1 - s * s)),
}
_OF_TANH: Mapping[str, tuple[str, Callable[[Any, Any], Any]]] = {
    "left out": ("M5", lambda z, t: np.ones_like(z)),
    "taken twice": ("M7", lambda z, t: (1 - t * t) ** 2),
    "written with the number before it, 1 − {z}²": ("M6", lambda z, t: 1 - z * z),
    "taken at the value instead of at {z}": ("M6", lambda z, t: 1 - np.tanh(t) ** 2),
    "written without its square, as 1 − {s}": ("M8", lambda z, t: 1 - t),
    "written as (1 − {s})²": ("M8", lambda z, t: (1 - t) ** 2),
    "written as 1 + {s}²": ("M8", lambda z, t: 1 + t * t),
    "written as {s}² − 1": ("M8", lambda z, t: t * t - 1),
    "written as {s}(1 − {s}), which belongs to the sigmoid": ("M8", lambda z, t: t * (1 - t)),
    "written as {s}²": ("M8", lambda z, t: t * t),
    "written as {s}": ("M8", lambda z, t: t),
}
# The name, the symbols of the function and of its value, the curve, its slope, and wrong slopes.
_ACTIVATIONS: tuple[tuple[str, str, str, Curve, Curve, Mapping[str, Any]], ...] = (
    ("the sigmoid", "σ", "s", _sigmoid, lambda s: s * (1 - s), _OF_SIGMOID),
    ("tanh", "tanh", "t", np.tanh, lambda t: 1 - t * t, _OF_TANH),
)


def slope_of_activation(context: Context, values: Sequence[Any]) -> list[Explanation]:
    """The slope of a sigmoid or of tanh, left out or written wrongly, here or on the way.

    Args:
        context: the part and what it may rest on.
        values: what the student returned for it, one value per probe.
    """
    exercise, part = context.case.exercise, context.part.name
    if part not in exercise.derivatives and part not in exercise.gradients:
        return []
    if not is_small(exercise, context.case.drawn):
        return []
    uses = context.case.uses
    names = list(exercise.steps)
    # A slope belongs into a derivative, and those come after the output.
    first = names.index(exercise.output) + 1 if exercise.output in names else 0
    steps = [part, *(name for name in earlier_steps(context) if name in names[first:])]
    found: dict[str, Explanation] = {}
    for namespaces in context.namespaces():
        for step in steps:
            if not all(is_number(getattr(v, step)) for v in namespaces):
                continue
            for before in _sums(namespaces, step, uses[step]):
                for template, id, made in _slopes(context, namespaces, step, before, values):
                    if turns_into(values, [getattr(v, part) for v in namespaces], 1e-9, made):
                        said = _said(context, namespaces, before, template, id)
                        found.setdefault(said.name, said)
            if found:
                return list(found.values())
    return []


def _sums(
    namespaces: Sequence[SimpleNamespace], step: str, used: Collection[str]
) -> Iterator[tuple[str, int]]:
    """What could be the number before an activation whose slope is in a step, and which one."""
    first = namespaces[0]
    for name in vars(first):
        shaped = name != step and all(
            is_number(getattr(v, name)) and np.shape(getattr(v, name)) == np.shape(getattr(v, step))
            for v in namespaces
        )
        if not shaped:
            continue
        for number, (*_, curve, _, _) in enumerate(_ACTIVATIONS):
            after = curve(np.asarray(getattr(first, name)))
            made = [getattr(first, u) for u in used if is_number(getattr(first, u))]
            if name in used or any(close(one, after, 1e-9) for one in made):
                yield name, number


def _slopes(
    context: Context,
    namespaces: Sequence[SimpleNamespace],
    step: str,
    before: tuple[str, int],
    values: Sequence[Any],
) -> Iterator[tuple[str, str, Iterator[Any]]]:
    """The wrong slopes: words, the catalogue's row, and what the part comes to on each input."""
    name, number = before
    *_, curve, slope, wrong = _ACTIVATIONS[number]
    for template, (id, written) in wrong.items():
        made = zip(namespaces, values, strict=True)
        yield template, id, _with_slope(context, made, step, name, (curve, slope, written))


def _said(
    context: Context,
    namespaces: Sequence[SimpleNamespace],
    before: tuple[str, int],
    template: str,
    id: str,
) -> Explanation:
    name, number = before
    kind, function, letter, curve, *_ = _ACTIVATIONS[number]
    z = _symbol(context, namespaces, [getattr(v, name) for v in namespaces], "z", "x")
    after = [curve(np.asarray(getattr(v, name))) for v in namespaces]
    words = template.format(z=z, s=_symbol(context, namespaces, after, letter, function))
    return Explanation(
        id,
        f"{kind}: {words}",
        f"your {{part}} is what you get with the slope of {kind} {words}.",
        f"the slope of {kind}, {words}",
        f"What is the slope of {kind} at 0, and what does your line give there?",
    )


def _symbol(
    context: Context,
    namespaces: Sequence[SimpleNamespace],
    values: Sequence[Any],
    letter: str,
    otherwise: str,
) -> str:
    """What a student calls a quantity: its name, or a letter that means nothing else there."""
    for name in context.case.known:
        found = [getattr(v, name) for v in namespaces]
        if all(
            np.shape(a) == np.shape(b) and close(a, b, 1e-9)
            for a, b in zip(found, values, strict=True)
        ):
            return name
    taken = any(hasattr(v, letter) for v in namespaces)
    return otherwise if taken else letter


def _with_slope(
    context: Context,
    pairs: Iterable[tuple[SimpleNamespace, Any]],
    step: str,
    before: str,
    curves: tuple[Curve, Curve, Callable[[Any, Any], Any]],
) -> Iterator[Any]:
    """The part on each input, with the slope in a step written otherwise."""
    exercise, part = context.case.exercise, context.part.name
    curve, slope, written = curves
    graded = {one.name for one in exercise.parts} - {part}
    path = [name for name in between(context.case.uses, step, part) if name not in graded]
    for v, value in pairs:
        # No `yield` in here: what is set while a generator waits is set for its caller too.
        with np.errstate(all="ignore"):
            z = np.asarray(getattr(v, before))
            after = curve(z)
            # Where the curve is flat, its slope cannot be taken out of a product again.
            right = slope(after)
            steep = right > _FLAT
            made = getattr(v, step) * np.where(steep, written(z, after) / right, 1.0)
            made = float(made) if np.ndim(made) == 0 else made
            if step == part and np.shape(value) == np.shape(made) != ():
                made = np.where(steep, made, value)
            held = SimpleNamespace(**{**vars(v), step: made})
            try:
                for name in path:
                    setattr(held, name, exercise.steps[name](held))
            except Exception:
                return
        yield getattr(held, part)
