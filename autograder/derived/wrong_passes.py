"""How people run a backward pass wrong, whatever the operations are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np

from autograder.derived.blocks import Edge, rules_of
from autograder.derived.steps import Derivation
from autograder.derived.uses import uses_of
from autograder.exercise import Mistake, Step

_SIGNS = "If {name} grows a little, does the result rise or fall along each of its paths?"
_PATHS = "By which paths does {name} reach the result, and does your line add each of them once?"


def wrong_passes(derivation: Derivation) -> Iterator[Mistake]:
    """The mistakes at fan-outs and at the start of the pass.

    Args:
        derivation: the function and its structure.

    Yields:
        At each variable with several uses: a path lost, kept alone, counted twice; the gradient
        passed on before all of it has arrived. At the start: the upstream gradient ignored.
    """
    for name in derivation.adjoints:
        uses = uses_of(derivation, name)
        if len(uses) > 1 and name != derivation.example.output:
            yield from _at_a_fan_out(derivation, name, uses)
    yield from _taken_for_constants(derivation)
    yield from _lines_left_out(derivation)
    for name in derivation.example.blocks:
        yield from _handed_on_too_early(derivation, name)
    if not derivation.scalar:
        yield Mistake(
            "M9",
            "upstream ignored",
            {f"d{derivation.example.output}": lambda v: np.ones(np.shape(v.upstream))},
            "your {part} is what comes out for an upstream gradient of ones, whatever `upstream` "
            "holds.",
            name="the upstream gradient ignored",
            question="Which gradient arrives at the result, and where does your code use it?",
        )


def _lines_left_out(derivation: Derivation) -> Iterator[Mistake]:
    """A line of the forward pass whose derivative is taken to be 1."""
    example = derivation.example
    for name in derivation.adjoints:
        for user in example.users(name):
            block = example.blocks[user]
            shapes = {node.shape for node, known in block.boundary.items() if known == name}
            if len(block.nodes) < 2 or shapes != {block.nodes[-1].shape}:
                continue
            question = f"What is the derivative of {user} with respect to {name}?"
            yield Mistake(
                "M5",
                f"d{name}: the line for {user} left out",
                {f"d{name}": derivation.adjoint(name, handed_on=[user])},
                f"your {{part}} is what comes out when the gradient at {user} is handed on to "
                f"{name} as it is.",
                name="the derivative of a whole line left out",
                question=question,
                hints=(
                    question,
                    f"Differentiate the line for {user} with respect to {name}, on paper.",
                    f"Multiply the gradient at {user} by the derivative of its line with respect "
                    f"to {name} before you add it to d{name}.",
                ),
            )


def _taken_for_constants(derivation: Derivation) -> Iterator[Mistake]:
    """Variables that depend on the inputs and are not differentiated, such as a mean."""
    output = derivation.example.output
    inner = [name for name in derivation.adjoints if name in derivation.example.blocks]
    inner = [name for name in inner if name != output]
    for names in [*((one,) for one in inner), *combinations(inner, 2)]:
        spoken = " and ".join(names)
        question = f"Which inputs {'does' if len(names) == 1 else 'do'} {spoken} depend on?"
        yield Mistake(
            "M15",
            f"{spoken} taken for constants",
            {f"d{name}": _nothing(name) for name in names},
            f"your {{part}} is what comes out when nothing is passed back through {spoken}.",
            name=f"the variable {spoken} treated as a constant"
            if len(names) == 1
            else f"the variables {spoken} treated as constants",
            question=question,
            hints=(
                question,
                f"There is a gradient at {spoken}, and it has to be passed back.",
                "Every variable of the forward pass that depends on an input passes its gradient "
                "on to what it was computed from.",
            ),
        )


def _nothing(name: str) -> Step:
    def step(v: Any) -> Any:
        shape = np.shape(getattr(v, name))
        return np.zeros(shape) if shape else 0.0

    return step


def _at_a_fan_out(
    derivation: Derivation, name: str, uses: list[tuple[Edge, str]]
) -> Iterator[Mistake]:
    adjoint = f"d{name}"
    hints = (
        f"{name} is used {len(uses)} times in the forward pass, and each use gives a contribution: "
        + ", ".join(words for _, words in uses)
        + ".",
        f"Start with {adjoint} = 0 and add one contribution per use of {name}, each the gradient "
        "that arrives there times the local derivative.",
    )

    def mistake(
        id: str, slug: str, weights: dict[Edge, float], evidence: str, title: str
    ) -> Mistake:
        question = (_SIGNS if id == "M1" else _PATHS).format(name=name)
        return Mistake(
            id,
            f"{adjoint}: {slug}",
            {adjoint: derivation.adjoint(name, _weighted(derivation, weights))},
            evidence,
            name=title,
            question=question,
            hints=(question, *hints),
        )

    for edge, words in uses:
        yield mistake(
            "M15",
            f"path lost {words}",
            {edge: 0.0},
            f"your {{part}} does not have the contribution {words}; the rest of it is right.",
            f"a path missing at the fan-out of {name}",
        )
        yield mistake(
            "M15",
            f"path twice {words}",
            {edge: 2.0},
            f"your {{part}} counts the contribution {words} twice; the rest of it is right.",
            f"a path counted twice at the fan-out of {name}",
        )
        # In u·u, one use with the wrong sign would take away the other, and nothing would be left.
        here = (edge.block, edge.place)
        twice = sum((other.block, other.place) == here for other, _ in uses) > 1
        if not twice:
            yield mistake(
                "M1",
                f"path with the wrong sign {words}",
                {edge: -1.0},
                f"in your {{part}}, the contribution {words} has the opposite sign.",
                f"the sign of one path at the fan-out of {name}",
            )
        if len(uses) > 2:
            yield mistake(
                "M15",
                f"only the path {words}",
                {other: 0.0 for other, _ in uses if other != edge},
                f"your {{part}} is the contribution {words} alone.",
                f"a contribution overwritten at the fan-out of {name}",
            )
    yield mistake(
        "M3",
        "mean of the paths",
        {edge: 1 / len(uses) for edge, _ in uses},
        f"your {{part}} is the mean of the {len(uses)} contributions instead of their sum.",
        f"a mean over the paths at the fan-out of {name}",
    )


def _weighted(derivation: Derivation, weights: dict[Edge, float]) -> dict[Edge, Any]:
    found: dict[Edge, Any] = {}
    for edge, weight in weights.items():
        node = derivation.example.blocks[edge.block].nodes[edge.place]
        rule = rules_of(node).vjps[edge.position]
        found[edge] = lambda g, y, *operands, rule=rule, weight=weight: (
            weight * rule(g, y, *operands)
        )
    return found


def _handed_on_too_early(derivation: Derivation, name: str) -> Iterator[Mistake]:
    """What a variable passes on when one of its users has not had its turn."""
    users = derivation.example.users(name)
    if len(users) < 2:
        return
    block = derivation.example.blocks[name]
    below = [one for one in block.reads if one in derivation.adjoints]
    question = f"Which lines use {name}, and have all of them had their turn before {name}?"
    for late in users:
        yield Mistake(
            "M16",
            f"d{name} handed on before {late}",
            {f"d{one}": _from_part(derivation, one, name, late) for one in below},
            f"your {{part}} is what comes out when {name} passes its gradient on before the "
            f"contribution from the line for {late} has arrived.",
            name=f"the gradient of {name} passed on before it is complete",
            question=question,
            hints=(
                question,
                f"d{name} is complete when the lines for {' and '.join(users)} have each added "
                "their contribution.",
                "Go through the lines in reverse order of the forward pass, and pass a gradient "
                "on only when every line that uses the variable has been visited.",
            ),
        )


def _from_part(derivation: Derivation, target: str, variable: str, late: str) -> Step:
    whole = derivation.adjoint(target)
    partial = derivation.adjoint(variable, without=late)

    def step(v: Any) -> Any:
        block = v._recorded.blocks[variable]

        def value(one: str) -> Any:
            return getattr(v, one)

        complete = block.pull_back(value, getattr(v, f"d{variable}"), target)
        return whole(v) - complete + block.pull_back(value, partial(v), target)

    return step
