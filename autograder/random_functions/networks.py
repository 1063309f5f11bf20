"""Random small networks: layers, activations, a loss, a reduction."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from autograder.domain import Chosen, Real
from autograder.random_functions.losses import (
    constant,
    kinds_of,
    loss_lines,
    with_penalty,
)
from autograder.random_functions.operations import ACTIVATIONS
from autograder.random_functions.program import Line, Program

WIDTHS = ("D", "H", "K")
# Larger ones saturate an activation, and of its derivative nothing but round-off is left.
_LARGEST_INPUT, _LARGEST_WEIGHT = 1.5, 1.0


def random_network(
    rng: np.random.Generator,
    level: int = 2,
    name: str = "network",
    widths: Sequence[str | int] = WIDTHS,
) -> Program:
    """Draws a network with its loss.

    Args:
        rng: draws it.
        level: 1: one layer; 2: two layers; 3: two layers with a skip connection and a penalty.
        name: of the function.
        widths: of the input and of each layer, as letters or numbers.
    """
    depth = 1 if level == 1 else 2
    inputs: dict[str, Real | Chosen] = {"x": Real("N", widths[0], largest=_LARGEST_INPUT)}
    lines: list[Line] = []
    here = "x"
    for layer in range(1, depth + 1):
        weights, z, h = f"W{layer}", f"z{layer}", f"h{layer}"
        inputs[weights] = Real(widths[layer - 1], widths[layer], largest=_LARGEST_WEIGHT)
        if layer < depth or rng.random() < 0.5:
            inputs[f"b{layer}"] = Real(widths[layer], largest=_LARGEST_WEIGHT)
            lines.append(Line(z, "affine", (here, weights, f"b{layer}")))
        else:
            lines.append(Line(z, "linear", (here, weights)))
        if layer == depth > 1:
            break
        lines.append(Line(h, str(rng.choice(list(ACTIVATIONS))), (z,)))
        if level == 3:
            # A square layer goes around itself.
            lines.append(Line(f"s{layer}", "skip", (h, z)))
        here = lines[-1].name
    outputs = lines[-1].name
    sizes = ("N", widths[depth])
    lines.append(Line("p", "scaled", (outputs,), constant(rng)))
    loss = rng.choice(np.array(kinds_of(*sizes), dtype=object))
    inputs["t"] = loss.target
    lines += loss_lines(rng, loss, "p", "t")
    if level == 3:
        lines = with_penalty(rng, lines, f"W{depth}")
    return Program(name, inputs, tuple(lines), data=("x", "t"))
