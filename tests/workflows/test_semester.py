"""A semester of 150 students, run once; every total that leaves is recomputed by SQL."""

from __future__ import annotations

import csv
import json
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from workflows.assistants import TWO_USERS
from workflows.gradescope import run_in_gradescope
from workflows.lms_readers import canvas_after, moodle_after
from workflows.recomputed import Numbers, points_of_units, recomputed
from workflows.semester import (
    BACKWARD_POINTS,
    BY_HAND,
    DROPPED,
    ESSAY_POINTS,
    EXCUSED,
    EXTRA,
    LATE,
    POSTER_POINTS,
    Semester,
    semester,
)
from workflows.semester_class import (
    ABSENT,
    BY_EXCHANGE,
    EVERYBODY,
    FIRST,
    ODD,
    ODD_COUNT,
    SECOND,
    SECOND_CLASS,
    SECOND_TEXTS,
    USUAL,
    email,
    lms_number,
    section,
    text_of,
)
from workflows.support import Run

from autograder.exports.format import formats

UNITS = (FIRST, SECOND)
Scores = dict[str, dict[str, float]]


def person(folder: str) -> str:
    """Whose folder it is: what comes from the LMS is called after the login, an address."""
    return folder.partition("@")[0]


@pytest.fixture(scope="module")
def done(run: Run) -> Iterator[Semester]:
    with semester(run) as found:
        yield found


@pytest.fixture(scope="module")
def sql(done: Semester) -> dict[tuple[str, str], Numbers]:
    """Unit and student → what nbgrader's tables add up to."""
    return recomputed(done.course)


@pytest.fixture(scope="module")
def failed(done: Semester) -> dict[str, str]:
    """Who could not be graded in the first unit, and why."""
    told = done.printed["first"]
    return {person(one["student"]): one["failure"] for one in told if one["failure"]}


@pytest.fixture(scope="module")
def counting(sql: dict[tuple[str, str], Numbers], failed: dict[str, str]) -> Scores:
    """Unit → student → the score that must be in every export."""
    return {
        unit: {
            person(student): numbers.score
            for (of, student), numbers in sql.items()
            if of == unit and not (unit == FIRST and person(student) in failed)
        }
        for unit in UNITS
    }


@pytest.fixture(scope="module")
def to_export(counting: Scores) -> Scores:
    """The same without those who are excused."""
    without = {name: one for name, one in counting[SECOND].items() if name != EXCUSED}
    return {**counting, SECOND: without}


def test_a_class_of_150_with_42_odd_ones_was_handed_in(done: Semester) -> None:
    assert (len(EVERYBODY), len(ODD), len(set(ODD) | set(USUAL) | set(ABSENT))) == (150, 42, 150)
    handed_in = {person(one["student"]) for one in done.printed["first"]}
    assert handed_in == set(EVERYBODY) - set(ABSENT)
    assert len(done.odd) == ODD_COUNT


def test_no_command_stops_with_a_traceback(done: Semester) -> None:
    assert [command for command, said in done.errors.items() if "Traceback" in said] == []


def test_each_odd_file_costs_nothing_or_its_student_alone(
    done: Semester, failed: dict[str, str]
) -> None:
    told = {one["student"]: one for one in done.printed["first"]}
    wrong = []
    for student, one in done.odd.items():
        found = told[student]
        words = " ".join(found["remarks"])
        as_it_should = (
            one.failure in found["failure"] and found["score"] is None
            if one.failure
            else (found["failure"], found["score"]) == ("", one.earns) and one.remark in words
        )
        if not as_it_should:
            wrong.append((student, one.name, found["failure"], found["score"], words))
    assert wrong == []
    assert set(failed) <= set(done.odd)


def test_usual_work_earns_what_its_text_is_worth(
    done: Semester, sql: dict[tuple[str, str], Numbers]
) -> None:
    assert {name: sql[FIRST, email(name)] for name in USUAL} == {
        name: Numbers(points, 0.0, points) for name, points in done.first.items()
    }


def test_the_second_unit_earns_what_was_given_by_grader_and_people(
    sql: dict[tuple[str, str], Numbers],
) -> None:
    expected = {}
    for student in (*SECOND_CLASS, BY_EXCHANGE):
        # The one with the exchange handed in again, all of it.
        text = 0 if student == BY_EXCHANGE else text_of(student)
        given = dict(SECOND_TEXTS[text][1])
        if "quiz1-backward" in given:
            given["quiz1-backward"] = BACKWARD_POINTS
        raw = sum(given.values())
        if student in BY_HAND:
            raw += ESSAY_POINTS + POSTER_POINTS + EXTRA * (student == BY_HAND[0])
        lost = min(raw, LATE.get(student, ("", 0.0))[1])
        expected[student] = Numbers(raw, lost, raw - lost)
    assert {student: one for (unit, student), one in sql.items() if unit == SECOND} == expected
    assert expected[SECOND_CLASS[1]].score == 0 < expected[SECOND_CLASS[1]].raw


