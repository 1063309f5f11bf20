"""What the commands share."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from autograder.cli.main import PANELS

Call = Callable[..., tuple[int, str, str]]
COMMANDS = [command.__name__.rstrip("_") for commands in PANELS.values() for command in commands]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_breaks_a_line_only_where_the_window_ends(
    call: Call, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    status, out, _ = call(command, "--help")
    assert status == 0
    # The prose stands between the usage and the first box, indented by one.
    lines = [line.strip() for line in out.partition("╭")[0].splitlines()]
    prose = lines[lines.index("", 1) + 1 :]
    early = [
        line
        for line, after in pairwise(prose)
        if line and after and len(f" {line} {after.split()[0]}") < 80
    ]
    assert early == []
