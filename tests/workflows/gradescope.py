"""Gradescope, as far as its specification tells: its container, and what results.json may hold."""

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


def check_results(results: dict[str, Any]) -> None:
    """Only fields of the specification, with values that it allows."""
    top = {"score", "execution_time", "output", "output_format", "test_output_format"}
    top |= {"test_name_format", "visibility", "stdout_visibility", "extra_data", "tests"}
    test = {"score", "max_score", "status", "name", "name_format", "number", "output"}
    test |= {"output_format", "tags", "visibility", "extra_data"}
    assert set(results) <= top
    for one in results["tests"]:
        assert set(one) <= test
        assert 0 <= one["score"] <= one["max_score"]
        assert one["status"] in ("passed", "failed")
        assert one["output_format"] in ("text", "html", "simple_format", "md", "ansi")
        assert one["visibility"] in ("hidden", "after_due_date", "after_published", "visible")


def check_not_graded(results: dict[str, Any]) -> None:
    """Nobody can take it for a 0 that was earned."""
    (test,) = results["tests"]
    assert "score" not in results
    assert (test["name"], test["score"], test["max_score"]) == ("Not graded", 0, 0)
    assert results["extra_data"] == {"course-bp graded": False}
