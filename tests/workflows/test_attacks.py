"""Every hostile and damaged submission in one class with honest ones, graded in one batch."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from workflows.attack_table import NOT_GRADED, by_nbgrader, hand_in_all, student
from workflows.attacks import ATTACKS
from workflows.attacks.notebook import BACKWARD, FORWARD, UNIT, Attack, submission
from workflows.support import REPOSITORY, Run, copy_course, fixed_secret

from autograder.batch.run import Options, Result, grade_unit
from autograder.course.folder import Course
from autograder.course.secret import VARIABLE

LIMITS = "c.GradeInSandbox.limits = {'cell_seconds': 2.0, 'submission_seconds': 30.0}\n"
VICTIM = "honest-0"
# Of the sample for nbgrader's own command, what its stock configuration was seen to fall for.
SURELY = (
    "tag skip-execution",
    "prints the full score",
    "NaN for every part",
    "sys.displayhook inside the function",
    "replaces kernel.do_execute",
    "a solution cell twice",
    "a harmless warning",
    "an endless loop",
    "os._exit",
    "a solution as Markdown",
    "prints without end",
    "a format of the future",
)


@dataclass(frozen=True)
class Graded:
    """The class after grading."""

    course: Path
    results: dict[str, Result]
    before: dict[str, bytes]
    processes: set[str]


def course_of_attacks(course: Path, honest: int = 3) -> None:
    """Hands in every attack, and honest work among them."""
    released = json.loads((course / "notebooks" / UNIT / f"{UNIT}.ipynb").read_bytes())
    good = submission("honest work", forward=FORWARD, backward=BACKWARD)
    for number in range(honest):
        good.hand_in(course / "submitted", f"honest-{number}", released)
    for attack in ATTACKS:
        attack.hand_in(course / "submitted", student(attack), released)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Graded:
    course = copy_course(tmp_path_factory.mktemp("attacks") / "course")
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(LIMITS)
    assert run("course-bp", "build", UNIT, cwd=course).returncode == 0
    course_of_attacks(course)
    linked = course / "submitted" / "linked" / UNIT
    linked.mkdir(parents=True)
    (linked / f"{UNIT}.ipynb").symlink_to(course / "solutions" / UNIT / f"{UNIT}.ipynb")
    (course / "submitted" / "linked-folder").symlink_to(course / "submitted" / VICTIM)
    before = contents(course)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, fixed_secret(course.parent))
        results = grade_unit(Course.at(course), UNIT, Options(pages=False))
        shown = [student(attack) for attack in ATTACKS if "script" in attack.name]
        grade_unit(Course.at(course), UNIT, Options(pages=True), [*shown, VICTIM])
    return Graded(course, {r.student: r for r in results}, before, running())


def contents(course: Path) -> dict[str, bytes]:
    """Every file that grading has no business to change."""
    return {
        str(path.relative_to(course)): path.read_bytes()
        for step in ("solutions", "submitted", "notebooks")
        for path in sorted((course / step).rglob("*"))
        if path.is_file()
    }


def running() -> set[str]:
    """Commands of all processes that look like leftovers of a sandbox."""
    listed = subprocess.run(["ps", "-eo", "ppid,args"], capture_output=True, text=True).stdout
    parents = (f"{os.getpid()} ", "1 ")
    lines = {line.strip() for line in listed.splitlines()}
    sandboxes = {line for line in lines if "autograder.runner" in line}
    return {line for line in sandboxes if line.startswith(parents)} | {
        line for line in lines if "sleep 1000000" in line
    }


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_it_earns_what_its_answers_deserve(graded: Graded, attack: Attack) -> None:
    result = graded.results[student(attack)]
    if attack.failure:
        assert attack.failure in result.failure
        assert not result.scores
    else:
        assert result.failure == ""
        assert result.score == pytest.approx(attack.earns), (result.notes, result.remarks)
        assert attack.remark in " ".join(result.remarks)


def test_the_gradebook_says_the_same(graded: Graded) -> None:
    with Course.at(graded.course).gradebook() as gradebook:
        recorded = {
            submission.student.id: (
                submission.score,
                {grade.auto_score for nb in submission.notebooks for grade in nb.grades},
                submission.needs_manual_grade,
            )
            for submission in gradebook.assignment_submissions(UNIT)
        }
    for name, result in graded.results.items():
        score, own, needs_a_person = recorded[name]
        if result.failure:
            assert own == {None}
            assert needs_a_person
        else:
            assert score == pytest.approx(result.score)
            assert None not in own
            assert not needs_a_person


def test_honest_work_among_them_is_paid_in_full(graded: Graded) -> None:
    honest = [result for name, result in graded.results.items() if name.startswith("honest")]
    assert [result.score for result in honest] == [3.0] * len(honest)


def test_links_to_solutions_and_to_others_are_not_followed(graded: Graded) -> None:
    for name in ("linked", "linked-folder"):
        assert "is a link" in graded.results[name].failure


def test_no_file_of_the_course_changed(graded: Graded) -> None:
    assert contents(graded.course) == graded.before


def test_nothing_survives(graded: Graded) -> None:
    assert graded.processes == set()
    assert not Path("/tmp/course-bp-daemon-marker").exists()
    assert not Path("/tmp/pwned").exists()
    assert not Path("/dev/shm/course-bp").exists()


def test_no_script_reaches_the_browser_of_the_ta(graded: Graded) -> None:
    for path in graded.course.glob("autograded/*/*/*.ipynb"):
        for cell in json.loads(path.read_bytes())["cells"]:
            for output in cell.get("outputs", []):
                assert "<script" not in output.get("data", {}).get("text/html", "")
                assert not {"application/javascript", "image/svg+xml", "text/latex"} & set(
                    output.get("data", {})
                )
    for page in graded.course.glob("feedback/*/*/*.html"):
        text = page.read_text("utf-8")
        assert "<script>alert" not in text
        links = {one["href"][:1] for one in BeautifulSoup(text, "html.parser").select("[href]")}
        assert links <= {"#"}
        assert "onerror=alert" not in text.replace("&lt;img src=x onerror=alert", "")


def test_the_outputs_of_a_notebook_stay_small(graded: Graded) -> None:
    sizes = [path.stat().st_size for path in graded.course.glob("autograded/*/*/*.ipynb")]
    assert max(sizes) < 3 * 2**20


def test_each_limit_was_seen_to_fire(graded: Graded) -> None:
    remarks = " ".join(" ".join(result.remarks) for result in graded.results.values())
    for status in ("(wall time)", "(memory)", "(signal)", "(exit)", "(output)"):
        assert status in remarks, status
    errors: list[Any] = []
    for path in graded.course.glob("autograded/*/*/*.ipynb"):
        for cell in json.loads(path.read_bytes())["cells"]:
            errors += [o.get("evalue", "") for o in cell.get("outputs", []) if "evalue" in o]
    for words in ("No space left", "File too large", "Too many open files", "start new thread"):
        assert any(words in error for error in errors), words


def test_none_makes_the_grader_blame_itself(graded: Graded) -> None:
    said = {name: " ".join(result.remarks) for name, result in graded.results.items()}
    assert {name for name, remarks in said.items() if "fault in the grader" in remarks} == set()


def test_a_second_run_grades_none_of_them_again(graded: Graded) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, fixed_secret(graded.course.parent))
        course, some = Course.at(graded.course), [VICTIM, student(ATTACKS[0])]
        again = grade_unit(course, UNIT, Options(pages=False), some)
    assert [result.unchanged for result in again] == [True, True]
    assert [result.score for result in again] == [3.0, 0.0]


def test_nbgraders_own_autograde_gives_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, fixed_secret(tmp_path))
    sample = [*ATTACKS[::8], *(attack for attack in ATTACKS if attack.name in SURELY)]
    sample = list(dict.fromkeys(sample))
    found = by_nbgrader(hand_in_all(tmp_path / "course", sample), sample)
    for attack, score in zip(sample, found, strict=True):
        unread = attack.failure or attack.unread_by_nbgrader
        expected = None if unread else pytest.approx(attack.earns)
        assert score == expected, attack.name


def test_the_page_says_what_happened(graded: Graded) -> None:
    lines = (REPOSITORY / "docs" / "attacks.md").read_text("utf-8").splitlines()
    rows = [line.removeprefix("| ").split(" | ") for line in lines if line.startswith("| ")]
    told = {row[0]: row[2:4] for row in rows}
    for attack in ATTACKS:
        result = graded.results[student(attack)]
        got = NOT_GRADED if result.failure else f"{result.score:g}"
        theirs = NOT_GRADED if attack.unread_by_nbgrader else got
        assert told[attack.name] == [got, theirs], attack.name
