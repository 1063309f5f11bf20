"""Where `check` and `practice` note what a learner has done: a file that stays on the machine."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from autograder.files.ledger import replace_file

VARIABLE = "COURSE_BP_PROGRESS_FILE"


def progress_path() -> Path:
    """The file named by COURSE_BP_PROGRESS_FILE, or one in the user's data folder."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("course-bp") / "progress.json"


def read_notes(path: Path) -> dict[str, Any]:
    """All notes; a damaged file counts as none.

    Args:
        path: the file.
    """
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_notes(path: Path, notes: dict[str, Any]) -> None:
    """Writes all notes. A folder that cannot be written to costs the note and nothing else.

    Args:
        path: the file.
        notes: as `read_notes` gives them, with changes.
    """
    with contextlib.suppress(OSError):
        replace_file(path, json.dumps(notes, indent=1, sort_keys=True) + "\n")
