"""How large the gradient is in each layer of a deep network: it vanishes, holds or explodes.

Source: D2, sigmoid versus tanh (Glorot and Bengio 2010); D1, D3, BP2: each layer multiplies by
its weights and by the derivative of its activation.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from ...network.mlp import MLP
from ..stage.numbers import short, whole
from ..stage.plot import Axes, note
from ..stage.scene import Control, Frame, Question, Scene, View
from ..stage.svg import Patch, picture

if TYPE_CHECKING:
    from ..stage.player import Player

KINDS = (("sigmoid", "orange", None), ("tanh", "blue", "8 4"), ("relu", "green", "2 4"))
WIDTH, EXAMPLES = 32, 64


def depth(layers: int = 12, predict: bool = False) -> Player:
    """Follow the gradient back through a deep network, for three activations.

    Args:
        layers: hidden layers, 2 to 30.
        predict: whether to ask for the next layer's size.

    Raises:
        TypeError: if it is not a whole number.
        ValueError: if there are too few layers or too many.

    Source: D2, sigmoid versus tanh.
    """
    from ..stage.player import Player

    if not 2 <= whole(layers, "depth takes") <= 30:
        raise ValueError(f"depth takes 2 to 30 layers, not {layers}.")
    return Player(
        lambda values: depth_scene(
            int(values.get("layers", layers)), float(values.get("gain", 1.0)), predict
        )
    )


def gradient_sizes(activation: str, layers: int, gain: float) -> list[float]:
    """The root mean square of δ in each hidden layer, from the first to the last, by backprop.

    Args:
        activation: of the hidden layers.
        layers: how many of these there are.
        gain: what the usual initial weights are multiplied by.
    """
    rng = np.random.default_rng(7)
    net = MLP([WIDTH] * (layers + 1) + [1], hidden=activation, seed=3)
    for layer in net.parameters:
        layer["W"] = gain * layer["W"]
    x, y = rng.normal(size=(EXAMPLES, WIDTH)), rng.normal(size=(EXAMPLES, 1))
    delta = net.backprop(x, y).delta
    return [float(np.sqrt(np.mean(delta[i] ** 2))) for i in range(2, layers + 2)]


def depth_scene(layers: int, gain: float = 1.0, predict: bool = False) -> Scene:
    """The scene: from the last hidden layer to the first."""
    sizes = {name: gradient_sizes(name, layers, gain) for name, _, _ in KINDS}
    logs = [math.log10(max(s, 1e-300)) for found in sizes.values() for s in found]
    axes = Axes(0, 0, 680, 360, (1, layers), (math.floor(min(logs)), math.ceil(max(logs)) + 0.01),
                "size of δ = ∂C/∂z", "hidden layer (the output is on the right)",
                "root mean square", log_y=True)  # fmt: skip
    numbers = [float(i) for i in range(1, layers + 1)]
    drawn = axes.frame()
    for i, (name, colour, dashes) in enumerate(KINDS):
        curve = axes.curve([], [], colour, f"curve.{name}", dashes)
        drawn += [curve, axes.dot(numbers[-1], sizes[name][-1], colour, f"dot.{name}")]
        drawn.append(note(name, 80 + 130 * i, 380, colour, dashes))
    frames = []
    for layer in range(layers, 0, -1):
        shown = {name: found[layer - 1] for name, found in sizes.items()}
        changes: list[Patch] = []
        for name, found in sizes.items():
            path = axes.path(numbers[layer - 1 :], found[layer - 1 :])
            changes += [(f"curve.{name}", "d", path)]
            changes += axes.move(f"dot.{name}", float(layer), found[layer - 1])
        written = ", ".join(f"{name} {short(size, 3)}" for name, size in shown.items())
        frames.append(
            Frame(
                f"Layer {layer}: {written}.",
                f"δ in layer {layer}: {written}",
                tuple(f"dot.{name}" for name in shown),
                tuple(changes),
                _question(layer, layers, sizes),
                (str(layer), *(short(size, 4) for size in shown.values())),
            )
        )
    per_layer = ", ".join(
        f"{name} {short((found[0] / found[-1]) ** (1 / (layers - 1)), 3)}"
        for name, found in sizes.items()
    )
    title = "Gradients through depth"
    description = (
        f"The root mean square of δ in {layers} hidden layers of {WIDTH} units, from the last to "
        f"the first, for sigmoid, tanh and ReLU with the usual initial weights times "
        f"{short(gain)}. Each layer back multiplies it, on average, by: {per_layer}."
    )
    return Scene(
        title,
        description,
        (View("curves", picture(680, 395, title, description, *drawn)),),
        tuple(frames),
        ("layer", *(name for name, _, _ in KINDS)),
        (
            Control(
                "layers",
                "Hidden layers",
                float(layers),
                low=2,
                high=30,
                step=1,
                recorded=(4.0, 8.0, 12.0, 20.0, 30.0),
            ),
            Control(
                "gain",
                "Weights times",
                gain,
                low=0.5,
                high=3.0,
                step=0.1,
                recorded=(0.5, 1.0, 1.5, 2.0, 3.0),
            ),
        ),
        ("the pass goes from right to left", "solid sigmoid, dashed tanh, dotted ReLU"),
        predict=predict,
    )


def _question(layer: int, layers: int, sizes: dict[str, list[float]]) -> Question | None:
    if layer != layers - 1:
        return None
    ratio: dict[str, Any] = {name: found[layer - 1] / found[layer] for name, found in sizes.items()}
    smallest = min(ratio, key=lambda name: abs(ratio[name]))
    reasons = tuple(f"One layer back multiplies it by {short(ratio[name], 3)}." for name in ratio)
    return Question(
        "Going back one layer, whose gradient shrinks most?",
        smallest, tuple(ratio), reasons, "δ of the layer before = ?",
    )  # fmt: skip