def test_changed_points_count_in_the_units_maximum(done: Semester) -> None:
    assert points_of_units(done.course) == {FIRST: 3.0, SECOND: 3 + BACKWARD_POINTS + 4 + 2 + 2 + 3}


def test_the_regrade_says_whose_score_the_new_points_changed(done: Semester) -> None:
    told = done.printed["regrade"]
    changed = {one["student"]: one for one in told["changes"]}
    assert set(changed) == {
        one for one in (*SECOND_CLASS, BY_EXCHANGE) if "quiz1-backward" in _given_at_first(one)
    }
    assert {(one["before"], one["after"]) for one in changed.values()} == {(5.0, BACKWARD_POINTS)}
    assert {one["student"] for one in told["by_hand"]} == set(BY_HAND)


def _given_at_first(student: str) -> dict[str, float]:
    return SECOND_TEXTS[text_of(student)][1]


def test_only_what_was_handed_in_again_is_graded_again(done: Semester) -> None:
    again = [one["student"] for one in done.printed["again"] if not one["unchanged"]]
    assert again == [BY_EXCHANGE]


def test_nbgraders_own_export_has_the_recomputed_numbers(
    done: Semester, sql: dict[tuple[str, str], Numbers]
) -> None:
    points = points_of_units(done.course)
    found = {}
    for row in _nbgraders_export(done):
        found[row["assignment"], row["student_id"]] = Numbers(
            float(row["raw_score"]), float(row["late_submission_penalty"]), float(row["score"])
        )
        assert float(row["max_score"]) == points[row["assignment"]]
    # nbgrader lists everybody that it has seen, with 0 where nothing was handed in.
    absent = {key: one for key, one in found.items() if key not in sql}
    for key, numbers in sql.items():
        assert list(found[key]) == pytest.approx(list(numbers)), key
    assert set(absent.values()) <= {Numbers(0.0, 0.0, 0.0)}


def _nbgraders_export(done: Semester) -> list[dict[str, str]]:
    done.does(0, "nbgrader", "export", "--to", "own.csv")
    return _rows(done.course / "own.csv")


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))


def _exported(done: Semester, who: int, format: str) -> dict[str, Path]:
    """Name of a written file below exports/ → the file."""
    written = done.data(who, "course-bp", "export", format)["written"]
    return {name.removeprefix("exports/"): done.course / name for name in written}


def test_every_format_is_looked_at() -> None:
    looked_at = {"canvas", "course", "csv", "gradescope", "gradescope-autograder", "moodle"}
    assert set(formats()) == {*looked_at, "nbgrader"}


def test_canvas_gets_these_totals_in_its_own_columns(done: Semester, to_export: Scores) -> None:
    files = _exported(done, 0, "canvas")
    before: Any = {"x": dict.fromkeys(map(lms_number, EVERYBODY))}
    for unit, column in ((FIRST, "Unit 06 (4712)"), (SECOND, "Week two (4711)")):
        text = files[f"canvas-{unit}.csv"].read_text("utf-8-sig")
        excused = ",EX\n"
        assert text.count(excused) == (unit == SECOND)
        lines = [line for line in text.splitlines(keepends=True) if not line.endswith(excused)]
        after = canvas_after("".join(lines), before)
        got = {number: score for number, score in after[column].items() if score is not None}
        assert got == pytest.approx({lms_number(k): v for k, v in to_export[unit].items()})


def test_moodle_gets_these_totals(done: Semester, to_export: Scores) -> None:
    files = _exported(done, 1, "moodle")
    for unit in UNITS:
        before: Any = dict.fromkeys(map(email, EVERYBODY))
        after = moodle_after(files[f"moodle-{unit}.csv"].read_text("utf-8-sig"), before)
        got = {name: score for name, score in after.items() if score is not None}
        assert got == pytest.approx({email(k): v for k, v in to_export[unit].items()})


def test_the_table_of_exercises_has_these_totals_sections_and_comments(
    done: Semester, to_export: Scores
) -> None:
    (path,) = _exported(done, 0, "csv").values()
    points, *students = _rows(path)
    worth = points_of_units(done.course)
    assert {row["student"]: row["section"] for row in students} == {
        email(one): section(one) for one in EVERYBODY
    }
    assert len({row["section"] for row in students}) == 2
    written = {row["student"]: row[f"{SECOND} comments"] for row in students}
    assert {name: words for name, words in written.items() if words} == {
        email(BY_HAND[0]): "essay-1: Well put."
    }
    for unit in UNITS:
        assert float(points[f"{unit} total"]) == worth[unit]
        got = {row["student"]: float(t) for row in students if (t := row[f"{unit} total"])}
        assert got == pytest.approx({email(k): v for k, v in to_export[unit].items()})


