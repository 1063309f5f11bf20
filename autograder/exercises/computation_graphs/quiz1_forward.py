"""Quiz 1 as a computation graph: its seven nodes, their order, their fan-out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.domain import Real, corners
from autograder.exercise import Exercise, Part, Probe
from autograder.exercises.computation_graphs.quiz1_forward_mistakes import WRONG_NODES
from autograder.exercises.computation_graphs.quiz1_graph_mistakes import (
    QUIZ1_PARENTS,
    WRONG_GRAPHS,
    fan_out,
)
from autograder.listed import listed

UNIT = "02-computation-graphs"

# y = exp(xz) + xz / log(x) + sin(log x) / exp(xz)
QUIZ1_FORWARD = {
    "a": lambda v: v.x * v.z,
    "b": lambda v: np.exp(v.a),
    "c": lambda v: np.log(v.x),
    "d": lambda v: v.a / v.c,
    "e": lambda v: np.sin(v.c),
    "f": lambda v: v.e / v.b,
    "y": lambda v: v.b + v.d + v.f,
}
QUIZ1_PROBES = (
    Probe("the deck's values", lambda rng: {"x": 2.0, "z": 3.0}, fixed=True),
    # exp(xz) stays small here, so that every term of the derivative weighs in.
    Probe("small z", lambda rng: {"x": rng.uniform(1.5, 2.5), "z": rng.uniform(0.1, 0.4)}),
    Probe("x below 1", lambda rng: {"x": rng.uniform(0.4, 0.7), "z": rng.uniform(0.3, 0.8)}),
    *corners(x=Real(above=0.0, without=(1.0,), largest=10.0), z=Real(largest=10.0)),
    Probe(
        "large x and small z",
        lambda rng: {"x": rng.uniform(0.5, 1) * 1e7, "z": rng.uniform(0.5, 1) * 1e-7},
        corner=True,
    ),
    Probe(
        "small x and large z",
        lambda rng: {"x": rng.uniform(0.5, 1) * 1e-7, "z": rng.uniform(0.5, 1) * 1e7},
        corner=True,
    ),
)

QUIZ1_FORWARD_EXERCISE = Exercise(
    id="quiz1.forward",
    unit=UNIT,
    title="Quiz 1, forward pass",
    objectives=("O1",),
    deck="D0, Differentiation Quiz #1",
    steps=QUIZ1_FORWARD,
    parts=(
        *(Part(name, 0.4) for name in "abcdef"),
        Part("y", 0.6),
    ),
    probes=QUIZ1_PROBES,
    mistakes=WRONG_NODES,
    variants={
        "math module": lambda x, z: _quiz1_forward_by_math(x, z),
        "one line a term": lambda x, z: {
            "a": x * z,
            "b": math.e ** (x * z),
            "c": np.log2(x) / math.log2(math.e),
            "d": z * x / np.log(x),
            "e": np.sin(np.log(x)),
            "f": np.exp(-x * z) * np.sin(np.log(x)),
            "y": np.exp(x * z) + x * z / np.log(x) + np.sin(np.log(x)) / np.exp(x * z),
        },
    },
    hints=(
        "Give a name to every quantity on the way from x and z to y. Each one should be a single "
        "operation away from earlier ones.",
        "xz occurs three times and log(x) twice, yet each of them is one node: compute it once "
        "and reuse it.",
        "Take a smaller function, y = exp(uv)/(uv): p = u·v, q = exp(p), y = q/p. There are "
        "three nodes, and p is used twice. Do the same here; the table in the text names the "
        "seven nodes.",
    ),
)


def _quiz1_forward_by_math(x: float, z: float) -> dict[str, float]:
    product, logarithm = x * z, math.log(x)
    power = math.exp(product)
    terms = (power, product / logarithm, math.sin(logarithm) / power)
    return dict(
        a=product, b=power, c=logarithm, d=terms[1], e=math.sin(logarithm), f=terms[2], y=sum(terms)
    )


def _order_problem(order: Any, _: SimpleNamespace) -> str | None:
    if type(order) not in (list, tuple) or not all(type(name) is str for name in order):
        return 'it should be a list of node names, such as ["a", "b"].'
    if sorted(set(order) - {"x", "z"}) != sorted(QUIZ1_PARENTS) or len(set(order)) < len(order):
        return f"it should name each of {listed(list(QUIZ1_PARENTS))} exactly once."
    done = {"x", "z"} - set(order)
    for name in order:
        needed = QUIZ1_PARENTS.get(name, ())
        if missing := [parent for parent in needed if parent not in done]:
            return f"{name} comes before {missing[0]}, but it is computed from {missing[0]}."
        done.add(name)
    return None


def _fan_out_problem(counts: Any, right: SimpleNamespace) -> str | None:
    if not isinstance(counts, Mapping):
        return 'it should be a dict from node name to count, such as {"x": 1}.'
    # A node that nobody uses may be left out, as in a Counter.
    found = {name: counts.get(name, 0) for name in right.fan_out}
    if odd := [name for name, count in found.items() if type(count) not in (int, np.int64)]:
        return f"the count of {listed(odd)} should be an integer."
    if missing := [n for n, count in right.fan_out.items() if count and n not in counts]:
        return f"the {_counts_of(missing)} missing."
    if wrong := [name for name, count in right.fan_out.items() if found[name] != count]:
        return f"the {_counts_of(wrong)} wrong."
    return None


def _counts_of(names: list[str]) -> str:
    return f"count of {names[0]} is" if len(names) == 1 else f"counts of {listed(names)} are"


QUIZ1_GRAPH_EXERCISE = Exercise(
    id="quiz1.graph",
    unit=UNIT,
    title="Quiz 1, order and fan-out",
    objectives=("O1",),
    deck="D0, Automatic Differentiation – Reverse Mode, Forward Computation",
    no_domain="nothing comes in",
    steps={
        "order": lambda v: list(QUIZ1_PARENTS),
        "fan_out": lambda v: fan_out(QUIZ1_PARENTS),
    },
    parts=(
        Part("order", 1, accept=_order_problem),
        Part("fan_out", 1, accept=_fan_out_problem),
    ),
    probes=(Probe("the graph", lambda rng: {}),),
    mistakes=WRONG_GRAPHS,
    variants={
        "logarithm first": lambda: {
            "order": ["c", "e", "a", "d", "b", "f", "y"],
            "fan_out": dict(x=2, z=1, a=2, b=2, c=2, d=1, e=1, f=1, y=0),
        },
        "inputs listed too": lambda: {
            "order": ("z", "x", "a", "c", "b", "e", "d", "f", "y"),
            "fan_out": dict(y=0, f=1, e=1, d=1, c=2, b=2, a=2, z=1, x=2),
        },
    },
    hints=(
        "You can compute a node as soon as you know all the nodes that it is made from.",
        "For the fan-out, go through the right-hand sides of your table of nodes and count how "
        "many times each name occurs there.",
        "For p = u·v, q = exp(p), y = q/p, one possible order is p, q, y. Here u and v are used "
        "once, p twice (in q and in y), q once, and y not at all.",
    ),
)


EXERCISES = (QUIZ1_FORWARD_EXERCISE, QUIZ1_GRAPH_EXERCISE)
