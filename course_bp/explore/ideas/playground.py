"""A network that learns before your eyes: data, layers, weights, and where it draws the line.

Source: D2, decision boundaries with 0, 1 and 2 hidden layers; D1, XOR.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..stage.numbers import short
from ..stage.scene import Control, Frame, Scene, View
from ._network_picture import NetworkPicture, bias_key, changed_parameters, weight_key
from ._network_training import DATA, OWN, Examples, Settings, Training, own_points

if TYPE_CHECKING:
    from ..stage.player import Player

HIDDEN = ("none", "2", "3", "4", "6", "3 and 3", "4 and 4")
RECORDED = ("none", "3", "3 and 3")
ACTIVATIONS = ("tanh", "sigmoid", "relu")
FIRST, MORE = 40, 20
WEIGHTS = "Weights and biases"
SETTINGS = ("data", "hidden", "activation", "rate", "stop", "seed")


def playground(
    data: str | tuple[Any, Any] = "XOR", hidden: str = "3", activation: str = "tanh",
    rate: float = 0.5, seed: int = 0, frames: int = FIRST,
) -> Player:  # fmt: skip
    """Train a small network in the plane: play, step, reset, set a weight, change the layers.

    Args:
        data: "XOR", "moons" or "rings"; or a pair (X, y) of your own, two coordinates and the class
            0 or 1 of each example.
        hidden: the hidden layers: "none", "2", "3", "4", "6", "3 and 3" or "4 and 4".
        activation: "tanh", "sigmoid" or "relu".
        rate: the learning rate.
        seed: for the initial weights.
        frames: how many frames of 5 epochs are ready at once; in a notebook there is no end.

    Raises:
        ValueError: if a choice is none of these, or data of your own are not such a pair.

    Source: D2, decision boundaries; D1, XOR training.
    """
    from ..stage.player import Player

    own = None if isinstance(data, str) else own_points(*data)
    name = data if isinstance(data, str) else OWN
    known = (*DATA, OWN) if own else DATA
    for what, value, choices in (
        ("data", name, known), ("hidden", hidden, HIDDEN), ("activation", activation, ACTIVATIONS)
    ):  # fmt: skip
        if value not in choices:
            raise ValueError(f"{what} is one of {', '.join(choices)}, not {value!r}.")
    start = {"data": name, "hidden": hidden, "activation": activation, "rate": rate,
             "stop": 0.02, "seed": float(seed)}  # fmt: skip
    state = _Playground(start, frames, own)
    player = Player(state.build, state.more, state.record)
    state.player = player
    return player


class _Playground:
    """The training that a player shows, kept between the learner's changes."""

    player: Player | None = None

    def __init__(self, start: dict[str, Any], frames: int, own: Examples | None) -> None:
        self.values = start
        self.frames = frames
        self.own = own
        self._begin()

    def _begin(self) -> None:
        v = self.values
        hidden = () if v["hidden"] == "none" else tuple(map(int, v["hidden"].split(" and ")))
        settings = Settings(v["data"], hidden, v["activation"], v["rate"], v["stop"])
        self.training = Training(settings, int(v["seed"]), self.own)
        self.training.advance(self.frames)
        self.picture = NetworkPicture(self.training)

    def build(self, values: dict[str, Any]) -> Scene:
        """The scene after the learner has set something: a setting, or a weight."""
        settings = {key: values.get(key, self.values[key]) for key in SETTINGS}
        if settings != self.values:
            self.values = settings
            self._begin()
        elif self.player is not None:
            self._set_weights(self.player.changed, self.player.frame)
        return self.scene()

    def record(self, values: dict[str, Any]) -> Scene:
        """The scene for other settings, apart from the training that is shown."""
        return _Playground({key: values[key] for key in SETTINGS}, self.frames, self.own).scene()

    def _set_weights(self, weights: dict[str, Any], frame: int) -> None:
        """Go on from the weights of the frame that is shown, with those that were set."""
        training = self.training
        frame = min(frame, len(training.history) - 1)
        training.begin(changed_parameters(training.history[frame][0], weights), at=frame)
        training.advance(self.frames)

    def more(self) -> list[Frame]:
        """Further frames."""
        start = len(self.training.history)
        made = self.training.advance(MORE)
        return [self.picture.frame(i) for i in range(start, start + made)]

    def scene(self) -> Scene:
        """All frames so far."""
        training, v = self.training, self.values
        losses = [loss for _, loss in training.history]
        layers = "no hidden layer" if v["hidden"] == "none" else f"hidden layers: {v['hidden']}"
        title = f"A network learns {v['data']}"
        description = (
            f"A network with two inputs, {layers} ({v['activation']}) and one output, trained on "
            f"{len(training.X)} points of {v['data']} with learning rate {short(v['rate'])}. Over "
            f"{5 * (len(losses) - 1)} epochs the loss goes from {short(losses[0], 3)} to "
            f"{short(losses[-1], 3)}; {short(100 * training.accuracy(-1), 3)} % are right. Round "
            "points are class 1, square ones class 0; the red line is where the output is one half."
        )
        return Scene(
            title,
            description,
            (
                View("forward: activations", self.picture.draw(title, description)),
                View("backward: gradients", self.picture.draw(title, description, backward=True)),
            ),
            tuple(self.picture.frame(i) for i in range(len(losses))),
            ("epoch", "loss", "right"),
            (*self._settings(), *self._weights()),
            (
                "cividis: dark small, light large",
                "round: class 1; square: class 0; red line: the decision boundary",
                "w1[2,3]: from the 2nd input to the 3rd unit of layer 1; b1[3]: this unit's bias",
                "the view of the gradients: a line's thickness is ∂loss/∂weight in parts of the "
                "largest, δ is ∂loss/∂z as a root mean square over the examples",
            ),
            endless=not training.stopped,
            note=f"Training stops when the loss is below the limit. {training.stopped}".strip(),
        )

    def _settings(self) -> list[Control]:
        v = self.values
        data = (*DATA, OWN) if self.own else DATA
        return [
            Control("data", "Data", v["data"], choices=data, recorded=data),
            Control("hidden", "Hidden layers", v["hidden"], choices=HIDDEN, recorded=RECORDED),
            Control("activation", "Activation", v["activation"], choices=ACTIVATIONS),
            Control("rate", "Learning rate", v["rate"]),
            Control("stop", "Stop below loss", v["stop"]),
            Control("seed", "Start (seed)", v["seed"]),
        ]

    def _weights(self) -> list[Control]:
        parameters = self.training.history[0][0]
        made = []
        for layer, j, k in self.picture.edges():
            key = weight_key(layer, j, k)
            made.append(Control(key, key, float(parameters[layer]["W"][j, k]), group=WEIGHTS))
        for layer, values in enumerate(parameters):
            for unit, bias in enumerate(values["b"]):
                key = bias_key(layer, unit)
                made.append(Control(key, key, float(bias), group=WEIGHTS))
        return made
