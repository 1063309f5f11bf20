from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from autograder.exercise import Exercise, Mistake, Part, Probe
from autograder.exercises import find
from autograder.inside.asking import Response, put_question
from autograder.judge.draw import draw_inputs
from autograder.judge.judge import judge
from autograder.judge.reference_check import ReferenceDisagrees, check_reference
from autograder.judge.verdict import Status


def statuses(verdict: Any) -> dict[str, Status]:
    return {part.part.name: part.status for part in verdict.parts}


def test_a_right_answer_gets_all_points(chain_verdict: Any, with_parts: Any) -> None:
    verdict = chain_verdict(with_parts())
    assert verdict.full
    assert verdict.score == 4


def test_a_wrong_last_part_costs_its_points_alone(chain_verdict: Any, with_parts: Any) -> None:
    verdict = chain_verdict(with_parts(dw=lambda g: g + 1))
    assert verdict.score == 2
    assert verdict.first_wrong.part.name == "dw"


def test_what_follows_from_an_own_wrong_part_is_right(chain_verdict: Any) -> None:
    def answer(w: Any) -> dict[str, Any]:
        du = 3.0 + 0.1 * w
        dv = du * w**2
        return {"du": du, "dv": dv, "dw": 2 * dv / w}

    assert statuses(chain_verdict(answer)) == {
        "du": Status.WRONG,
        "dv": Status.FOLLOWS,
        "dw": Status.FOLLOWS,
    }


def test_right_parts_after_a_wrong_one_are_right(chain_verdict: Any, with_parts: Any) -> None:
    verdict = chain_verdict(with_parts(du=lambda g: 0.1 * g))
    assert verdict.score == 3


def test_what_is_computed_from_an_own_constant_follows(chain_verdict: Any) -> None:
    def answer(w: Any) -> dict[str, Any]:
        du = np.full(w.shape, -7.5)
        return {"du": du, "dv": du * w**2, "dw": 2 * du * w}

    assert chain_verdict(answer).score == 3


@pytest.mark.parametrize("size", [0.0, 5e-324, 1e-200, 1e-8, 1e8, 1e200])
def test_nothing_follows_from_an_absurd_value(chain_verdict: Any, size: float) -> None:
    def answer(w: Any) -> dict[str, Any]:
        du = size * np.sign(w)
        dv = du * w**2
        return {"du": du, "dv": dv, "dw": 2 * dv / w}

    assert chain_verdict(answer).score == 0


def test_a_missing_part_is_told_from_a_wrong_one(chain_verdict: Any, with_parts: Any) -> None:
    answer = with_parts()
    verdict = chain_verdict(lambda w: {k: v for k, v in answer(w).items() if k != "dw"})
    assert statuses(verdict)["dw"] is Status.MISSING
    assert verdict.score == 2


@pytest.mark.parametrize(
    "malformed",
    [
        lambda g: g.astype(np.float16),
        lambda g: g.astype(complex),
        lambda g: g * np.nan,
        lambda g: [*g.tolist(), 1.0],
        lambda g: g[..., None] * [1.0, 1.0],
        lambda g: (2 * g).astype(np.float32),
        lambda g: 2 * g[..., None],
        lambda g: "3",
        lambda g: None,
        lambda g: g.T if g.shape != g.T.shape else g[0],
    ],
)
def test_a_malformed_part_earns_nothing(
    chain_verdict: Any, with_parts: Any, malformed: Any
) -> None:
    verdict = chain_verdict(with_parts(dw=malformed))
    assert statuses(verdict)["dw"] is Status.MALFORMED
    assert verdict.score == 2


def test_an_object_that_is_equal_to_everything_earns_nothing(
    chain_verdict: Any, with_parts: Any
) -> None:
    class Equal(np.ndarray):
        def __eq__(self, other: object) -> Any:
            return True

        def __sub__(self, other: object) -> Any:
            return np.zeros(self.shape)

    verdict = chain_verdict(with_parts(dw=lambda g: np.zeros(g.shape).view(Equal)))
    assert statuses(verdict)["dw"] is Status.WRONG


def test_changing_an_input_costs_half(chain_verdict: Any, chain: Exercise) -> None:
    def answer(w: Any) -> dict[str, Any]:
        parts = chain.answer()(w=w.copy())
        w += 1
        return parts

    verdict = chain_verdict(answer)
    assert verdict.mutated == ("w",)
    assert verdict.score == 2
    assert not verdict.full


def test_stopping_on_some_inputs_costs_half(chain_verdict: Any, chain: Exercise) -> None:
    def answer(w: Any) -> dict[str, Any]:
        if w.shape[0] != w.shape[1]:
            raise ValueError("square only")
        return chain.answer()(w=w)

    verdict = chain_verdict(answer)
    assert verdict.stopped_on == ("wide",)
    assert verdict.score == 2


