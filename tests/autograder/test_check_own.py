"""`check` and `hint` for exercises that are not the package's, by the folder of the notebook."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from own_files import course_with, square

from autograder.check import CheckFailed, check, hint
from autograder.course.description import described
from autograder.exercises import EXERCISES
from autograder.exercises.beside import about_text, registry_beside
from autograder.exercises.registry import Own
from autograder.feedback.form_result import FormResult
from autograder.feedback.result import CheckResult


def by_square(x: Any) -> dict[str, Any]:
    return {"y": x**2}


def beside(folder: Path, *, released: bool = True, **files: str) -> Path:
    """A notebook's folder with exercises beside it."""
    (folder / "exercises").mkdir(parents=True)
    for name, text in files.items():
        (folder / "exercises" / f"{name}.py").write_text(text)
    if released:
        (folder / "exercises" / "exercises.json").write_text(about_text(Own(""), ()))
    return folder


@pytest.fixture(autouse=True)
def _progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_BP_PROGRESS_FILE", str(tmp_path / "progress.json"))


def test_an_exercise_beside_the_notebook_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(beside(tmp_path / "w1", square=square()))
    result = check("square.value", by_square)
    assert isinstance(result, CheckResult)
    assert float(result) == 2
    wrong = check("square.value", lambda x: {"y": x**3})
    assert isinstance(wrong, CheckResult)
    assert float(wrong) == 0


def test_two_notebooks_in_one_process_have_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = beside(tmp_path / "one", square=square())
    other = beside(tmp_path / "other", square=square(power=3))
    scores = []
    for folder in (one, other, one):
        monkeypatch.chdir(folder)
        result = check("square.value", by_square)
        assert isinstance(result, CheckResult)
        scores.append(float(result))
    assert scores == [2, 0, 2]


def test_an_exercise_that_is_not_there_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for ask in (lambda: check("square.value", by_square), lambda: hint("square.value")):
        with pytest.raises(ValueError, match="fetch the whole assignment"):
            ask()


def test_files_that_nobody_released_are_not_run_for_our_exercises(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(beside(tmp_path / "w1", released=False, broken="1 / 0\n"))
    check("quiz1.forward", EXERCISES["quiz1.forward"].answer())
    with pytest.raises(ValueError, match="There is no exercise"):
        check("square.value", by_square)


def test_a_broken_file_beside_the_notebook_leaves_the_other_exercises(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cube = square("cube.value", power=3) + "\n1 / 0\n"
    monkeypatch.chdir(beside(tmp_path / "w1", square=square(), cube=cube))
    result = check("square.value", by_square)
    assert isinstance(result, CheckResult)
    assert float(result) == 2
    with pytest.raises(ValueError, match=r"cube\.py, line \d+: ZeroDivisionError") as refused:
        check("cube.value", by_square)
    assert "fetch the whole assignment" not in str(refused.value)


def test_the_course_folder_above_counts_for_its_author(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = course_with(tmp_path / "c", {"square.py": square()}, units={"w1": "square.value"})
    monkeypatch.chdir(course / "solutions" / "w1")
    result = check("square.value", by_square)
    assert isinstance(result, CheckResult)
    assert float(result) == 2


def test_an_exercise_without_hints_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(beside(tmp_path / "w1", square=square()))
    check("square.value", lambda x: {"y": np.cos(7 * x) - 3 * np.sin(x) / x})
    assert "has no hints" in hint("square.value").text


def secret(folder: Path, files: Path) -> Path:
    """A notebook's folder with the description of the exercise in a file elsewhere."""
    known = registry_beside(beside(files, square=square()), EXERCISES)
    shutil.rmtree(files)
    told = described(known["square.value"])
    place = beside(folder) / "exercises" / "exercises.json"
    place.write_text(about_text(Own(""), [told]))
    return folder


def test_of_a_secret_exercise_only_the_form_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(secret(tmp_path / "w1", tmp_path / "files"))
    right, wrong = check("square.value", by_square), check("square.value", lambda x: {"y": 0 * x})
    assert isinstance(right, FormResult)
    assert isinstance(wrong, FormResult)
    assert str(right) == str(wrong)
    assert right.fits
    assert "looks only at the form" in hint("square.value").text


def test_validate_fails_on_a_wrong_form_and_not_on_a_wrong_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(secret(tmp_path / "w1", tmp_path / "files"))
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    check("square.value", lambda x: {"y": 0 * x})
    with pytest.raises(CheckFailed, match="expected"):
        check("square.value", lambda x: {"y": np.zeros(7)})
