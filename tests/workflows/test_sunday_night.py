"""The evening before grades are due: what a TA is told, in any window and pipe."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from workflows.attacks.notebook import BACKWARD, FORWARD, UNIT, answered
from workflows.support import Run

from autograder.course.folder import Course

CONFIG = 'c.LateSubmissionPlugin.penalty_method = "zero"\n'
ROSTER = "id,first_name,last_name\nada,Ada,L\nbob,Bob,B\ncyd,Cyd,C\neve,Eve,E\nzoë,Zoë,Z\n"
NAMES = "ada", "bob", "cyd", "zoë"


@pytest.fixture(scope="module")
def course(built_course: Path, tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """Ada is done, Bob late, Cyd's file broken, Eve missing; Zoë deleted a check and a time."""
    course = Path(shutil.copytree(built_course, tmp_path_factory.mktemp("sunday") / "course"))
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(CONFIG)
    (course / "roster.csv").write_text(ROSTER, "utf-8")
    released = json.loads((course / "notebooks" / UNIT / f"{UNIT}.ipynb").read_bytes())
    for student in NAMES:
        folder = course / "submitted" / student / UNIT
        folder.mkdir(parents=True)
        notebook = answered(released, FORWARD, BACKWARD)
        if student == "zoë":
            notebook["cells"] = [
                cell
                for cell in notebook["cells"]
                if cell["metadata"].get("nbgrader", {}).get("grade_id") != "quiz2-backward-check"
            ]
        (folder / f"{UNIT}.ipynb").write_text(json.dumps(notebook))
        late = "2026-10-02" if student == "bob" else "2026-10-01"
        stamp = "yesterday" if student == "zoë" else f"{late} 12:00:00 UTC"
        (folder / "timestamp.txt").write_text(stamp)
    (course / "submitted" / "cyd" / UNIT / f"{UNIT}.ipynb").write_text("broken <b>")
    done = run(
        *("nbgrader", "db", "assignment", "add", UNIT, "--duedate=2026-10-01 12:00:00 UTC"),
        cwd=course,
    )
    assert done.returncode == 0, done.stderr
    done = run("course-bp", "grade", UNIT, cwd=course)
    assert done.returncode == 3, done.stderr
    (course / "first.txt").write_text(done.stdout, "utf-8")
    return course


def said(text: str) -> str:
    return " ".join(text.split())


def standing(course: Path, run: Run) -> dict[str, list[str]]:
    done = run("course-bp", "report", "--json", "--dry-run", cwd=course)
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = {}
    for one in json.loads(done.stdout)[UNIT]["standings"]:
        found.setdefault(one["student"], []).append(one["kind"])
    return found


def test_who_needs_somebody_stands_first_in_the_table(course: Path, run: Run) -> None:
    first = (course / "first.txt").read_text("utf-8")
    before, after = first.split(f"{UNIT}: what to know first")[1].split("points", 1)
    assert "ada" not in before
    for words in ("cyd", "not graded", "eve", "missing", "1 day after the due date", "3 − 3 = 0"):
        assert words in said(before), words
    assert "zoë" in after


def test_nbgrader_gets_the_classs_names_also_if_one_student_is_graded(
    course: Path, run: Run
) -> None:
    with Course.at(course).gradebook() as gradebook:
        gradebook.update_or_create_student("ada", first_name=None, last_name=None)
    done = run("course-bp", "grade", UNIT, "--student", "ada", cwd=course)
    assert done.returncode == 0, done.stderr
    with Course.at(course).gradebook() as gradebook:
        ada = gradebook.find_student("ada")
        assert (ada.first_name, ada.last_name) == ("Ada", "L")


def test_and_in_the_report_and_its_page(course: Path, run: Run) -> None:
    done = run("course-bp", "report", cwd=course)
    assert done.returncode == 0, done.stderr
    assert done.stdout.index("What to know first") < done.stdout.index("mean ")
    page = BeautifulSoup((course / "report.html").read_text("utf-8"), "html.parser")
    headings = [heading.get_text() for heading in page.find_all("h3")]
    assert headings[:2] == ["What to know first", "Scores"]
    table = page.find("h3").find_next("table")
    rows = [[cell.get_text() for cell in row.find_all("td")] for row in table.find_all("tr")][1:]
    assert [row[:2] for row in rows] == [
        ["cyd", "not graded"],
        ["eve", "missing"],
        ["bob", "penalised"],
    ]
    assert "notebook" in rows[0][2]
    assert "page: report.html" in done.stderr


