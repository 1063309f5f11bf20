from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.practice.learner import Learner
from autograder.practice.record import Record

SIGN = "the wrong sign at u/v"


def test_the_next_session_has_the_record() -> None:
    Learner().record = Record({}).with_mistakes([SIGN])
    assert Learner().record.rows[SIGN].made == 1


def test_two_sessions_at_once_share_it() -> None:
    first, second = Learner(), Learner()
    first.record = first.record.with_mistakes([SIGN])
    second.record = second.record.with_mistakes([SIGN])
    assert first.record.rows[SIGN].made == 2


def test_where_nothing_can_be_written_it_lasts_as_long_as_the_session(
    progress_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    progress_file.write_text("")
    monkeypatch.setenv("COURSE_BP_PROGRESS_FILE", str(progress_file / "progress.json"))
    learner = Learner()
    learner.record = learner.record.with_mistakes([SIGN])
    assert learner.record.rows[SIGN].made == 1
    assert Learner().record.rows == {}


def test_a_graders_run_neither_reads_nor_writes_it(
    progress_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Learner().record = Record({}).with_mistakes([SIGN])
    before = progress_file.read_bytes()
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    learner = Learner()
    assert learner.record.rows == {}
    learner.record = learner.record.with_mistakes([SIGN])
    assert learner.record.rows[SIGN].made == 1
    assert progress_file.read_bytes() == before


_SCRIPT = """
from autograder.practice import practice
task = practice("graphs", level=1, seed=2)
mistake = task.question.exercise.mistakes[0]
made = task.question.exercise.solve(task.inputs, mistake.wrong)
task.answer(**{name: getattr(made, name) for name in task.asked})
"""


@pytest.mark.slow
def test_a_plain_script_keeps_it(progress_file: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if "NBGRADER" not in name}
    for times in (1, 2):
        subprocess.run([sys.executable, "-c", _SCRIPT], check=True, env=environment)
        (row,) = Learner().record.rows.values()
        assert row.made == times
