"""What Gradescope is told, whatever was handed in; tests/workflows runs the whole zip."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from own_files import course_with, square
from workflows.gradescope import check_not_graded

from autograder.course.folder import Course
from autograder.course.release import release
from autograder.course.secret import VARIABLE
from autograder.exports.gradescope.results import GRADED
from autograder.exports.gradescope.run import METADATA, main, student_of
from autograder.exports.gradescope.zip import autograder_zip

UNIT = "w1"
RIGHT, WRONG = (f"def answer(x):\n    return {{'y': {y}}}" for y in ("x * x", "x"))
# Name of a notebook → the answer in it.
HandIn = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("told", "student"),
    [
        ({"users": [{"email": "ada@example.org", "name": "Ada"}]}, "ada@example.org"),
        ({"users": []}, ""),
        ([], ""),
        (None, ""),
    ],
)
def test_the_e_mail_address_says_who_handed_in(tmp_path: Path, told: object, student: str) -> None:
    if told is not None:
        (tmp_path / METADATA).write_text(json.dumps(told))
    assert student_of(tmp_path) == student


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """The zip of a course with one exercise of two points."""
    place = tmp_path_factory.mktemp("gradescope")
    files = {"square.py": square()}
    course = Course.at(course_with(place / "course", files, units={UNIT: "square.value"}))
    assert list(release(course, [UNIT])) == [UNIT]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(place / "secret"))
        content = autograder_zip(course, UNIT)
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        yield opened


@pytest.fixture
def root(archive: zipfile.ZipFile, tmp_path: Path) -> Path:
    """What Gradescope has at /autograder, without the copy of this package."""
    names = [name for name in archive.namelist() if not name.startswith("package/")]
    archive.extractall(tmp_path / "source", names)
    (tmp_path / "submission").mkdir()
    return tmp_path


@pytest.fixture
def graded(root: Path, monkeypatch: pytest.MonkeyPatch) -> HandIn:
    """Hands in notebooks with these answers, and grades them; what is in results.json."""
    monkeypatch.setattr("sys.argv", ["run", str(root)])

    def hand_in(**answers: str) -> dict[str, Any]:
        released = json.loads((root / "source" / "notebooks" / f"{UNIT}.ipynb").read_bytes())
        (place,) = [
            cell for cell in released["cells"] if "NotImplementedError" in "".join(cell["source"])
        ]
        for name, answer in answers.items():
            place["source"] = answer
            (root / "submission" / f"{name}.ipynb").write_text(json.dumps(released))
        main()
        return written(root)

    return hand_in


def written(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((root / "results" / "results.json").read_text("utf-8"))
    return found


def points(results: dict[str, Any]) -> list[tuple[float, float]]:
    return [(test["score"], test["max_score"]) for test in results["tests"]]


@pytest.mark.parametrize(("answer", "earned"), [(RIGHT, 2), (WRONG, 0)], ids=["right", "wrong"])
def test_a_score_of_0_is_a_score(graded: HandIn, answer: str, earned: float) -> None:
    results = graded(w1=answer)
    assert points(results) == [(earned, 2)]
    assert results["extra_data"] == {GRADED: True}


def test_without_a_notebook_there_is_no_score(graded: HandIn, root: Path) -> None:
    (root / "submission" / "answer.py").write_text(RIGHT)
    results = graded()
    check_not_graded(results)
    assert "there is no w1.ipynb in the submission" in results["output"]


def test_of_two_notebooks_with_different_answers_none_is_a_0(graded: HandIn) -> None:
    results = graded(first=RIGHT, second=WRONG)
    check_not_graded(results)
    assert "more than one notebook beside it holds answers" in results["output"]
    assert "Give the one that counts the name `w1.ipynb`" in results["output"]


def test_of_two_notebooks_the_one_of_the_units_name_counts(graded: HandIn) -> None:
    results = graded(w1=RIGHT, draft=WRONG)
    assert points(results) == [(2, 2)]
    assert "`draft.ipynb` beside it holds other answers" in results["output"]


def test_a_grader_that_fails_tells_the_student_no_details(
    graded: HandIn, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "submission" / "w1.ipynb").write_text("{}")
    (root / "source" / "notebooks" / "w1.ipynb").write_text('{"cells": ["the right answer"]}')
    main()
    check_not_graded(written(root))
    assert re.fullmatch(
        r"This could not be graded: the grader failed \(\w+\); ask your instructor\.",
        written(root)["output"],
    )
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize("end", ["kill -KILL $$", "kill -TERM $$", "exit 127"])
def test_a_run_that_is_killed_leaves_a_result_too(root: Path, end: str) -> None:
    tools = root / "tools"
    tools.mkdir()
    (tools / "python3").write_text(f"#!/bin/sh\n{end}\n")
    (tools / "python3").chmod(0o755)
    (root / "results").mkdir()
    (root / "results" / "results.json").write_text('{"score": 2}')  # Of an earlier run.
    done = subprocess.run(
        ["/bin/sh", root / "source" / "run_autograder"],
        env={"AUTOGRADER_ROOT": str(root), "PATH": f"{tools}:/usr/bin:/bin"},
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    check_not_graded(written(root))
    assert "the grader was stopped" in written(root)["output"]
