"""The exercises that a course releases beside a notebook, in the folder `exercises/`.

`course-bp build` writes it: the files whose exercises the notebook checks, and what the course says
about them in `exercises.json`. A student's check reads it. The grader never does, because a folder
that was handed in may hold anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from autograder.exercises.described import Described
from autograder.exercises.own import FOLDER, read_files, registry_with
from autograder.exercises.registry import Own, Registry

ABOUT = "exercises.json"


class Unusable(Exception):
    """What was released beside a notebook is damaged; the message says what to do."""


def own_beside(folder: Path) -> Own | None:
    """What a course released beside a notebook.

    Args:
        folder: the notebook's folder.

    Returns:
        What it adds to the package's exercises; None if there is nothing.

    Raises:
        Unusable: if the folder `exercises/` is damaged.
    """
    place = folder / FOLDER
    about = _about(place / ABOUT)
    files = read_files(place)
    if not (files or about):
        return None
    said = about.get("own", {})
    points = {id: dict(parts) for id, parts in said.get("points", {}).items()}
    replaces = tuple(said.get("replaces", ()))
    return Own(str(place), files, dict(said.get("units", {})), replaces, points)


def registry_beside(folder: Path, package: Registry) -> Registry:
    """The package's exercises and those beside a notebook.

    Args:
        folder: the notebook's folder.
        package: the package's registry.

    Raises:
        Unusable: if the folder `exercises/` is damaged.
    """
    own = own_beside(folder)
    return registry_with(own, package) if own else package


def described_beside(folder: Path) -> dict[str, Described]:
    """The exercises of which only a description was released.

    Args:
        folder: the notebook's folder.

    Returns:
        Id → description.

    Raises:
        Unusable: if the folder `exercises/` is damaged.
    """
    path = folder / FOLDER / ABOUT
    try:
        return {one["id"]: Described.of_data(one) for one in _about(path).get("described", ())}
    except (ValueError, KeyError, TypeError):
        raise _damaged(path) from None


def about_text(own: Own, described: Iterable[Described]) -> str:
    """The content of exercises.json.

    Args:
        own: what the course adds in one unit, without the files.
        described: those of which students get a description only.
    """
    said = {name: value for name, value in own.as_data().items() if name not in ("where", "files")}
    told = {"own": said, "described": [one.as_data() for one in described]}
    return json.dumps(told, indent=1, sort_keys=True) + "\n"


def _about(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
        if isinstance(found, dict):
            return found
    except FileNotFoundError:
        return {}
    except (ValueError, OSError):
        pass
    raise _damaged(path)


def _damaged(path: Path) -> Unusable:
    return Unusable(f"{path} is damaged. Fetch the assignment again.")
