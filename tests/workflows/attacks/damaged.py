"""Submissions that came to harm: none costs an answer that is there, none stops the batch."""

# ruff: noqa: E501 - a line of hostile code is easier to read whole.
from __future__ import annotations

import json
from typing import Any

from workflows.attacks.notebook import (
    ALL,
    BACKWARD,
    FORWARD,
    FORWARD_POINTS,
    ZERO_BACKWARD,
    Attack,
    Notebook,
    cell,
    code_cell,
    grade_id_of,
    submission,
)


def _drop(*grade_ids: str) -> Any:
    def change(notebook: Notebook) -> None:
        notebook["cells"] = [c for c in notebook["cells"] if grade_id_of(c) not in grade_ids]

    return change


def _only_solutions(notebook: Notebook) -> None:
    notebook["cells"] = [
        c for c in notebook["cells"] if grade_id_of(c) in ("quiz2-forward", "quiz2-backward")
    ]


def _duplicate(notebook: Notebook) -> None:
    place = notebook["cells"].index(cell(notebook, "quiz2-backward"))
    notebook["cells"].insert(place, dict(notebook["cells"][place]))


def _released_copy_after(notebook: Notebook) -> None:
    stub = "def quiz2_backward(x, alpha1, alpha2, beta):\n    raise NotImplementedError\n"
    notebook["cells"].append({**code_cell(stub), "id": "copy"})


def _split(notebook: Notebook) -> None:
    whole = cell(notebook, "quiz2-backward")
    place = notebook["cells"].index(whole)
    notebook["cells"].insert(
        place, {**whole, "source": "def helper(t):\n    return 1 / (1 + np.exp(-t))"}
    )
    whole["source"] = whole["source"].replace("s = lambda t: 1 / (1 + np.exp(-t))", "s = helper")


def _retyped(kind: str) -> Any:
    def change(notebook: Notebook) -> None:
        changed = cell(notebook, "quiz2-backward")
        changed["cell_type"] = kind
        del changed["outputs"], changed["execution_count"]

    return change


def _strip(keep_ids: bool) -> Any:
    def change(notebook: Notebook) -> None:
        for one in notebook["cells"]:
            one["metadata"] = {}
            if not keep_ids:
                one.pop("id", None)
        notebook["nbformat_minor"] = 5 if keep_ids else 4

    return change


def _mark(**changes: Any) -> Any:
    def change(notebook: Notebook) -> None:
        cell(notebook, "quiz2-backward")["metadata"]["nbgrader"] |= changes

    return change


def _unknown_id(notebook: Notebook) -> None:
    added = code_cell("2.0", nbgrader={"grade_id": "no-such-cell", "solution": True})
    notebook["cells"].append(added)


def _reversed(notebook: Notebook) -> None:
    notebook["cells"].reverse()


def _edited(notebook: Notebook) -> None:
    cell(notebook, "quiz2-forward-check")["source"] += "\n# my note"


def _metadata(**changes: Any) -> Any:
    return lambda notebook: notebook["metadata"].update(changes)


def _old_format(notebook: Notebook) -> Notebook:
    cells = []
    for one in notebook["cells"]:
        kept = {"cell_type": one["cell_type"], "metadata": one["metadata"]}
        if one["cell_type"] == "code":
            kept |= {
                "input": one["source"],
                "language": "python",
                "outputs": [],
                "collapsed": False,
            }
        else:
            kept["source"] = one["source"]
        cells.append(kept)
    return {
        "metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0,
        "worksheets": [{"cells": cells, "metadata": {}}],
    }  # fmt: skip


def _old_burden(notebook: Notebook) -> Notebook:
    """A heading as deep as a gigabyte, and tags of which a schema compares each with all others."""
    old = _old_format(notebook)
    heading = {"cell_type": "heading", "level": 10**9, "source": "x", "metadata": {}}
    heading["metadata"] = {"tags": [[number] for number in range(100_000)]}
    old["worksheets"][0]["cells"].insert(0, heading)
    return old


def _long_notes(notebook: Notebook) -> None:
    _strip(keep_ids=False)(notebook)
    note = {"cell_type": "markdown", "source": "a\n" * 1_000, "metadata": {}}
    notebook["cells"][:0] = [note] * 1_800


