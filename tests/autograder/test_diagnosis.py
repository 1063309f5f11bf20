from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from autograder.asking import put_question
from autograder.catalogue import CATALOGUE
from autograder.exercise import Exercise, Mistake
from autograder.judge import draw_inputs, judge


@pytest.mark.parametrize(
    ("change", "id", "slug"),
    [
        (lambda g: -g, "M1", "sign"),
        (lambda g: 2 * g, "M2", "doubled"),
        (lambda g: g / 2, "M2", "halved"),
        (lambda g: g.T, "M11", "transposed"),
        (lambda g: 0 * g, "M18", "zeros"),
        (lambda g: g * len(g), "M3", "sum for mean"),
        (lambda g: g / len(g), "M3", "mean for sum"),
    ],
)
def test_a_generic_mistake_is_named(
    verdict_on: Any, with_parts: Any, change: Any, id: str, slug: str
) -> None:
    finding = verdict_on(with_parts(dw=change)).first_wrong.finding
    assert (finding.id, finding.slug) == (id, slug)


def test_a_mistake_of_the_exercise_is_named(chain: Exercise, verdict_on: Any) -> None:
    wrong = chain.answer(chain.mistakes[0].wrong)
    finding = verdict_on(lambda w: wrong(w=w)).first_wrong.finding
    assert finding.slug == "u left out"


def test_a_wrong_forward_value_is_named_once_and_costs_once(
    chain: Exercise, verdict_on: Any
) -> None:
    wrong = chain.answer(chain.mistakes[1].wrong)
    verdict = verdict_on(lambda w: wrong(w=w))
    assert verdict.first_wrong.part.name == "dv"
    assert verdict.first_wrong.finding.slug == "cube"
    assert verdict.score == 3


def test_two_mistakes_in_different_parts_are_both_named(verdict_on: Any, with_parts: Any) -> None:
    verdict = verdict_on(with_parts(du=lambda g: -g, dw=lambda g: g / 2))
    named = {part.part.name: part.finding.slug for part in verdict.parts if part.finding}
    assert named == {"du": "sign", "dw": "halved"}


def test_what_fits_no_mistake_is_left_unnamed(verdict_on: Any, with_parts: Any) -> None:
    finding = verdict_on(with_parts(dw=lambda g: g + np.arange(g.size).reshape(g.shape)))
    assert finding.first_wrong.finding.slug == ""


def test_a_mistake_that_fits_one_probe_only_is_not_named(verdict_on: Any, with_parts: Any) -> None:
    change = {(2, 5): lambda g: -g, (3, 3): lambda g: 2 * g}
    verdict = verdict_on(with_parts(dw=lambda g: change[g.shape](g)))
    assert verdict.first_wrong.finding.slug == ""


def test_two_mistakes_that_explain_it_equally_are_told_as_rivals(chain: Exercise) -> None:
    other = Mistake("M9", "another name for it", {"dv": lambda v: v.du}, "the same numbers.")
    exercise = dataclasses.replace(chain, mistakes=(*chain.mistakes, other))
    wrong = exercise.answer(other.wrong)
    drawn = draw_inputs(exercise, (1,))
    answers = [put_question(exercise.ask, lambda w: wrong(w=w), one) for one in drawn]
    finding = judge(exercise, drawn, answers).first_wrong.finding  # type: ignore[union-attr]
    assert finding is not None
    assert finding.slug == ""
    assert finding.rivals == (CATALOGUE["M5"].name, CATALOGUE["M9"].name)
