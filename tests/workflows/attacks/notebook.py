"""Making a submission out of the released notebook of unit 06."""

from __future__ import annotations

import copy
import json
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

UNIT = "06-logistic-to-network"
Notebook = dict[str, Any]

FORWARD = """
def quiz2_forward(x, alpha1, alpha2, beta):
    s = lambda t: 1 / (1 + np.exp(-t))
    a1 = alpha1 @ x; z1 = s(a1); a2 = alpha2 @ z1; z2 = s(a2); b = beta @ z2
    return {"a1": a1, "z1": z1, "a2": a2, "z2": z2, "b": b, "y": s(b)}
"""
BACKWARD = """
def quiz2_backward(x, alpha1, alpha2, beta):
    s = lambda t: 1 / (1 + np.exp(-t))
    z1 = s(alpha1 @ x); z2 = s(alpha2 @ z1); y = s(beta @ z2)
    db = y * (1 - y); da2 = db * beta * z2 * (1 - z2); da1 = alpha2.T @ da2 * z1 * (1 - z1)
    return {"db": db, "dbeta": db * z2, "da2": da2, "dalpha2": np.outer(da2, z1),
            "da1": da1, "dalpha1": np.outer(da1, x)}
"""
# The right shapes, and no computation.
ZERO_FORWARD = """
def quiz2_forward(x, alpha1, alpha2, beta):
    n1, n2 = len(alpha1), len(alpha2)
    return {"a1": np.zeros(n1), "z1": np.zeros(n1), "a2": np.zeros(n2), "z2": np.zeros(n2),
            "b": 0.0, "y": 0.0}
"""
ZERO_BACKWARD = """
def quiz2_backward(x, alpha1, alpha2, beta):
    return {"db": 0.0, "dbeta": np.zeros(beta.shape), "da2": np.zeros(len(alpha2)),
            "dalpha2": np.zeros(alpha2.shape), "da1": np.zeros(len(alpha1)),
            "dalpha1": np.zeros(alpha1.shape)}
"""
FORWARD_POINTS, BACKWARD_POINTS = 1.0, 2.0
ALL = FORWARD_POINTS + BACKWARD_POINTS


@dataclass(frozen=True)
class Attack:
    """One hostile or damaged submission.

    Args:
        name: what is tried.
        make: turns the released notebook into what is handed in: a notebook, or bytes.
        earns: the score that its answers deserve.
        failure: words of the report when it cannot be graded at all.
        remark: words among the notes of the grader.
        unread_by_nbgrader: whether nbgrader's own command gives up before it asks our grader.
        around: changes the folder that the notebook was handed in with; gets the notebook's path.
        called: turns a student's id into the name of the folder of what this student handed in.
        open_to_root_alone: whether only a root can grade it, and others get the failure.
    """

    name: str
    make: Callable[[Notebook], Notebook | bytes]
    earns: float = 0.0
    failure: str = ""
    remark: str = ""
    unread_by_nbgrader: bool = False
    around: Callable[[Path], Any] = lambda path: None
    called: Callable[[str], str] = lambda student: student
    open_to_root_alone: bool = False

    def hand_in(self, submitted: Path, student: str, released: Notebook) -> Path:
        """Puts it into the folder of submissions.

        Args:
            submitted: that folder.
            student: who hands it in.
            released: the notebook that students got.

        Returns:
            Where the notebook is, or was before `around` changed that.
        """
        made = self.make(released)
        path = submitted / self.called(student) / UNIT / f"{UNIT}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(made if isinstance(made, bytes) else json.dumps(made).encode())
        self.around(path)
        return path


def cell(notebook: Notebook, grade_id: str) -> dict[str, Any]:
    """The cell of an id."""
    found = [c for c in notebook["cells"] if grade_id_of(c) == grade_id]
    return found[0]  # type: ignore[no-any-return]


def grade_id_of(one: dict[str, Any]) -> str:
    return str(one["metadata"].get("nbgrader", {}).get("grade_id", ""))


def code_cell(source: str, **metadata: Any) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "source": textwrap.dedent(source).strip("\n"),
        "metadata": metadata,
        "outputs": [],
        "execution_count": None,
    }


def answered(notebook: Notebook, forward: str, backward: str, own: str = "") -> Notebook:
    """A copy with both solutions filled in, and a cell of the student's own before them."""
    copied = copy.deepcopy(notebook)
    for grade_id, source in (("quiz2-forward", forward), ("quiz2-backward", backward)):
        cell(copied, grade_id)["source"] = textwrap.dedent(source).strip("\n")
    if own:
        place = copied["cells"].index(cell(copied, "quiz2-forward"))
        copied["cells"].insert(place, code_cell(own))
    return copied


def submission(
    name: str,
    own: str = "",
    forward: str = ZERO_FORWARD,
    backward: str = ZERO_BACKWARD,
    change: Callable[[Notebook], Any] = lambda notebook: None,
    **about: Any,
) -> Attack:
    """An attack from code in the student's cells and a change to the notebook around them.

    Args:
        own: a cell of the student's own, before the two solutions.
        forward: the first solution.
        backward: the second.
        change: changes the notebook, or returns another, or bytes.
        about: the rest of what `Attack` holds.
    """

    def make(released: Notebook) -> Notebook | bytes:
        notebook = answered(released, forward, backward, own)
        changed = change(notebook)
        return notebook if changed is None else changed  # type: ignore[no-any-return]

    return Attack(name, make, **about)
