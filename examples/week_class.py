"""What the invented class of `week.py` hands in, and who wrote each answer.

The first students are the example class. Each of the others has the notebook of one of them, in
which answers are exchanged for solutions of the second bank: whole functions by people who saw
neither catalogue nor judge, in turn until all of them are in the class. What each must earn is
known from `expected.toml` and from the first lines of the bank's functions. The last five are in
trouble.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import jupytext
import nbformat
import numpy as np
from nbformat import NotebookNode

EXAMPLES = Path(__file__).resolve().parent
BANK = EXAMPLES.parent / "tests" / "autograder" / "second_bank"
UNIT = "06-logistic-to-network"
FROM_BANK = 0.5  # The share of the other students' answers that are exchanged, where they can be.
IN_TROUBLE = 5

ENDS_THE_INTERPRETER = """
def quiz2_backward(x, alpha1, alpha2, beta):
    import os
    os._exit(0)
"""
FINITE_DIFFERENCE = """
def quiz2_backward(x, alpha1, alpha2, beta):
    h = 1e-6
    s = lambda t: 1 / (1 + np.exp(-t))
    f = lambda beta: s(beta @ s(alpha2 @ s(alpha1 @ x)))
    db = (s(np.arctanh(0.5) + h) - s(np.arctanh(0.5) - h)) / (2 * h)
    e = np.eye(len(beta))
    dbeta = np.array([(f(beta + h * e[i]) - f(beta - h * e[i])) / (2 * h) for i in range(len(e))])
    return {"db": db, "dbeta": dbeta}
"""


@dataclass(frozen=True)
class Answer:
    """A text for a solution cell.

    Args:
        by: the persona, or FILE.FUNCTION of the bank.
        text: the cell's source.
        wrong: the parts that must earn nothing, as the bank's author says; None for a persona.
    """

    by: str
    text: str
    wrong: frozenset[str] | None = None


@dataclass
class HandedIn:
    """What a student hands in.

    Args:
        notebook: the file's content.
        answers: nbgrader's id of a solution cell → who wrote what is in it; empty where that is
            nobody's fair work.
    """

    notebook: bytes
    answers: dict[str, Answer] = field(default_factory=dict)


def names_of(count: int) -> list[str]:
    """The ids of a class of this size, in order; those in trouble come last."""
    least = len(personas()) + IN_TROUBLE
    if count < least:
        raise SystemExit(f"week: a class has at least {least} students.")
    return [*personas(), *(f"student{number:04}" for number in range(len(personas()), count))]


def personas() -> list[str]:
    """The example class, as far as it handed the unit in."""
    return sorted(path.parent.name for path in EXAMPLES.glob(f"students/*/{UNIT}.py"))


def the_class(released: NotebookNode, names: Sequence[str]) -> dict[str, HandedIn]:
    """Works out what everybody hands in; the same every time.

    Args:
        released: the notebook as students get it.
        names: the students, from `names_of`.

    Returns:
        Student → notebook and its authors.
    """
    written = {name: cells_of(name) for name in personas()}
    rng = np.random.default_rng(2026)
    bank = {id: cycle(rng.permutation(answers)) for id, answers in bank_answers().items()}
    found: dict[str, HandedIn] = {}
    for name in names[:-IN_TROUBLE]:
        answers = dict(written[name if name in written else str(rng.choice(list(written)))])
        if name not in written:
            exchange(answers, bank, rng)
        found[name] = HandedIn(notebook_of(released, _texts(answers)), answers)
    return found | _in_trouble(released, written, names[-IN_TROUBLE:])


def cells_of(persona: str) -> dict[str, Answer]:
    """nbgrader's id of a solution cell → what a persona wrote, its own cells before it put in."""
    found: dict[str, Answer] = {}
    own: list[str] = []
    text = EXAMPLES / "students" / persona / f"{UNIT}.py"
    for cell in jupytext.read(text, fmt="py:percent").cells:
        if "solution" in cell.metadata:
            id = cell.metadata["solution"].replace(".", "-")
            found[id] = Answer(persona, "\n\n".join([*own, cell.source]))
            own = []
        elif cell.cell_type == "code":
            own.append(cell.source)
    return found


