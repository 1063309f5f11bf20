"""A class of 150 students, what they hand in over a semester, and what it earns.

Most hand in one of a few texts, whose points are known from the exercises; 42 hand in something
odd. Nothing here asks the grader.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jupytext
from workflows.attacks.notebook import (
    ALL,
    BACKWARD,
    BACKWARD_POINTS,
    FORWARD,
    FORWARD_POINTS,
    UNIT,
    ZERO_BACKWARD,
    ZERO_FORWARD,
    Attack,
    cell,
    submission,
)
from workflows.attacks.odd_folders import ODD_FOLDERS
from workflows.exam import filled
from workflows.plain_cells import ESSAY, RIGHT, WRONG

# The first unit keeps its name; the second is another unit's text, renamed and with plain cells.
FIRST, ORIGINAL, SECOND = UNIT, "02-computation-graphs", "week-two"
KEPT = {FIRST: ("quiz2.forward", "quiz2.backward"), ORIGINAL: ("quiz1.forward", "quiz1.backward")}
EVERYBODY = [f"s{number:03}" for number in range(1, 151)]
ODD_COUNT = 42
ODD, ABSENT = EVERYBODY[:ODD_COUNT], EVERYBODY[-2:]
USUAL = EVERYBODY[ODD_COUNT : -len(ABSENT)]
# Who hands in the second unit: the last through nbgrader's exchange, all others into a folder.
*SECOND_CLASS, BY_EXCHANGE = USUAL
FIRST_NAMES = ("Jürgen", "Siobhán", "小明", "María José", "Zoë")
LAST_NAMES = ("Müller", "O'Brien", "王", "de la Cruz", "Ørsted", "Smith, Jr.")

# Answers to the first unit → what they earn.
TEXTS: tuple[tuple[dict[str, str], float], ...] = (
    ({"quiz2-forward": FORWARD, "quiz2-backward": BACKWARD}, ALL),
    ({"quiz2-forward": FORWARD, "quiz2-backward": ZERO_BACKWARD}, FORWARD_POINTS),
    ({"quiz2-forward": FORWARD, "quiz2-backward": BACKWARD}, ALL),
    ({"quiz2-forward": ZERO_FORWARD, "quiz2-backward": BACKWARD}, BACKWARD_POINTS),
    ({}, 0.0),
)
QUIZ1_FORWARD = """def quiz1_forward(x, z):
    a, c = x * z, np.log(x)
    b, d, e = np.exp(a), a / c, np.sin(c)
    return {"a": a, "b": b, "c": c, "d": d, "e": e, "f": e / b, "y": b + d + e / b}"""
QUIZ1_BACKWARD = """def quiz1_backward(x, z):
    v = quiz1_forward(x, z)
    db, de = 1 - v["e"] / v["b"] ** 2, 1 / v["b"]
    dc = -v["a"] / v["c"] ** 2 + de * np.cos(v["c"])
    da = db * v["b"] + 1 / v["c"]
    return {"db": db, "de": de, "dc": dc, "da": da, "dx": da * z + dc / x, "dz": da * x}"""
GOOD = {"quiz1-forward": QUIZ1_FORWARD, "quiz1-backward": QUIZ1_BACKWARD, "square": RIGHT}
# Answers to the second unit → what the grader gives for cells that it grades, by id.
SECOND_TEXTS: tuple[tuple[dict[str, str], dict[str, float]], ...] = (
    (
        {**GOOD, "essay-1": ESSAY},
        {"quiz1-forward": 3, "quiz1-backward": 5, "square-test": 2, "share": 1.5},
    ),
    # Its share is below 0, which nbgrader would take for full points and we leave to a person.
    (
        {"quiz1-forward": QUIZ1_FORWARD, "square": WRONG, "essay-1": ESSAY},
        {"quiz1-forward": 3},
    ),
    (
        GOOD,
        {"quiz1-forward": 3, "quiz1-backward": 5, "square-test": 2, "share": 1.5},
    ),
)


def text_of(student: str) -> int:
    """Which of the texts a student of the second unit hands in at first."""
    return 2 if student == BY_EXCHANGE else SECOND_CLASS.index(student) % len(SECOND_TEXTS)


def keep_exercises(text: Path, kept: Sequence[str]) -> None:
    """Leaves all but some exercises out of a unit's text."""
    notebook = jupytext.read(text, fmt="py:percent")
    marks = ("solution", "check", "locked")
    notebook.cells = [
        one
        for number, one in enumerate(notebook.cells)
        if number == 0 or {one.metadata.get(mark) for mark in marks} & {*kept, "imports"}
    ]
    jupytext.write(notebook, text, fmt="py:percent")


def lms_number(student: str) -> str:
    """Canvas's number of a student."""
    return str(100_000 + int(student[1:]))


