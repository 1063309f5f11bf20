"""The TA's week, run once; every number recomputed from the gradebook by SQL.

A small class by default. WEEK_STUDENTS=200 in the environment takes one of that size.
"""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import statistics
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import week as script
from week_class import UNIT, names_of
from workflows.browser import axe_violations, chromium_page
from workflows.support import REPOSITORY

from autograder.exercises import of_unit
from autograder.judge.verdict import Status

# What a part is called that is right, be it from own earlier parts or in another form.
RIGHT = {status.value for status in (Status.RIGHT, Status.FOLLOWS, Status.FORM)}
STUDENTS = int(os.environ.get("WEEK_STUDENTS", "28"))
BROKEN, ENDED, DIFFERENCE, COPY, LATE = names_of(STUDENTS)[-5:]
EXPECTED = tomllib.loads((REPOSITORY / "examples" / "expected.toml").read_text("utf-8"))
SQL = """
SELECT submitted_assignment.student_id, base_cell.name, grade.auto_score, grade.manual_score,
       submitted_notebook.late_submission_penalty
FROM grade
JOIN base_cell ON base_cell.id = grade.cell_id
JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
"""


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> script.Week:
    into = tmp_path_factory.mktemp("week") / "week"
    return script.main(["--into", str(into), "--students", str(STUDENTS), "--workers", "2"])


@pytest.fixture(scope="module")
def told(week: script.Week) -> dict[str, Any]:
    """The report as data."""
    found: dict[str, Any] = json.loads(week.run("course-bp", "report", "--json", "--dry-run"))
    return found[UNIT]  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def scores(week: script.Week) -> dict[str, dict[str, float | None]]:
    """Student → exercise → score, straight from the gradebook's tables."""
    names = {f"{e.id}-check".replace(".", "-").replace("_", "-"): e.id for e in of_unit(UNIT)}
    found: dict[str, dict[str, float | None]] = {}
    with sqlite3.connect(week.course / "gradebook.db") as connection:
        for student, cell, auto, manual, _ in connection.execute(SQL):
            score = auto if manual is None else manual
            found.setdefault(student, {})[names[cell]] = score
    connection.close()
    return found


def graded_only(scores: dict[str, dict[str, Any]]) -> dict[str, dict[str, float]]:
    return {name: row for name, row in scores.items() if None not in row.values()}


def test_everybody_is_collected_and_only_the_broken_file_fails(
    scores: dict[str, Any], told: dict[str, Any]
) -> None:
    assert len(scores) == STUDENTS
    failed = sorted(set(scores) - set(graded_only(scores)))
    assert [one["student"] for one in told["numbers"]["submissions"] if one["failed"]] == failed
    assert failed == [BROKEN]
    assert told["numbers"]["missing"] == ["nobody"]


def test_everybody_earns_what_the_authors_of_the_answers_say(
    week: script.Week, scores: dict[str, Any]
) -> None:
    lost: dict[tuple[str, str], set[str]] = {}
    for entry in map(json.loads, (week.course / ".course-bp" / "audit.jsonl").open()):
        parts = {part["name"] for part in entry["parts"] if not part["credited"]}
        lost[entry["student"], entry["exercise"]] = parts
    for student, one in week.handed_in.items():
        for exercise in of_unit(UNIT) if one.answers else ():
            answer = one.answers.get(exercise.id.replace(".", "-"))
            score, where = scores[student][exercise.id], (student, exercise.id, answer)
            if answer is None or answer.wrong is None:
                by = answer.by if answer else "noor"  # Who handed in blank cells.
                assert score == pytest.approx(EXPECTED[by]["scores"][exercise.id]), where
            else:
                assert lost[student, exercise.id] == answer.wrong, where
                assert (score == exercise.points) == (".right_" in answer.by), where


def test_the_distribution_is_the_gradebooks(scores: dict[str, Any], told: dict[str, Any]) -> None:
    totals = [sum(row.values()) for row in graded_only(scores).values()]
    summary = told["numbers"]["summary"]
    assert summary["count"] == len(totals)
    assert summary["mean"] == pytest.approx(statistics.fmean(totals))
    assert summary["deviation"] == pytest.approx(np.std(totals))
    quartiles = [summary[name] for name in ("low", "lower", "median", "upper", "high")]
    assert quartiles == pytest.approx(np.percentile(totals, [0, 25, 50, 75, 100]))
    points = sum(exercise.points for exercise in of_unit(UNIT))
    edges = [points * number / 10 - 1e-9 for number in range(10)] + [points + 1]
    counts = [count for _, _, count in told["numbers"]["classes"]]
    assert counts == np.histogram(totals, edges)[0].tolist()


