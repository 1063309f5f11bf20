"""Expressions as data, the right gradients of their nodes, and engines that answer for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Inputs, Step
from autograder.exercises.autograd_engine import passes
from autograder.exercises.autograd_engine.asks import ask_for_gradients, operation, read_after

SUM, PRODUCT, DIFFERENCE = 0, 1, 2


# g = ab, y = gg + (gc)c and the other way round: one operation uses g twice, and another one, which
# may come later on the way back, once more.
DOUBLE_ARROW = (
    ((PRODUCT, 0, 1), (PRODUCT, 3, 3), (PRODUCT, 3, 2), (PRODUCT, 5, 2), (SUM, 4, 6)),
    ((PRODUCT, 0, 1), (PRODUCT, 3, 3), (PRODUCT, 3, 2), (PRODUCT, 5, 2), (SUM, 6, 4)),
)


def expression(
    leaves: Any, *operations: tuple[int, int, int], calls: Any = (-1,), inner: bool = False
) -> Inputs:
    """An expression as data; see `autograder.exercises.autograd_engine.asks`."""
    rows = np.array(operations, dtype=np.int64).reshape(-1, 3)
    return {
        "leaves": np.array(leaves, float),
        "operations": rows,
        "calls": list(calls),
        "inner": inner,
    }


def gradients_of(expressions: Sequence[Inputs]) -> Any:
    """The gradients of some expressions, after each call, one after the other.

    The rows of an expression are its Wengert list, so the right answer needs no graph: it goes
    through the rows once forward and once backward.
    """
    gradients: list[float] = []
    for one in expressions:
        rows, count = one["operations"].tolist(), len(one["leaves"])
        value = one["leaves"].tolist()
        for kind, i, j in rows:
            value.append(operation(kind, value[i], value[j])[0])
        for call in one["calls"]:
            adjoint = [0.0] * len(value)
            adjoint[call] = 1.0
            for k in reversed(range(len(rows))):
                (kind, i, j), arrived = rows[k], adjoint[count + k]
                _, (by_left, by_right) = operation(kind, value[i], value[j])
                adjoint[i] += arrived * by_left
                adjoint[j] += arrived * by_right
            gradients += [adjoint[k] for k in read_after(one, call)]
    return np.array(gradients)


def right_steps(*parts: str) -> Mapping[str, Step]:
    """The right gradients of the parts' expressions."""

    def step(part: str) -> Step:
        return lambda v: gradients_of(getattr(v, f"{part}_in"))

    return {part: step(part) for part in parts}


def wrong_steps(*parts: str, **changes: Any) -> Mapping[str, Step]:
    """What an engine with some of its backward pass changed gives for the parts."""

    def step(part: str) -> Step:
        def gradients(v: SimpleNamespace) -> Any:
            given = {f"{part}_in": getattr(v, f"{part}_in")}
            return ask_for_gradients(passes.engine(**changes), given)[part]

        return gradients

    return {part: step(part) for part in parts}


def as_answer(engine: type, *parts: str) -> Callable[..., Mapping[str, Any]]:
    """An engine as a function of an exercise's inputs."""

    def answer(*given: Any) -> Mapping[str, Any]:
        names = (f"{part}_in" for part in parts)
        return ask_for_gradients(engine, dict(zip(names, given, strict=True)))

    return answer


# Longer formulas are not read.
_MOST_OPERATIONS = 8


def entry_names(part: str) -> Callable[[Inputs], list[str]]:
    """What the entries of a part are: the derivative of which formula by which node."""

    def names(inputs: Inputs) -> list[str]:
        found: list[str] = []
        for one in inputs[f"{part}_in"]:
            if len(one["operations"]) > _MOST_OPERATIONS:
                return []
            formulas = _formulas(one)
            for number, call in enumerate(one["calls"], start=1):
                after = f" after call {number}" if len(one["calls"]) > 1 else ""
                for node in read_after(one, call):
                    of = formulas[call] if len(one["operations"]) else "a node without parents"
                    found.append(f"the grad of {formulas[node]} in y = {of}{after}")
        return found

    return names


def _formulas(one: Inputs) -> list[str]:
    """Every node in terms of the leaves a, b, c …"""
    found = [chr(ord("a") + k) for k in range(len(one["leaves"]))]
    for kind, i, j in one["operations"].tolist():
        left, right = found[i], found[j]
        if kind == PRODUCT:
            factors = (f"({side})" if " " in side else side for side in (left, right))
            found.append("·".join(factors))
        else:
            sign, other = "+", right
            if kind == DIFFERENCE:
                sign, other = "−", f"({right})" if " " in right else right
            found.append(f"{left} {sign} {other}")
    return found