def bank_answers() -> dict[str, list[Answer]]:
    """nbgrader's id of a solution cell → every answer that the second bank has for it."""
    ids = {id for persona in personas() for id in cells_of(persona)}
    files = {id: BANK / f"{id.replace('-', '_')}.py" for id in sorted(ids)}
    return {id: list(_bank_file(path)) for id, path in files.items() if path.is_file()}


def _bank_file(path: Path) -> Iterator[Answer]:
    source, name = path.read_text("utf-8"), path.stem
    pieces = {
        node.name: ast.get_source_segment(source, node) or ""
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
    }
    helpers = {key: text for key, text in pieces.items() if key.startswith("_")}
    for key, text in pieces.items():
        if key in helpers:
            continue
        marked = re.search(r"\[wrong: (?:mutates \w+|([^;\]]*))", text)
        whole = "\n\n\n".join(["import numpy as np", *helpers.values(), text])
        whole = re.sub(r" \[wrong: [^\]]*\]", "", whole).replace(f"def {key}(", f"def {name}(")
        for helper in helpers:  # Two banks' helpers of one name do not meet in one notebook.
            whole = re.sub(rf"\b{helper}\b", name + helper, whole)
        lost = frozenset((marked[1] or "").split(", ")) - {""} if marked else frozenset()
        yield Answer(f"{name}.{key}", whole, lost)


def exchange(
    answers: dict[str, Answer], bank: Mapping[str, Iterator[Answer]], rng: np.random.Generator
) -> None:
    """Exchanges some answers, but none that another cell of the notebook calls.

    Args:
        answers: nbgrader's id of a solution cell → answer; changed.
        bank: the same → what to take in turn.
        rng: decides which.
    """
    for id in sorted(bank):
        others = "".join(answer.text for other, answer in answers.items() if other != id)
        if rng.random() < FROM_BANK and id.replace("-", "_") not in others:
            answers[id] = next(bank[id])


def _in_trouble(
    released: NotebookNode, written: Mapping[str, Mapping[str, Answer]], names: Sequence[str]
) -> dict[str, HandedIn]:
    """Unreadable, hostile, without backpropagation, copied from another, and late."""
    broken, ended, difference, copy, late = names
    ada, bao, chidi = (_texts(written[name]) for name in ("ada", "bao", "chidi"))
    numpy = "import numpy as np\n"
    # Renamed throughout, which is no other work; what the exercise asks for keeps its name.
    copied = {id: re.sub(r'\bdz\b(?!")', "grad_z", text) for id, text in bao.items()}
    return {
        broken: HandedIn(b"this is not a notebook"),
        ended: HandedIn(notebook_of(released, ada | {"quiz2-backward": ENDS_THE_INTERPRETER})),
        difference: HandedIn(
            notebook_of(released, ada | {"quiz2-backward": numpy + FINITE_DIFFERENCE})
        ),
        copy: HandedIn(notebook_of(released, copied), dict(written["bao"])),
        late: HandedIn(notebook_of(released, chidi), dict(written["chidi"])),
    }


def _texts(answers: Mapping[str, Answer]) -> dict[str, str]:
    return {id: answer.text for id, answer in answers.items()}


def notebook_of(released: NotebookNode, cells: Mapping[str, str]) -> bytes:
    """A copy with solutions filled in.

    Args:
        cells: nbgrader's id of a solution cell → its text.

    Returns:
        The file's content.
    """
    notebook = deepcopy(released)
    for cell in notebook.cells:
        mark = cell.metadata.get("nbgrader", {})
        if mark.get("solution") and mark["grade_id"] in cells:
            cell.source = cells[mark["grade_id"]]
    return nbformat.writes(notebook).encode()