def test_pass_rates_and_discrimination_are_the_gradebooks(
    scores: dict[str, Any], told: dict[str, Any]
) -> None:
    rows = list(graded_only(scores).values())
    told_of = {row["id"]: row for row in told["numbers"]["exercises"]}
    assert len(told_of) == len(of_unit(UNIT))
    for exercise in of_unit(UNIT):
        row = told_of[exercise.id]
        mine = [one[exercise.id] for one in rows]
        solved = [score > exercise.points - 1e-9 for score in mine]
        rest = [sum(one.values()) - score for one, score in zip(rows, mine, strict=True)]
        assert row["pass_rate"] == pytest.approx(np.mean(solved))
        assert row["mean"] == pytest.approx(np.mean(mine))
        assert row["discrimination"] == pytest.approx(np.corrcoef(solved, rest)[0, 1])


def test_mistakes_and_parts_are_those_of_the_graded_notebooks(
    week: script.Week, told: dict[str, Any]
) -> None:
    named: dict[str, set[str]] = {}
    earned: Counter[tuple[str, str]] = Counter()
    for path in sorted(week.course.glob(f"autograded/*/{UNIT}/{UNIT}.ipynb")):
        for cell in json.loads(path.read_bytes())["cells"]:
            for output in cell.get("outputs", []):
                verdict = output.get("data", {}).get("application/vnd.course-bp.verdict+json")
                for name in (verdict or {}).get("mistakes", []):
                    named.setdefault(name, set()).add(path.parts[-3])
                for part in (verdict or {}).get("parts", []):
                    earned[verdict["exercise"], part["name"]] += part["status"] in RIGHT
    assert {one["name"]: one["students"] for one in told["mistakes"]} == {
        name: len(students) for name, students in named.items()
    }
    for row in told["parts"]:
        assert row["earned"] == earned[row["exercise"], row["part"]]


def test_students_in_trouble_are_named_with_the_reason(told: dict[str, Any]) -> None:
    reasons: dict[str, set[str]] = {}
    first, second = told["standings"][:2]
    assert (first["student"], first["kind"]) == (BROKEN, "not graded")
    assert (second["student"], second["kind"]) == ("nobody", "missing")
    assert (LATE, "penalised") in {(one["student"], one["kind"]) for one in told["standings"]}
    for look in told["looks"]:
        reasons.setdefault(look["student"], set()).add(look["kind"])
    assert {"run", "code"} <= reasons[ENDED]
    assert "finite differences" in reasons[DIFFERENCE]
    assert "near-copy" in reasons[COPY]
    assert "near-copy" in reasons["bao"]
    assert "not started" in reasons["noor"]
    assert "ada" not in reasons or reasons["ada"] == {"near-copy"}
    assert LATE in {name for pair in told["pairs"] for name in pair["students"]}


def test_the_mended_exercise_gives_points_back_and_the_report_says_so(
    week: script.Week, told: dict[str, Any], scores: dict[str, Any]
) -> None:
    changes = told["changes"]
    assert {change["exercise"] for change in changes} == {"quiz2.backward"}
    # The released cell says what the exercise is worth, so whoever has it all right keeps it all.
    assert "ada" not in {change["student"] for change in changes}
    assert changes
    for change in changes:
        assert scores[change["student"]]["quiz2.backward"] == pytest.approx(change["after"])
    one = changes[0]
    told = json.loads(week.run("course-bp", "explain", one["student"], "quiz2.backward", "--json"))
    first, last = told["history"]
    assert first["submission"] == last["submission"]
    assert first["exercise_version"] != last["exercise_version"]
    assert (first["score"], last["score"]) == pytest.approx((one["before"], one["after"]))


def test_late_work_loses_its_points_in_every_export(
    week: script.Week, scores: dict[str, Any]
) -> None:
    with (week.course / "exports" / f"canvas-{UNIT}.csv").open(newline="") as file:
        canvas = {row["SIS Login ID"]: row[UNIT] for row in csv.DictReader(file)}
    assert float(canvas[LATE]) == 0
    assert float(canvas["ada"]) == pytest.approx(sum(scores["ada"].values()))
    assert not {"nobody", BROKEN} & set(canvas)
    with (week.course / "exports" / "grades.csv").open(newline="") as file:
        nbgrader = {row["student_id"]: row for row in csv.DictReader(file)}
    penalty = float(nbgrader[LATE]["late_submission_penalty"])
    assert penalty == pytest.approx(sum(scores[LATE].values()))


def test_nothing_is_written_outside_the_course(week: script.Week) -> None:
    made = {path.name for path in week.into.iterdir()}
    assert made == {"course", "exchange", "faulty", "home", "students"}
    assert {path.name for path in (week.into / "home").iterdir()} <= {
        "course.secret", "cache", "config", "data", "runtime", "ipython",
    }  # fmt: skip


def test_the_page_needs_nothing_and_reads_well(week: script.Week, tmp_path: Path) -> None:
    page_file = week.course / "report.html"
    with chromium_page(tmp_path / "profile") as page:
        page.goto(page_file.as_uri())
        assert page.asked == [page_file.as_uri()]
        assert page.locator("svg").count() >= 3
        assert page.locator("script").count() == 0
        assert axe_violations(page) == []