def test_remarks_survive_a_second_run_and_stand_in_json(course: Path, run: Run) -> None:
    told = []
    for arguments in (["--force"], []):
        done = run("course-bp", "grade", UNIT, "--json", *arguments, cwd=course)
        assert done.returncode == 3, done.stderr
        (zoe,) = [one for one in json.loads(done.stdout)[UNIT] if one["student"] == "zoë"]
        told.append(zoe)
    assert (told[0]["unchanged"], told[1]["unchanged"]) == (False, True)
    assert told[0]["remarks"] == told[1]["remarks"]
    assert any("quiz2-backward-check" in remark for remark in told[0]["remarks"])
    assert any("timestamp.txt" in remark for remark in told[0]["remarks"])
    done = run("course-bp", "grade", UNIT, cwd=course)
    assert "timestamp.txt does not hold a date" in said(done.stdout)
    done = run("course-bp", "report", "--json", "--dry-run", cwd=course)
    looks = json.loads(done.stdout)[UNIT]["looks"]
    assert ("zoë", "remark") in {(look["student"], look["kind"]) for look in looks}


def test_json_has_the_standing_of_each(course: Path, run: Run) -> None:
    done = run("course-bp", "grade", UNIT, "--json", cwd=course)
    kinds = {
        one["student"]: [each["kind"] for each in one["standing"]]
        for one in json.loads(done.stdout)[UNIT]
    }
    assert kinds == {"ada": [], "bob": ["penalised"], "cyd": ["not graded"], "zoë": []}
    assert standing(course, run)["eve"] == ["missing"]


def test_a_student_who_could_not_be_graded_has_a_page_that_can_be_released(
    course: Path, run: Run
) -> None:
    folder = course / "feedback" / "cyd" / UNIT
    assert sorted(path.name for path in folder.iterdir()) == [
        f"{UNIT}.html",
        "submission_secret.txt",
        "timestamp.txt",
    ]
    page = BeautifulSoup((folder / f"{UNIT}.html").read_text("utf-8"), "html.parser")
    assert "could not be graded. This is not a score of 0" in said(page.get_text())
    assert page.find("b") is None
    assert page.find("script") is None
    assert (folder / "timestamp.txt").read_text() == "2026-10-01 12:00:00 UTC"
    exchange = course.parent / "exchange"
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    options = (f"--Exchange.root={exchange}", "--course=course_bp")
    done = run("nbgrader", "release_feedback", UNIT, *options, cwd=course)
    assert done.returncode == 0, done.stderr
    pages = list((exchange / "course_bp" / "feedback").iterdir())
    assert len(pages) == len(NAMES)


def test_the_page_goes_when_the_notebook_is_fixed(course: Path, run: Run, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(course, tmp_path / "course"))
    shutil.copy(
        copy / "submitted" / "ada" / UNIT / f"{UNIT}.ipynb", copy / "submitted" / "cyd" / UNIT
    )
    done = run("course-bp", "grade", UNIT, cwd=copy)
    assert done.returncode == 0, done.stderr
    page = (copy / "feedback" / "cyd" / UNIT / f"{UNIT}.html").read_text("utf-8")
    assert "not graded" not in page
    assert "(Score: 3.0 / 14.0)" in said(BeautifulSoup(page, "html.parser").get_text())


def test_explain_tells_a_whole_unit(course: Path, run: Run) -> None:
    done = run("course-bp", "explain", "bob", cwd=course)
    assert done.returncode == 0, done.stderr
    text = said(done.stdout)
    assert "0 of 14 points count: 3 earned, 3 taken off for being late" in text
    assert "penalised: 1 day after the due date" in text
    assert "quiz2.backward 2 2" in text
    assert "Every grading, oldest first (UTC):" in text
    assert said(run("course-bp", "explain", "bob", "06", cwd=course).stdout) == text
    done = run("course-bp", "explain", "bob", "--json", cwd=course)
    (data,) = json.loads(done.stdout)
    assert (data["raw"], data["penalty"], data["total"], data["points"]) == (3.0, 3.0, 0.0, 14.0)
    assert sum(cell["counts"] for cell in data["cells"]) == 3.0


@pytest.mark.parametrize(
    ("student", "words"),
    [("cyd", "not graded: "), ("eve", "missing: handed in nothing"), ("zoë", "note: ")],
)
def test_explain_tells_of_those_without_a_score(
    course: Path, run: Run, student: str, words: str
) -> None:
    done = run("course-bp", "explain", student, cwd=course)
    assert (done.returncode, words in done.stdout) == (0, True)


def test_explain_asks_back_for_a_name_that_nobody_has(course: Path, run: Run) -> None:
    done = run("course-bp", "explain", "adda", cwd=course)
    assert (done.returncode, "nobody called 'adda'" in said(done.stderr)) == (2, True)


