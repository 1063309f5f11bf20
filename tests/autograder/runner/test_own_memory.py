"""A process that grades gets so much memory and no more, for as long as it grades."""

from __future__ import annotations

import resource
import subprocess
import sys
from dataclasses import replace

import pytest

from autograder.runner.limits import MIB, Limits
from autograder.runner.own_memory import limited

FEW = replace(Limits(), worker_bytes=64 * MIB, memory_bytes=64 * MIB)
FOR_GOOD = (
    "from dataclasses import replace\n"
    "from autograder.runner.limits import Limits\n"
    "from autograder.runner.own_memory import limit_for_good\n"
    "limit_for_good(replace(Limits(), worker_bytes=2**29, memory_bytes=2**29))\n"
    "held = bytearray(2**30)"
)


def test_more_is_refused_while_it_grades_and_only_then() -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA)
    with limited(FEW):
        assert len(bytearray(32 * MIB)) == 32 * MIB
        with pytest.raises(MemoryError):
            bytearray(256 * MIB)
    assert resource.getrlimit(resource.RLIMIT_DATA) == before
    assert len(bytearray(256 * MIB)) == 256 * MIB


def test_an_error_ends_it_too() -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA)
    with pytest.raises(ValueError, match="x"), limited(FEW):
        raise ValueError("x")
    assert resource.getrlimit(resource.RLIMIT_DATA) == before


def test_a_sandbox_that_starts_there_gets_what_a_submission_may_have() -> None:
    with limited(replace(FEW, memory_bytes=512 * MIB)):
        assert len(bytearray(256 * MIB)) == 256 * MIB


def test_a_process_that_only_grades_is_limited_for_good() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FOR_GOOD], capture_output=True, text=True, check=False
    )
    assert "MemoryError" in done.stderr