def test_nbgraders_columns_have_these_numbers(
    done: Semester, sql: dict[tuple[str, str], Numbers]
) -> None:
    (path,) = _exported(done, 1, "nbgrader").values()
    rows = {(row["assignment"], row["student_id"]): row for row in _rows(path)}
    free = rows[SECOND, EXCUSED]
    assert {free[name] for name in ("raw_score", "late_submission_penalty", "score")} == {""}
    for key, numbers in sql.items():
        if key != (SECOND, EXCUSED):
            row = rows[key]
            names = ("raw_score", "late_submission_penalty", "score")
            assert [float(row[name]) for name in names] == pytest.approx(list(numbers))


def test_course_totals_add_up_what_counts(
    done: Semester, to_export: Scores, failed: dict[str, str]
) -> None:
    (path,) = _exported(done, 0, "course").values()
    rows = {row["student"]: row for row in _rows(path)}
    worth = points_of_units(done.course)
    for student in EVERYBODY:
        row = rows[email(student)]
        if student in failed:
            assert row["total"] == ""
            continue
        units = [FIRST] if student in (EXCUSED, DROPPED) else list(UNITS)
        total = sum(to_export[unit].get(student, 0.0) for unit in units)
        assert float(row["total"]) == pytest.approx(total)
        assert float(row["of"]) == sum(worth[unit] for unit in units)


def test_gradescopes_files_add_up_to_these_totals(
    done: Semester, to_export: Scores, failed: dict[str, str]
) -> None:
    files = _exported(done, 1, "gradescope")
    for unit in UNITS:
        got = {}
        for name, path in files.items():
            place = Path(name).parts
            if place[:2] == ("gradescope", unit):
                results = json.loads(path.read_text("utf-8"))
                if person(place[2]) not in failed or unit != FIRST:
                    added = sum(test["score"] for test in results["tests"])
                    got[person(place[2])] = results.get("score", added)
        assert got == pytest.approx(to_export[unit])


def test_gradescopes_autograder_gives_what_the_grader_gave(
    done: Semester, run: Run, tmp_path: Path
) -> None:
    archive = _exported(done, 0, "gradescope-autograder")[f"gradescope-{SECOND}.zip"]
    student = BY_HAND[0]
    path = done.course / "submitted" / student / SECOND / f"{SECOND}.ipynb"
    results = run_in_gradescope(archive, tmp_path, {"mine (1).ipynb": path}, run)
    given = {**SECOND_TEXTS[0][1], "quiz1-backward": BACKWARD_POINTS}
    assert sum(test["score"] for test in results["tests"]) == pytest.approx(sum(given.values()))


def test_the_report_counts_the_recomputed_points_before_penalties(
    done: Semester, sql: dict[tuple[str, str], Numbers], counting: Scores
) -> None:
    told = done.data(0, "course-bp", "report", "--dry-run")
    for unit in UNITS:
        earned = [
            one.raw for (of, who), one in sql.items() if of == unit and person(who) in counting[of]
        ]
        summary = told[unit]["numbers"]["summary"]
        assert summary["count"] == len(earned)
        assert summary["mean"] == pytest.approx(statistics.fmean(earned))
        assert summary["high"] == pytest.approx(max(earned))


def test_every_page_says_the_recomputed_score(
    done: Semester, sql: dict[tuple[str, str], Numbers], failed: dict[str, str]
) -> None:
    worth = points_of_units(done.course)
    paths = sorted((done.course / "feedback").glob("*/*/*.html"))
    assert {(path.parts[-2], path.parts[-3]) for path in paths} == set(sql)
    wrong = []
    for path in paths:
        student, unit = path.parts[-3:-1]
        numbers, text = sql[unit, student], " ".join(path.read_text("utf-8").split())
        expected = [f"(Score: {numbers.score} / {worth[unit]})"]
        expected += [f"Late submission penalty (Score: -{numbers.penalty})"] * bool(numbers.penalty)
        if unit == FIRST and person(student) in failed:
            expected = ["could not be graded. This is not a score of 0"]
        wrong += [(student, unit, words) for words in expected if words not in text]
    assert wrong == []
    assert len(paths) >= len(sql) == len(EVERYBODY) - len(ABSENT) + len(SECOND_CLASS) + 1


@pytest.mark.skipif(
    not TWO_USERS, reason="only root can act as two users, whose files tell who wrote them"
)
def test_both_assistants_wrote_into_the_folder(done: Semester) -> None:
    first, second = (one.number for one in done.assistants)
    assert (done.course / ".course-bp" / "audit.jsonl").stat().st_uid == first
    pages = (done.course / "feedback").rglob("*.html")
    assert {path.stat().st_uid for path in pages} == {second}


def test_the_student_fetches_a_page_with_this_score(
    done: Semester, sql: dict[tuple[str, str], Numbers]
) -> None:
    pages = done.student.pages(SECOND)
    assert len(pages) == 1
    score, points = sql[SECOND, BY_EXCHANGE].score, points_of_units(done.course)[SECOND]
    assert f"(Score: {score} / {points})" in " ".join(pages[-1].split())
