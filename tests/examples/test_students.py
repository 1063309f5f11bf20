"""The example students, judged directly, get the scores and names that expected.toml foretells."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from autograder.exercise import Exercise
from autograder.exercises import EXERCISES
from autograder.feedback.words import feedback, named_mistakes
from autograder.inside.asking import Response, put_question
from autograder.judge.draw import draw_inputs
from autograder.judge.earlier import NOTHING_EARLIER, asked_before, found_wrong
from autograder.judge.judge import judge
from autograder.judge.verdict import Verdict

EXAMPLES = Path(__file__).parents[2] / "examples"
EXPECTED = tomllib.loads((EXAMPLES / "expected.toml").read_text("utf-8"))
WHOLE_CLASS = ("02-computation-graphs", "06-logistic-to-network")
SOME_STUDENTS = ("05-activations-and-losses", "07-layers-and-batches")
PROFILES = {
    "perfect": 1,
    "unusual but right": 2,
    "sign": 1,
    "log10 for log": 1,
    "overwritten at a fan-out": 1,
    "missing σ′": 1,
    "transposed outer product": 1,
    "upstream dropped": 1,
    "operands swapped": 1,
    "columns for vectors": 1,
    "prints instead of returning": 1,
    "half done": 1,
    "blank": 1,
}

students = pytest.mark.parametrize("student", EXPECTED)
judged = pytest.mark.parametrize(
    ("student", "exercise"),
    [
        pytest.param(student, EXERCISES[id], id=f"{student}-{id}")
        for student, entry in EXPECTED.items()
        for id in entry["scores"]
    ],
)


@cache
def functions_of(student: str, unit: str) -> dict[str, Any]:
    path = EXAMPLES / "students" / student / f"{unit}.py"
    namespace: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(path.read_text("utf-8"), str(path), "exec"), namespace)
    return namespace


def left_as_released(*inputs: Any) -> None:
    raise NotImplementedError


def answer_of(student: str, exercise: Exercise) -> Callable[..., Any]:
    name = exercise.id.replace(".", "_")
    return functions_of(student, exercise.unit).get(name, left_as_released)


def ask(student: str, exercise: Exercise, drawn: Sequence[Any]) -> list[Response]:
    answer = answer_of(student, exercise)
    return [put_question(exercise.ask, answer, inputs, exercise.asked) for inputs in drawn]


def verdict_on(student: str, exercise: Exercise, seed: int) -> Verdict:
    drawn = draw_inputs(exercise, (seed,))
    found = NOTHING_EARLIER
    if exercise.builds_on:
        before = EXERCISES[exercise.builds_on]
        its = asked_before(exercise, drawn)
        earlier = verdict_on(student, before, seed)
        found = found_wrong(earlier, exercise, its, ask(student, before, its))
    return judge(exercise, drawn, ask(student, exercise, drawn), earlier=found)


def expectation(student: str, exercise: Exercise) -> dict[str, Any]:
    full = {"lost": [], "names": [], "says": ""}
    return {**full, **EXPECTED[student].get(exercise.id, {})}


def hands_in(student: str, unit: str) -> bool:
    return (EXAMPLES / "students" / student / f"{unit}.py").exists()


@pytest.mark.parametrize("unit", WHOLE_CLASS)
def test_a_unit_has_a_class(unit: str) -> None:
    there = {path.parent.name for path in (EXAMPLES / "students").glob(f"*/{unit}.py")}
    assert there == set(EXPECTED)
    assert len(there) >= 9


@pytest.mark.parametrize("unit", SOME_STUDENTS)
def test_some_hand_in_more(unit: str) -> None:
    assert sum(hands_in(student, unit) for student in EXPECTED) >= 4


def test_no_student_has_a_unit_that_nobody_expects() -> None:
    units = {path.stem for path in (EXAMPLES / "students").glob("*/*.py")}
    assert units == {*WHOLE_CLASS, *SOME_STUDENTS}


@pytest.mark.parametrize(("profile", "least"), PROFILES.items())
def test_every_profile_is_there(profile: str, least: int) -> None:
    assert sum(entry["profile"] == profile for entry in EXPECTED.values()) >= least


@students
def test_every_exercise_has_an_expected_score(student: str) -> None:
    of_the_units = {id for id, exercise in EXERCISES.items() if hands_in(student, exercise.unit)}
    assert set(EXPECTED[student]["scores"]) == of_the_units
    assert set(EXPECTED[student]) - {"profile", "scores"} <= of_the_units


@judged
@pytest.mark.parametrize("seed", [1, 2])
def test_the_score_is_as_expected(student: str, exercise: Exercise, seed: int) -> None:
    assert verdict_on(student, exercise, seed).score == EXPECTED[student]["scores"][exercise.id]


@judged
@pytest.mark.parametrize("seed", [1, 2])
def test_only_the_expected_parts_lose_their_points(
    student: str, exercise: Exercise, seed: int
) -> None:
    verdict = verdict_on(student, exercise, seed)
    lost = [part.part.name for part in verdict.parts if not part.credited]
    assert lost == expectation(student, exercise)["lost"]


@judged
@pytest.mark.parametrize("seed", [1, 2])
def test_the_mistake_has_the_expected_name(student: str, exercise: Exercise, seed: int) -> None:
    verdict = verdict_on(student, exercise, seed)
    expected = expectation(student, exercise)
    assert list(named_mistakes(verdict)) == expected["names"]
    words = " ".join(feedback(verdict).text.split())
    assert expected["says"] in words
    for name in expected["names"]:
        assert name in words


@students
def test_right_students_get_full_marks_and_mistaken_ones_do_not(student: str) -> None:
    entry = EXPECTED[student]
    full = all(entry["scores"][id] == EXERCISES[id].points for id in entry["scores"])
    assert full == (entry["profile"] in ("perfect", "unusual but right"))


@judged
def test_what_is_not_full_says_why(student: str, exercise: Exercise) -> None:
    expected = expectation(student, exercise)
    full = EXPECTED[student]["scores"][exercise.id] == exercise.points
    assert full != bool(expected["names"] or expected["says"])


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def test_the_readme_lists_the_same_scores() -> None:
    listed: dict[str, list[float]] = {}
    for line in (EXAMPLES / "README.md").read_text("utf-8").splitlines():
        student, *cells = (cell.strip() for cell in line.strip("|").split("|"))
        scores = cells[1:]
        # The whole class, then the other units; other tables say something in words.
        if student in EXPECTED and scores and all(map(_is_number, scores)):
            listed.setdefault(student, []).extend(map(float, scores))
    assert listed == {
        student: list(entry["scores"].values()) for student, entry in EXPECTED.items()
    }
