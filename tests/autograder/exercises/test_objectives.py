from __future__ import annotations

import tomllib
from pathlib import Path

from autograder.exercises import EXERCISES, objectives

ROOT = Path(objectives.__file__).parents[2]


def test_they_are_those_of_the_coverage_page() -> None:
    listed = tomllib.loads((ROOT / "solutions" / "inventory.toml").read_text("utf-8"))
    assert listed["objectives"] == objectives.OBJECTIVES


def test_every_objective_of_an_exercise_has_words() -> None:
    named = {one for exercise in EXERCISES.values() for one in exercise.objectives}
    assert named == set(objectives.OBJECTIVES)
