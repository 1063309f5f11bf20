"""The page of a student whose submission could not be graded: one file, without a script."""

from __future__ import annotations

from autograder.batch.handing_back import beside_failure
from autograder.course.folder import Course
from autograder.course.notebooks import notebook_names
from autograder.files import clean
from autograder.files.ledger import replace_file

# What the grader's own failure says may quote right answers, so that students read only this.
OF_THE_GRADER = "The grader failed on it. Your instructor can see the details."
PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{unit}: not graded</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff;
  max-width: 45rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }}
</style>
</head>
<body>
<main>
<h1>{unit}: not graded</h1>
<p>Your submission could not be graded. This is not a score of 0: nobody has judged your answers
yet.</p>
<h2>Why</h2>
<p>{why}</p>
<h2>What you can do</h2>
<p>Open the notebook in Jupyter, choose Run All Cells, and save it. Hand it in again if you still
can. If it runs for you, or if the due date has passed, write to your instructor, who has your
submission as you handed it in.</p>
</main>
</body>
</html>
"""


def write_failure_page(course: Course, unit: str, student: str, why: str, secret: bytes) -> None:
    """Writes the page into feedback/STUDENT/UNIT, with what nbgrader needs to release it.

    Args:
        student: the student's id.
        why: why it could not be graded, in words that students may read.
        secret: the course's secret.

    Raises:
        OSError: if it cannot be written.
    """
    sentence = why[:1].upper() + why[1:]
    page = PAGE.format(unit=clean.html(unit), why=clean.html(sentence))
    for name in notebook_names(course, unit):
        replace_file(course.directory("feedback", student, unit) / f"{name}.html", page)
    beside_failure(course, unit, student, secret)
