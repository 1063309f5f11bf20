"""Whether another distribution has put its files into our package `autograder`.

The package index has one that is called `autograder` too. pip installs both into the same folder
without a word; whichever comes last overwrites what both have, and removing one takes files of the
other along.
"""

from __future__ import annotations

import warnings
from importlib.metadata import distributions
from pathlib import Path

NAME = "autograder"


def problem(installed_in: Path | None = None) -> str:
    """What is wrong, and what to do about it.

    Args:
        installed_in: the folder that packages are installed in (default: where this one is).

    Returns:
        A message, or "" if the package is ours alone.
    """
    folder = installed_in or Path(__file__).resolve().parents[2]
    found = next(iter(distributions(name=NAME, path=[str(folder)])), None)
    if found is None:
        return ""
    return (
        f"another package named {NAME!r} (version {found.version}) is installed in {folder}. It "
        f"shares its folder {NAME}/ with course-bp, which may be damaged by it. Run: pip uninstall "
        f"{NAME} && pip install --force-reinstall --no-deps, followed by course-bp's .whl file."
    )


def warn() -> None:
    """Warns whoever imports the package if it is not ours alone."""
    if words := problem():
        warnings.warn(words, stacklevel=3)
