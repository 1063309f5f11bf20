"""Every wrong rule is wrong, can be run, and belongs to an operation of the library."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.derived.wrong_rules import OPERATIONS, of_any_operation, operation_of
from autograder.derived.wrong_rules.operation import WrongRule
from autograder.judge.catalogue import CATALOGUE
from course_bp.primitives.table import TABLE

ROWS = [
    pytest.param(name, position, wrong, id=f"{name}-{position}-{wrong.written}")
    for name, row in OPERATIONS.items()
    for position, wrongs in enumerate(row.wrong)
    for wrong in wrongs
]


def operands_of(name: str) -> list[object]:
    """Operands for which everything is defined, with settings as the operation takes them."""
    rng = np.random.default_rng(1)
    entry = TABLE[name]
    if name == "matmul":
        return [rng.normal(size=(3, 3)), rng.normal(size=(3, 3))]
    found: list[object] = [rng.uniform(0.2, 0.9, size=(3, 4)) for _ in entry.vjps]
    if name == "power":
        found[1] = 3.0
    if name == "where":
        found[0] = (found[0] > np.median(found[0])) * 1.0  # type: ignore[operator]
    if name == "relu":
        found[0] = rng.normal(size=(3, 4))
    if name == "abs":
        found[0] = -found[0]  # type: ignore[operator]
    settings = {
        "sum": (1, False),
        "mean": (1, False),
        "max": (1, False),
        "min": (1, False),
        "logsumexp": (1, False),
        "softmax": (1,),
        "log_softmax": (1,),
        "cumsum": (1,),
        "transpose": (None,),
    }
    return [*found, *settings.get(name, ())]


@pytest.mark.parametrize("name", OPERATIONS)
def test_each_row_is_an_operation_of_the_library(name: str) -> None:
    assert name in TABLE


@pytest.mark.parametrize("name", OPERATIONS)
def test_each_operand_has_a_right_derivative_and_a_list_of_wrong_ones(name: str) -> None:
    row = OPERATIONS[name]
    assert len(row.right) == len(row.wrong)
    assert all(wrong.id in {"", *CATALOGUE} for wrongs in row.wrong for wrong in wrongs)


@pytest.mark.parametrize(("name", "position", "wrong"), ROWS)
def test_a_wrong_rule_differs_from_the_right_one(
    name: str, position: int, wrong: WrongRule
) -> None:
    entry, operands = TABLE[name], operands_of(name)
    y = np.asarray(entry.value(*operands))
    g = np.random.default_rng(2).normal(size=y.shape)
    rule = entry.vjps[position]
    assert rule is not None
    right = np.broadcast_to(rule(g, y, *operands), np.shape(operands[position]))
    found = np.broadcast_to(wrong.rule(g, y, *operands), np.shape(operands[position]))
    assert np.isfinite(found).all()
    assert not np.allclose(found, right)


def test_the_wrong_derivatives_of_one_operand_are_written_in_different_ways() -> None:
    for row in OPERATIONS.values():
        for wrongs in row.wrong:
            written = [wrong.written for wrong in wrongs]
            assert len(set(written)) == len(written)


def test_an_operation_without_a_row_has_the_slips_of_every_operation() -> None:
    row = operation_of("hypot", 2)
    rule = TABLE["hypot"].vjps[0]
    assert rule is not None
    assert row.form == "hypot(u, v)"
    assert {wrong.id for wrong in of_any_operation(row, 0, rule)} == {"M5", "M9", "M1", "M2"}
