"""What of the machine student code can see: an allow-list.

The interpreter and its standard library, the C libraries of the system, a few programs, and named
Python packages with what they need. No folder of packages is shown as a whole: there may be a
package in it that differentiates.
"""

from __future__ import annotations

import os
import shutil
import site
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PLACE = "/course/packages"
# Distributions that notebooks use. What each requires comes with it.
PACKAGES = ("numpy", "matplotlib", "ipython", "ipywidgets")
# Distributions that differentiate: they are the answer to most exercises, and so they come only
# with a course that names them itself.
DIFFERENTIATE = {
    "aesara", "algopy", "autograd", "casadi", "equinox", "flax", "jax", "jaxlib", "keras", "mlx",
    "mpmath", "numdifftools", "optax", "paddlepaddle", "pytensor", "symengine", "sympy",
    "tensorflow", "tensorflow-cpu", "theano", "tinygrad", "torch",
}  # fmt: skip
# These hold the course's own answers.
OURS = {"course-bp", "course-bp-instructor"}
# Programs that a cell may call with `!`; none of them computes.
PROGRAMS = (
    "sh", "bash", "cat", "cp", "date", "echo", "env", "false", "find", "grep", "head", "ls",
    "mkdir", "mv", "pwd", "rm", "sleep", "sort", "tail", "touch", "true", "uname", "wc",
)  # fmt: skip
_SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"
_FILES = ("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime",
          "/usr/share/zoneinfo", "/usr/lib/locale")  # fmt: skip
_PACKAGE_FOLDERS = ("site-packages", "dist-packages")


class NotShown(Exception):
    """A package that a course asks for cannot be shown; the message says why."""


def require(names: Sequence[str]) -> None:
    """Checks that packages can be shown besides those that every course has.

    Args:
        names: of distributions, as pip knows them.

    Raises:
        NotShown: if one is not installed, is this project itself, or needs another one that
            differentiates and is not named.
    """
    named = {canonicalize_name(name) for name in names}
    for name in names:
        if canonicalize_name(name) in OURS:
            raise NotShown(f"{name} holds the answers, and is never shown to student code.")
        try:
            with_it = _with_requirements((name,))
        except (PackageNotFoundError, ValueError):
            raise NotShown(
                f"no package {name!r} is installed for {sys.executable}. Install it with pip, "
                "under the name that pip knows it by, or take it out."
            ) from None
        if not any(map(_can_be_imported, _tops(with_it[0]))):
            raise NotShown(
                f"{name} has no files of its own here, as after an editable installation "
                "(pip install -e); install it as others do."
            )
        needed = {canonicalize_name(one.name) for one in with_it} & DIFFERENTIATE
        if unnamed := sorted(needed - named):
            raise NotShown(
                f"{name} needs {', '.join(unnamed)}, with which answers could differentiate. If "
                f"they may, name {'it' if len(unnamed) == 1 else 'them'} too."
            )


def interpreter() -> Path:
    """Where Python itself is seen inside, which knows of no virtual environment."""
    return _shown(_python())


def visible(hide: Sequence[Path], also: Sequence[str] = ()) -> list[str]:
    """The words for bubblewrap that show all this.

    Args:
        hide: folders that must not be seen even if they lie inside one that is.
        also: distributions that the course names, besides those that every course has.
    """
    walls = ["--proc", "/proc", "--dev", "/dev", *_links()]
    # Mapped, it is memory that processes share; see `inside/system_calls.py`.
    walls += ["--ro-bind", "/dev/null", "/dev/zero"]
    folders = _folders()
    for folder in folders:
        walls += bound(folder, _shown(folder))
    walls += bound(_python(), _shown(_python()))
    covered = [path for folder in folders for path in _packages_in(folder)]
    covered += [path.resolve() for path in hide]
    for path in covered:
        if path.is_dir() and any(folder == path or folder in path.parents for folder in folders):
            walls += ["--tmpfs", str(_shown(path)), "--remount-ro", str(_shown(path))]
    for file in _FILES:
        if not any(Path(file).is_relative_to(folder) for folder in folders):
            walls += ["--ro-bind-try", file, file]
    for name in PROGRAMS:
        if found := shutil.which(name, path=_SYSTEM_PATH):
            walls += bound(Path(found), Path("/usr/bin", name))
    for path in packages((*PACKAGES, *also)):
        walls += bound(path, Path(PLACE, path.name))
    return walls


