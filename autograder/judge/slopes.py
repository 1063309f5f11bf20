"""The slope of an activation in a derivative: left out, taken twice, or written wrongly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.judge.context import Context
from autograder.judge.quantities import is_number, turns_into
from autograder.judge.slips import Explanation

Curve = Callable[[Any], Any]
_FLAT = 1e-4


def _sigmoid(z: Any) -> Any:
    return 0.5 * (1 + np.tanh(z / 2))


# Words → the slope as it is written wrongly, from the number before and the one after.
_OF_SIGMOID: Mapping[str, tuple[str, Callable[[Any, Any], Any]]] = {
    "left out": ("M5", lambda z, s: np.ones_like(z)),
    "taken twice": ("M7", lambda z, s: (s * (1 - s)) ** 2),
    "written with the number before it, z(1 − z)": ("M6", lambda z, s: z * (1 - z)),
    "taken at the value instead of at z": ("M6", lambda z, s: _sigmoid(s) * (1 - _sigmoid(s))),
    "written as s alone": ("M8", lambda z, s: s),
    "written as 1 − s": ("M8", lambda z, s: 1 - s),
    "written as 1 − s², which belongs to tanh": ("M8", lambda z, s: 1 - s * s),
    "written as (1 − s)²": ("M8", lambda z, s: (1 - s) ** 2),
    "written as s²": ("M8", lambda z, s: s * s),
    "written as s(1 + s)": ("M8", lambda z, s: s * (1 + s)),
    "written as s(1 − s²)": ("M8", lambda z, s: s * (1 - s * s)),
}
_OF_TANH: Mapping[str, tuple[str, Callable[[Any, Any], Any]]] = {
    "left out": ("M5", lambda z, t: np.ones_like(z)),
    "taken twice": ("M7", lambda z, t: (1 - t * t) ** 2),
    "written with the number before it, 1 − z²": ("M6", lambda z, t: 1 - z * z),
    "taken at the value instead of at z": ("M6", lambda z, t: 1 - np.tanh(t) ** 2),
    "written without its square, as 1 − t": ("M8", lambda z, t: 1 - t),
    "written as (1 − t)²": ("M8", lambda z, t: (1 - t) ** 2),
    "written as 1 + t²": ("M8", lambda z, t: 1 + t * t),
    "written as t² − 1": ("M8", lambda z, t: t * t - 1),
    "written as t(1 − t), which belongs to the sigmoid": ("M8", lambda z, t: t * (1 - t)),
    "written as t²": ("M8", lambda z, t: t * t),
    "written as t": ("M8", lambda z, t: t),
}
_ACTIVATIONS = (
    ("sigmoid", _sigmoid, lambda s: s * (1 - s), _OF_SIGMOID),
    ("tanh", np.tanh, lambda t: 1 - t * t, _OF_TANH),
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
    names = list(exercise.steps)
    graded = {one.name for one in exercise.parts}
    steps = [part, *(n for n in names[: names.index(part)][::-1] if n not in graded)]
    found: dict[str, Explanation] = {}
    for namespaces in context.namespaces():
        for step in steps:
            if not all(is_number(getattr(v, step)) for v in namespaces):
                continue
            for before in _sums(namespaces, step):
                for said, made in _slopes(context, namespaces, step, before, values):
                    if turns_into(values, [getattr(v, part) for v in namespaces], 1e-9, made):
                        found.setdefault(said.name, said)
            if found:
                return list(found.values())
    return []


def _sums(namespaces: Sequence[SimpleNamespace], step: str) -> list[str]:
    """What could be the number before an activation whose slope is in a step."""
    return [
        name
        for name in vars(namespaces[0])
        if name != step
        and all(
            is_number(getattr(v, name)) and np.shape(getattr(v, name)) == np.shape(getattr(v, step))
            for v in namespaces
        )
    ]


def _slopes(
    context: Context,
    namespaces: Sequence[SimpleNamespace],
    step: str,
    before: str,
    values: Sequence[Any],
) -> Iterator[tuple[Explanation, Iterator[Any]]]:
    for kind, curve, slope, wrong in _ACTIVATIONS:
        for words, (id, written) in wrong.items():
            said = Explanation(
                id,
                f"{kind}: {words}",
                f"your {{part}} is what comes out with the slope of the {kind} {words}.",
                f"the slope of the {kind}, {words}",
                f"What is the slope of the {kind} at 0, and what does your line give there?",
            )
            made = zip(namespaces, values, strict=True)
            yield said, _with_slope(context, made, step, before, (curve, slope, written))


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
    names = list(exercise.steps)
    graded = {one.name for one in exercise.parts} - {part}
    for v, value in pairs:
        with np.errstate(all="ignore"):
            z = np.asarray(getattr(v, before))
            after = curve(z)
            # Where the curve is flat, its slope cannot be taken out of a product again.
            steep = slope(after) > _FLAT
            ratio = np.where(steep, written(z, after) / slope(after), 1.0)
            made = getattr(v, step) * ratio
            if step == part:
                yield np.where(steep, made, value) if np.shape(value) == np.shape(made) else made
                continue
            held = SimpleNamespace(**{**vars(v), step: made})
            try:
                for name in names[names.index(step) + 1 : names.index(part) + 1]:
                    if name not in graded:
                        setattr(held, name, exercise.steps[name](held))
            except Exception:
                return
        yield np.asarray(getattr(held, part))
