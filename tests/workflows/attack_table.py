"""Prints a table of every hostile and damaged submission, and what happened to it.

python tests/workflows/attack_table.py
"""

# ruff: noqa: E402 - the path is set first, so that it runs as a script.
from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from workflows.attacks import ATTACKS
from workflows.attacks.notebook import UNIT
from workflows.support import copy_course

from autograder.batch import Options, grade_unit
from autograder.course import Course
from autograder.release import release
from autograder.secret import VARIABLE


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ[VARIABLE] = str(Path(folder) / "secret")
        root = copy_course(Path(folder) / "course")
        with (root / "nbgrader_config.py").open("a") as config:
            config.write("c.GradeInSandbox.limits = {'cell_seconds': 2.0}\n")
        course = Course.at(root)
        (built,) = release(course, [UNIT])
        released = json.loads(built.read_bytes())
        for number, attack in enumerate(ATTACKS):
            made = attack.make(released)
            path = root / "submitted" / f"a{number:03}" / UNIT / f"{UNIT}.ipynb"
            path.parent.mkdir(parents=True)
            path.write_bytes(made if isinstance(made, bytes) else json.dumps(made).encode())
        results = grade_unit(course, UNIT, Options(pages=False))
    print("| Submission | Deserves | Got | What the grader says |")
    print("|---|---|---|---|")
    for attack, result in zip(ATTACKS, results, strict=True):
        got = "not graded" if result.failure else f"{result.score:g}"
        words = [*result.remarks, *(f"{id}: {', '.join(n)}" for id, n in result.notes.items() if n)]
        print(f"| {attack.name} | {attack.earns:g} | {got} | {result.failure or ' '.join(words)} |")


if __name__ == "__main__":
    main()
