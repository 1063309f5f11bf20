"""Points: what a part earns, and what an answer earns in all."""

from __future__ import annotations

import dataclasses

import pytest

from autograder.exercise import Exercise, Part
from autograder.judge.verdict import PartVerdict, Status, Verdict

EARNED = {
    Status.RIGHT: 2.0,
    Status.FOLLOWS: 2.0,
    Status.NUMERIC: 0.5,
    Status.FORM: 1.8,
    Status.AGAIN: 2.0,
    Status.NARROW: 1.0,
    Status.WRONG: 0.0,
    Status.MALFORMED: 0.0,
    Status.MISSING: 0.0,
    Status.NOT_ASKED: 0.0,
}


@pytest.mark.parametrize("status", Status)
def test_what_a_part_earns(chain: Exercise, status: Status) -> None:
    exercise = dataclasses.replace(chain, differences_earn=0.25)
    assert PartVerdict(Part("dw", 2), status).earned(exercise) == EARNED[status]


def of(chain: Exercise, *statuses: Status, **faults: tuple[str, ...]) -> Verdict:
    parts = tuple(
        PartVerdict(part, status) for part, status in zip(chain.parts, statuses, strict=True)
    )
    return Verdict(chain, parts, **faults)  # type: ignore[arg-type]  # only such faults are given


def test_all_right_is_full(chain: Exercise) -> None:
    verdict = of(chain, Status.RIGHT, Status.FOLLOWS, Status.RIGHT)
    assert verdict.score == 4
    assert verdict.full
    assert verdict.first_wrong is None


def test_the_earliest_part_without_all_its_points_comes_first(chain: Exercise) -> None:
    verdict = of(chain, Status.RIGHT, Status.NUMERIC, Status.WRONG)
    assert verdict.score == 1.5
    assert not verdict.full
    assert verdict.first_wrong is verdict.parts[1]


@pytest.mark.parametrize(
    "faults",
    [
        {"mutated": ("w",)},
        {"stopped_on": ("wide",)},
        {"mutated": ("w", "x"), "stopped_on": ("wide",)},
    ],
)
def test_a_fault_costs_half_once(chain: Exercise, faults: dict[str, tuple[str, ...]]) -> None:
    verdict = of(chain, Status.RIGHT, Status.RIGHT, Status.RIGHT, **faults)
    assert verdict.score == 2
    assert not verdict.full
    assert of(chain, Status.RIGHT, Status.RIGHT, Status.WRONG, **faults).score == 1


def test_points_are_kept_to_a_millionth(chain: Exercise) -> None:
    parts = tuple(Part(name, 1 / 3) for name in ("du", "dv", "dw"))
    exercise = dataclasses.replace(chain, parts=parts)
    assert of(exercise, Status.RIGHT, Status.WRONG, Status.WRONG).score == 0.333333