@cache
def packages(names: tuple[str, ...]) -> tuple[Path, ...]:
    """The files and folders of distributions and of all that they require.

    Args:
        names: of distributions; those that are not installed are left out.
    """
    paths = {path for one in _with_requirements(names, True) for path in _tops(one)}
    return tuple(sorted(path for path in paths if path.exists()))


def _with_requirements(names: Sequence[str], skip: bool = False) -> list[Distribution]:
    """Distributions, and all that they require as far as it is installed.

    Args:
        names: of distributions.
        skip: leave out those that are not installed.

    Raises:
        PackageNotFoundError: if one of those named is not installed.
    """
    found: dict[str, Distribution] = {}
    wanted = [(name, skip) for name in reversed(names)]
    while wanted:
        name, may_lack = wanted.pop()
        if canonicalize_name(name) in found:
            continue
        try:
            one = found[canonicalize_name(name)] = distribution(name)
        except PackageNotFoundError:
            if may_lack:
                continue
            raise
        for line in one.requires or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                wanted.append((requirement.name, True))
    return list(found.values())


def bound(source: Path, target: Path) -> list[str]:
    """Shows a file or folder read-only; the folders above it, which bubblewrap makes, are open."""
    walls: list[str] = []
    for parent in reversed(target.parents[:-1]):
        walls += ["--perms", "0755", "--dir", str(parent)]
    return [*walls, "--ro-bind", str(source), str(target)]


def _tops(one: Distribution) -> Iterable[Path]:
    """What a distribution put at the top of a folder of packages."""
    for file in one.files or ():
        if file.parts[0] not in ("..", "__pycache__") and not file.is_absolute():
            yield Path(str(one.locate_file(file.parts[0])))


def _can_be_imported(path: Path) -> bool:
    """Whether it is code; an editable installation has only a note that says where its code is."""
    noted = path.suffix in (".dist-info", ".pth") or path.name.startswith("__editable__")
    return path.exists() and not noted


def _python() -> Path:
    return Path(os.path.realpath(getattr(sys, "_base_executable", "") or sys.executable))


def _folders() -> list[Path]:
    """The folders that are shown whole, but for packages in them."""
    base = {"installed_base": sys.base_prefix, "platbase": sys.base_exec_prefix}
    wanted = [Path(sysconfig.get_path(kind, vars=base)) for kind in ("stdlib", "platstdlib")]
    multiarch = sysconfig.get_config_var("MULTIARCH") or f"{os.uname().machine}-linux-gnu"
    system = [Path("/usr/lib", multiarch), Path("/usr/lib64"), Path("/usr/lib32")]
    if not system[0].is_dir() and not system[1].is_dir():
        system = [Path("/usr/lib")]
    wanted += [path for path in system if not path.is_symlink()]
    if Path(sys.base_prefix) != Path("/usr"):
        wanted.append(Path(sys.base_prefix, "lib"))
    wanted += [path for path in map(Path, ("/lib", "/lib32", "/lib64")) if not path.is_symlink()]
    wanted = [path for path in dict.fromkeys(wanted) if path.is_dir()]
    return [one for one in wanted if not any(other in one.parents for other in wanted)]


def _packages_in(folder: Path) -> list[Path]:
    """The folders of packages in or below the library of an interpreter."""
    found = [*folder.glob("python*"), folder]
    inside = [python / name for python in found for name in _PACKAGE_FOLDERS]
    inside += [Path(path) for path in (*site.getsitepackages(), site.getusersitepackages())]
    return [path.resolve() for path in inside if path.is_dir()]


def _links() -> list[str]:
    walls = ["--symlink", "usr/bin", "/bin"]
    for name in ("lib", "lib32", "lib64"):
        if (path := Path("/", name)).is_symlink():
            walls += ["--symlink", os.readlink(path), str(path)]
    return walls


def _shown(path: Path) -> Path:
    """Where something of the system is seen inside: where it is, but /tmp is the scratch folder.

    An interpreter below /tmp, as in a trial clone, is seen elsewhere; it can be moved.
    """
    return Path("/course/system", *path.parts[2:]) if path.parts[:2] == ("/", "tmp") else path
