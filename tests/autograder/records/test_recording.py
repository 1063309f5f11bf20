"""Late work by a plugin of the course's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.course.folder import CONFIG_FILE, Course, CourseError
from autograder.records.recording import assign_late_penalty, late_policy

UNIT = "06-logistic-to-network"
BROKEN = """
from nbgrader.plugins import BasePlugin

class Broken(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        raise KeyError(student_id)

c = get_config()
c.AssignLatePenalties.plugin_class = Broken
"""
MISSING = 'c = get_config()\nc.AssignLatePenalties.plugin_class = "no.such.Plugin"\n'


def test_a_plugin_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / CONFIG_FILE).write_text(MISSING)
    with pytest.raises(CourseError, match=r"nbgrader_config.py names cannot.*no\.such\.Plugin"):
        late_policy(Course.at(tmp_path))


def test_a_plugin_that_fails_is_named_with_the_student(tmp_path: Path) -> None:
    (tmp_path / CONFIG_FILE).write_text(BROKEN)
    course = Course.at(tmp_path)
    with Gradebook(course.api.coursedir.db_url) as gradebook:
        gradebook.add_assignment(UNIT, duedate="2026-11-22 20:00:00 UTC")
        gradebook.add_notebook(UNIT, UNIT)
        gradebook.add_student("ada")
        gradebook.add_submission(UNIT, "ada", timestamp="2026-11-22 21:00:00 UTC")
        with pytest.raises(CourseError, match=r"ada's late work.*KeyError"):
            assign_late_penalty(gradebook, late_policy(course), UNIT, "ada")
