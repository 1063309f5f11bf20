"""What the judge says beside its verdicts: where a fault shows, what stopped, what is shared."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from judging import verdict_on

from autograder.exercise import Exercise, Part, Probe


def message_on(verdict: Any, part: str) -> str:
    return next(found.message for found in verdict.parts if found.part.name == part)


def renamed(chain: Exercise, name: Any) -> Any:
    """A right answer in which dw has another name, which may depend on w."""

    def answer(w: Any) -> dict[str, Any]:
        parts = chain.answer()(w=w)
        return {(name(w) if key == "dw" else key): value for key, value in parts.items()}

    return answer


def test_a_part_under_another_name_is_told_with_that_name(chain: Exercise) -> None:
    message = message_on(verdict_on(chain, renamed(chain, lambda w: "dW")), "dw")
    assert message == "there is no entry 'dw'. Your dict has other names: dW."


def test_a_part_without_another_name_is_told_alone(chain_verdict: Any) -> None:
    message = message_on(chain_verdict(lambda w: {"du": w, "dv": w}), "dw")
    assert message == "there is no entry 'dw'."


@pytest.mark.parametrize("shape", [(2, 5), (3, 3)])
def test_the_other_name_is_one_of_an_answer_that_lacks_the_part(
    chain: Exercise, shape: tuple[int, int]
) -> None:
    answer = renamed(chain, lambda w: "dW" if w.shape == shape else "dw")
    assert "other names: dW." in message_on(verdict_on(chain, answer), "dw")


def test_of_several_answers_that_lack_the_part_the_first_is_told(chain: Exercise) -> None:
    answer = renamed(chain, lambda w: "dW" if w.shape == (2, 5) else "Dw")
    assert "other names: dW." in message_on(verdict_on(chain, answer), "dw")


def _ask_for_all(answer: Any, inputs: dict[str, Any]) -> dict[str, Any]:
    returned: dict[str, Any] = answer(**inputs)
    return returned


def test_where_the_asking_names_the_parts_no_entry_is_missed(chain: Exercise) -> None:
    exercise = dataclasses.replace(chain, ask=_ask_for_all)
    verdict = verdict_on(exercise, lambda w: {"du": w, "dv": w})
    assert message_on(verdict, "dw").startswith("nothing was returned")


def test_a_fault_of_form_on_some_inputs_says_on_which(chain_verdict: Any, with_parts: Any) -> None:
    verdict = chain_verdict(with_parts(dw=lambda g: g.ravel() if g.shape == (3, 3) else g))
    assert message_on(verdict, "dw").endswith("(On this input: square.)")


def test_a_fault_of_form_on_all_inputs_names_none(chain_verdict: Any, with_parts: Any) -> None:
    assert "On this input" not in message_on(chain_verdict(with_parts(dw=np.ravel)), "dw")


def test_the_first_stop_is_told(chain: Exercise) -> None:
    probes = tuple(
        Probe(f"{n} rows", lambda rng, n=n: {"w": rng.normal(size=(n, 2))}) for n in (1, 2, 3)
    )

    def answer(w: Any) -> dict[str, Any]:
        if len(w) < 3:
            raise ValueError(f"not {len(w)} rows")
        return chain.answer()(w=w)

    verdict = verdict_on(dataclasses.replace(chain, probes=probes), answer)
    assert "not 1 rows" in verdict.message
    assert verdict.stopped_on == ("1 rows", "2 rows")


def test_a_mistake_that_does_not_stop_explains_no_stop(chain: Exercise) -> None:
    def answer(w: Any) -> dict[str, Any]:
        if w.shape[0] != w.shape[1]:
            raise ValueError("square only")
        return chain.answer(chain.mistakes[0].wrong)(w=w)

    verdict = verdict_on(chain, answer)
    assert verdict.first_wrong.finding.mistake is chain.mistakes[0]
    assert verdict.stopped_on == ("wide",)


def test_an_answer_that_its_acceptance_cannot_read_is_wrong(chain: Exercise) -> None:
    def accept(value: Any, right: Any) -> str | None:
        return None if value["k"] == right.order else "it is another."

    exercise = dataclasses.replace(
        chain,
        steps={"order": lambda v: 1},
        parts=(Part("order", 1, accept=accept),),
        mistakes=(),
        output="",
        leaves={},
    )
    verdict = verdict_on(exercise, lambda w: {"order": 3})
    assert message_on(verdict, "order") == "it could not be read (TypeError)."
    assert verdict.score == 0


def test_a_part_that_is_an_input_is_told(chain: Exercise) -> None:
    exercise = dataclasses.replace(chain, steps={**chain.steps, "du": lambda v: v.w})
    verdict = verdict_on(exercise, lambda w: {**exercise.answer()(w=w), "du": w})
    assert verdict.shared == (("du", "w"),)


@pytest.mark.parametrize(
    ("du", "dv", "told"),
    [
        (lambda v: v.w, lambda v: v.w, False),
        (lambda v: v.w, lambda v: v.w**2, True),
        (lambda v: v.w**2, lambda v: v.w**3 + v.du, True),
    ],
)
def test_two_parts_in_one_array_are_told_where_one_is_wrong(
    chain: Exercise, du: Any, dv: Any, told: bool
) -> None:
    exercise = dataclasses.replace(
        chain,
        steps={"du": du, "dv": dv},
        parts=(Part("du", 1), Part("dv", 1)),
        mistakes=(),
        output="",
        leaves={},
    )

    def answer(w: Any) -> dict[str, Any]:
        one = w + 0.0
        return {"du": one, "dv": one}

    assert verdict_on(exercise, answer).shared == ((("du", "dv"),) if told else ())


def test_what_is_no_part_may_share_its_memory(chain: Exercise) -> None:
    def answer(w: Any) -> dict[str, Any]:
        note = w + 0.0
        return {**chain.answer()(w=w), "note": note, "twin": note}

    assert verdict_on(chain, answer).shared == ()
