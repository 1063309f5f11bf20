"""nbgrader's numbers, recomputed from the tables of its gradebook by SQL and nothing of ours."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

SCORES = """
SELECT assignment.name, submitted_assignment.student_id,
       SUM(CASE WHEN manual_score IS NULL AND auto_score IS NULL THEN 0
                ELSE COALESCE(manual_score, auto_score) + COALESCE(extra_credit, 0) END)
FROM submitted_assignment
JOIN assignment ON assignment.id = submitted_assignment.assignment_id
JOIN submitted_notebook ON submitted_notebook.assignment_id = submitted_assignment.id
JOIN grade ON grade.notebook_id = submitted_notebook.id
GROUP BY submitted_assignment.id
"""
PENALTIES = """
SELECT assignment.name, submitted_assignment.student_id, SUM(COALESCE(late_submission_penalty, 0))
FROM submitted_assignment
JOIN assignment ON assignment.id = submitted_assignment.assignment_id
JOIN submitted_notebook ON submitted_notebook.assignment_id = submitted_assignment.id
GROUP BY submitted_assignment.id
"""
POINTS = """
SELECT assignment.name, SUM(cell.max_score)
FROM assignment
JOIN notebook ON notebook.assignment_id = assignment.id
JOIN base_cell ON base_cell.notebook_id = notebook.id
JOIN (SELECT id, max_score FROM grade_cells UNION ALL SELECT id, max_score FROM task_cells) AS cell
  ON cell.id = base_cell.id
GROUP BY assignment.id
"""


class Numbers(NamedTuple):
    """What a student has in a unit: points earned, points lost for being late, what counts."""

    raw: float
    penalty: float
    score: float


def recomputed(course: Path) -> dict[tuple[str, str], Numbers]:
    """Unit and student → the numbers, for everybody who handed in."""
    with closing(sqlite3.connect(course / "gradebook.db")) as connection:
        raw = {row[:2]: row[2] for row in connection.execute(SCORES)}
        lost = {row[:2]: row[2] for row in connection.execute(PENALTIES)}
    return {key: Numbers(raw[key], lost[key], max(0.0, raw[key] - lost[key])) for key in raw}


def points_of_units(course: Path) -> dict[str, float]:
    """Unit → what it is worth."""
    with closing(sqlite3.connect(course / "gradebook.db")) as connection:
        return dict(connection.execute(POINTS))
