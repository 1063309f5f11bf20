from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

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


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    """One warm sandbox for all tests of a process."""
    with Runner(SMALL) as started:
        yield started


@pytest.fixture
def run(runner: Runner) -> Callable[..., Outcome]:
    """Runs cells."""
    return lambda *cells: runner.run([RunCell(cell) for cell in cells])
