"""Whoever else is in the class, honest work gets what it gets alone, and hostile work its due.

With ISOLATION=60 there are 60 honest and 60 hostile students in each class instead of a dozen, all
ways of grading are tried, and ISOLATION_SEEDS classes are made: `make isolation`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from workflows.mixed_class import (
    Got,
    Graded,
    Way,
    graded_alone,
    graded_together,
    new_course,
    open_place,
)
from workflows.mixed_members import Member, released_notebook, the_class

from autograder.course.secret import VARIABLE

FEW = 12
SIZE = int(os.environ.get("ISOLATION", "0"))
SEEDS = range(1, 1 + int(os.environ.get("ISOLATION_SEEDS", "1")))
ONE, TWO = Way("root, one worker", False, 1), Way("root, two workers", False, 2)
ORDINARY = (
    Way("ordinary user, one worker", True, 1),
    Way("ordinary user, two workers", True, 2),
)
STOCK = Way("nbgrader's own command", False, 0)
WAYS = [ONE, TWO, *ORDINARY, STOCK] if SIZE else [ONE, ORDINARY[1]]


@pytest.fixture(scope="module")
def ready(built_course: Path) -> Iterator[Path]:
    """A course that nobody has handed anything in to."""
    with open_place() as place, pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(place / "course.secret"))
        yield new_course(built_course, place / "course")


@pytest.fixture(
    scope="module",
    params=product(SEEDS, WAYS),
    ids=lambda one: f"class {one[0]}, {one[1].name}",
)
def graded(request: pytest.FixtureRequest, ready: Path) -> Graded:
    seed, way = request.param
    if os.getuid() and way in (ONE, TWO):
        pytest.skip("these tests are run by an ordinary user")
    members = the_class(released_notebook(ready), SIZE or FEW, SIZE or FEW, seed)
    return graded_together(ready, members, way)


@pytest.fixture(scope="module")
def alone(ready: Path) -> Callable[[Member], Got | None]:
    """What a submission gets that is graded alone; each is graded once for all ways."""
    found: dict[tuple[str, str, str], Got | None] = {}

    def graded_once(one: Member) -> Got | None:
        key = (one.student, one.work.name, repr(one.work))
        if key not in found:
            found[key] = graded_alone(ready, one)
        return found[key]

    return graded_once


def test_honest_work_gets_what_it_gets_alone(
    graded: Graded, alone: Callable[[Member], Got | None]
) -> None:
    honest = [one for one in graded.members if one.honest]
    different = {}
    for one in honest:
        expected = alone(one)
        assert expected is not None
        assert expected.page
        if names := expected.differs_from(graded.got.get(one.folder)):
            different[one.student, one.work.name] = names
    assert different == {}
    print(f"{graded.way.name}: {len(honest)} honest submissions are as alone")


def test_hostile_work_gets_what_its_answers_deserve(graded: Graded) -> None:
    hostile = [one for one in graded.members if not one.honest]
    undeserved = {one.work.name: why for one in hostile if (why := graded.why_undeserved(one))}
    assert undeserved == {}
    print(f"{graded.way.name}: {len(hostile)} hostile submissions have their due")


def test_the_class_is_the_same_every_time_and_another_for_another_seed(ready: Path) -> None:
    def told(seed: int) -> list[tuple[str, str, bytes]]:
        made = the_class(released_notebook(ready), 9, 9, seed)
        return [(one.student, one.work.name, getattr(one.work, "notebook", b"")) for one in made]

    assert told(1) == told(1) != told(2)
