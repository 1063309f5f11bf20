"""What `course-bp bank` refuses: options that do not go together."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from autograder.cli.main import app


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--mutants", "1", "--rewrites", "1"], "--rewrites"),
        (["--untold"], "--untold"),
        (["--update", "--exercise", "j.paths", "--mutants", "1"], "--update"),
    ],
)
def test_options_that_do_not_go_together_are_refused(options: list[str], named: str) -> None:
    ran = CliRunner().invoke(app, ["bank", *options])
    assert ran.exit_code == 2
    assert named in ran.output
