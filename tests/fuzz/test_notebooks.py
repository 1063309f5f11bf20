"""A notebook whose bytes, JSON or structure were changed anyhow is graded or refused in words."""

from __future__ import annotations

import copy
import json
import random
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from fuzz.bounded import bounded, require_clean
from hypothesis import example, given
from hypothesis import strategies as st

from autograder.grading.rebuild import Rebuilt, rebuild
from autograder.grading.remarks import Kind, Remark
from autograder.grading.submission import Unreadable, parse_submission

UNIT = "02-computation-graphs"
PATH = Path(__file__).parents[2] / "notebooks" / UNIT / f"{UNIT}.ipynb"
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1e308, 10**400, "", "\ud800", "\x1b[2J", "\u202e", "x" * 10_000, [], {},
    [[]], {"": {}}, "code", "markdown", "raw", "quiz1_forward", ["a\n", 1, None],
    [{"cell_type": "code"}], {"nbgrader": []}, {"nbgrader": {"grade_id": 7}}, "(" * 3_000,
    "-" * 3_000 + "1", "x" + "()" * 900, "if 1:\n" * 90, "def f(): pass\n" * 300, "\x00",
    "\f", "\u2028", '"""',
)  # fmt: skip


@cache
def released() -> Any:
    return nbformat.read(PATH, as_version=4)  # type: ignore[no-untyped-call]


def graded_or_refused(content: bytes) -> Rebuilt | None:
    with bounded():
        try:
            rebuilt = rebuild(released(), parse_submission(content, "unit.ipynb"))
        except Unreadable as problem:
            require_clean(str(problem))
            return None
    nbformat.validate(rebuilt.notebook)  # type: ignore[no-untyped-call]
    nbformat.writes(rebuilt.notebook).encode()  # type: ignore[no-untyped-call]
    require_clean([Remark(Kind.REPAIRED, text).text for text in rebuilt.remarks])
    names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in rebuilt.notebook.cells]
    wanted = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in released().cells]
    assert [name for name in names if name] == [name for name in wanted if name]
    return rebuilt


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if not isinstance(node, dict | list):
        return [path]
    inner = node.items() if isinstance(node, dict) else enumerate(node)
    return [path, *(place for key, value in inner for place in places(value, (*path, key)))]


def mutated(seed: int, changes: int) -> Any:
    """The released notebook with some of its nodes replaced, removed, doubled or swapped."""
    draw = random.Random(seed)
    notebook = copy.deepcopy(dict(released()))
    for _ in range(changes):
        path = draw.choice(places(notebook))
        if not path:
            continue
        node: Any = notebook
        for key in path[:-1]:
            node = node[key]
        match draw.randrange(5):
            case 0 | 1:
                node[path[-1]] = copy.deepcopy(draw.choice(ODD))
            case 2:
                del node[path[-1]]
            case 3 if isinstance(node, list):
                node.insert(draw.randrange(len(node) + 1), copy.deepcopy(node[path[-1]]))
            case _:
                donor: Any = notebook
                for key in draw.choice(places(notebook)):
                    donor = donor[key]
                node[path[-1]] = copy.deepcopy(donor)
    return notebook


def test_the_notebook_itself_is_graded() -> None:
    assert graded_or_refused(PATH.read_bytes())


@given(st.integers(0, 2**32), st.integers(1, 12))
def test_a_notebook_of_another_structure_is_graded_or_refused(seed: int, changes: int) -> None:
    graded_or_refused(json.dumps(mutated(seed, changes)).encode())


@given(st.lists(st.tuples(st.integers(0, 2**20), st.binary(min_size=1, max_size=3)), max_size=8))
def test_a_notebook_with_other_bytes_is_graded_or_refused(changes: list[tuple[int, bytes]]) -> None:
    content = bytearray(PATH.read_bytes())
    for place, data in changes:
        start = place % len(content)
        content[start : start + len(data)] = data
    graded_or_refused(bytes(content))


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
@example(b"[" * 100_000)
@example(b'{"cells": [' + b"9" * 5_000 + b"]}")
@example(b'{"worksheets": [1], "nbformat": 3, "cells": []}')
@example(b'{"worksheets": [{"cells": [{"cell_type": "heading", "source": 3}]}], "nbformat": 3}')
@example('{"cells": []}'.encode("utf-16"))
@example(b'{"cells": [{"source": "\\ud800", "metadata": {"nbgrader": {"grade_id": "\\u001b"}}}]}')
def test_any_bytes_are_graded_or_refused(content: bytes) -> None:
    graded_or_refused(content)
