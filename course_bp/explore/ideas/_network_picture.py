"""The picture of a small network: a map of the plane for every unit, a line for every weight."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..stage.heat import grid, heat_image
from ..stage.numbers import factor, short
from ..stage.plot import Axes, note
from ..stage.scene import Frame
from ..stage.svg import Element, Patch, element, picture
from ._network_training import EPOCHS_A_FRAME, Parameters, Training

TILE, GAP_X, GAP_Y, GRID, LARGE = 48.0, 92.0, 20.0, 24, 48
TOP, LEAST = 46.0, 310.0  # room for the legend below the network
FORWARD = (
    "a square: what the unit says to each point,",
    "light where it is large, dark where small",
    "solid line: weight above 0; dashed: below",
    "thick: large; select one to set it",
)
BACKWARD = (
    "a line: ∂loss/∂weight, thick where it is largest",
    "solid above 0, so that the weight shrinks;",
    "dashed below 0, so that it grows",
    "δ: ∂loss/∂z of the unit, over all examples",
)


class NetworkPicture:
    """Draws a training's network once, and says what changes from frame to frame."""

    def __init__(self, training: Training) -> None:
        self.training = training
        self.sizes = training.net.sizes
        self.reach = float(np.ceil(np.abs(training.X).max() * 1.15 * 2) / 2)
        ends = (-self.reach, self.reach)
        self.small = _rows(*grid(ends, ends, GRID))
        self.large = _rows(*grid(ends, ends, LARGE))
        self.net_width = max(30 + len(self.sizes) * (TILE + GAP_X) - GAP_X, LEAST)
        self.map = Axes(self.net_width, 0, 330, 340, ends, ends, "what the output says", "x₁", "x₂")
        self.loss = Axes(self.net_width + 340, 0, 270, 250, (0, 100), (0, 1), "loss", "epoch", "")
        most = max(self.sizes) * (TILE + GAP_Y) + TOP + 10
        self.height = max(346.0, most + 70)

    def draw(self, title: str, description: str, backward: bool = False) -> Element:
        """The picture without numbers, for the view of the activations or of the gradients."""
        lines = [self._line(i, j, k, backward) for i, j, k in self.edges()]
        tiles = [
            self._tile(layer, unit, backward)
            for layer, count in enumerate(self.sizes) for unit in range(count)
        ]  # fmt: skip
        heads = [
            element("text", words, x=self.place(layer, 0)[0] + TILE / 2, y=18,
                    class_="bp-small middle")
            for layer, words in enumerate(self._heads())
        ]  # fmt: skip
        legend = [
            note(words, 12, self.height - 52 + 16 * i)
            for i, words in enumerate(BACKWARD if backward else FORWARD)
        ]
        children = [*heads, *lines, *tiles, *self._map(), *self._loss_axes(), *legend]
        return picture(self.net_width + 620, self.height + 6, title, description, *children)

    def _heads(self) -> list[str]:
        hidden = [f"hidden {i}" for i in range(1, len(self.sizes) - 1)]
        return ["inputs", *hidden, "output"]

    def place(self, layer: int, unit: int) -> tuple[float, float]:
        """The upper left corner of a unit's square."""
        middle = (max(self.sizes) - self.sizes[layer]) * (TILE + GAP_Y) / 2
        return 20 + layer * (TILE + GAP_X), TOP + middle + unit * (TILE + GAP_Y)

    def edges(self) -> Iterator[tuple[int, int, int]]:
        """Layer, unit that a weight comes from, unit that it goes to."""
        for layer in range(len(self.sizes) - 1):
            for j in range(self.sizes[layer]):
                for k in range(self.sizes[layer + 1]):
                    yield layer, j, k

    def _line(self, layer: int, j: int, k: int, backward: bool) -> Element:
        (x0, y0), (x1, y1) = self.place(layer, j), self.place(layer + 1, k)
        key = weight_key(layer, j, k)
        ends = {"x1": x0 + TILE, "y1": y0 + TILE / 2, "x2": x1, "y2": y1 + TILE / 2}
        return element(
            "g",
            element("title", key),
            element("line", **ends, class_="bp-weight", data_key=f"∂{key}" if backward else key),
            element("line", **ends, class_="bp-grip"),  # thin lines are hard to hit
            data_input=key,
        )

    def _tile(self, layer: int, unit: int, backward: bool) -> Element:
        x, y = self.place(layer, unit)
        key = f"u{layer}.{unit}"
        label = f"x{unit + 1}" if layer == 0 else ""
        return element(
            "g",
            element("image", x=x, y=y, width=TILE, height=TILE, data_key=key,
                    style="image-rendering:pixelated"),
            element("rect", x=x, y=y, width=TILE, height=TILE, class_="bp-axis"),
            element("text", label, x=x + TILE / 2, y=y - 5, class_="bp-small bp-halo middle",
                    data_key=f"{key}.{'delta' if backward else 'bias'}",
                    data_input=bias_key(layer - 1, unit) if layer else None),
        )  # fmt: skip

    def _map(self) -> list[Element]:
        axes, ends = self.map, self.map.xs
        image = element(
            "image", x=axes.across(ends[0]), y=axes.up(ends[1]),
            width=axes.across(ends[1]) - axes.across(ends[0]),
            height=axes.up(ends[0]) - axes.up(ends[1]), data_key="map",
            preserveAspectRatio="none", style="image-rendering:pixelated",
        )  # fmt: skip
        dots = []
        for (x, y), label in zip(self.training.X, self.training.y[:, 0], strict=True):
            at, up = axes.across(x), axes.up(y)
            shape = (
                element("circle", cx=at, cy=up, r=4.5, class_="bp-one")
                if label > 0.5
                else element("rect", x=at - 4, y=up - 4, width=8, height=8, class_="bp-zero")
            )
            dots.append(shape)
        return [image, *axes.frame(), *dots]

    def _loss_axes(self) -> list[Element]:
        axes = self.loss
        curve = axes.curve([], [], "blue", "curve")
        # the axis grows with the training, so its last tick is written anew in every frame
        left, right, bottom = axes.across(0), axes.across(100), axes.up(0)
        frame = [element("rect", x=left, y=axes.up(1), width=right - left,
                         height=bottom - axes.up(1), class_="bp-axis")]  # fmt: skip
        words = [
            element("text", "loss", x=left, y=axes.y + 18, class_="bp-title"),
            element("text", "0", x=left - 10, y=bottom + 4, class_="bp-small end"),
            element(
                "text", "", x=left - 10, y=axes.up(1) + 8, class_="bp-small end", data_key="top"
            ),
            element("text", "epoch 0", x=left, y=bottom + 20, class_="bp-small"),
            element("text", "", x=right, y=bottom + 20, class_="bp-small end", data_key="epochs"),
        ]
        return [*frame, *words, curve, axes.dot(0, 0, "blue", "now")]

    def frame(self, number: int) -> Frame:
        """What a frame changes and says."""
        training = self.training
        parameters, loss = training.history[number]
        changes: list[Patch] = []
        fields: dict[str, float] = {}
        for layer, j, k in self.edges():
            weight = float(parameters[layer]["W"][j, k])
            key = weight_key(layer, j, k)
            width = f"stroke-width:{min(0.6 + 1.6 * abs(weight), 9):.1f}"
            changes += [
                (key, "style", width),
                (key, "data-sign", "below" if weight < 0 else "above"),
            ]
            fields[key] = weight
        for layer, values in enumerate(parameters):
            for unit, bias in enumerate(values["b"]):
                fields[bias_key(layer, unit)] = float(bias)
                text = f"b = {short(bias, 2)}"
                changes.append((f"u{layer + 1}.{unit}.bias", "text", text))
        back, equation = self._gradients(number)
        changes += back
        changes += self._images(number)
        changes += self._curve(number)
        accuracy = training.accuracy(number)
        epoch = number * EPOCHS_A_FRAME
        stop = f" Stopped: {training.stopped}." if self._is_last(number) else ""
        spoken = f"loss {short(loss, 3)}, {short(100 * accuracy, 3)} % right"
        return Frame(
            f"Epoch {epoch}: {spoken}.{stop}",
            equation,
            changes=tuple(changes),
            row=(str(epoch), short(loss), f"{short(100 * accuracy, 3)} %"),
            fields=fields,
        )

    def _gradients(self, number: int) -> tuple[list[Patch], str]:
        """What the view of the gradients changes, and the next step of the steepest weight."""
        pass_ = self.training.backward(number)
        slopes = {
            (layer, j, k): float(pass_.dW[layer + 2][j, k]) for layer, j, k in self.edges()
        }  # fmt: skip
        steepest = max(slopes, key=lambda edge: abs(slopes[edge]))
        largest = max(abs(slopes[steepest]), 1e-300)
        changes: list[Patch] = []
        for edge, slope in slopes.items():
            key = f"∂{weight_key(*edge)}"
            changes += [
                (key, "style", f"stroke-width:{0.6 + 8.0 * abs(slope) / largest:.1f}"),
                (key, "data-sign", "below" if slope < 0 else "above"),
            ]
        for layer, delta in pass_.delta.items():
            sizes = np.sqrt(np.mean(delta**2, axis=0))
            changes += [
                (f"u{layer - 1}.{unit}.delta", "text", f"δ {short(size, 2)}")
                for unit, size in enumerate(sizes)
            ]
        layer, j, k = steepest
        weight, slope = self.training.history[number][0][layer]["W"][j, k], slopes[steepest]
        rate = self.training.settings.rate
        return changes, (
            f"next step of the steepest weight: {weight_key(*steepest)} = {short(weight, 4)} − "
            f"{short(rate, 4)} × {factor(slope, 4)} = {short(weight - rate * slope, 4)}"
        )

    def _is_last(self, number: int) -> bool:
        return bool(self.training.stopped) and number == len(self.training.history) - 1

    def _images(self, number: int) -> list[Patch]:
        changes: list[Patch] = []
        layers = self.training.activity(number, self.small)
        for layer, values in enumerate(layers):
            if layer == 0 and number:
                continue  # the inputs' own squares never change
            for unit in range(values.shape[1]):
                square = values[:, unit].reshape(GRID, GRID)
                low, high = _range(self.training.settings.activation, layer, len(layers), square)
                changes.append((f"u{layer}.{unit}", "href", heat_image(square, low, high)))
        output = self.training.activity(number, self.large)[-1].reshape(LARGE, LARGE)
        changes.append(("map", "href", heat_image(output, 0.0, 1.0, 11, 0.5)))
        return changes

    def _curve(self, number: int) -> list[Patch]:
        losses = [loss for _, loss in self.training.history[: number + 1]]
        top = max(max(losses), 1e-9)
        across = [100.0 * i / max(number, 1) for i in range(len(losses))]
        heights = [loss / top for loss in losses]
        return [
            ("curve", "d", self.loss.path(across, heights)),
            *self.loss.move("now", across[-1], heights[-1]),
            ("top", "text", short(top, 3)),
            ("epochs", "text", str(number * EPOCHS_A_FRAME)),
        ]


