"""Cross-entropy and quadratic loss over two weights, and a point that descends on each.

A network with one hidden unit, p = sigmoid(w₂ · tanh(w₁ · x)), and three examples. The quadratic
loss has plains on which the gradient is all but zero; the cross-entropy is steep there.

Source: D2, cross-entropy versus quadratic loss (Glorot and Bengio 2010, figure 5).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...network.losses import binary_cross_entropy_with_logits, half_squared_error
from ...primitives import sigmoid, tanh
from ...reverse_mode import value_and_grad
from ..stage.heat import grid, heat_image
from ..stage.numbers import factor, short
from ..stage.plot import Axes, note
from ..stage.scene import Control, Frame, Scene, View
from ..stage.svg import Element, Patch, element, picture

if TYPE_CHECKING:
    from ..stage.player import Player

X = np.array([[-2.0], [1.0], [1.5]])
Y = np.array([[0.0], [1.0], [1.0]])
RANGE = (-4.0, 4.0)
STEPS, GRID, BANDS = 40, 81, 16
STARTS = (-3.5, -1.0, 1.0, 3.5)


def cross_entropy(w1: Any, w2: Any) -> Any:
    """The mean cross-entropy of the network with these weights."""
    return binary_cross_entropy_with_logits(w2 * tanh(w1 * X), Y)


def quadratic(w1: Any, w2: Any) -> Any:
    """Half the mean squared error of the network with these weights."""
    return half_squared_error(sigmoid(w2 * tanh(w1 * X)), Y)


LOSSES: tuple[tuple[str, Callable[[Any, Any], Any]], ...] = (
    ("cross-entropy", cross_entropy),
    ("quadratic", quadratic),
)


def loss_surface(w1: float = -2.5, w2: float = 3.0, rate: float = 1.0) -> Player:
    """Descend on the two losses from the same weights, side by side.

    Args:
        w1, w2: where to begin, each from −4 to 4.
        rate: the learning rate.

    Raises:
        ValueError: if one is not finite.

    Source: D2, the loss surfaces.
    """
    from ..stage.player import Player

    for name, x in (("w1", w1), ("w2", w2), ("rate", rate)):
        if not isfinite(x):
            raise ValueError(f"{name} must be a finite number, not {x}.")

    def build(values: dict[str, Any]) -> Scene:
        now = {"w1": w1, "w2": w2, "rate": rate, **values}
        return loss_surface_scene(now["w1"], now["w2"], now["rate"])

    return Player(build)


class Walked(NamedTuple):
    """A step of gradient descent: the weights, the loss there and its derivatives."""

    w1: float
    w2: float
    loss: float
    d1: float
    d2: float


def descend(
    loss: Callable[[Any, Any], Any], w1: float, w2: float, rate: float, steps: int = STEPS
) -> list[Walked]:
    """Gradient descent from two weights."""
    slope = value_and_grad(loss, (0, 1))
    walked = []
    for _ in range(steps + 1):
        value, (d1, d2) = slope(float(w1), float(w2))
        walked.append(Walked(w1, w2, float(value), float(d1), float(d2)))
        w1, w2 = w1 - rate * d1, w2 - rate * d2
    return walked


@cache
def surface(loss: Callable[[Any, Any], Any]) -> NDArray[np.float64]:
    """The loss on a grid of weights, w₁ across and w₂ up."""
    across, up = grid(RANGE, RANGE, GRID)
    rows = [[float(loss(a, b)) for a, b in zip(*row, strict=True)]
            for row in zip(across.tolist(), up.tolist(), strict=True)]  # fmt: skip
    return np.array(rows)


def loss_surface_scene(w1: float, w2: float, rate: float) -> Scene:
    """The scene: both points, step by step."""
    drawn: list[Element] = []
    walks = {}
    for i, (name, loss) in enumerate(LOSSES):
        axes = Axes(400.0 * i, 0, 400, 400, RANGE, RANGE, name, "w₁", "w₂")
        drawn += _panel(axes, name, surface(loss))
        walks[name] = axes, descend(loss, w1, w2, rate)
    drawn.append(note("light: high loss, dark: low loss; the line is the way so far", 64, 420))
    frames = [_frame(i, rate, walks) for i in range(STEPS + 1)]
    ends = ", ".join(
        f"{name} from {short(w[0].loss, 3)} to {short(w[-1].loss, 3)}"
        for name, (_, w) in walks.items()
    )
    title = "Two loss surfaces over two weights"
    description = (
        f"Two maps of the loss over w₁ and w₂, from −4 to 4, light where it is high. Both are "
        f"lowest where w₁ and w₂ have the same sign and are large. From w₁ = {short(w1)}, w₂ = "
        f"{short(w2)}, {STEPS} steps of rate {short(rate)} bring {ends}."
    )
    return Scene(
        title,
        description,
        (View("maps", picture(810, 430, title, description, *drawn)),),
        tuple(frames),
        ("step", *(f"{name}: {what}" for name in walks for what in ("w₁, w₂", "loss", "|∇|"))),
        (
            Control("w1", "Start w₁", w1, low=-4.0, high=4.0, step=0.1, recorded=STARTS),
            Control("w2", "Start w₂", w2, low=-4.0, high=4.0, step=0.1, recorded=STARTS),
            Control("rate", "Learning rate", rate),
        ),
        ("the dot: the weights now", "light: high loss, dark: low loss"),
    )


def _panel(axes: Axes, name: str, values: NDArray[np.float64]) -> list[Element]:
    frame = axes.frame()
    left, right = axes.across(RANGE[0]), axes.across(RANGE[1])
    top, bottom = axes.up(RANGE[1]), axes.up(RANGE[0])
    image = element(
        "image", x=left, y=top, width=right - left, height=bottom - top,
        href=heat_image(values, values.min(), values.max(), BANDS), preserveAspectRatio="none",
        style="image-rendering:pixelated",
    )  # fmt: skip
    trail = [
        element("path", d="", class_="bp-curve", style=style, data_key=f"way.{name}")
        for style in ("stroke:#000000;stroke-width:5", "stroke:#ffffff")
    ]
    return [image, *frame, *trail, axes.dot(0.0, 0.0, "red", f"dot.{name}")]


def _frame(i: int, rate: float, walks: dict[str, tuple[Axes, list[Walked]]]) -> Frame:
    changes: list[Patch] = []
    row = [str(i)]
    spoken, equations = [], []
    for name, (axes, walk) in walks.items():
        w1, w2, loss, *_ = walk[i]
        slope = float(np.hypot(walk[i].d1, walk[i].d2))
        way = axes.path([w.w1 for w in walk[: i + 1]], [w.w2 for w in walk[: i + 1]])
        changes += [(f"way.{name}", "d", way), *axes.move(f"dot.{name}", w1, w2)]
        row += [f"{short(w1, 3)}, {short(w2, 3)}", short(loss, 4), short(slope, 3)]
        if i:
            was = walk[i - 1]
            equations.append(
                f"{name}: w₂ = {short(was.w2, 3)} − {short(rate, 3)} × {factor(was.d2, 3)} = "
                f"{short(w2, 3)}"
            )
        spoken.append(f"{name} {short(loss, 4)}, gradient {short(slope, 3)}")
    return Frame(
        f"Step {i}: {'; '.join(spoken)}.",
        "; ".join(equations) or "the weights to begin with",
        tuple(f"dot.{name}" for name in walks),
        tuple(changes),
        row=tuple(row),
    )
