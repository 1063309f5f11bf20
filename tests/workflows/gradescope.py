"""Gradescope's container, as far as its specification tells: folders, and what is run in them."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workflows.support import Run


def run_in_gradescope(
    archive: Path, root: Path, files: Mapping[str, Path], run: Run
) -> dict[str, Any]:
    """Runs an autograder on a submission.

    Args:
        archive: the zip that would be uploaded.
        root: what Gradescope has at /autograder.
        files: name in the submission → the file.
        run: runs a command as a user would.

    Returns:
        What is in results.json.
    """
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(root / "source")
    for name, path in files.items():
        (root / "submission" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, root / "submission" / name)
    script = str(root / "source" / "run_autograder")
    done = run("env", f"AUTOGRADER_ROOT={root}", "sh", script, cwd=root)
    assert done.returncode == 0, done.stderr
    results: dict[str, Any] = json.loads((root / "results" / "results.json").read_text())
    return results
