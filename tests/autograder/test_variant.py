from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from written_passes import written_pass

import autograder.variant as module
from autograder.check import check
from autograder.feedback.words import named_mistakes
from autograder.variant import variant


@pytest.fixture(autouse=True)
def _nobody_typed_an_id() -> Iterator[None]:
    module._typed.clear()
    yield
    module._typed.clear()


def shown_for(student: str) -> module.Variant:
    shown = variant("quiz1", student, course="ml-2026")
    assert isinstance(shown, module.Variant)
    return shown


def answer_of(shown: module.Variant, lost: str = "") -> Any:
    scope: dict[str, Any] = {}
    exec(written_pass(shown.program, lost), scope)
    return scope[shown.program.name]


def test_check_asks_for_the_variant_of_the_id_that_was_typed() -> None:
    shown = shown_for("ada")
    assert check("quiz1.variant", answer_of(shown)).verdict.full


def test_the_answer_for_another_id_is_not_right() -> None:
    other = shown_for("bob")
    shown_for("ada")
    assert check("quiz1.variant", answer_of(other)).score == 0


def test_a_mistake_is_named_with_the_students_variable_and_counted_without() -> None:
    shown = shown_for("ada")
    lost = next(iter(shown.program.fan_outs))
    result = check("quiz1.variant", answer_of(shown, lost))
    assert f"a path missing at the fan-out of {lost}" in str(result)
    assert named_mistakes(result.verdict) == ("a path missing at a fan-out",)


def test_without_an_id_the_check_says_what_to_do() -> None:
    result = check("quiz1.variant", lambda x, z: {})
    assert result.score == 0
    assert "Run variant(…) with your id" in str(result)


def test_it_shows_the_formula_the_code_and_what_to_return() -> None:
    shown = shown_for("ada <b>")
    assert shown.program.source in repr(shown)
    for part in shown.exercise.parts:
        assert f'"{part.name}"' in shown.stub
    markup = shown._repr_html_()
    assert r"\begin{aligned}" in markup
    assert "<b>" not in markup


def test_before_an_id_is_typed_it_says_what_to_do() -> None:
    assert "Type the id that you hand in under" in repr(variant("quiz1", " "))
    assert module._typed == {}


def test_a_family_that_there_is_not_is_said() -> None:
    with pytest.raises(ValueError, match="quiz1, network"):
        variant("quiz", "ada")
