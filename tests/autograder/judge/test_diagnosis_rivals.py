"""Several mistakes that explain one value: probes that tell them apart, or the rivals' names."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from judging import verdict_on

from autograder.exercise import Exercise, Mistake, Probe
from autograder.inside.asking import put_question
from autograder.judge.catalogue import CATALOGUE
from autograder.judge.draw import draw_inputs
from autograder.judge.judge import judge


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


def _with_rival(chain: Exercise, *probes: Probe) -> Exercise:
    """u = w² left out, and u replaced by a table of ones: the same on every ordinary probe."""
    rival = Mistake(
        "M13",
        "ones for u",
        {"dv": lambda v: v.du * np.where(v.w > 100, 2.0, 1.0)},
        "your {part} has a table instead of u.",
    )
    return dataclasses.replace(
        chain, mistakes=(*chain.mistakes, rival), probes=(*chain.probes, *probes)
    )


def _asked(exercise: Exercise, wrong: Any) -> Any:
    answer = exercise.answer(wrong)
    drawn = draw_inputs(exercise, (1,))
    return judge(
        exercise, drawn, [put_question(exercise.ask, lambda w: answer(w=w), d) for d in drawn]
    )


LARGE = Probe("large w", lambda rng: {"w": rng.uniform(200, 300, size=(2, 2))}, ties=True)


@pytest.mark.parametrize("number", [0, 2])
def test_a_probe_kept_for_ties_tells_rivals_apart(chain: Exercise, number: int) -> None:
    exercise = _with_rival(chain, LARGE)
    mistake = exercise.mistakes[number]
    assert _asked(exercise, mistake.wrong).first_wrong.finding.mistake is mistake


def test_without_such_a_probe_we_cannot_tell(chain: Exercise) -> None:
    exercise = _with_rival(chain)
    finding = _asked(exercise, exercise.mistakes[0].wrong).first_wrong.finding
    assert finding.slug == ""
    assert len(finding.rivals) == 2


def test_an_answer_need_not_be_right_on_a_probe_kept_for_ties(chain: Exercise) -> None:
    exercise = _with_rival(chain, LARGE)
    drawn = draw_inputs(exercise, (1,))

    def answer(w: Any) -> dict[str, Any]:
        if w.max() > 100:
            raise OverflowError
        return exercise.answer()(w=w)

    assert judge(exercise, drawn, [put_question(exercise.ask, answer, d) for d in drawn]).full


@pytest.mark.parametrize("odd", [None, "two", [1.0]])
def test_what_cannot_be_compared_on_a_probe_kept_for_ties_breaks_none(
    chain: Exercise, odd: Any
) -> None:
    exercise = _with_rival(chain, LARGE)
    drawn = draw_inputs(exercise, (1,))
    wrong = exercise.answer(exercise.mistakes[0].wrong)

    def answer(w: Any) -> dict[str, Any]:
        if w.max() < 100:
            return wrong(w=w)
        if odd is None:
            raise OverflowError
        return dict.fromkeys(("du", "dv", "dw"), odd)

    verdict = judge(exercise, drawn, [put_question(exercise.ask, answer, d) for d in drawn])
    assert len(verdict.first_wrong.finding.rivals) == 2


def test_what_tells_rivals_apart_and_then_cannot_be_compared_breaks_none(chain: Exercise) -> None:
    larger = Probe("larger w", lambda rng: {"w": rng.uniform(400, 500, size=(2, 2))}, ties=True)
    exercise = _with_rival(chain, LARGE, larger)
    wrong = exercise.answer(exercise.mistakes[0].wrong)

    def answer(w: Any) -> dict[str, Any]:
        return dict.fromkeys(("du", "dv", "dw"), "two") if w.max() > 400 else wrong(w=w)

    assert len(verdict_on(exercise, answer).first_wrong.finding.rivals) == 2


def test_a_rival_that_stops_on_a_probe_kept_for_ties_is_none(chain: Exercise) -> None:
    def stops(v: Any) -> Any:
        if v.w.max() > 100:
            raise OverflowError
        return v.du

    rival = Mistake("M13", "stops", {"dv": stops}, "your {part} stops.")
    exercise = dataclasses.replace(
        chain, mistakes=(*chain.mistakes, rival), probes=(*chain.probes, LARGE)
    )
    wrong = exercise.answer(exercise.mistakes[0].wrong)
    verdict = verdict_on(exercise, lambda w: wrong(w=w))
    assert verdict.first_wrong.finding.mistake is exercise.mistakes[0]


def test_rivals_of_a_value_that_is_not_finite_are_told_apart_too(chain: Exercise) -> None:
    def divided(large: float) -> Any:
        return lambda v: v.du / np.where(v.w > 100, large, 0.0)

    first, second = (
        Mistake(id, slug, {"dv": divided(large)}, "your {part} divides by zero.")
        for id, slug, large in (("M5", "by zero", 1.0), ("M9", "by nought", 2.0))
    )
    exercise = dataclasses.replace(chain, mistakes=(first, second), probes=(*chain.probes, LARGE))
    wrong = exercise.answer(second.wrong)
    verdict = verdict_on(exercise, lambda w: wrong(w=w))
    assert verdict.first_wrong.kind == "nonfinite"
    assert verdict.first_wrong.finding.mistake is second


def test_of_two_mistakes_of_one_name_the_first_is_taken(chain: Exercise) -> None:
    again = dataclasses.replace(chain.mistakes[0], slug="again")
    exercise = dataclasses.replace(chain, mistakes=(chain.mistakes[0], again))
    wrong = exercise.answer(again.wrong)
    finding = verdict_on(exercise, lambda w: wrong(w=w)).first_wrong.finding
    assert finding.mistake is chain.mistakes[0]
    assert finding.rivals == ()


@pytest.mark.parametrize(("id", "told"), [("M5", "M5"), ("M9", "")])
def test_rivals_that_share_their_row_of_the_catalogue_keep_it(
    chain: Exercise, id: str, told: str
) -> None:
    rival = Mistake(id, "rival", {"dv": lambda v: v.du}, "the same numbers.", "another name")
    exercise = dataclasses.replace(chain, mistakes=(chain.mistakes[0], rival))
    wrong = exercise.answer(rival.wrong)
    finding = verdict_on(exercise, lambda w: wrong(w=w)).first_wrong.finding
    assert finding.id == told
    assert finding.rivals == (CATALOGUE["M5"].name, "another name")


def test_rivals_among_answers_that_are_no_numbers_are_told_apart(ordering: Exercise) -> None:
    def order(few: str, many: str) -> Any:
        return {"order": lambda v: few if v.n < 9 else many}

    exercise = dataclasses.replace(
        ordering,
        probes=(Probe("few", lambda rng: {"n": 2}), Probe("many", lambda rng: {"n": 9}, ties=True)),
        mistakes=(
            Mistake("M16", "turned", order("ba", "dcba"), "it is turned.", "turned"),
            Mistake("M16", "shifted", order("ba", "bcda"), "it is shifted.", "shifted"),
        ),
    )
    verdict = verdict_on(exercise, lambda n: {"order": "ba" if n < 9 else "bcda"})
    assert verdict.first_wrong.finding.slug == "shifted"
