"""Wheels of this repository, and environments that hold nothing but what they ask for."""

from __future__ import annotations

import email
import os
import subprocess
import sys
import venv
import zipfile
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from workflows.support import REPOSITORY

INSTRUCTOR = REPOSITORY / "instructor"
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")

OFFLINE = ("--no-index", "--no-deps", "--no-compile")


def build(project: Path, into: Path, kind: str = "wheel") -> Path:
    """Builds a project's wheel or sdist."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(into)]
    before = set(into.glob("*"))
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    (made,) = set(into.glob("*")) - before
    return made


def requirements(wheel: Path) -> list[str]:
    """What a wheel's metadata asks for."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return email.message_from_bytes(archive.read(name)).get_all("Requires-Dist") or []


def wheel_of(name: str, version: str, files: dict[str, str], into: Path) -> Path:
    """Writes the wheel of a small distribution with these files."""
    about = f"{name}-{version}.dist-info"
    metadata = {
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    everything = {**files, **metadata}
    record = [*everything, f"{about}/RECORD"]
    made = into / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(made, "w") as archive:
        for path, content in everything.items():
            archive.writestr(path, content)
        archive.writestr(f"{about}/RECORD", "".join(f"{path},,\n" for path in record))
    return made


def pip(python: Path, command: str, *arguments: str) -> None:
    """Runs pip for an environment."""
    subprocess.run([*PIP, "--python", str(python), command, *arguments], check=True)


def environment(where: Path, *wheels: Path, extra: str = "") -> Path:
    """Installs wheels with those packages of this environment that they ask for, and no others.

    Args:
        where: the environment's folder.
        wheels: the wheels.
        extra: an extra of them.

    Returns:
        Its interpreter.
    """
    venv.create(where, symlinks=True)
    asked = [line for wheel in wheels for line in requirements(wheel)]
    for package in _needed(asked, extra):
        for file in package.files or ():
            source = Path(os.path.normpath(str(package.locate_file(file))))
            target = where / os.path.relpath(source, sys.prefix)
            if source.is_relative_to(sys.prefix) and source.exists() and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                if target.parent.name == "bin":
                    _put_command(source, target)
                else:
                    target.symlink_to(source)
    python = where / "bin" / "python"
    pip(python, "install", *OFFLINE, *map(str, wheels))
    pip(python, "check")
    return python


def _put_command(source: Path, target: Path) -> None:
    """Copies a command, whose first line names the interpreter."""
    content = source.read_bytes()
    target.write_bytes(content.replace(bytes(Path(sys.prefix)), bytes(target.parents[1])))
    target.chmod(0o755)


def _needed(lines: list[str], extra: str) -> list[metadata.Distribution]:
    """The packages that answer requirements, with all that these require in turn."""
    found: dict[str, metadata.Distribution] = {}
    wanted = [(Requirement(line), {"", extra}) for line in lines]
    looked_at = set()
    while wanted:
        one, extras = wanted.pop()
        applies = one.marker is None or any(one.marker.evaluate({"extra": e}) for e in extras)
        # The other wheel is installed beside them.
        if not applies or one.name == "course-bp" or str(one) in looked_at:
            continue
        looked_at.add(str(one))
        found[one.name] = metadata.distribution(one.name)
        requires = found[one.name].requires or ()
        wanted += [(Requirement(line), {"", *one.extras}) for line in requires]
    return list(found.values())