def email(student: str) -> str:
    """What a student logs in with."""
    return f"{student}@uni.edu"


def section(student: str) -> str:
    """The student's section, of two."""
    return f"CS-601-{'AB'[int(student[1:]) % 2]}"


def canvas_gradebook() -> bytes:
    """What Canvas exports as its gradebook, with both units' columns."""
    head = "Student,ID,SIS User ID,SIS Login ID,Section"
    lines = [f"{head},Unit 06 (4712),Week two (4711),Final Score"]
    lines.append(f"    Points Possible,,,,,{ALL:g},19,(read only)")
    for n, one in enumerate(EVERYBODY):
        name = f"{LAST_NAMES[n % len(LAST_NAMES)]}, {FIRST_NAMES[n % len(FIRST_NAMES)]}"
        lines.append(f'"{name}",{lms_number(one)},{n:08},{email(one)},{section(one)},,,')
    lines.append('"Student, Test",99,,dead5eed,CS-601-A,,,')
    return "\r\n".join(lines).encode("utf-8-sig")


def canvas_archive(archive: Path, released: bytes) -> dict[str, float]:
    """Writes what Canvas packs of the usual students' work for the first unit.

    Returns:
        Student → what it earns.
    """
    earned = {}
    archive.parent.mkdir(parents=True)
    made = [filled(released, answers) for answers, _ in TEXTS]
    with zipfile.ZipFile(archive, "w") as packed:
        for number, student in enumerate(USUAL):
            content, (_, points) = made[number % len(TEXTS)], TEXTS[number % len(TEXTS)]
            late = "LATE_" * (student == USUAL[-1])
            name = f"name{student}_{late}{lms_number(student)}_{90_000 + number}_{FIRST}.ipynb"
            packed.writestr(name, content)
            earned[student] = points
    return earned


def _named(name: str) -> Callable[[Path], Any]:
    return lambda path: path.rename(path.with_name(name))


def _good(name: str, around: Callable[[Path], Any], **about: Any) -> Attack:
    return submission(name, forward=FORWARD, backward=BACKWARD, around=around, earns=ALL, **about)


def odd_files(course: Path) -> list[Attack]:
    """What the odd ones hand in; of a course whose units are released."""
    blank = (course / "notebooks" / FIRST / f"{FIRST}.ipynb").read_bytes()

    def beside_a_blank(path: Path) -> None:
        path.rename(path.with_name(f"{FIRST}-Copy1.ipynb"))
        path.write_bytes(blank)

    def two_notebooks(path: Path) -> None:
        path.with_name("draft.ipynb").write_bytes(filled(blank, {"quiz2-forward": FORWARD}))
        path.rename(path.with_name("final.ipynb"))

    def another_units(path: Path) -> None:
        shutil.copy(course / "notebooks" / SECOND / f"{SECOND}.ipynb", path)

    def without_a_check(notebook: dict[str, Any]) -> None:
        notebook["cells"].remove(cell(notebook, "quiz2-backward-check"))

    def instructors(_: Any) -> bytes:
        return (course / "solutions" / FIRST / f"{FIRST}.ipynb").read_bytes()

    handed_in = "It was handed in as"
    more = [
        *(
            _good(name, _named(name), remark=handed_in)
            for name in (
                f"{FIRST} (1).ipynb",
                f"{FIRST}-Copy1.ipynb",
                f"{FIRST}-1.ipynb",
                f"{FIRST.upper()}.IPYNB",
                "Übung 6, endgültig.ipynb",
                f"{FIRST}.ipynb.txt",
            )
        ),
        Attack("empty", lambda _: b"", failure="is empty"),
        Attack("not JSON", lambda _: b"broken", failure="cannot be read as JSON"),
        submission("another unit's", around=another_units, failure=f"is the notebook of {SECOND}"),
        _good("blank beside it", beside_a_blank, remark="holds no answers"),
        submission(
            "two", forward=FORWARD, backward=BACKWARD, around=two_notebooks,
            failure="more than one notebook",
        ),
        submission(
            "no check", forward=FORWARD, backward=BACKWARD, change=without_a_check, earns=ALL,
            remark="quiz2-backward-check",
        ),
        Attack("the instructor's", instructors, earns=ALL),
    ]  # fmt: skip
    return [*ODD_FOLDERS, *more]


def hand_in_second(course: Path, released: bytes) -> None:
    """Hands in the second unit for all but the one who uses the exchange."""
    for student in SECOND_CLASS:
        folder = course / "submitted" / student / SECOND
        folder.mkdir(parents=True)
        (folder / f"{SECOND}.ipynb").write_bytes(
            filled(released, SECOND_TEXTS[text_of(student)][0])
        )
        (folder / "timestamp.txt").write_text("2026-11-10 10:00:00 UTC")
