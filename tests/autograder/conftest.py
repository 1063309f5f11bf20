from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
import pytest
from judging import verdict_on

from autograder.exercise import Exercise, Mistake, Part, Probe
from autograder.judge.verdict import Verdict
from autograder.runner.client import Runner
from autograder.runner.job import RunCell
from autograder.runner.limits import MIB, Limits
from autograder.runner.outcome import Outcome

SMALL = Limits(
    cell_seconds=4.0,
    submission_seconds=20.0,
    cpu_seconds=1,
    memory_bytes=1024 * MIB,
    file_bytes=2 * MIB,
    scratch_bytes=8 * MIB,
    output_bytes=2_000,
    answer_bytes=1 * MIB,
    replays=2,
)


@pytest.fixture
def chain() -> Exercise:
    """y = sum(w²) for a matrix w, with the adjoint of u = w² as an earlier part."""

    def draw(*shape: int) -> Callable[[np.random.Generator], dict[str, Any]]:
        return lambda rng: {"w": rng.normal(size=shape)}

    return Exercise(
        again=False,
        id="chain.backward",
        unit="99-test",
        title="A chain",
        objectives=("O2",),
        deck="none",
        steps={
            "u": lambda v: v.w**2,
            "y": lambda v: 3 * v.u.sum(),
            "du": lambda v: np.full(v.w.shape, 3.0) + 0 * v.u,
            "dv": lambda v: v.du * v.u,
            "dw": lambda v: 2 * v.dv / v.w,
        },
        parts=(Part("du", 1), Part("dv", 1), Part("dw", 2, "dy/dw")),
        probes=(Probe("wide", draw(2, 5)), Probe("square", draw(3, 3))),
        output="y",
        leaves={"dw": "w"},
        batch="w",
        mistakes=(
            Mistake("M5", "u left out", {"dv": lambda v: v.du}, "your {part} lacks u."),
            Mistake("M6", "cube", {"u": lambda v: v.w**3}, "your {part} takes the cube."),
        ),
        hints=("nudge", "pointer", "worked idea"),
    )


@pytest.fixture
def ordering() -> Exercise:
    """An order is asked for, which is no number; none is right."""
    return Exercise(
        again=False,
        id="order.test",
        unit="99-test",
        title="An order",
        objectives=("O1",),
        deck="none",
        steps={"order": lambda v: ["a", "b"]},
        parts=(Part("order", 1, accept=lambda value, right: "no."),),
        probes=(Probe("the only one", lambda rng: {}),),
    )


@pytest.fixture
def chain_verdict(chain: Exercise) -> Callable[[Callable[..., Any]], Verdict]:
    """Judges an answer to the chain."""
    return partial(verdict_on, chain)


@pytest.fixture
def with_parts(chain: Exercise) -> Callable[..., Callable[[Any], dict[str, Any]]]:
    """An answer that is right but for the parts given as functions of the right value."""

    def build(**changes: Callable[[Any], Any]) -> Callable[[Any], dict[str, Any]]:
        def answer(w: Any) -> dict[str, Any]:
            parts = chain.answer()(w=w)
            return {name: changes.get(name, lambda g: g)(value) for name, value in parts.items()}

        return answer

    return build


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    """One warm sandbox for all tests of a process."""
    with Runner(SMALL) as started:
        yield started


@pytest.fixture
def run(runner: Runner) -> Callable[..., Outcome]:
    """Runs cells."""
    return lambda *cells: runner.run([RunCell(cell) for cell in cells])
