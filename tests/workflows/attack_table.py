"""Grades every hostile and damaged submission in both ways, and prints what happened to each.

    python tests/workflows/attack_table.py                     prints the page
    python tests/workflows/attack_table.py docs/attacks.md     writes it

`tests/workflows/test_attacks.py` runs the same submissions, and holds the page against them.
"""

# ruff: noqa: E402 - the path is set first, so that it runs as a script.
from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from workflows.attacks import ATTACKS
from workflows.attacks.notebook import UNIT, Attack
from workflows.support import REPOSITORY, copy_course, fixed_secret

from autograder.batch.run import Options, Result, grade_unit
from autograder.course.folder import Course
from autograder.course.notebooks import released_notebooks
from autograder.course.release import release
from autograder.course.secret import VARIABLE

NOT_GRADED = "not graded"
PAGE = """# Hostile and damaged submissions

The table lists {count} submissions. Some try to forge a score or to use up the machine's resources;
others were damaged before they were graded. It shows what each one got from `course-bp grade` and
from `nbgrader autograde`, both with the configuration of this repository. "Deserves" is what its
answers are worth, out of 3 points. A submission that cannot be graded gets no score and is
reported; it never counts as a zero. `course-bp grade` repairs two submissions that nbgrader cannot
even read, so nbgrader never passes them to this grader.
[threat-model.md](threat-model.md) says why the attacks fail. This page is written by
`python tests/workflows/attack_table.py docs/attacks.md`.

| Submission | Deserves | course-bp | nbgrader | What the grader says |
|---|---|---|---|---|
"""


def page() -> str:
    """Grades all of them and writes the page."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ[VARIABLE] = fixed_secret(Path(folder))
        ours = hand_in_all(Path(folder) / "ours", ATTACKS)
        results = grade_unit(ours, UNIT, Options(pages=False))
        stock = by_nbgrader(hand_in_all(Path(folder) / "stock", ATTACKS), ATTACKS)
    rows = map(_row, ATTACKS, results, stock)
    return PAGE.format(count=len(ATTACKS)) + "".join(f"{row}\n" for row in rows)


def student(attack: Attack) -> str:
    """Who hands it in."""
    return f"a{ATTACKS.index(attack):03}"


def hand_in_all(root: Path, attacks: Sequence[Attack]) -> Course:
    """A course in which every attack is handed in."""
    with (copy_course(root) / "nbgrader_config.py").open("a") as config:
        config.write("c.GradeInSandbox.limits = {'cell_seconds': 2.0}\n")
    course = Course.at(root)
    list(release(course, [UNIT]))
    (built,) = released_notebooks(course, UNIT).values()
    released = json.loads(built.read_bytes())
    for attack in attacks:
        attack.hand_in(root / "submitted", student(attack), released)
    return course


def by_nbgrader(course: Course, attacks: Sequence[Attack]) -> list[float | None]:
    """The scores that nbgrader's own commands record; None where there is none."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "NO_COLOR": "1"}
    for step in ("generate_assignment --force", "autograde"):
        command = [sys.executable, "-m", "nbgrader", *step.split(), UNIT]
        subprocess.run(command, cwd=course.root, env=environment, capture_output=True)
    with course.gradebook() as gradebook:
        found: dict[str, float | None] = {}
        for submission in gradebook.assignment_submissions(UNIT):
            grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
            scored = grades and all(grade.auto_score is not None for grade in grades)
            found[submission.student.id] = submission.score if scored else None
    return [found.get(student(attack)) for attack in attacks]


def _row(attack: Attack, result: Result, stock: float | None) -> str:
    got = NOT_GRADED if result.failure else f"{result.score:g}"
    theirs = NOT_GRADED if stock is None else f"{stock:g}"
    asked = {name: notes for name, notes in result.notes.items() if name.startswith("quiz2")}
    words = [*result.remarks, *(f"{name}: {', '.join(n)}." for name, n in asked.items() if n)]
    said = (result.failure or " ".join(words)).replace("|", "\\|").replace("\n", " ")
    return f"| {attack.name} | {attack.earns:g} | {got} | {theirs} | {said} |"


def main() -> None:
    """Prints the page, or writes it to the file that is named."""
    made = page()
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(made, "utf-8")
    else:
        print(made, end="")


if __name__ == "__main__":
    main()
