from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from judging import verdict_on
from written_passes import written_pass

from autograder.exercise import Exercise
from autograder.exercises import find
from autograder.grading.variants import (
    UNKNOWN,
    Author,
    about_another_id,
    author_of,
    own_exercise,
    without_borrowed,
)
from autograder.inside.asking import put_question
from autograder.judge.answer_key import AnswerKey
from autograder.judge.draw import draw_inputs
from autograder.judge.judge import judge
from autograder.judge.verdict import Verdict
from autograder.random_functions.variants import FAMILIES, variant_exercise, variant_program

COURSE = "ml-2026"


def cells(*sources: str) -> Sequence[Any]:
    return [SimpleNamespace(source=source) for source in sources]


def judged(exercise: Exercise, answer: Any, author: Author) -> Verdict:
    own = own_exercise(exercise, author)
    drawn = draw_inputs(own, (1,))
    found = [put_question(own.ask, answer, inputs, own.asked) for inputs in drawn]
    key = AnswerKey(own, drawn)
    return without_borrowed(judge(own, drawn, found, key), key, found, author)


def answer_of(student: str) -> Any:
    program = variant_program("quiz1", COURSE, student)
    scope: dict[str, Any] = {}
    exec(written_pass(program), scope)
    return scope[program.name]


@pytest.mark.parametrize(
    "handed_in",
    [
        ('variant("quiz1", "ada")',),
        ('student_id = "ada"', 'variant("quiz1", student_id, course=COURSE)'),
        ('variant(family="quiz1", student="ada")',),
        ("%matplotlib inline", "def broken(:", 'v = variant("quiz1", "ada")'),
    ],
)
def test_the_id_that_is_typed_is_read(handed_in: Sequence[str]) -> None:
    assert author_of((), cells(*handed_in), "ada").typed == ("ada",)


def test_the_course_is_the_released_notebooks() -> None:
    released = cells('variant("quiz1", student_id, course="ml-2026")')
    handed_in = cells('variant("quiz1", "ada", course="another")')
    assert author_of(released, handed_in, "ada") == Author("ada", "ml-2026", ("ada",))


def test_an_id_that_is_computed_is_not_known() -> None:
    assert author_of((), cells('variant("quiz1", input())'), "ada").typed == ()


def test_an_id_of_a_thousand_letters_is_nobodys() -> None:
    assert author_of((), cells(f'variant("quiz1", "{"a" * 1000}")'), "ada").typed == ()


def test_without_any_id_it_says_what_to_do() -> None:
    verdict = judged(find("quiz1.variant"), answer_of("ada"), UNKNOWN)
    assert (verdict.score, verdict.fault) == (0, "absent")
    assert "Run variant(…) with your id" in verdict.message


def test_the_variant_is_the_submissions_whatever_is_typed() -> None:
    own = own_exercise(find("quiz1.variant"), Author("bob", COURSE, ("ada",)))
    assert own.parts == variant_exercise("quiz1", COURSE, "bob").parts


def test_without_a_submission_the_typed_id_counts() -> None:
    own = own_exercise(find("quiz1.variant"), Author("", COURSE, ("ada",)))
    assert own.parts == variant_exercise("quiz1", COURSE, "ada").parts


def test_other_exercises_stay_as_they_are() -> None:
    exercise = find("quiz1.backward")
    assert own_exercise(exercise, Author("bob", COURSE, ("ada",))) is exercise


def test_ones_own_variant_earns_all_points() -> None:
    assert judged(find("quiz1.variant"), answer_of("ada"), Author("ada", COURSE, ("Ada",))).full


def test_a_borrowed_id_earns_nothing_and_says_so() -> None:
    verdict = judged(find("quiz1.variant"), answer_of("ada"), Author("bob", COURSE, ("ada",)))
    assert verdict.score == 0
    assert verdict.fault == "borrowed"
    assert "'ada'" in verdict.message
    assert "'bob'" in verdict.message


def test_a_borrowed_network_earns_nothing_and_says_so() -> None:
    ada = variant_exercise("network", COURSE, "ada")
    known = ada.answer()
    names = list(variant_program("network", COURSE, "ada").inputs)
    verdict = judged(
        find("network.variant"),
        lambda *given: known(**dict(zip(names, given, strict=True))),
        Author("bob", COURSE, ("ada",)),
    )
    assert (verdict.score, verdict.fault) == (0, "borrowed")


def test_a_borrowed_answer_under_ones_own_id_earns_nothing() -> None:
    for one, other in (("ada", "bob"), ("bob", "ada"), ("carl", "dora")):
        author = Author(other, COURSE, (other,))
        assert judged(find("quiz1.variant"), answer_of(one), author).score == 0


def test_a_wrong_answer_to_ones_own_variant_is_not_called_borrowed() -> None:
    verdict = judged(
        find("quiz1.variant"), lambda x, z: {"dx": 1.0}, Author("bob", COURSE, ("ada",))
    )
    assert verdict.fault == ""


def test_a_right_answer_under_a_wrong_id_counts_and_is_remarked() -> None:
    author = Author("bob", COURSE, ("ada",))
    exercise = own_exercise(find("quiz1.variant"), author)
    assert judged(exercise, answer_of("bob"), author).full
    (remark,) = about_another_id(exercise, author, "quiz1-variant-check")
    assert "'ada'" in str(remark)
    assert "'bob'" in str(remark)


def test_nothing_is_remarked_of_other_exercises_or_the_right_id() -> None:
    assert about_another_id(find("quiz1.backward"), Author("bob", "", ("ada",)), "c") == []
    assert about_another_id(find("quiz1.variant"), Author("bob", "", ("BOB",)), "c") == []
    assert about_another_id(find("quiz1.variant"), UNKNOWN, "c") == []


@pytest.mark.parametrize("family", FAMILIES)
def test_the_inputs_of_one_variant_fit_another(family: str) -> None:
    own, other = (variant_exercise(family, COURSE, one) for one in ("ada", "bob"))
    assert own.id == other.id
    assert verdict_on(own, lambda *given: {}).fault == ""
    for i in own.ordinary:
        other.solve(draw_inputs(own, (1,))[i])
