"""What students and instructors install, and what `course-bp` does there."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import textwrap
import time
import tomllib
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from workflows.attacks.notebook import BACKWARD, FORWARD, UNIT, answered
from workflows.support import REPOSITORY
from workflows.wheels import (
    INSTRUCTOR,
    OFFLINE,
    PIP,
    build,
    environment,
    pip,
    requirements,
    wheel_of,
)

from autograder.cli.main import FOR_EVERYBODY, PANELS
from autograder.feedback.result import VERDICT_MIME

UNITS = sorted(path.name for path in (REPOSITORY / "notebooks").iterdir())
NEED_GRADING = sorted(
    command.__name__.rstrip("_")
    for commands in PANELS.values()
    for command in commands
    if command not in FOR_EVERYBODY
)
INSTALL_GRADING = 'pip install "course-bp[grading]"'


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(REPOSITORY, tmp_path_factory.mktemp("student"))


@pytest.fixture(scope="module")
def instructors_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(INSTRUCTOR, tmp_path_factory.mktemp("instructor"))


@pytest.fixture(scope="module")
def student(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a student's installation."""
    return environment(tmp_path_factory.mktemp("environments") / "student", wheel)


def clean(folder: Path) -> dict[str, str]:
    """Nothing of this environment, nor of the person who runs the tests."""
    home = {name: str(folder / name.lower()) for name in ("HOME", "JUPYTER_RUNTIME_DIR")}
    return {"PATH": "/usr/bin:/bin", "COLUMNS": "150", "LANG": "C.UTF-8", **home}


def called(python: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Calls course-bp as installed, in a folder."""
    command = [str(python.with_name("course-bp")), *arguments]
    return subprocess.run(command, cwd=folder, env=clean(folder), capture_output=True, text=True)


def texts(archive: Path) -> dict[str, str]:
    """The files of a wheel or an sdist; of a notebook its cells."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            found = {name: wheel.read(name) for name in wheel.namelist()}
    else:
        with tarfile.open(archive) as sdist:
            files = [(about.name, sdist.extractfile(about)) for about in sdist if about.isfile()]
            found = {name: file.read() for name, file in files if file}
    return {
        name: "\n".join("".join(cell["source"]) for cell in json.loads(content)["cells"])
        if name.endswith(".ipynb")
        else content.decode("utf-8", "replace")
        for name, content in found.items()
    }


def solutions() -> list[str]:
    """The solutions of the units' texts, each as it would stand in another file."""
    bodies = [
        textwrap.dedent(body).strip()
        for text in REPOSITORY.glob("solutions/*/*.py")
        for body in re.findall(
            r"### BEGIN SOLUTION\n(.*?)^ *### END SOLUTION", text.read_text("utf-8"), re.S | re.M
        )
    ]
    # A line or two may well stand elsewhere, such as `return x * y`.
    return [body for body in bodies if body.count("\n") >= 3]


# What writes a new exercise's cells, and the small example in a new, empty course.
WITH_MARKS = ("autograder/derived/texts.py", "autograder/course/starter/unit.py.txt")


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_what_students_install_holds_no_text_with_solutions(kind: str, tmp_path: Path) -> None:
    held = texts(build(REPOSITORY, tmp_path, kind))
    assert len([name for name in held if name.endswith(".ipynb")]) == len(UNITS)
    marked = [name for name, text in held.items() if "### BEGIN SOLUTION" in text]
    assert [name for name in marked if not name.endswith(WITH_MARKS)] == []
    assert not any("solutions" in name for name in held)
    known = solutions()
    assert len(known) > 30
    unindented = {name: re.sub(r"^ +", "", text, flags=re.M) for name, text in held.items()}
    for solution in known:
        plain = re.sub(r"^ +", "", solution, flags=re.M)
        assert [name for name, text in unindented.items() if plain in text] == [], solution


def test_instructors_wheel_asks_for_the_students_of_the_same_version(
    instructors_wheel: Path,
) -> None:
    version = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]["version"]
    assert requirements(instructors_wheel) == [f"course-bp[grading]=={version}"]
    assert f"-{version}-" in instructors_wheel.name


