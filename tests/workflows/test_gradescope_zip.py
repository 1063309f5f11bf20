"""The autograder zip, really run: as Gradescope lays it out, and with nothing else of ours."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from workflows.attacks.notebook import FORWARD, FORWARD_POINTS, UNIT, ZERO_BACKWARD, answered
from workflows.gradescope import check_not_graded, check_results
from workflows.support import REPOSITORY, TWO_POINTS_A_DAY, Run

from autograder.exercises import of_unit
from autograder.exports.gradescope.zip import LOCK

# This forward pass needs a file that was handed in with the notebook.
WITH_A_FILE = "ONE = float(open('one.txt').read())\n" + FORWARD.replace(
    "1 / (1 + np.exp(-t))", "ONE / (ONE + np.exp(-t))"
)


@pytest.fixture(scope="module")
def unpacked(built_course: Path, run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip of a course with a plugin of its own, as Gradescope lays it out, and a submission."""
    root = tmp_path_factory.mktemp("gradescope") / "autograder"
    course = Path(shutil.copytree(built_course, root.parent / "course"))
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(TWO_POINTS_A_DAY + 'c.GradeInSandbox.limits = {"cell_seconds": 20.0}\n')
    done = run("course-bp", "export", "gradescope-autograder", UNIT, cwd=course)
    assert done.returncode == 0, done.stderr
    assert "The zip does not take points off for late work" in " ".join(done.stderr.split())
    archive = zipfile.ZipFile(course / "exports" / f"gradescope-{UNIT}.zip")
    archive.extractall(root / "source")
    modes = {about.filename: about.external_attr >> 16 & 0o777 for about in archive.infolist()}
    assert (modes["setup.sh"], modes["run_autograder"], modes["secret"]) == (0o755, 0o755, 0o600)
    shutil.copy(root / "source" / "run_autograder", root / "run_autograder")
    released = json.loads((course / "notebooks" / UNIT / f"{UNIT}.ipynb").read_bytes())
    (root / "submission").mkdir()
    (root / "submission" / "one.txt").write_text("1.0")
    notebook = json.dumps(answered(released, WITH_A_FILE, ZERO_BACKWARD))
    (root / "submission" / "mine.ipynb").write_text(notebook)
    return root


def in_container(root: Path, script: str, path: str, **more: str) -> dict[str, Any] | None:
    """Runs a script as in Gradescope's container: nothing of ours but what is in the zip."""
    environment = {"PATH": path, "AUTOGRADER_ROOT": str(root), "HOME": str(root.parent), **more}
    ran = subprocess.run(
        ["/bin/sh", str(root / script)], cwd=root, env=environment, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    results = root / "results" / "results.json"
    found: dict[str, Any] | None = json.loads(results.read_text()) if results.exists() else None
    return found


def earned(results: dict[str, Any]) -> dict[str, float]:
    """Exercise → points, for those that earned any."""
    check_results(results)
    found = {test["name"].partition(":")[0]: test["score"] for test in results["tests"]}
    assert set(found) == {exercise.id for exercise in of_unit(UNIT)}
    return {id: score for id, score in found.items() if score}


def test_the_autograder_zip_grades_in_a_clean_folder(unpacked: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(unpacked, tmp_path / "autograder"))
    path = os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"])
    in_container(root, "source/setup.sh", path)
    assert not (root / "venv").exists()  # An image that has all of it needs no other.
    results = in_container(root, "run_autograder", path)
    assert results is not None
    assert earned(results) == {"quiz2.forward": FORWARD_POINTS}
    (root / "submission" / "mine.ipynb").write_text("broken")
    failed = in_container(root, "run_autograder", path)
    assert failed is not None
    check_not_graded(failed)
    assert "cannot be read as JSON" in failed["output"]


@pytest.mark.parametrize("name", [f"{UNIT} (1).ipynb", f"hw/{UNIT}-Copy1.ipynb", "ÜBUNG 6.IPYNB"])
def test_the_only_notebook_counts_whatever_its_name(
    unpacked: Path, tmp_path: Path, name: str
) -> None:
    root = Path(shutil.copytree(unpacked, tmp_path / "autograder"))
    target = root / "submission" / name
    target.parent.mkdir(exist_ok=True)
    (root / "submission" / "mine.ipynb").rename(target)
    if target.parent != root / "submission":
        (root / "submission" / "one.txt").rename(target.parent / "one.txt")
    path = os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"])
    results = in_container(root, "run_autograder", path)
    assert results is not None
    assert earned(results) == {"quiz2.forward": FORWARD_POINTS}


def test_the_courses_limits_are_in_the_zip(unpacked: Path) -> None:
    settings = json.loads((unpacked / "source" / "course-bp.json").read_text())
    assert settings["limits"]["cell_seconds"] == 20.0
    assert not list(unpacked.rglob("nbgrader_config.py"))


def test_setup_installs_what_the_lock_names_on_a_bare_image(
    run: Run, unpacked: Path, tmp_path: Path
) -> None:
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    if subprocess.run([*pip, "cycler", "--dest", tmp_path], capture_output=True).returncode:
        pytest.skip("no package index can be reached from here")
    root = Path(shutil.copytree(unpacked, tmp_path / "autograder"))
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("bwrap", "chmod"):
        (tools / name).symlink_to(str(shutil.which(name)))
    # A Python without any package, and no apt-get: nothing of this machine is changed.
    bare = tools / "python3"
    bare.write_text(f'#!/bin/sh\nexec "{sys._base_executable}" -S "$@"\n')
    bare.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    cache = run(sys.executable, "-m", "pip", "cache", "dir", cwd=tmp_path).stdout.strip()
    in_container(root, "source/setup.sh", str(tools), **{"PIP_CACHE_DIR": cache} | kept)
    installed = (root / "venv").glob("lib/python3*/site-packages/*.dist-info")
    found = {path.name.removesuffix(".dist-info").replace("_", "-") for path in installed}
    locked = (root / "source" / "requirements.txt").read_text()
    for pin in ("anywidget", "numpy", "nbformat"):
        (one,) = [
            name for name in found if name.startswith(f"{pin}-") and name[len(pin) + 1].isdigit()
        ]
        assert f"{pin}=={one.removeprefix(f'{pin}-')} " in locked
    results = in_container(root, "run_autograder", str(tools))
    assert results is not None
    assert earned(results) == {"quiz2.forward": FORWARD_POINTS}


def test_gradescopes_lock_is_a_part_of_the_courses() -> None:
    """`make lock` writes both; a course is tested with the versions that it is graded with."""
    course = (REPOSITORY / "requirements.lock").read_text()
    pins = [line for line in LOCK.read_text().splitlines() if "==" in line]
    assert len(pins) > 20
    assert [pin for pin in pins if f"{pin.split()[0]} " not in course] == []
