"""extend, excuse and drop: what they write, refuse and say."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from workflows.gradebook_rows import Row, write_gradebook

from autograder.course.folder import Course

Call = Callable[..., tuple[int, str, str]]
UNIT = "02-graphs"
ZERO = 'c = get_config()\nc.LateSubmissionPlugin.penalty_method = "zero"\n'


@pytest.fixture
def course(folder: Path) -> Path:
    """Ada handed in a day late and has 4 of 5 points, all taken off."""
    (folder / "nbgrader_config.py").write_text(ZERO)
    (folder / "roster.csv").write_text("id\nada\nbob\n")
    course = Course.at(folder)
    cells = [Row("one", 5, source="assert f(1)")]
    write_gradebook(course, UNIT, cells, {"ada": {"one": 4}}, {"ada": 4.0})
    with course.gradebook() as gradebook:
        gradebook.update_or_create_assignment(UNIT, duedate="2026-11-20 12:00:00 UTC")
        gradebook.find_submission(UNIT, "ada").timestamp = datetime(2026, 11, 21, 12)
        gradebook.db.commit()
    return folder


def penalty(course: Path) -> float:
    with Course.at(course).gradebook() as gradebook:
        return float(gradebook.find_submission(UNIT, "ada").late_submission_penalty)


def test_an_extension_is_written_and_counts_at_once(course: Path, call: Call) -> None:
    until = ("--until", "2026-11-22 12:00 UTC", "--reason", "ill")
    status, out, err = call("extend", "02", "ada", "bob", *until)
    assert status == 0, err
    assert out.startswith(f"arrangements.csv now says: ada, bob are extended in {UNIT} until 2026-")
    assert "late penalties recalculated in the gradebook: ada 4 → 0" in err
    assert penalty(course) == 0
    with Course.at(course).gradebook() as gradebook:
        assert gradebook.find_submission(UNIT, "ada").extension == timedelta(days=2)
    assert (course / "arrangements.csv").read_text("utf-8").count(",extended,2026-11-22") == 2
    status, out, err = call("extend", "02", "ada", "--remove")
    assert (status, "ada is no longer extended" in out, penalty(course)) == (0, True, 4.0)


def test_any_name_of_a_student_will_do(course: Path, call: Call) -> None:
    (course / "roster.csv").write_text("id,email,lms_user_id\nal7,al@example.org,ada\n")
    until = ("--until", "2026-11-22 12:00 UTC")
    status, out, err = call("extend", "02", "AL@example.org", *until)
    assert (status, "al7 is extended" in out, "ada 4 → 0" in err) == (0, True, True)
    status, out, err = call("extend", "02", "ADA", "--remove")
    assert (status, "al7 is no longer extended" in out, penalty(course)) == (0, True, 4.0)


def test_who_handed_in_what_the_gradebook_does_not_know_is_known(folder: Path, call: Call) -> None:
    project = folder / "source" / "10-project" / "part.ipynb"
    project.parent.mkdir(parents=True)
    project.write_text("{}")
    (folder / "submitted" / "ada" / "10-project").mkdir(parents=True)
    status, _, err = call("extend", "10", "ada", "--until", "2026-11-22")
    assert (status, "is not checked" in err, "no such unit" in err) == (0, False, False)
    assert "nobody called 'bob'" in call("excuse", "10", "bob")[2]


@pytest.mark.parametrize(
    "kept", ["", "student,unit,what,until\nada,02-graphs,extended,2026-11-21 12:00Z\n"]
)
def test_what_the_gradebook_cannot_take_is_not_in_the_file_either(
    course: Path, call: Call, kept: str
) -> None:
    with (course / "nbgrader_config.py").open("a") as config:
        url = f"sqlite:///{course}/gradebook.db?timeout=0.1"
        config.write(f"c.CourseDirectory.db_url = {url!r}\n")
    file = course / "arrangements.csv"
    if kept:
        file.write_text(kept)
    with sqlite3.connect(course / "gradebook.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        words = ("extend", "02", "ada", "--until", "2026-11-22 12:00 UTC")
        for command in (words, ("report",) if kept else words):
            status, _, err = call(*command)
            assert (status, "autoflush" in err) == (2, False)
            assert "gradebook.db is locked by another program that is writing it. To fix it:" in err
        assert (file.read_text() if file.exists() else "") == kept
        other.execute("ROLLBACK")
    other.close()
    assert (call(*words)[0], penalty(course)) == (0, 0)
    # What was taken for granted while it failed does not outlive the extension.
    assert (call("extend", "02", "ada", "--remove")[0], penalty(course)) == (0, 4.0)


def test_json_says_what_was_written(course: Path, call: Call) -> None:
    status, out, _ = call("extend", "02", "ada", "--until", "2026-11-22 12:00+00:00", "--json")
    assert status == 0
    told = json.loads(out)
    assert told["penalties"] == [{"student": "ada", "before": 4.0, "after": 0.0}]
    assert datetime.fromisoformat(told["until"]).timestamp() == 1795348800
    assert {name: told[name] for name in ("file", "written", "unit", "students", "what")} == {
        "file": "arrangements.csv",
        "written": True,
        "unit": UNIT,
        "students": ["ada"],
        "what": "extended",
    }


def test_a_dry_run_changes_nothing(course: Path, call: Call) -> None:
    status, out, _ = call("excuse", "02", "ada", "--dry-run")
    assert (status, out) == (0, f"arrangements.csv would say: ada is excused in {UNIT}\n")
    assert not (course / "arrangements.csv").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("extend", "02", "adda", "--until", "2026-11-22"), "nobody called 'adda' .* mean 'ada'"),
        (("extend", "02", "ada", "--until", "2026-11-20 12:00Z"), "is not after the due date"),
        (("extend", "02", "ada", "--until", "22.11.2026"), "is not a date; write 2026-11-20"),
        (("extend", "02", "ada"), "say until when"),
        (("extend", "02", "ada", "--until", "2026-11-22", "--remove"), "say until when"),
        (("extend", "77", "ada", "--until", "2026-11-22"), "there is no unit '77'"),
        (("excuse", "02", "ada", "--remove"), "does not say that ada is excused"),
        (("drop", "02", "bob", "zoe"), "nobody called 'zoe'"),
    ],
)
def test_a_slip_is_refused_and_nothing_is_written(
    course: Path, call: Call, words: tuple[str, ...], said: str
) -> None:
    import re

    status, out, err = call(*words)
    assert (status, out) == (2, "")
    assert re.search(said, err), err
    assert not (course / "arrangements.csv").exists()


def test_a_unit_without_a_due_date_is_said(course: Path, call: Call) -> None:
    with Course.at(course).gradebook() as gradebook:
        gradebook.find_assignment(UNIT).duedate = None
        gradebook.db.commit()
    status, _, err = call("extend", "02", "ada", "--until", "2026-11-22")
    assert (status, "has no due date yet" in err) == (0, True)


def test_nobody_is_asked_for_a_gradebook_or_a_roster(folder: Path, call: Call) -> None:
    (folder / "source" / UNIT).mkdir(parents=True)
    (folder / "source" / UNIT / f"{UNIT}.py").touch()
    status, out, err = call("excuse", "02", "ada")
    assert (status, out) == (0, f"arrangements.csv now says: ada is excused in {UNIT}\n")
    assert "is not checked" in err
    assert not (folder / "gradebook.db").exists()


@pytest.mark.parametrize("words", [("ada",), ("ada", UNIT), ("ada", "one")])
def test_what_is_explained_follows_an_extension_that_was_written_by_hand(
    course: Path, call: Call, words: tuple[str, ...]
) -> None:
    line = f"ada,{UNIT},extended,2026-11-23\n"
    (course / "arrangements.csv").write_text(f"student,unit,what,until\n{line}")
    status, out, err = call("explain", *words)
    assert (status, "ada 4 → 0" in err, penalty(course)) == (0, True, 0)
    assert "penalised" not in out


@pytest.mark.parametrize("command", ["report", "export"])
def test_numbers_follow_the_due_date_of_now(course: Path, call: Call, command: str) -> None:
    with Course.at(course).gradebook() as gradebook:
        gradebook.find_assignment(UNIT).duedate = datetime(2026, 11, 23)
        gradebook.db.commit()
    status, _, err = call(*{"report": ("report",), "export": ("export", "csv")}[command])
    assert status == 0, err
    assert f"{UNIT}: late penalties recalculated in the gradebook: ada 4 → 0" in err
    assert penalty(course) == 0
    if command == "export":
        last = (course / "exports" / "exercises.csv").read_text("utf-8").splitlines()[-2]
        assert last.endswith(",0.0,4.0")


@pytest.mark.parametrize("words", [("report",), ("export", "csv"), ("feedback", "--dry-run")])
def test_a_line_that_reaches_nobody_is_said(
    course: Path, call: Call, words: tuple[str, ...]
) -> None:
    (course / "arrangements.csv").write_text("student,unit,what\nadda,02-graphs,excused\n")
    (course / "submitted" / "ada" / UNIT).mkdir(parents=True)
    graded = course / "autograded" / "ada" / UNIT / f"{UNIT}.ipynb"
    graded.parent.mkdir(parents=True)
    graded.write_text('{"cells": []}')
    assert "adda is excused in 02-graphs, but nobody of this name" in call(*words)[2]


def test_an_export_names_who_is_excused(course: Path, call: Call) -> None:
    assert call("excuse", "02", "bob")[0] == 0
    _, _, err = call("export", "csv")
    assert f"excused, and left blank: {UNIT}: bob" in err


def test_an_export_names_who_handed_in_since(course: Path, call: Call) -> None:
    (course / "submitted" / "bob" / UNIT).mkdir(parents=True)
    _, _, err = call("export", "csv")
    assert f"handed in, but not graded yet, so run course-bp grade: {UNIT}: bob" in err
