"""How unit 07 asks: layers by number towards the student, one named value a tensor back.

Networks of any depth come as lists, first layer first. The student sees them numbered as in decks
D1 and D3, where layer 1 is the input, and returns a dict by layer for each kind of gradient. These
are handed on from the top: `dW_L` for the output layer, `dW_next` for the one below, and
`dW_rest` for all layers below those, in one flat array.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.inside.asking import CannotAsk, call_with_inputs

FIRST = 2
GRADIENTS = ("dW", "db", "delta")


def by_layer(tensors: list[Any]) -> dict[int, Any]:
    """Numbers a network's tensors by layer, from 2 on: layer 1 is the input and has none."""
    return dict(enumerate(tensors, start=FIRST))


def from_the_top(name: str, tensors: Mapping[int, Any], last: int) -> dict[str, Any]:
    """Names the tensors of layers 2 to `last` by their place below the output.

    Args:
        name: "dW", "db" or "delta".
        tensors: the tensors by layer.
        last: the number of the output layer.

    Returns:
        name_L, name_next and name_rest. What a shallow network does not have is an empty array,
        and what is missing among the tensors is left out.
    """
    empty = np.empty(0)
    parts: dict[str, Any] = {}
    for label, layer in (("L", last), ("next", last - 1)):
        if layer < FIRST:
            parts[f"{name}_{label}"] = empty
        elif layer in tensors:
            parts[f"{name}_{label}"] = tensors[layer]
    below = range(FIRST, last - 1)
    if all(layer in tensors for layer in below):
        rest = flat([tensors[layer] for layer in below])
        # One axis too many in a layer shows as one too many in the flat array.
        odd = name == "db" and any(np.ndim(tensors[layer]) > 1 for layer in below)
        parts[f"{name}_rest"] = rest[None] if odd else rest
    return parts


def flat(tensors: list[Any]) -> Any:
    """All entries of several arrays in one array of one axis, in their own precision."""
    return np.concatenate([np.ravel(tensor) for tensor in tensors]) if tensors else np.empty(0)


def ask_network(answer: Any, inputs: dict[str, Any]) -> Mapping[str, Any]:
    """Calls a function of (W, b, x, y) and names each gradient that it returns.

    Args:
        answer: the student's function.
        inputs: "W" and "b" as lists, first layer first, and whatever else the function takes.

    Returns:
        The returned entries, with every dict by layer taken apart by `from_the_top`.

    Raises:
        CannotAsk: as `call_with_inputs`, and if the gradients are not in dicts by layer.
    """
    numbered = {**inputs, "W": by_layer(inputs["W"]), "b": by_layer(inputs["b"])}
    last = len(inputs["W"]) + 1
    returned = call_with_inputs(answer, numbered)
    # What the answer did to its dicts shows in the inputs, as what it did to the arrays does.
    for name in ("W", "b"):
        inputs[name][:] = numbered[name].values()
    parts: dict[str, Any] = {}
    for name, value in returned.items():
        if name not in GRADIENTS:
            parts[name] = value
            continue
        if isinstance(value, Mapping) and any(type(k) is int and k > last for k in value):
            raise CannotAsk(
                f"Your {name} has entries for layers above {last}, and this network has none. Is "
                "the dict left over from an earlier call? Make a new one in the function."
            )
        if isinstance(value, Mapping):
            parts.update(from_the_top(name, value, last))
        elif name in ("dW", "db"):
            raise CannotAsk(
                f'"{name}" is of type {type(value).__name__}, but it should be a dict by layer, '
                "such as {2: …, 3: …}, with one entry for each layer that has weights."
            )
        else:
            parts[name] = value
    return parts