def test_a_regrade_marks_what_a_person_gave_and_what_counts(
    course: Path, run: Run, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(course, tmp_path / "course"))
    with Course.at(copy).gradebook() as gradebook:
        gradebook.find_grade("quiz2-backward-check", UNIT, UNIT, "ada").manual_score = 1.5
        gradebook.db.commit()
    trail = copy / ".course-bp" / "audit.jsonl"
    lines = [json.loads(line) for line in trail.read_text("utf-8").splitlines()]
    for line in lines:  # As if an earlier version of the exercise had given less.
        if (line["student"], line["exercise"]) == ("ada", "quiz2.backward"):
            line["score"] = 0.5
    trail.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    done = run("course-bp", "regrade", UNIT, "--student", "ada", "--json", cwd=copy)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)[UNIT]
    assert told["by_hand"] == [{"student": "ada", "exercise": "quiz2.backward", "counts": 1.5}]
    (change,) = told["changes"]
    assert (change["before"], change["after"], change["counts"]) == (0.5, 2.0, 1.5)
    assert change["by_hand"] is True
    done = run("course-bp", "regrade", UNIT, "--student", "ada", cwd=copy)
    assert "Given by hand, and counts whatever the grader finds" in said(done.stdout)


def test_grade_says_what_it_wrote_and_where(course: Path, run: Run) -> None:
    done = run("course-bp", "grade", UNIT, cwd=course)
    assert (
        f"{UNIT}: 0 graded, 3 unchanged, 1 not graded; scores in gradebook.db, graded notebooks in "
        "autograded/, pages in feedback/"
    ) in said(done.stderr)
    # The page that says why one could not be graded is among them.
    done = run("course-bp", "feedback", UNIT, cwd=course)
    assert done.stdout == "wrote 4 pages into feedback/\n"


def test_an_extension_is_one_command_and_every_number_follows(
    course: Path, run: Run, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(course, tmp_path / "course"))
    done = run("course-bp", "extend", "06", "bob", "--until", "2026-10-02 12:00 UTC", cwd=copy)
    assert done.returncode == 0, done.stderr
    assert "bob 3 → 0" in said(done.stderr)
    assert run("course-bp", "feedback", UNIT, cwd=copy).returncode == 0
    page = (copy / "feedback" / "bob" / UNIT / f"{UNIT}.html").read_text("utf-8")
    assert "(Score: 3.0 / 14.0)" in said(BeautifulSoup(page, "html.parser").get_text())
    assert run("course-bp", "export", "csv", cwd=copy).returncode == 0
    rows = list(csv.DictReader((copy / "exports" / "exercises.csv").open(encoding="utf-8-sig")))
    (bob,) = [row for row in rows if row["student"] == "bob"]
    assert (bob[f"{UNIT} penalty"], bob[f"{UNIT} total"]) == ("0.0", "3.0")
    assert run("nbgrader", "export", cwd=copy).returncode == 0
    rows = list(csv.DictReader((copy / "grades.csv").open(encoding="utf-8-sig")))
    assert [row["score"] for row in rows if row["student_id"] == "bob"] == ["3.0"]
    # nbgrader's own grading charges the same.
    done = run("nbgrader", "autograde", "--force", UNIT, "--student=bob", cwd=copy)
    assert done.returncode == 0, done.stderr
    with Course.at(copy).gradebook() as gradebook:
        assert gradebook.find_submission(UNIT, "bob").late_submission_penalty == 0
    assert standing(copy, run)["bob"] == ["extended"]
    done = run("course-bp", "doctor", cwd=copy)
    assert "bob extended in 06-logistic-to-network until 2026-10-02" in said(done.stdout)
    (copy / "arrangements.csv").write_text("student,unit,what\nbobb,06,excused\n")
    done = run("course-bp", "doctor", cwd=copy)
    assert (done.returncode, "bobb is excused in 06" in said(done.stdout)) == (1, True)


def test_a_pipe_gets_whole_names_and_no_colour(course: Path, run: Run) -> None:
    environment = ("env", "-u", "COLUMNS", "course-bp")
    done = run(*environment, "grade", UNIT, cwd=course)
    assert "\x1b" not in done.stdout + done.stderr
    assert "…" not in done.stdout
    (row,) = [line for line in done.stdout.splitlines() if line.split()[:1] == ["ada"]][:1]
    assert row.split()[-1] == "3"
    narrow = run("env", "COLUMNS=80", "course-bp", "grade", UNIT, cwd=course)
    assert max(map(len, narrow.stdout.splitlines())) <= 80
    assert "…" not in narrow.stdout
