"""Good work in a folder that is odd in some way: what lies around it, its modes, its name."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from deep_folders import dig
from workflows.attacks.notebook import (
    ALL,
    BACKWARD,
    BACKWARD_POINTS,
    FORWARD,
    UNIT,
    Attack,
    submission,
)

SURROGATE = r"ValueError('\ud800 \udce9')"
NOT_TIMED = "we do not know when this was handed in"
LEFT_OUT = "` was not used"
# What is no UTF-8, as Python writes it.
NO_UTF8 = os.fsdecode(b"\xe9")


def beside(name: str, make: Callable[[Path], Any]) -> Callable[[Path], Any]:
    """Puts something next to the notebook."""
    return lambda notebook: make(notebook.with_name(name))


def instead(make: Callable[[Path], Any]) -> Callable[[Path], Any]:
    """Puts something in the place of the notebook."""

    def change(notebook: Path) -> None:
        notebook.unlink()
        make(notebook)

    return change


def holes(size: int) -> Callable[[Path], Any]:
    """Makes a file of a size without writing it."""

    def make(path: Path) -> None:
        path.touch()
        os.truncate(path, size)

    return make


def text(content: str) -> Callable[[Path], Any]:
    return lambda path: path.write_text(content)


def link(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _companions(notebook: Path) -> None:
    folder = os.fsencode(notebook.parent)
    os.mkdir(folder + b"/d\xe9")
    for name in (b"/d\xe9.txt", b"/d\xe9/x.txt"):
        Path(os.fsdecode(folder + name)).write_text("x")


def _many(folder: Path) -> None:
    folder.mkdir()
    for number in range(6_000):
        (folder / str(number)).touch()


def _page_name(folder: Path) -> None:
    folder.mkdir()
    (folder / "x.txt").write_text("x")


def _good(name: str, around: Callable[[Path], Any], **about: Any) -> Attack:
    return submission(name, forward=FORWARD, backward=BACKWARD, around=around, earns=ALL, **about)


TIMES: dict[str, Callable[[Path], Any]] = {
    "time-words": text("Donnerstag, 1. Oktober 2026, 23:59\n"),
    "time-year": text(f"{'9' * 20}-01-01 00:00:00 UTC"),
    "time-folder": Path.mkdir,
    "time-pipe": os.mkfifo,
    "time-link": link,
    "time-huge": holes(2**40),
}
BESIDE: dict[str, tuple[Callable[[Path], Any], str]] = {
    "companion": (_companions, LEFT_OUT),
    "deep": (lambda notebook: dig(notebook.parent), f"d{LEFT_OUT}"),
    "many": (beside("many", _many), f"`many{LEFT_OUT}"),
    "long-name": (beside("n" * 251 + ".txt", text("x")), ""),
    "page-name": (beside(f"{UNIT}.html", _page_name), ""),
    "page-name-file": (beside(f"{UNIT}.html", text("<script>")), ""),
    "notebook-name": (
        lambda path: path.rename(path.with_name(f"d{NO_UTF8}.ipynb")),
        r"It was handed in as `d\xe9.ipynb`",
    ),
    "sparse": (beside("data.bin", holes(3 * 2**30)), f"`data.bin{LEFT_OUT}"),
    "pipe-beside": (beside("data.txt", os.mkfifo), f"`data.txt{LEFT_OUT}"),
    "link-beside": (beside("data.txt", link), f"`data.txt{LEFT_OUT}"),
    "modules-beside": (
        lambda notebook: [
            notebook.with_name(f"{name}.py").write_text("raise SystemExit")
            for name in ("sitecustomize", "conftest", "nbgrader_config", "json")
        ],
        "",
    ),
}
NOTEBOOKS: dict[str, tuple[Callable[[Path], Any], str]] = {
    "notebook-pipe": (instead(os.mkfifo), f"{UNIT}.ipynb is not a file"),
    "notebook-folder": (instead(os.mkdir), f"{UNIT}.ipynb is not a file"),
    "notebook-link": (instead(link), f"{UNIT}.ipynb is a link to another place"),
    "notebook-huge": (instead(holes(2**30)), f"{UNIT}.ipynb is too large (1024 MiB of at most 32)"),
    "notebook-nested": (instead(text('{"cells": ' + "[" * 10**6)), "cannot be read as JSON"),
    "notebook-parts": (
        instead(lambda path: path.write_text(f'{{"cells": [{"[]," * 10**7}1]}}')),
        "has too many parts",
    ),
}  # fmt: skip
UNREAD = "cannot be read"
CLOSED: dict[str, tuple[Callable[[Path], Any], str]] = {
    "closed-file": (lambda path: path.chmod(0), f"{UNIT}.ipynb {UNREAD}."),
    "closed-companion": (beside("data.txt", lambda path: path.touch(0)), ""),
    "closed-folder": (lambda path: path.parent.chmod(0), UNREAD),
    "closed-student": (lambda path: path.parents[1].chmod(0), UNREAD),
}

ODD_FOLDERS: tuple[Attack, ...] = (
    *(_good(name, beside("timestamp.txt", make), remark=NOT_TIMED) for name, make in TIMES.items()),
    *(
        # Where a student put a folder, nbgrader cannot write a file of its own.
        _good(name, around, remark=remark, unread_by_nbgrader=name == "page-name")
        for name, (around, remark) in BESIDE.items()
    ),
    *(
        submission(name, forward=FORWARD, backward=BACKWARD, around=around, failure=words)
        for name, (around, words) in NOTEBOOKS.items()
    ),
    *(
        _good(name, around, failure=words, open_to_root_alone=bool(words))
        for name, (around, words) in CLOSED.items()
    ),
    submission(
        "surrogate-cell", own=f"print('\\ud800')\nraise {SURROGATE}",
        forward=FORWARD, backward=BACKWARD, earns=ALL,
    ),
    submission(
        "surrogate-answer", forward=f"def quiz2_forward(*inputs):\n    raise {SURROGATE}",
        backward=BACKWARD, earns=BACKWARD_POINTS,
    ),
)  # fmt: skip

NO_ID = "the name of the folder "
# What a student's folder is called; some of it is no id.
CALLED: dict[str, tuple[Callable[[str], str], str]] = {
    "latin": (lambda student: f"{student}{NO_UTF8}", NO_ID + "is not UTF-8"),
    "turned": (lambda student: f"{student}\u202eid", NO_ID + "holds control characters"),
    "lines": (lambda student: f"{student}\nid", NO_ID + "holds control characters"),
    "long": (lambda student: student + "n" * 129, NO_ID + "has more than 128 characters"),
    "any": (lambda student: "*", ""),
    "some": (lambda student: f"[a-z]*{student[-1]}", ""),
    "braces": (lambda student: f"{{{student}}}%s$(id)", ""),
    "spaces": (lambda student: f" {student} ", ""),
    "option": (lambda student: f"--{student}", ""),
}  # fmt: skip
ODD_NAMES: tuple[Attack, ...] = tuple(
    _good(f"called-{name}", lambda path: None, called=called, failure=words)
    for name, (called, words) in CALLED.items()
)