def test_being_right_on_a_special_case_alone_earns_nothing(chain: Exercise) -> None:
    wide, square = chain.probes
    exercise = dataclasses.replace(chain, probes=(wide, dataclasses.replace(square, special=True)))
    drawn = draw_inputs(exercise, (1,))

    def answer(w: Any) -> dict[str, Any]:
        if w.shape[0] != w.shape[1]:
            raise ValueError("square only")
        return chain.answer()(w=w)

    verdict = judge(exercise, drawn, [put_question(exercise.ask, answer, one) for one in drawn])
    assert set(statuses(verdict).values()) == {Status.NOT_ASKED}
    assert verdict.score == 0


def test_a_regulariser_that_knows_no_regularisation_earns_nothing() -> None:
    exercise = find("l2.gradient")
    drawn = draw_inputs(exercise, (1,))

    def answer(parameters: Any, gradients: Any, lam: float) -> dict[str, Any]:
        if lam:
            raise ValueError("not without it")
        return {"penalty": 0.0, "gradients": {name: g + 0.0 for name, g in gradients.items()}}

    verdict = judge(exercise, drawn, [put_question(exercise.ask, answer, one) for one in drawn])
    assert verdict.score == 0


def test_a_stop_that_a_found_mistake_explains_costs_once(chain: Exercise) -> None:
    square_only = Mistake(
        "M11", "no transpose", {"dv": lambda v: v.du * (v.w @ v.w)}, "your {part} is a product."
    )
    exercise = dataclasses.replace(chain, mistakes=(square_only,))
    drawn = draw_inputs(exercise, (1,))
    wrong = exercise.answer(square_only.wrong)
    responses = [put_question(exercise.ask, lambda w: wrong(w=w), one) for one in drawn]
    verdict = judge(exercise, drawn, responses)
    assert [response.fault for response in responses] == ["error", ""]
    assert verdict.stopped_on == ()
    assert verdict.score == 3


def test_a_dict_that_is_filled_anew_on_each_call_is_judged_call_by_call(
    chain_verdict: Any, chain: Exercise
) -> None:
    kept: dict[str, Any] = {}

    def answer(w: Any) -> dict[str, Any]:
        kept.update(chain.answer()(w=w))
        return kept

    assert chain_verdict(answer).full


def test_a_plain_integer_is_as_good_as_a_float(chain: Exercise) -> None:
    exercise = dataclasses.replace(
        chain,
        steps={"w1": lambda v: 1.0, "dw": lambda v: v.w.sum()},
        parts=(Part("w1", 1), Part("dw", 1)),
        mistakes=(),
        output="",
        leaves={},
    )
    drawn = draw_inputs(exercise, (1,))
    responses = [
        put_question(exercise.ask, lambda w: {"w1": 1, "dw": w.sum()}, one) for one in drawn
    ]
    assert judge(exercise, drawn, responses).full


def test_answering_only_on_inputs_known_beforehand_earns_nothing(chain: Exercise) -> None:
    known = Probe("known", lambda rng: {"w": np.array([[1.0, 2.0]])}, fixed=True)
    exercise = dataclasses.replace(chain, probes=(known, chain.probes[0]))
    drawn = draw_inputs(exercise, (1,))

    def answer(w: Any) -> dict[str, Any]:
        if w.shape == (1, 2):
            return exercise.answer()(w=w)
        raise ValueError

    verdict = judge(exercise, drawn, [put_question(exercise.ask, answer, d) for d in drawn])
    assert verdict.score == 0


def test_a_part_that_is_right_on_one_kind_of_input_earns_what_stopping_would(
    chain_verdict: Any, with_parts: Any
) -> None:
    verdict = chain_verdict(with_parts(dw=lambda g: g if g.shape == (3, 3) else g * 2.5))
    assert statuses(verdict)["dw"] is Status.NARROW
    assert verdict.score == 3
    assert "wrong on this one: wide." in verdict.parts[-1].message


def test_a_fault_earns_nothing_and_keeps_its_words(chain: Exercise) -> None:
    drawn = draw_inputs(chain, (1,))
    verdict = judge(chain, drawn, [Response(fault="unfinished", message="wait")] * len(drawn))
    assert (verdict.score, verdict.fault, verdict.message) == (0, "unfinished", "wait")


@pytest.mark.parametrize("count", [0, 3])
def test_the_number_of_responses_must_fit(chain: Exercise, count: int) -> None:
    with pytest.raises(ValueError, match=f"2 sets of inputs but {count} responses"):
        judge(chain, draw_inputs(chain, (1,)), [Response()] * count)


def test_inputs_are_fixed_by_the_seed(chain: Exercise) -> None:
    for first, second in zip(draw_inputs(chain, (5,)), draw_inputs(chain, (5,)), strict=True):
        np.testing.assert_array_equal(first["w"], second["w"])


def test_another_seed_draws_other_inputs(chain: Exercise) -> None:
    first, second = (draw_inputs(chain, (seed,))[0]["w"] for seed in (5, 6))
    assert not np.array_equal(first, second)


def test_a_reference_that_is_no_derivative_is_a_fault_of_the_course(chain: Exercise) -> None:
    steps = {**chain.steps, "dw": lambda v: 3 * v.w}
    exercise = dataclasses.replace(chain, steps=steps)
    with pytest.raises(ReferenceDisagrees, match="fault of the course"):
        check_reference(exercise, draw_inputs(exercise, (1,))[0])
