"""What later parts may rest on: the student's own earlier ones, unless those are nothing."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from judging import verdict_on

from autograder.exercise import Exercise, Mistake, Part, Probe
from autograder.inside.asking import Response
from autograder.judge.draw import draw_inputs
from autograder.judge.earlier import Earlier
from autograder.judge.judge import judge
from autograder.judge.verdict import Status


def parts_of(verdict: Any) -> dict[str, Status]:
    return {part.part.name: part.status for part in verdict.parts}


def of_steps(chain: Exercise, **steps: Any) -> Exercise:
    """An exercise with these steps, all of them parts, and no mistakes."""
    return dataclasses.replace(
        chain,
        steps=steps,
        parts=tuple(Part(name, 1) for name in steps),
        mistakes=(),
        output="",
        leaves={},
    )


@pytest.mark.parametrize("more", [{}, {"dw": lambda v: v.du * v.dv}])
def test_one_number_for_everything_earns_nothing_even_where_it_follows(
    chain: Exercise, more: Any
) -> None:
    ones = Mistake("M9", "ones", {"du": lambda v: 1.0}, "your {part} is 1.")
    steps = {"du": lambda v: v.w.sum(), "dv": lambda v: 1 * v.du, **more}
    exercise = dataclasses.replace(of_steps(chain, **steps), mistakes=(ones,))
    assert verdict_on(exercise, lambda w: dict.fromkeys(steps, 1.0)).score == 0


def test_later_parts_may_rest_on_a_wrong_value_however_large_the_right_one_is(
    chain: Exercise,
) -> None:
    steps = {**chain.steps, "du": lambda v: np.full(v.w.shape, 1e4)}

    def answer(w: Any) -> dict[str, Any]:
        du = 1e9 * (3 + 0.1 * w)
        return {"du": du, "dv": du * w**2, "dw": 2 * du * w}

    assert verdict_on(dataclasses.replace(chain, steps=steps), answer).score == 3


def test_later_parts_may_rest_on_a_wrong_value_that_is_empty_on_some_inputs(
    chain: Exercise,
) -> None:
    empty = Probe("no rows", lambda rng: {"w": np.empty((0, 3))})

    def answer(w: Any) -> dict[str, Any]:
        du = 3 + 0.1 * w
        return {"du": du, "dv": du * w**2, "dw": 2 * du * w}

    exercise = dataclasses.replace(chain, probes=(*chain.probes, empty))
    assert verdict_on(exercise, answer).score == 3


def test_a_constant_follows_where_the_right_value_is_constant_too(chain: Exercise) -> None:
    exercise = of_steps(chain, du=lambda v: 1 + v.w**2, dv=lambda v: float(np.sign(v.du.sum())))
    assert verdict_on(exercise, lambda w: {"du": -5 - w**2 - w, "dv": -1.0}).score == 1


def test_what_follows_may_be_so_small_that_its_square_is_zero(chain: Exercise) -> None:
    exercise = dataclasses.replace(
        of_steps(chain, du=lambda v: 1 + v.w**2, dv=lambda v: 1e-180 * v.du**3),
        mistakes=(Mistake("M9", "fourth power", {"dv": lambda v: v.du**4}, "your {part} is du⁴."),),
    )

    def answer(w: Any) -> dict[str, Any]:
        du = 3 + 0.1 * w
        return {"du": du, "dv": 1e-180 * du**3}

    assert parts_of(verdict_on(exercise, answer)) == {"du": Status.WRONG, "dv": Status.FOLLOWS}


def test_no_part_may_rest_on_a_value_that_is_far_too_large_for_a_small_right_one(
    chain: Exercise,
) -> None:
    steps = {**chain.steps, "du": lambda v: np.full(v.w.shape, 1e-3)}

    def answer(w: Any) -> dict[str, Any]:
        du = 1e5 * (3 + 0.1 * w)
        return {"du": du, "dv": du * w**2, "dw": 2 * du * w}

    assert verdict_on(dataclasses.replace(chain, steps=steps), answer).score == 0


CONSTANT = {
    "du": lambda v: v.w.sum(),
    "dv": lambda v: 2 * v.du,
    "dw": lambda v: 3 * v.dv,
}


def test_a_constant_follows_from_a_mistake_that_is_known(chain: Exercise) -> None:
    five = Mistake("M9", "five", {"du": lambda v: 5.0}, "your {part} is 5.")
    exercise = dataclasses.replace(of_steps(chain, **CONSTANT), mistakes=(five,))
    verdict = verdict_on(exercise, lambda w: {"du": 5.0, "dv": 10.0, "dw": 30.0})
    assert parts_of(verdict) == {
        "du": Status.WRONG,
        "dv": Status.FOLLOWS,
        "dw": Status.FOLLOWS,
    }


def test_a_constant_does_not_follow_from_one_that_nothing_explains(chain: Exercise) -> None:
    verdict = verdict_on(of_steps(chain, **CONSTANT), lambda w: {"du": 5.0, "dv": 10.0, "dw": 30.0})
    assert verdict.score == 0


def test_what_varies_between_inputs_follows_though_the_first_is_the_largest(
    chain: Exercise,
) -> None:
    def answer(w: Any) -> dict[str, Any]:
        du = 5.0 if w.shape == (2, 5) else 3.0
        return {"du": du, "dv": 2 * du, "dw": 6 * du}

    assert verdict_on(of_steps(chain, **CONSTANT), answer).score == 2


def test_the_rest_follows_beside_a_malformed_part(chain_verdict: Any) -> None:
    def answer(w: Any) -> dict[str, Any]:
        du = 3 + 0.1 * w
        return {"du": du, "dv": du * w**2, "dw": "none"}

    assert parts_of(chain_verdict(answer)) == {
        "du": Status.WRONG,
        "dv": Status.FOLLOWS,
        "dw": Status.MALFORMED,
    }


def test_values_without_an_entry_vary_like_right_ones_without(chain: Exercise) -> None:
    exercise = of_steps(chain, du=lambda v: v.w + 1, dv=lambda v: np.empty((0, 2)))
    verdict = verdict_on(exercise, lambda w: {"du": w**2 + 7, "dv": np.empty((0, 2))})
    assert parts_of(verdict) == {"du": Status.WRONG, "dv": Status.RIGHT}


def test_a_single_part_follows_from_the_forward_pass_even_where_it_is_one_number(
    chain: Exercise,
) -> None:
    exercise = dataclasses.replace(
        of_steps(chain, u=lambda v: 1 + v.w**2, side=lambda v: float(np.sign(v.u.sum()))),
        parts=(Part("side", 1),),
        builds_on="chain.forward",
    )
    drawn = draw_inputs(exercise, (1,))
    earlier = Earlier([{"u": -2 - one["w"] ** 2} for one in drawn], explained=False)
    verdict = judge(exercise, drawn, [Response({"side": -1.0}) for _ in drawn], earlier=earlier)
    assert parts_of(verdict) == {"side": Status.FOLLOWS}


def test_a_number_in_single_precision_is_not_that_one_number(chain: Exercise) -> None:
    ones = Mistake("M9", "ones", {"du": lambda v: 1.0}, "your {part} is 1.")
    steps = {"du": lambda v: v.w.sum(), "dv": lambda v: 1 * v.du, "dw": lambda v: 1 * v.dv}
    exercise = dataclasses.replace(of_steps(chain, **steps), mistakes=(ones,))
    verdict = verdict_on(exercise, lambda w: {"du": 1.0, "dv": 1.0, "dw": np.float32(1)})
    assert parts_of(verdict)["dv"] is Status.FOLLOWS


def test_an_odd_object_never_meets_the_steps_of_the_reference(
    chain: Exercise, chain_verdict: Any
) -> None:
    class Spy(np.ndarray):
        met = False

        def __mul__(self, other: Any) -> Any:
            Spy.met = True
            return super().__mul__(other)

    chain_verdict(lambda w: {"du": (3 + w).view(Spy), "dv": 7 + w, "dw": 8 + w})
    assert not Spy.met


def test_one_number_for_everything_is_called_by_no_other_name(chain: Exercise) -> None:
    ones = Mistake("M9", "ones", {"du": lambda v: 1.0}, "your {part} is 1.")
    steps = {"du": lambda v: v.w.sum(), "dv": lambda v: 1 * v.du}
    exercise = dataclasses.replace(of_steps(chain, **steps), mistakes=(ones,))
    finding = verdict_on(exercise, lambda w: dict.fromkeys(steps, 1.0)).first_wrong.finding
    assert not finding.name
    assert finding.clues == ("Your whole answer is the same number, on every input.",)


def test_zero_for_everything_has_its_name(chain: Exercise) -> None:
    exercise = of_steps(chain, du=lambda v: v.w.sum(), dv=lambda v: 1 * v.du)
    zeros = verdict_on(exercise, lambda w: {"du": 0.0, "dv": 0.0})
    assert zeros.first_wrong.finding.id == "M18"
