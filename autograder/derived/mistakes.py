"""Every mistake of a derived exercise: wrong rules at its operations, wrong passes over it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.derived.blocks import Edge, rules_of
from autograder.derived.steps import Derivation
from autograder.derived.words import operation_at, spelt, where
from autograder.derived.wrong_passes import wrong_passes
from autograder.derived.wrong_rules import of_any_operation, operation_of
from autograder.derived.wrong_rules.operation import Operation, WrongRule
from autograder.exercise import Inputs, Mistake, Step
from autograder.solving import solve_steps

# Differences below this are round-off.
_EQUAL = 1e-9


def derived_mistakes(
    derivation: Derivation, steps: Mapping[str, Step], drawn: Sequence[Inputs], parts: Sequence[str]
) -> tuple[Mistake, ...]:
    """The mistakes that show, each once.

    Args:
        derivation: the function and its structure.
        steps: the right steps.
        drawn: ordinary inputs on which mistakes are told apart.
        parts: the names of what is handed in.

    Returns:
        The mistakes, the likeliest first. Of several with the same numbers only the first is kept;
        those that change nothing are left out.
    """
    reads = derivation.reads()
    right = [solve_steps(steps, inputs) for inputs in drawn]
    kept: list[Mistake] = []
    seen = [[_handed_in(values, parts) for values in right]]
    for mistake in every_mistake(derivation):
        try:
            made = [
                _handed_in(_carried_through(steps, reads, values, mistake.wrong), parts)
                for values in right
            ]
        except Exception:
            continue  # The slip does not fit the shapes, so no answer can make it.
        if all(np.isfinite(x).all() for values in made for x in values) and not any(
            _equal(made, other) for other in seen
        ):
            kept.append(mistake)
            seen.append(made)
    return tuple(kept)


def every_mistake(derivation: Derivation) -> Iterator[Mistake]:
    """All mistakes of the tables, whether or not they show; the likeliest first.

    Args:
        derivation: the function and its structure.
    """
    yield from _specific(derivation)
    yield from wrong_passes(derivation)
    yield from _general(derivation)


def _carried_through(
    steps: Mapping[str, Step],
    reads: Mapping[str, Collection[str]],
    right: SimpleNamespace,
    wrong: Mapping[str, Step],
) -> SimpleNamespace:
    """All values with some steps wrong; only what changes is computed anew."""
    values = SimpleNamespace(**vars(right))
    changed: set[str] = set()
    with np.errstate(all="ignore"):
        for name, step in steps.items():
            if name in wrong or changed & set(reads.get(name, ())):
                setattr(values, name, wrong.get(name, step)(values))
                changed.add(name)
    return values


def _handed_in(values: SimpleNamespace, parts: Sequence[str]) -> list[Any]:
    return [np.asarray(getattr(values, name), dtype=float) for name in parts]


def _equal(first: list[list[Any]], second: list[list[Any]]) -> bool:
    return all(
        a.shape == b.shape and np.allclose(a, b, rtol=_EQUAL, atol=_EQUAL)
        for left, right in zip(first, second, strict=True)
        for a, b in zip(left, right, strict=True)
    )


def _specific(derivation: Derivation) -> Iterator[Mistake]:
    """The rows of the table of wrong rules: at one place, and wherever the operation stands."""
    by_rule: dict[tuple[str, int, int], list[tuple[Edge, WrongRule, Operation]]] = {}
    for edge, row in _edges(derivation):
        if edge.position < len(row.wrong):
            for number, wrong in enumerate(row.wrong[edge.position]):
                name = rules_of(derivation.example.blocks[edge.block].nodes[edge.place]).name
                place = by_rule.setdefault((name, edge.position, number), [])
                place.append((edge, wrong, row))
                yield _mistake(derivation, [edge], wrong, row)
    for (name, position, number), found in by_rule.items():
        if len(found) > 1:
            _, wrong, row = found[0]
            if len({one.form for _, _, one in found}) > 1:
                row = operation_of(name, len(row.right))
                wrong = row.wrong[position][number]
            yield _mistake(derivation, [edge for edge, _, _ in found], wrong, row)


def _general(derivation: Derivation) -> Iterator[Mistake]:
    """What can happen at every operation, and where an operand was stretched."""
    for edge, row in _edges(derivation):
        node = derivation.example.blocks[edge.block].nodes[edge.place]
        right = rules_of(node).vjps[edge.position]
        assert right is not None
        for wrong in of_any_operation(row, edge.position, right):
            yield _mistake(derivation, [edge], wrong, row)
        operand = node.operands[edge.position]
        if operand.shape != node.shape and rules_of(node).elementwise:
            yield _mistake(
                derivation,
                [edge],
                WrongRule(
                    "M19",
                    "a mean instead of the sum over what broadcasting repeated",
                    "a mean over the entries that share one operand",
                    lambda g, y, *operands, right=right, shape=operand.shape: (
                        right(g, y, *operands) * max(np.prod(shape), 1) / np.size(y)
                    ),
                ),
                row,
            )


def _edges(derivation: Derivation) -> Iterator[tuple[Edge, Operation]]:
    """The uses of operands that lead to something that is differentiated."""
    for block in derivation.example.blocks.values():
        for edge, node, _ in block.edges():
            if derivation.reached([edge]):
                yield edge, operation_at(node)


def _mistake(
    derivation: Derivation, edges: Sequence[Edge], wrong: WrongRule, row: Operation
) -> Mistake:
    edge = edges[0]
    block = derivation.example.blocks[edge.block]
    changed = dict.fromkeys(edges, wrong.rule)
    alone = len(edges) == 1
    place = where(block, edge) if alone else "wherever it is used"

    def said(text: str) -> str:
        return spelt(block, edge, text) if alone else text

    of = said(f"the derivative of {row.form}")
    if len(row.right) > 1:
        of += f" with respect to {said(row.letter(edge.position)).strip('()')}"
    right = said(row.right[edge.position]) if edge.position < len(row.right) else ""
    shown = f"is what comes out when {of} is taken to be {said(wrong.written)}, {place}"
    evidence = f"your {{part}} {shown}."
    if wrong.shows:
        evidence = f"in your {{part}}, what comes through {said(row.form)} {wrong.shows}, {place}."
    question = f"What is {of}, {place}?"
    return Mistake(
        wrong.id,
        f"{wrong.name}, {' and '.join(f'{e.block}[{e.place}]{e.position}' for e in edges)}",
        {f"d{name}": derivation.adjoint(name, changed) for name in derivation.reached(edges)},
        evidence,
        name=wrong.name,  # without variables, so that a report can count it over functions
        here=said(wrong.name),
        question=question,
        hints=(
            question,
            f"Work out {of} on paper, then multiply it by the gradient that arrives there.",
            f"{_capital(of)} is {right}. What arrives there from above is multiplied by it, and "
            "what leaves goes on to the next line."
            if right
            else f"Differentiate {said(row.form)} with a small example, one entry at a time.",
        ),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
