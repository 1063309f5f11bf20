from __future__ import annotations

import os
from collections import Counter

import pytest
from drawn_programs import QUIZ1
from judging import verdict_on
from written_passes import written_pass

from autograder.bank.run import run_bank
from autograder.exercises import find
from autograder.judge.draw import draw_inputs
from autograder.judge.reference_check import check_reference
from autograder.random_functions.variants import (
    FAMILIES,
    family_named,
    variant_base,
    variant_exercise,
    variant_program,
)

families = pytest.mark.parametrize("family", FAMILIES)
SOME, THOUSAND = 25, 1000
# The bank of two hundred ids takes more than an hour: VARIANTS=200 runs it.
BANKS = int(os.environ.get("VARIANTS", "3"))
COURSE = "ml-2026"


def ids(count: int) -> list[str]:
    return [f"student-{number}" for number in range(count)]


def function_of(text: str, name: str) -> object:
    scope: dict[str, object] = {}
    exec(text, scope)
    return scope[name]


def as_large_as_quiz1(count: int) -> None:
    programs = [variant_program("quiz1", COURSE, one) for one in ids(count)]
    assert {tuple(sorted(one.operations.items())) for one in programs} == {
        tuple(sorted(QUIZ1.operations.items()))
    }
    assert {tuple(one.fan_outs.values()) for one in programs} == {(2, 2, 2, 2)}
    assert {one.paths for one in programs} == {QUIZ1.paths}
    # Not many students share an arrangement.
    assert max(Counter(one.arrangement for one in programs).values()) <= 1 + count // 100


def as_large_as_each_other(count: int) -> None:
    programs = [variant_program("network", COURSE, one) for one in ids(count)]
    assert {len(one.lines) for one in programs} <= {7, 8}
    sizes = [sum(one.operations.values()) for one in programs]
    assert max(sizes) - min(sizes) <= 3
    assert {one.paths for one in programs} <= {4, 8}
    assert {len(one.fan_outs) for one in programs} <= {0, 1}
    assert len({one.source for one in programs}) == count


def test_quiz_1_has_the_same_size_for_everyone() -> None:
    as_large_as_quiz1(SOME)


@pytest.mark.slow
def test_quiz_1_has_the_same_size_for_a_thousand_students() -> None:
    as_large_as_quiz1(THOUSAND)


def test_a_network_has_about_the_same_size_for_a_thousand_students() -> None:
    as_large_as_each_other(THOUSAND)


@pytest.mark.slow
@families
def test_the_bank_of_many_students_is_refused_named_and_accepted(family: str) -> None:
    troubled = {}
    for one in ids(BANKS):
        tally = run_bank(variant_exercise.__wrapped__(family, COURSE, one), 1)
        whole = tally.refused == tally.named == tally.wrong and tally.right == tally.accepted
        if not whole or tally.misnamed:
            troubled[one] = tally.trouble
    assert troubled == {}


@families
def test_the_reference_is_what_finite_differences_give(family: str) -> None:
    exercise = variant_exercise(family, COURSE, "ada")
    for inputs in draw_inputs(exercise, (1,))[:3]:
        check_reference(exercise, inputs)


@families
def test_an_id_has_one_variant_whatever_its_case(family: str) -> None:
    first, second = (variant_program(family, COURSE, one) for one in ("Ada L", " ada  l "))
    assert first.source == second.source


@families
def test_other_ids_and_other_courses_have_other_variants(family: str) -> None:
    found = [
        variant_program(family, course, one).source
        for course in (COURSE, "ml-2027")
        for one in ("ada", "bob")
    ]
    assert len(set(found)) == 4


def test_a_variant_is_the_same_on_every_machine() -> None:
    assert variant_program("quiz1", COURSE, "ada").source.splitlines() == [
        "def quiz1_variant(x, z):",
        "    a = np.log(x)",
        "    b = z / a",
        "    h = np.sin(b)",
        "    m = a / b",
        "    p = np.exp(h)",
        "    q = h * z",
        "    y = m + p + q",
        "    return y",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [("ada", "bob"), *(pytest.param(f"s{i}", f"t{i}", marks=pytest.mark.slow) for i in range(8))],
)
def test_an_answer_has_all_points_for_its_own_variant_and_none_for_another(
    one: str, other: str
) -> None:
    program = variant_program("quiz1", COURSE, one)
    answer = function_of(written_pass(program), program.name)
    own, borrowed = (variant_exercise("quiz1", COURSE, id) for id in (one, other))
    assert verdict_on(own, answer).full
    assert verdict_on(borrowed, answer).score == 0


def test_a_lost_path_is_named_without_the_variable() -> None:
    program = variant_program("quiz1", COURSE, "ada")
    exercise = variant_exercise("quiz1", COURSE, "ada")
    for name in program.fan_outs:
        verdict = verdict_on(exercise, function_of(written_pass(program, name), program.name))
        wrong = verdict.first_wrong
        assert wrong is not None
        assert wrong.finding is not None
        assert wrong.finding.name == "a path missing at a fan-out"


def test_the_points_are_the_same_for_everyone() -> None:
    points = {variant_exercise("quiz1", COURSE, one).points for one in ids(2)}
    assert points == {find("quiz1.variant").points}


def test_a_base_leads_to_each_variant() -> None:
    base = find("quiz1.variant")
    assert base is variant_base("quiz1.variant")
    assert base.for_student is not None
    ada = base.for_student(COURSE, "ada")
    assert [part.name for part in ada.parts] == [
        part.name for part in variant_exercise("quiz1", COURSE, "ada").parts
    ]


def test_a_family_that_there_is_not_is_said() -> None:
    with pytest.raises(ValueError, match="quiz1, network"):
        family_named("quiz2")
