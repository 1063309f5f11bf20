from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from judging import verdict_on

from autograder.exercise import Exercise, Mistake, Part, Probe
from autograder.inside.asking import put_question
from autograder.judge.draw import draw_inputs
from autograder.judge.judge import judge


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
    chain_verdict: Any, with_parts: Any, change: Any, id: str, slug: str
) -> None:
    finding = chain_verdict(with_parts(dw=change)).first_wrong.finding
    assert (finding.id, finding.slug) == (id, slug)


def test_a_mistake_of_the_exercise_is_named(chain: Exercise, chain_verdict: Any) -> None:
    wrong = chain.answer(chain.mistakes[0].wrong)
    finding = chain_verdict(lambda w: wrong(w=w)).first_wrong.finding
    assert finding.slug == "u left out"


def test_a_wrong_forward_value_is_named_once_and_costs_once(
    chain: Exercise, chain_verdict: Any
) -> None:
    wrong = chain.answer(chain.mistakes[1].wrong)
    verdict = chain_verdict(lambda w: wrong(w=w))
    assert verdict.first_wrong.part.name == "dv"
    assert verdict.first_wrong.finding.slug == "cube"
    assert verdict.score == 3


def test_two_mistakes_in_different_parts_are_both_named(
    chain_verdict: Any, with_parts: Any
) -> None:
    verdict = chain_verdict(with_parts(du=lambda g: -g, dw=lambda g: g / 2))
    named = {part.part.name: part.finding.slug for part in verdict.parts if part.finding}
    assert named == {"du": "sign", "dw": "halved"}


def test_what_fits_no_mistake_is_left_unnamed(chain_verdict: Any, with_parts: Any) -> None:
    finding = chain_verdict(with_parts(dw=lambda g: g + np.arange(g.size).reshape(g.shape)))
    assert finding.first_wrong.finding.slug == ""


def test_a_mistake_that_fits_one_probe_only_is_not_named(
    chain_verdict: Any, with_parts: Any
) -> None:
    change = {(2, 5): lambda g: -g, (3, 3): lambda g: 2 * g}
    verdict = chain_verdict(with_parts(dw=lambda g: change[g.shape](g)))
    assert verdict.first_wrong.finding.slug == ""


def test_what_follows_from_an_odd_part_is_said_to_follow(chain: Exercise) -> None:
    drawn = draw_inputs(chain, (1,))

    def answer(w: Any) -> dict[str, Any]:
        du = 1e-12 * w
        return {"du": du, "dv": du * w**2, "dw": 2 * du * w}

    verdict = judge(chain, drawn, [put_question(chain.ask, answer, d) for d in drawn])
    assert verdict.score == 0
    assert [p.finding.follows for p in verdict.parts if p.finding] == [False, True, True]


@pytest.fixture
def diamond() -> Exercise:
    """y = exp(x)·sin(x): x reaches y by two paths."""
    return Exercise(
        again=False,
        id="diamond.backward",
        unit="99-test",
        title="A diamond",
        objectives=("O2",),
        deck="none",
        steps={
            "u": lambda v: np.exp(v.x),
            "s": lambda v: np.sin(v.x),
            "y": lambda v: v.u * v.s,
            "du": lambda v: v.s,
            "ds": lambda v: v.u,
            "dx": lambda v: v.du * v.u + v.ds * np.cos(v.x),
        },
        parts=(Part("dx", 1),),
        probes=tuple(Probe(f"{k}", lambda rng: {"x": rng.uniform(0.2, 1.2)}) for k in range(2)),
        output="y",
        leaves={"dx": "x"},
    )


@pytest.mark.parametrize(
    ("dx", "id", "slug"),
    [
        (lambda u, s, c: u * c, "M15", "du lost"),
        (lambda u, s, c: s * u, "M15", "ds lost"),
        (lambda u, s, c: 2 * s * u + u * c, "M15", "du doubled"),
        (lambda u, s, c: s * u - u * c, "M1", "ds sign"),
        (lambda u, s, c: 2 * s * u - u * c, "M15", "du doubled, ds sign"),
    ],
)
def test_a_path_that_goes_wrong_is_named(diamond: Exercise, dx: Any, id: str, slug: str) -> None:
    drawn = draw_inputs(diamond, (1,))
    answer = lambda x: {"dx": dx(np.exp(x), np.sin(x), np.cos(x))}  # noqa: E731
    verdict = judge(diamond, drawn, [put_question(diamond.ask, answer, d) for d in drawn])
    finding = verdict.first_wrong.finding  # type: ignore[union-attr]
    assert finding is not None
    assert (finding.id, finding.slug) == (id, slug)


