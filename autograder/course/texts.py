"""The units' texts, solutions/NAME/NAME.py, and those that lie in a folder of another name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

# A helper module beside a notebook has no such line.
MARKED = re.compile(rb"^# %%.*\b(check|solution|locked|nbgrader) *=", re.MULTILINE)


@dataclass(frozen=True)
class Misnamed:
    """A text in a folder without a text of its own name, such as after a unit was renamed.

    Args:
        text: the text.
    """

    text: Path

    @property
    def folder(self) -> str:
        """The folder's name, which would be the unit's."""
        return self.text.parent.name

    @property
    def found(self) -> str:
        """What is wrong, without a stop."""
        place = f"{self.text.parent.parent.name}/{self.folder}"
        return f"{place} has no text of its own name, so it is not a unit"

    @property
    def fix(self) -> str:
        """What to do, without a stop."""
        names = [self.text.name]
        if self.text.with_suffix(".ipynb").is_file():
            names.append(f"{self.text.stem}.ipynb")
        renamed = " and ".join(f"{name} to {self.folder}{Path(name).suffix}" for name in names)
        return f"rename {renamed} in that folder, or give the folder the name {self.text.stem}"

    def __str__(self) -> str:
        return f"{self.found}: {self.fix}."


def is_text(path: Path) -> bool:
    """Whether a file is a unit's text, by its name."""
    return path.stem == path.parent.name


def units_in(source: Path) -> list[str]:
    """The units that have a text, in order.

    Args:
        source: the folder of nbgrader's source step.
    """
    return sorted(path.parent.name for path in source.glob("*/*.py") if is_text(path))


def misnamed_in(source: Path) -> list[Misnamed]:
    """The folders that have a text with marks, and none of their own name, in order.

    Args:
        source: the folder of nbgrader's source step.
    """
    units = set(units_in(source))
    found: dict[str, Misnamed] = {}
    for path in sorted(source.glob("*/*.py")):
        if path.parent.name not in {*units, *found} and MARKED.search(path.read_bytes()):
            found[path.parent.name] = Misnamed(path)
    return list(found.values())


def files_in(source: Path) -> list[str]:
    """The names of all files that are texts, with their solutions, in whatever folder."""
    texts = [one.text.name for one in misnamed_in(source)]
    return [*(f"{unit}.py" for unit in units_in(source)), *texts]
