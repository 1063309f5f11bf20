"""What similar looks at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

Call = Callable[..., tuple[int, str, str]]
UNIT = "06-logistic-to-network"


def test_nothing_is_said_of_copies_in_what_was_not_graded(folder: Path, call: Call) -> None:
    (folder / "source" / UNIT).mkdir(parents=True)
    (folder / "source" / UNIT / f"{UNIT}.py").touch()
    (folder / "submitted" / "ada" / UNIT).mkdir(parents=True)
    for typed in ((), (UNIT,)):
        status, out, err = call("similar", *typed)
        assert (status, out) == (2, "")
        assert f"no submission to {UNIT} has been graded" in err


def test_a_unit_that_waits_to_be_graded_is_named(folder: Path, call: Call) -> None:
    waiting = "02-computation-graphs"
    for unit in (UNIT, waiting):
        (folder / "source" / unit).mkdir(parents=True)
        (folder / "source" / unit / f"{unit}.py").touch()
        (folder / "submitted" / "ada" / unit).mkdir(parents=True)
    graded = folder / "autograded" / "ada" / UNIT / f"{UNIT}.ipynb"
    graded.parent.mkdir(parents=True)
    graded.write_text('{"cells": []}')
    status, out, err = call("similar", "--json")
    assert (status, out) == (0, "[]\n")
    assert err.endswith(f"left out: {waiting}")
