"""Whatever a submission has got hold of, one beside it finds what it finds alone."""

from __future__ import annotations

import os
from typing import Any

import pytest
from workflows.attacks.beside import HOLDING, NEEDING
from workflows.attacks.lingering import LOOK
from workflows.attacks.notebook import BACKWARD, FORWARD
from workflows.ordinary_user import as_ordinary_user
from workflows.runner_process import run_all

# As root, each sandbox has a user of its own.
SUBMISSIONS = [
    [NEEDING],
    [LOOK.replace("found.st_uid, ", "")],
    ["import numpy as np", FORWARD, BACKWARD],
]
Found = list[dict[str, Any]]


def unnumbered(found: Found) -> Found:
    return [{**one, "sandbox": 0} for one in found]


@pytest.fixture(scope="module", params=["root", "ordinary"])
def prefix(request: pytest.FixtureRequest) -> list[str]:
    if os.getuid() and request.param == "root":
        pytest.skip("these tests are run by an ordinary user")
    return as_ordinary_user() if request.param == "ordinary" else []


@pytest.fixture(scope="module")
def alone(prefix: list[str]) -> Found:
    return unnumbered(run_all(SUBMISSIONS, prefix))


def test_alone_all_of_them_find_what_they_need(alone: Found) -> None:
    assert [one["failure"] for one in alone] == [""] * 3
    assert [one["statuses"][0] for one in alone] == ["ok"] * 3
    assert alone[2]["statuses"] == ["ok"] * 5


@pytest.mark.parametrize("what", HOLDING)
def test_beside_it_all_is_as_alone(alone: Found, prefix: list[str], what: str) -> None:
    assert unnumbered(run_all(SUBMISSIONS, prefix, HOLDING[what])) == alone