@pytest.mark.parametrize(
    ("change", "clue"),
    [
        (lambda g: 7 * g, "by the same factor"),
        (lambda g: g * g.size, "which differs from input to input"),
        (lambda g: np.where(g == g.max(), g + 1, g), "is wrong."),
        (lambda g: g if g.shape == (3, 3) else g**3, "right on some inputs"),
        (lambda g: np.sign(g) * (np.abs(g) + 1), "The signs are all right"),
    ],
)
def test_when_it_cannot_tell_it_says_what_is_known(
    chain_verdict: Any, with_parts: Any, change: Any, clue: str
) -> None:
    finding = chain_verdict(with_parts(dw=change)).first_wrong.finding
    assert finding.slug == ""
    assert any(clue in sentence for sentence in finding.clues)


def test_rounded_values_are_named(chain_verdict: Any, with_parts: Any) -> None:
    finding = chain_verdict(with_parts(dw=lambda g: np.round(g, 3))).first_wrong.finding
    assert finding.slug == "rounded"


def test_a_mistake_that_stops_on_some_inputs_explains_no_answer_on_all(chain: Exercise) -> None:
    stops = Mistake("M11", "square only", {"dv": lambda v: v.w @ v.w}, "your {part} is a product.")
    exercise = dataclasses.replace(chain, mistakes=(stops,), probes=chain.probes[::-1])
    drawn = draw_inputs(exercise, (1,))

    def answer(w: Any) -> dict[str, Any]:
        square = w.shape[0] == w.shape[1]
        return {**exercise.answer()(w=w), "dv": w @ w if square else w + 0.3}

    verdict = judge(exercise, drawn, [put_question(exercise.ask, answer, d) for d in drawn])
    assert verdict.first_wrong.finding.slug == ""  # type: ignore[union-attr]


class CallsItselfAList(type):
    def __eq__(cls, other: object) -> bool:
        return True

    __hash__ = type.__hash__


class Agreeable(metaclass=CallsItselfAList):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = object.__hash__


@pytest.mark.parametrize(
    ("order", "slug"),
    [
        (["b", "a"], "backwards"),
        (["b", "b"], ""),
        (["a", "a"], ""),
        ("ba", ""),
        ([np.ones(2), "a"], ""),
        (["b", "a", "a"], ""),
        (Agreeable(), ""),
    ],
)
def test_answers_that_are_no_numbers_are_named_when_they_are_equal(
    ordering: Exercise, order: Any, slug: str
) -> None:
    turned = Mistake("M16", "backwards", {"order": lambda v: ["b", "a"]}, "it is turned.")
    exercise = dataclasses.replace(ordering, mistakes=(turned,))
    verdict = verdict_on(exercise, lambda: {"order": order})
    assert verdict.score == 0
    assert verdict.first_wrong.finding.slug == slug


OVERFLOWS = Mistake("M9", "overflow", {"dv": lambda v: v.du / (v.w - v.w[0, 0])}, "it blows up.")


def test_a_mistake_that_overflows_explains_no_other_number(chain: Exercise) -> None:
    exercise = dataclasses.replace(chain, mistakes=(OVERFLOWS,))
    verdict = verdict_on(exercise, lambda w: {**chain.answer()(w=w), "dv": w + 0.3})
    assert verdict.first_wrong.finding.slug == ""


def test_a_mistake_that_overflows_in_the_same_places_is_named(chain: Exercise) -> None:
    exercise = dataclasses.replace(chain, mistakes=(OVERFLOWS,))
    wrong = exercise.answer(OVERFLOWS.wrong)
    with np.errstate(all="ignore"):
        verdict = verdict_on(exercise, lambda w: wrong(w=w))
    assert verdict.first_wrong.kind == "nonfinite"
    assert verdict.first_wrong.finding.slug == "overflow"
