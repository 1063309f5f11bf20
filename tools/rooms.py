"""Counts the rooms of a package: python tools/rooms.py autograder course_bp."""

from __future__ import annotations

import sys
import tomllib
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp

SETTINGS = Path(__file__).parents[1] / "pyproject.toml"


def late_imports() -> list[tuple[str, str]]:
    """The imports that the contracts of import-linter leave out, each with its reason there."""
    contracts = tomllib.loads(SETTINGS.read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    ignored = [one for contract in contracts for one in contract.get("ignore_imports", [])]
    return [(importer, imported) for importer, _, imported in map(str.split, ignored)]


def count(package: str) -> str:
    """Rooms (direct children), arrows between them, and floors, if no circle joins them."""
    graph = grimp.build_graph(package)
    for importer, imported in late_imports():
        if importer in graph.modules and imported in graph.modules:
            graph.remove_import(importer=importer, imported=imported)
    rooms = sorted(graph.find_children(package))
    needs = {
        room: {
            other
            for other in rooms
            if other != room
            and graph.direct_import_exists(importer=room, imported=other, as_packages=True)
        }
        for room in rooms
    }
    arrows = sum(map(len, needs.values()))
    loose = sum(not graph.find_children(room) for room in rooms)
    found = f"{package}: {len(rooms)} rooms ({loose} single modules), {arrows} arrows between them"
    try:
        order = list(TopologicalSorter(needs).static_order())
    except CycleError as error:
        return f"{found}, a circle: {' -> '.join(error.args[1])}"
    floor: dict[str, int] = {}
    for room in order:
        floor[room] = 1 + max((floor[other] for other in needs[room]), default=0)
    return f"{found}, {max(floor.values(), default=0)} floors, no circle"


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(count(name))