def weight_key(layer: int, j: int, k: int) -> str:
    """The key of the weight from unit j of a layer to unit k of the next, layers from 0."""
    return f"w{layer + 1}[{j + 1},{k + 1}]"


def bias_key(layer: int, unit: int) -> str:
    """The key of a unit's bias."""
    return f"b{layer + 1}[{unit + 1}]"


def changed_parameters(parameters: Parameters, values: dict[str, float]) -> Parameters:
    """A copy of the parameters with some set by their keys."""
    changed = [{name: x.copy() for name, x in layer.items()} for layer in parameters]
    for i, layer in enumerate(changed):
        for (j, k), _ in np.ndenumerate(layer["W"]):
            layer["W"][j, k] = values.get(weight_key(i, j, k), layer["W"][j, k])
        for k in range(len(layer["b"])):
            layer["b"][k] = values.get(bias_key(i, k), layer["b"][k])
    return changed


def _rows(across: Any, up: Any) -> Any:
    return np.column_stack([across.ravel(), up.ravel()])


def _range(activation: str, layer: int, layers: int, values: Any) -> tuple[float, float]:
    """The values of the darkest and the lightest colour of a square."""
    if layer == layers - 1:
        return 0.0, 1.0
    if layer and activation == "tanh":
        return -1.0, 1.0
    if layer and activation == "sigmoid":
        return 0.0, 1.0
    return float(values.min()), max(float(values.max()), float(values.min()) + 1e-9)
