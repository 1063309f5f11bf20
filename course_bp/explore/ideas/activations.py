"""Activations and their derivatives, side by side at a point that moves.

Source: D0, D1, D2, activation functions; D2, sigmoid versus tanh (Glorot and Bengio 2010).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...network.activations import ACTIVATIONS, activation_derivative
from ..stage.numbers import short
from ..stage.plot import Axes, note
from ..stage.scene import Control, Frame, Question, Scene, View
from ..stage.svg import picture

if TYPE_CHECKING:
    from ..stage.player import Player

DERIVATIVES = {
    "sigmoid": "s(1 − s)",
    "tanh": "1 − t²",
    "relu": "1 if z > 0, else 0",
    "softplus": "sigmoid(z)",
}
POINTS = [i / 2 for i in range(-10, 11)]


def activations(name: str = "sigmoid", predict: bool = False) -> Player:
    """Move along an activation and watch its derivative.

    Args:
        name: "sigmoid", "tanh", "relu" or "softplus".
        predict: whether to ask for the derivative before it shows.

    Raises:
        ValueError: if there is no such activation.

    Source: D2, activation functions.
    """
    from ..stage.player import Player

    if name not in DERIVATIVES:
        raise ValueError(f"activations has {', '.join(DERIVATIVES)}, not {name!r}.")
    return Player(lambda values: activations_scene(values.get("activation", name), predict))


def activations_scene(name: str, predict: bool = False) -> Scene:
    """The scene: z from −5 to 5."""
    z = np.linspace(-5.5, 5.5, 111)
    low, high = {"sigmoid": (-0.2, 1.2), "tanh": (-1.2, 1.2)}.get(name, (-0.5, 5.5))
    f = ACTIVATIONS[name]
    axes = Axes(0, 0, 640, 330, (-5.5, 5.5), (low, high), name, "z", "")
    at = np.array(POINTS)
    values, slopes = np.asarray(f(at)), activation_derivative(name, at)
    drawn = [
        *axes.frame(),
        axes.curve(z.tolist(), np.asarray(f(z)).tolist(), "blue"),
        axes.curve(z.tolist(), activation_derivative(name, z).tolist(), "orange", dashes="8 4"),
        axes.dot(POINTS[0], float(values[0]), "blue", "value"),
        axes.dot(POINTS[0], float(slopes[0]), "orange", "slope"),
        note(f"{name}(z), solid", 80, 350, "blue"),
        note(f"its derivative, {DERIVATIVES[name]}, dashed", 80, 370, "orange", "8 4"),
    ]
    frames = [
        _frame(name, x, float(v), float(d), axes)
        for x, v, d in zip(POINTS, values, slopes, strict=True)
    ]
    title = f"{name} and its derivative"
    description = (
        f"{name}(z) for z from −5 to 5 rises from {short(values[0], 3)} to {short(values[-1], 3)}; "
        f"its derivative, {DERIVATIVES[name]}, is largest with {short(slopes.max(), 3)} and is "
        f"{short(slopes[0], 2)} at z = −5 and {short(slopes[-1], 2)} at z = 5."
    )
    choices = tuple(DERIVATIVES)
    return Scene(
        title,
        description,
        (View("curves", picture(640, 385, title, description, *drawn)),),
        tuple(frames),
        ("z", f"{name}(z)", "derivative"),
        (Control("activation", "Activation", name, choices=choices, recorded=choices),),
        ("solid: the activation", "dashed: its derivative"),
        opening=POINTS.index(0.0),
        predict=predict,
    )


def _frame(name: str, z: float, value: float, slope: float, axes: Axes) -> Frame:
    rule = DERIVATIVES[name]
    return Frame(
        f"At z = {short(z)}, {name} is {short(value, 4)} and its derivative {short(slope, 4)}.",
        f"{name}({short(z)}) = {short(value)};  derivative {rule} = {short(slope)}",
        ("value", "slope"),
        (*axes.move("value", z, value), *axes.move("slope", z, slope)),
        Question(
            f"{name}({short(z)}) = {short(value, 4)}. What is the derivative there?",
            slope,
            pending=f"{rule} = ?",
        ),
        (short(z), short(value), short(slope)),
    )
