"""What the measured ratios are held against, and the cost of backward in units of forward."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from measure import ratio, spread
from scalars import loss, network

import course_bp as bp

HAND = "hand-written NumPy"
GRAPH, COMPILED = "course_bp graph", "course_bp compiled"
# start of the workload's title, contender, unit, at most
GOALS = [
    ("20-line", GRAPH, HAND, 1.10),
    ("20-line", COMPILED, HAND, 1.0),
    ("ReLU", GRAPH, HAND, 1.10),
    ("ReLU", COMPILED, HAND, 1.0),
    ("XOR", GRAPH, "PyTorch", 1.0),
    ("XOR", COMPILED, HAND, 1.3),
    ("scalar MLP", GRAPH, "micrograd", 1 / 10),
    ("scalar MLP", GRAPH, "PyTorch", 1 / 3),
]


def report(results: dict[str, dict[str, list[float]]], import_ms: float) -> None:
    """Print each goal with what was measured."""
    print("goals")
    for start, name, unit, most in GOALS:
        for title, times in results.items():
            if title.startswith(start):
                found = ratio(times, name, unit)
                low, high = spread(times, name, unit)
                verdict = "reached" if found <= most else "missed"
                print(
                    f"  {start:10s} {name:20s} {found:6.3f} ({low:.3f} to {high:.3f}) × {unit}, "
                    f"at most {most:.3f}: {verdict}"
                )
    verdict = "reached" if import_ms <= 60 else "missed"
    print(f"  import adds {import_ms:.1f} ms, at most 60: {verdict}")


def cheap_gradient() -> None:
    """Print the time of the backward pass in units of the recorded forward pass."""
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(64, 1000)), rng.normal(size=(64, 10))
    w1, w2 = bp.Node(rng.normal(size=(1000, 100))), bp.Node(rng.normal(size=(100, 10)))
    x2, y2 = rng.normal(size=(128, 784)), np.eye(10)[rng.integers(10, size=128)]
    v1, v2 = bp.Node(rng.normal(size=(784, 256))), bp.Node(rng.normal(size=(256, 10)))
    u1, u2 = bp.Node(rng.normal(size=(2, 3))), bp.Node(rng.normal(size=(3, 1)))
    x4 = rng.normal(size=(4, 2))

    def chain() -> Any:
        z = w
        for _ in range(100_000):
            z = z * 1.0000001
        return z

    w = bp.Node(1.0)
    layers = network(bp.Node)
    print("backward in units of forward (the cheap gradient principle allows 4)")
    for title, forward in (
        ("20-line network", lambda: bp.sum(bp.square(bp.sigmoid(x @ w1) @ w2 - y))),
        ("ReLU network", lambda: -bp.mean(y2 * bp.log_softmax(bp.relu(x2 @ v1) @ v2))),
        ("XOR", lambda: bp.mean(bp.square(bp.sigmoid(bp.sigmoid(x4 @ u1) @ u2)))),
        ("scalar MLP", lambda: loss(layers, bp.relu)),
        ("chain of 100,000", chain),
    ):
        forwards, backwards = [], []
        for _ in range(20):
            start = time.process_time()
            node = forward()
            middle = time.process_time()
            node.backward()
            forwards.append(middle - start)
            backwards.append(time.process_time() - middle)
        print(f"  {title:20s} {min(backwards) / min(forwards):5.2f}")
    print()
