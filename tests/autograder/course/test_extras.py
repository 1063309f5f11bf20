from __future__ import annotations

import tomllib
from pathlib import Path

from packaging.requirements import Requirement

from autograder.course.extras import EXTRAS, extra_of, missing

REPOSITORY = Path(__file__).parents[3]


def test_each_extra_is_told_by_the_modules_that_it_installs() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    for extra, modules in EXTRAS.items():
        asked = [Requirement(line).name for line in project["optional-dependencies"][extra]]
        assert [name.removesuffix("-binary") for name in asked] == list(modules)
        assert missing(extra) == []


def test_a_module_leads_to_its_extra() -> None:
    assert extra_of("nbgrader.api") == "grading"
    assert extra_of("psycopg2") == "postgresql"
    assert extra_of("numpy") == extra_of(None) == ""
