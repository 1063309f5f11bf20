"""Steps for networks of any depth, shared by the five-step algorithm and the batch.

Layers are numbered as in decks D1 and D3: 1 is the input, L the output. The exercises grade a
tensor of the output layer, one of the layer below it, and all lower ones together in one flat
array, under the names `…_L`, `…_next` and `…_rest`; what a shallow network lacks is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Mistake, Step
from autograder.exercises.layers_and_batches.asks import FIRST, by_layer, flat
from autograder.exercises.layers_and_batches.formulas import sigmoid

# Learning rates that people put in where none is asked for.
RATES = (1.0, 0.1, 0.01)

Rule = Callable[[SimpleNamespace, int, Any], Any]


def layers(v: SimpleNamespace) -> tuple[Mapping[int, Any], Mapping[int, Any], int]:
    """W and b by layer, and L; the judge has them as lists, an answer has them numbered."""
    W = v.W if isinstance(v.W, Mapping) else by_layer(v.W)
    b = v.b if isinstance(v.b, Mapping) else by_layer(v.b)
    return W, b, len(W) + 1


def feedforward(
    v: SimpleNamespace,
    x: Any,
    affine: Callable[[Any, Any, Any], Any],
    linear_output: bool = False,
) -> Any:
    """z and a by layer, for z = affine(W, a, b) and a = σ(z), or a = z at a linear output."""
    W, b, last = layers(v)
    z, a = {}, {1: x}
    for layer in range(FIRST, last + 1):
        z[layer] = affine(W[layer], a[layer - 1], b[layer])
        a[layer] = z[layer] if linear_output and layer == last else sigmoid(z[layer])
    return SimpleNamespace(z=z, a=a, out=a[last])


def carried_down(name: str) -> dict[str, Step]:
    """The errors below the output under `name`, each from the one above by the step `back`."""

    def following(v: SimpleNamespace) -> Any:
        _, _, last = layers(v)
        return v.back(last - 1, getattr(v, f"{name}_L")) if last > FIRST else np.empty(0)

    def lower(v: SimpleNamespace) -> Any:
        _, _, last = layers(v)
        errors: list[Any] = []
        error = getattr(v, f"{name}_next")
        for layer in range(last - 2, FIRST - 1, -1):
            error = v.back(layer, error)
            errors.insert(0, error)
        return flat(errors)

    return {f"{name}_next": following, f"{name}_rest": lower}


def lowest_left_out(name: str) -> tuple[Mistake, ...]:
    """A loop that ends before layer 2, whose errors stay 0.

    Args:
        name: what the errors are called.
    """
    right = carried_down(name)

    def following(v: SimpleNamespace) -> Any:
        return right[f"{name}_next"](v) * (layers(v)[2] - 1 != FIRST)

    def lower(v: SimpleNamespace) -> Any:
        errors = np.array(right[f"{name}_rest"](v))
        if layers(v)[2] - 1 > FIRST:
            errors[: v.f.a[FIRST].size] = 0.0
        return errors

    return (
        Mistake(
            "M16",
            "the lowest layer left out",
            {f"{name}_next": following, f"{name}_rest": lower},
            "in your {part}, layer 2 has nothing but zeros.",
            name="a loop that ends one layer too early",
            question="range does not contain its end. Which layer is the last that your loop sees?",
        ),
    )


def in_each_layer(name: str, errors: str, rule: Rule) -> dict[str, Step]:
    """A gradient of every layer, from the rule of one and the errors under the name `errors`."""

    def at_next(v: SimpleNamespace) -> Any:
        _, _, last = layers(v)
        return rule(v, last - 1, getattr(v, f"{errors}_next")) if last > FIRST else np.empty(0)

    def lower(v: SimpleNamespace) -> Any:
        pieces = _pieces(v, getattr(v, f"{errors}_rest"))
        return flat([rule(v, layer, error) for layer, error in pieces.items()])

    return {
        f"{name}_L": lambda v: rule(v, layers(v)[2], getattr(v, f"{errors}_L")),
        f"{name}_next": at_next,
        f"{name}_rest": lower,
    }


def _after_a_step(rate: float, gradient: Rule) -> Rule:
    """A layer's weights after a step of gradient descent, instead of their gradient."""
    return lambda v, layer, error: layers(v)[0][layer] - rate * gradient(v, layer, error)


def update_mistakes(
    back: Callable[[float], Step], weights: Callable[[Rule], dict[str, Step]], gradient: Rule
) -> tuple[Mistake, ...]:
    """Weights moved before the error goes through them, and moved weights for their gradient.

    Args:
        back: from a learning rate to the step `back` through the weights after their update.
        weights: from the rule of one layer to the steps of all layers' weights.
        gradient: the right rule of a layer's weights.

    Returns:
        Both for each of the usual learning rates.
    """
    return tuple(
        mistake
        for rate in RATES
        for mistake in (
            Mistake(
                "M14",
                f"weights moved first, at a rate of {rate}",
                {"back": back(rate)},
                f"your {{part}} comes down through weights that have already moved by {rate} "
                "times their gradient.",
            ),
            Mistake(
                "M32",
                f"new weights at a rate of {rate}",
                weights(_after_a_step(rate, gradient)),
                f"your {{part}} is W after a step of {rate} times the gradient.",
                once=True,
            ),
        )
    )


def one_line(mistakes: Sequence[Mistake]) -> tuple[Mistake, ...]:
    """The mistakes; what is made in every layer by one line of code costs once.

    Args:
        mistakes: those of an exercise.
    """
    return tuple(
        replace(mistake, once=len({name.split("_")[0] for name in mistake.wrong}) == 1)
        if len(mistake.wrong) > 1
        else mistake
        for mistake in mistakes
    )


def _pieces(v: SimpleNamespace, joined: Any) -> dict[int, Any]:
    """The errors of the lower layers, which stand in `joined` one after the other."""
    pieces, start = {}, 0
    for layer in range(FIRST, layers(v)[2] - 1):
        shape, size = v.f.a[layer].shape, v.f.a[layer].size
        pieces[layer] = joined[start : start + size].reshape(shape)
        start += size
    return pieces