def test_help_names_the_students_commands_and_what_else_to_install(
    student: Path, tmp_path: Path
) -> None:
    done = called(student, tmp_path, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"lab .*JupyterLab", done.stdout)
    assert re.search(r"check .*notebook", done.stdout)
    assert INSTALL_GRADING in " ".join(done.stdout.split())
    assert called(student, tmp_path, "grade", "--help").returncode == 0


@pytest.mark.parametrize("command", NEED_GRADING)
def test_a_command_for_grading_says_what_to_install(
    student: Path, tmp_path: Path, command: str
) -> None:
    done = called(student, tmp_path, command)
    said = f"course-bp: {command} needs packages that are not installed here: {INSTALL_GRADING}\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


def test_a_new_course_needs_the_instructors_wheel(student: Path, tmp_path: Path) -> None:
    done = called(student, tmp_path, "new", "course")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "install course-bp-instructor" in done.stderr
    assert not (tmp_path / "course").exists()


def test_the_doctor_names_the_packages_that_are_missing(student: Path, tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    done = called(student, tmp_path, "doctor", "--json")
    (grading,) = [one for one in json.loads(done.stdout) if one["name"] == "packages for grading"]
    assert (done.returncode, grading["state"], grading["fix"]) == (1, "fault", INSTALL_GRADING)


def test_lab_copies_the_units_once_and_starts_jupyterlab(student: Path, tmp_path: Path) -> None:
    done = called(student, tmp_path, "lab", "--into", "mine", "--", "--version")
    assert (done.returncode, bool(re.fullmatch(r"\d+\.\d+.*\n", done.stdout))) == (0, True)
    copied = sorted(path.parent.name for path in tmp_path.glob("mine/*/*.ipynb"))
    assert copied == UNITS
    begun = tmp_path / "mine" / UNIT / f"{UNIT}.ipynb"
    begun.write_text("begun")
    assert called(student, tmp_path, "lab", "--into", "mine", "--", "--version").returncode == 0
    assert begun.read_text() == "begun"


def test_a_notebook_is_checked(student: Path, tmp_path: Path) -> None:
    released = json.loads((REPOSITORY / "notebooks" / UNIT / f"{UNIT}.ipynb").read_bytes())
    (tmp_path / "mine.ipynb").write_text(json.dumps(answered(released, FORWARD, BACKWARD)))
    done = called(student, tmp_path, "check", "mine.ipynb", "--json")
    assert (done.returncode, done.stderr) == (1, "")
    scores = {one["exercise"]: one["score"] for one in json.loads(done.stdout)["exercises"]}
    assert (scores["quiz2.forward"], scores["quiz2.backward"]) == (1.0, 2.0)


def test_a_unit_runs_with_its_checks_in_a_kernel(student: Path, tmp_path: Path) -> None:
    unit = "02-computation-graphs"
    released = REPOSITORY / "notebooks" / unit / f"{unit}.ipynb"
    command = [str(student), "-m", "nbconvert", "--to", "notebook", "--execute", "--stdout"]
    done = subprocess.run(
        [*command, "--allow-errors", str(released)],
        cwd=tmp_path,
        env=clean(tmp_path),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    outputs = [o for cell in json.loads(done.stdout)["cells"] for o in cell.get("outputs", ())]
    assert [output for output in outputs if output["output_type"] == "error"] == []
    assert sum(VERDICT_MIME in output.get("data", {}) for output in outputs) > 3


def test_instructors_make_and_build_a_course(
    wheel: Path, instructors_wheel: Path, tmp_path: Path
) -> None:
    python = environment(tmp_path / "env", wheel, instructors_wheel, extra="grading")
    assert called(python, tmp_path, "new", "course", "--unit", "02").returncode == 0
    course = tmp_path / "course"
    done = called(python, course, "build")
    assert done.returncode == 0, done.stderr
    (built,) = course.glob("notebooks/*/*.ipynb")
    assert built.read_bytes() == (REPOSITORY / built.relative_to(course)).read_bytes()
    submitted = course / "submitted" / "ada" / built.parent.name
    submitted.mkdir(parents=True)
    shutil.copy(built, submitted)
    done = called(python, course, "grade", "02", "--cluster", "tcp://127.0.0.1:1")
    said = 'course-bp: distributed is not installed here: pip install "course-bp[cluster]"\n'
    assert (done.returncode, done.stderr.endswith(said)) == (2, True)


@pytest.fixture
def from_an_index(wheel: Path, tmp_path: Path) -> Path:
    """A student's installation as pip makes it, of whatever is newest."""
    reached = [*PIP, "download", "--no-deps", "--dest", str(tmp_path), "cycler"]
    if subprocess.run(reached, capture_output=True).returncode:
        pytest.skip("no package index can be reached from here")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "env"], check=True)
    python = tmp_path / "env" / "bin" / "python"
    pip(python, "install", "--no-compile", str(wheel))
    return python


