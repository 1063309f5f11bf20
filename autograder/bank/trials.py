"""The two trials of right answers: the adversary changes them, its mirror rewrites them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from autograder.bank import reflections, survivors
from autograder.bank.adversary import Attack, attack
from autograder.bank.mirror import Reflection, reflect
from autograder.bank.pages import read_rows
from autograder.bank.right_answers import right_answers
from autograder.bank.running import RightAnswer
from autograder.course.folder import Course
from autograder.course.here import exercises_of_course_above
from autograder.exercise import Exercise
from autograder.exercises.registry import Registry
from autograder.runner.client import Runner

_SAMPLE = re.compile(r"course-bp bank --\w+ (\d+)`")


@dataclass(frozen=True)
class Trial:
    """A way to try out the right answers of an exercise. A row is what its page says about one.

    Args:
        name: what it is called; its page is docs/NAME.md.
        run: exercise id, how many changes of each answer (0 for all) and seed → how many right
            answers there are, and what was found.
        row: the exercise and the two results of `run` → its row.
        laid_out: the rows by exercise, and how many changes → the page.
        read: the page → its rows.
        trouble: exercise id and what was found → what should not be, a line each.
        said: what was found by exercise, and whether to list what nothing is said about → further
            lines.
    """

    name: str
    run: Callable[[str, int, int], tuple[int, Any]]
    row: Callable[[Exercise, int, Any], Any]
    laid_out: Callable[[Mapping[str, Any], int], str]
    read: Callable[[str], dict[str, Any]]
    trouble: Callable[[str, Any], list[str]]
    said: Callable[[Mapping[str, Any], bool], list[str]] = lambda found, untold: []


def sample_of(page: str) -> int | None:
    """How many changes of each answer a page was made with, or None if it does not say."""
    found = _SAMPLE.search(page)
    return int(found[1]) if found else None


@cache
def exercises() -> Registry:
    """Those of the course folder that this is in, or the package's."""
    return exercises_of_course_above(Path())


def _right_answers(id: str) -> list[RightAnswer]:
    os.environ.setdefault("MPLBACKEND", "Agg")
    return right_answers(Course.at(Path()), exercises().find(id))


def _attack(id: str, sample: int, seed: int) -> tuple[int, Attack]:
    answers = _right_answers(id)
    return len(answers), attack(
        exercises().find(id), answers, seed, sample or None, naming=sample > 0
    )


def _said_of_refused(found: Mapping[str, Attack], untold: bool) -> list[str]:
    listed = [line for id, one in found.items() for line in survivors.untold(id, one)]
    return survivors.told_lines(found) + (listed if untold else [])


def _reflect(id: str, sample: int, seed: int) -> tuple[int, Reflection]:
    answers = _right_answers(id)
    return len(answers), reflect(exercises().find(id), answers, seed, sample or None, _runner())


@cache
def _runner() -> Runner:
    """One warm sandbox for all exercises of a process; it ends with the process."""
    return Runner()


ADVERSARY = Trial(
    "adversary",
    _attack,
    survivors.rows_of,
    survivors.attack_page,
    survivors.read_attack_page,
    survivors.holes,
    _said_of_refused,
)
MIRROR = Trial(
    "mirror",
    _reflect,
    lambda exercise, answers, found: reflections.counts_of(answers, found),
    reflections.mirror_page,
    read_rows,
    reflections.lost,
)
