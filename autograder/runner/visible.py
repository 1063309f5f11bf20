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
# Programs that a cell may call with `!`; none of them computes.
PROGRAMS = (
    "sh", "bash", "cat", "cp", "date", "echo", "env", "false", "find", "grep", "head", "ls",
    "mkdir", "mv", "pwd", "rm", "sleep", "sort", "tail", "touch", "true", "uname", "wc",
)  # fmt: skip
_SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"
_FILES = ("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime",
          "/usr/share/zoneinfo", "/usr/lib/locale")  # fmt: skip
_PACKAGE_FOLDERS = ("site-packages", "dist-packages")


def interpreter() -> Path:
    """Where Python itself is seen inside, which knows of no virtual environment."""
    return _shown(_python())


def visible(hide: Sequence[Path]) -> list[str]:
    """The words for bubblewrap that show all this.

    Args:
        hide: folders that must not be seen even if they lie inside one that is.
    """
    walls = ["--proc", "/proc", "--dev", "/dev", *_links()]
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
    for path in packages(PACKAGES):
        walls += bound(path, Path(PLACE, path.name))
    return walls


@cache
def packages(names: tuple[str, ...]) -> tuple[Path, ...]:
    """The files and folders of distributions and of all that they require.

    Args:
        names: of distributions; those that are not installed are left out.
    """
    found: dict[str, Distribution] = {}
    wanted = list(names)
    while wanted:
        name = canonicalize_name(wanted.pop())
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue
        for line in found[name].requires or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                wanted.append(requirement.name)
    paths = {path for one in found.values() for path in _tops(one)}
    return tuple(sorted(path for path in paths if path.exists()))


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