@pytest.fixture
def lab(from_an_index: Path, tmp_path: Path) -> Iterator[str]:
    """The address of the JupyterLab that `course-bp lab` has started, with its token."""
    command = [str(from_an_index.with_name("course-bp")), "lab", "--into", "mine", "--"]
    process = subprocess.Popen(
        [*command, "--no-browser", "--allow-root"],
        cwd=tmp_path,
        env=clean(tmp_path),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not (found := list(tmp_path.glob("jupyter_runtime_dir/jpserver-*.json"))):
            assert process.poll() is None
            time.sleep(0.1)
        about = json.loads(found[0].read_text())
        yield f"{about['url']}api/contents?token={about['token']}"
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_a_fresh_installation_opens_the_units(
    lab: str, from_an_index: Path, tmp_path: Path
) -> None:
    with urllib.request.urlopen(lab) as answer:
        shown = json.load(answer)["content"]
    assert sorted(entry["name"] for entry in shown) == UNITS
    assert called(from_an_index, tmp_path, "check", f"mine/{UNIT}/{UNIT}.ipynb").returncode == 1
    assert called(from_an_index, tmp_path, "grade", "02").returncode == 2


def warned(python: Path, folder: Path) -> list[bool]:
    """Whether a notebook's import and the command name the other distribution."""
    command = "import sys; sys.argv = ['course-bp', '--version']; import autograder.cli.main as m"
    said = []
    for code in ("import autograder.check", f"{command}; m.main()"):
        script = [str(python), "-c", code]
        done = subprocess.run(script, cwd=folder, env=clean(folder), capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        said.append(
            "another package named 'autograder' (version 1.0)" in " ".join(done.stderr.split())
        )
    return said


def test_the_index_has_another_autograder_and_it_is_named_in_either_order(
    student: Path, wheel: Path, tmp_path: Path
) -> None:
    both = shutil.copytree(student.parents[1], tmp_path / "both", symlinks=True)
    python = both / "bin" / "python"
    files = {"autograder/__init__.py": "NAME = 'theirs'\n", "autograder/util.py": "x = 1\n"}
    other = wheel_of("autograder", "1.0", files, tmp_path)
    assert warned(python, tmp_path) == [False, False]
    pip(python, "install", *OFFLINE, str(other))
    assert warned(python, tmp_path) == [True, True]
    pip(python, "install", *OFFLINE, "--force-reinstall", str(wheel))
    assert warned(python, tmp_path) == [True, True]
    pip(python, "uninstall", "--yes", "autograder")
    pip(python, "install", *OFFLINE, "--force-reinstall", str(wheel))
    assert warned(python, tmp_path) == [False, False]
    cure = "pip uninstall autograder\npip install --force-reinstall --no-deps course_bp-"
    assert cure in (REPOSITORY / "docs" / "ta.md").read_text("utf-8")
