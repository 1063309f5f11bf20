from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def progress_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test begins with an empty record."""
    file = tmp_path / "progress.json"
    monkeypatch.setenv("COURSE_BP_PROGRESS_FILE", str(file))
    return file
