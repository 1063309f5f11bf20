from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.cli import main
from autograder.course.folder import CONFIG_FILE

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course folder with an empty configuration."""
    (tmp_path / CONFIG_FILE).write_text("c = get_config()\n")
    return tmp_path


@pytest.fixture
def call(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Calls course-bp in the folder, in this process: exit status, stdout, stderr."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "150")

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["course-bp", *arguments])
        # It stays with the process otherwise.
        monkeypatch.setattr(main.signal, "signal", lambda number, handler: None)
        with pytest.raises(SystemExit) as ended:
            main.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, " ".join(said.err.split())

    return call
