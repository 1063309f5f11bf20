"""The folder of Python modules that student code finds: course_bp as far as it may, and the asker.

It is made once for each version of its contents and kept in the user's cache, compiled, because
making it takes longer than grading several submissions.
"""

from __future__ import annotations

import compileall
import contextlib
import hashlib
import os
import py_compile
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import platformdirs

import autograder
import course_bp
from autograder.inside.permitted import PACKAGE, SEEN
from autograder.inside.wipe import wipe
from autograder.runner.without_rules import without_rules

PLACE = "/course/library"
_OWN = Path(autograder.__file__).resolve().parent
_COURSE_BP = Path(str(course_bp.__file__)).resolve().parent
_STAND_INS = _OWN / "inside" / "stand_ins"
# What notebooks call of the grader.
_CALLED = ("check", "variant")
# The table, whose derivatives are withheld.
_TABLE = "primitives"
_FORGOTTEN_AFTER = 30 * 86400.0


@cache
def library() -> Path:
    """The folder, made if there is none for these sources.

    Raises:
        OSError: if there is no place for it.
    """
    files = _contents()
    sources = [*files.items(), ("", Path(__file__).read_bytes())]
    parts = [part for name, content in sources for part in (name.encode(), content)]
    return kept(parts, lambda folder: _fill(folder, _without_rules(files)))


def kept(parts: Iterable[bytes], fill: Callable[[Path], None]) -> Path:
    """A folder of the user's that is made once for each version of what it depends on.

    Args:
        parts: what it depends on, besides the version of Python.
        fill: puts into a new folder what belongs there.

    Raises:
        OSError: if there is no place for it.
    """
    digest = hashlib.sha256(sys.version.encode())
    for part in parts:
        digest.update(f"{len(part)}:".encode() + part)
    for place in (platformdirs.user_cache_path("course-bp"), Path(tempfile.gettempdir())):
        folder = place / f"inside-{os.getuid()}-{digest.hexdigest()[:24]}"
        with contextlib.suppress(OSError):
            if not folder.is_dir():
                _make(folder, fill)
            found = folder.lstat()  # Others may write into the temporary folder, too.
            if stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid():
                os.utime(folder)
                return folder
    raise OSError("neither the user's cache nor the temporary folder can be written")


def copy_to(folder: Path) -> None:
    """Copies the sources; what is compiled knows itself by the place that the sandbox shows."""
    shutil.copytree(library(), folder, ignore=shutil.ignore_patterns("__pycache__"))


def _contents() -> dict[str, bytes]:
    """The path of each file, and what is in it; of the table with its rules."""
    withheld = (_STAND_INS / "withheld.py").read_bytes()
    files = {
        "autograder/__init__.py": (_OWN / "__init__.py").read_bytes(),
        **{f"autograder/{name}.py": (_STAND_INS / f"{name}.py").read_bytes() for name in _CALLED},
    }
    for path in sorted((_OWN / "inside").glob("*.py")):
        files[f"autograder/inside/{path.name}"] = path.read_bytes()
    for path in sorted(_COURSE_BP.rglob("*")):
        inside = path.relative_to(_COURSE_BP)
        room = inside.parts[0].removesuffix(".py")
        if path.suffix == ".py":
            seen = room in ("__init__", *SEEN)
            files[f"{PACKAGE}/{inside}"] = path.read_bytes() if seen else withheld
        elif path.is_file() and room in SEEN and "__pycache__" not in inside.parts:
            files[f"{PACKAGE}/{inside}"] = path.read_bytes()
    return files


def _without_rules(files: dict[str, bytes]) -> dict[str, bytes]:
    table = f"{PACKAGE}/{_TABLE}/"
    sources = {name: text.decode() for name, text in files.items() if name.startswith(table)}
    return files | {name: text.encode() for name, text in without_rules(sources).items()}


def _fill(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    compileall.compile_dir(
        folder,
        stripdir=str(folder),
        prependdir=PLACE,
        quiet=2,
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )


def _make(folder: Path, fill: Callable[[Path], None]) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(folder.parent)
    made = Path(tempfile.mkdtemp(prefix="making-", dir=folder.parent))
    try:
        fill(made)
        for path in (made, *made.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        with contextlib.suppress(OSError):  # Another process was quicker.
            made.rename(folder)
    finally:
        wipe(made)


def _sweep(folder: Path) -> None:
    """Removes what no version has used for a month."""
    for old in folder.glob(f"inside-{os.getuid()}-*"):
        with contextlib.suppress(OSError):  # Another process may be sweeping too.
            if time.time() - old.stat().st_mtime > _FORGOTTEN_AFTER:
                wipe(old)