def _as_bytes(encoding: str) -> Any:
    return lambda notebook: json.dumps(notebook, ensure_ascii=False).encode(encoding)


def _script_in_text(notebook: Notebook) -> None:
    text = "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n"
    text += "[x](JavaScript:alert(1)), [x](java&#115;cript:alert(1)) and $\\\\href{javascript :alert(1)}{x}$"
    notebook["cells"].append({"cell_type": "markdown", "source": text, "metadata": {}, "id": "m"})


def _strange_cells(notebook: Notebook) -> None:
    notebook["cells"] += [
        {"cell_type": "heading", "source": "x", "metadata": {}},
        {"cell_type": "code", "source": ["a = 1\n", "b = 2"], "metadata": None},
        {"cell_type": "code", "source": 7},
        {"cell_type": "code", "metadata": {"nbgrader": "no dict"}, "source": "c = 3"},
    ]


REPAIRED = {
    "a solution cell twice": (_duplicate, "more than once"),
    "an untouched copy after the solution": (_released_copy_after, ""),
    "a solution cell split in two": (_split, "more than once"),
    "a solution as Markdown": (_retyped("markdown"), "turned into a markdown cell"),
    "a solution as raw text": (_retyped("raw"), "turned into a raw cell"),
    "all metadata stripped": (_strip(keep_ids=True), "had lost its id"),
    "all metadata and ids stripped": (_strip(keep_ids=False), "had lost its id"),
    "an unknown id": (_unknown_id, "unknown id"),
    "solution: false": (_mark(solution=False), ""),
    "no schema version": (_mark(schema_version=None), ""),
    "a schema of the future": (_mark(schema_version=99), ""),
    "all cells in reverse": (_reversed, "a different order"),
    "a test cell edited": (_edited, "was edited"),
    "the test cells deleted": (_drop("quiz2-forward-check", "quiz2-backward-check"), "was missing"),
    "only the solution cells": (_only_solutions, "was missing"),
    "another kernel": (_metadata(kernelspec={"name": "julia", "display_name": "J"}), ""),
    "no kernel": (lambda notebook: notebook["metadata"].clear(), ""),
    "the format before 2015": (_old_format, ""),
    "burdens in the format before 2015": (_old_burden, ""),
    "long notes, and cells without ids": (_long_notes, "had lost its id"),
    "a format of the future": (lambda notebook: notebook.update(nbformat_minor=99), ""),
    "a byte order mark": (_as_bytes("utf-8-sig"), ""),
    "scripts in the text": (_script_in_text, ""),
    "cells of no known kind": (_strange_cells, ""),
}
UNREADABLE = {
    "an empty file": (lambda notebook: b"", "is empty"),
    "no JSON": (lambda notebook: b"\x89PNG\r\n", "cannot be read as JSON"),
    "cut off in the middle": (
        lambda notebook: json.dumps(notebook).encode()[:5000], "cannot be read as JSON",
    ),
    "JSON, but no notebook": (lambda notebook: b'{"a": 1}', "no list of cells"),
    "a notebook without cells": (lambda notebook: b'{"cells": []}', "none of the unit's check cells"),
    "text in another encoding": (
        lambda notebook: '{"cells": "\u00e4"}'.encode("latin-1"), "cannot be read as JSON",
    ),
    "brackets without end": (lambda notebook: b"[" * 10**6, "cannot be read as JSON"),
    "forty megabytes of outputs": (lambda notebook: b" " * (40 * 2**20), "too large"),
    "ten thousand cells": (
        lambda notebook: notebook["cells"].extend([code_cell("1")] * 10_000), "cells",
    ),
}  # fmt: skip

DAMAGED: tuple[Attack, ...] = (
    *(
        submission(
            name, forward=FORWARD, backward=BACKWARD, change=change, earns=ALL, remark=remark,
        )
        for name, (change, remark) in REPAIRED.items()
    ),
    *(
        submission(name, change=change, failure=words)
        for name, (change, words) in UNREADABLE.items()
    ),
    submission(
        "a solution cell deleted", forward=FORWARD, backward=ZERO_BACKWARD,
        change=_drop("quiz2-backward"), earns=FORWARD_POINTS, remark="was missing",
    ),
)  # fmt: skip
