"""Networks and chains of single numbers: what the overhead of a graph's node costs.

The scalar multi-layer perceptron 2-16-16-1 on 20 points is micrograd's own demonstration, built
from the same loops in every library.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import micrograd.engine
import numpy as np
import torch

import course_bp as bp

Steps = dict[str, Any]


def network(make: Callable[[float], Any]) -> list[Any]:
    """The parameters: for each layer a list of neurons, each its weights and its bias."""
    rng = np.random.default_rng(0)
    sizes = [2, 16, 16, 1]
    return [
        [
            ([make(float(w)) for w in rng.normal(size=n)], make(float(rng.normal())))
            for _ in range(m)
        ]
        for n, m in itertools.pairwise(sizes)
    ]


def data() -> tuple[list[list[float]], list[float]]:
    rng = np.random.default_rng(1)
    return rng.normal(size=(20, 2)).tolist(), rng.normal(size=20).tolist()


POINTS, TARGETS = data()


def loss(layers: list[Any], relu: Callable[[Any], Any]) -> Any:
    """The summed squared error, number by number, in any library."""
    total: Any = 0.0
    for x, target in zip(POINTS, TARGETS, strict=True):
        for i, layer in enumerate(layers):
            x = [sum((w * v for w, v in zip(ws, x, strict=True)), b) for ws, b in layer]
            if i < len(layers) - 1:
                x = [relu(v) for v in x]
        residual = x[0] - target
        total = total + residual * residual
    return total


def object_style(
    make: Callable[[float], Any], relu: Any, reset: Any, read: Callable[[Any], float]
) -> Any:
    """A step that leaves the gradients on the parameters, as micrograd and PyTorch do."""
    layers = network(make)
    params = [p for layer in layers for ws, b in layer for p in (*ws, b)]

    def step() -> Any:
        for p in params:
            p.grad = reset
        y = loss(layers, relu)
        y.backward()
        return read(y), [float(p.grad) for p in params]

    return step


def function_style() -> Any:
    layers = network(float)
    both = bp.value_and_grad(lambda layers: loss(layers, bp.relu))

    def step() -> Any:
        value, gradient = both(layers)
        return value, bp.tree_flatten(gradient)[0]

    return step


def perceptron() -> Steps:
    return {
        "course_bp graph": function_style(),
        "course_bp graph, backward()": object_style(bp.Node, bp.relu, None, lambda y: y.value),
        "micrograd": object_style(
            micrograd.engine.Value, lambda v: v.relu(), 0.0, lambda y: y.data
        ),
        "PyTorch": object_style(
            lambda w: torch.tensor(w, dtype=torch.float64, requires_grad=True),
            torch.relu,
            None,
            lambda y: y.item(),
        ),
    }


def chain(length: int) -> Steps:
    def run(x: Any, sin: Any) -> Any:
        y = x
        for i in range(length // 2):
            y = y * 1.0000001
            y = sin(y) if i % 8 == 0 else y + 1e-9
        return y

    def course() -> Any:
        x = bp.Node(0.5)
        run(x, bp.sin).backward()
        return x.grad

    def of_torch() -> Any:
        x = torch.tensor(0.5, dtype=torch.float64, requires_grad=True)
        run(x, torch.sin).backward()
        return x.grad.item()

    return {"course_bp graph": course, "PyTorch": of_torch}


def agree(steps: Steps) -> None:
    """Raise AssertionError unless all contenders give the same loss and gradients."""
    (first, expected), *others = [(name, step()) for name, step in steps.items()]
    for name, found in others:
        if isinstance(expected, float):
            np.testing.assert_allclose(found, expected, rtol=1e-9, err_msg=f"{name}, {first}")
        else:
            for a, b in zip(found, expected, strict=True):
                np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-9, err_msg=f"{name}, {first}")
