"""Answers of an odd form, for every exercise: each is refused or accepted, with its own words."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np
import pytest
from judging import exercises, verdict_on

from autograder.exercise import Exercise
from autograder.exercises import EXERCISES
from autograder.feedback.words import feedback, named_mistakes, summary
from autograder.inside.asking import call_with_inputs
from autograder.judge.answer_key import AnswerKey
from autograder.judge.approximations import LEAST
from autograder.judge.draw import draw_inputs
from autograder.judge.verdict import Status, Verdict
from course_bp.finite_differences import finite_difference

# A value's form → what the feedback says of it. A plain int is as good as a float, so that only
# an array of integers is odd.
FORMS: Mapping[str, tuple[Callable[[Any], Any], str]] = {
    "nan": (lambda g: g * np.nan, "it is nan"),
    "inf": (lambda g: np.full(np.shape(g), np.inf), "it is inf"),
    "float32": (lambda g: np.asarray(g, np.float32), "dtype is float32"),
    "int": (lambda g: np.asarray(g, np.int64), "Integers lose everything after the decimal point"),
    "complex": (lambda g: np.asarray(g, complex), "The value should be real, not complex"),
    "list": (lambda g: np.asarray([g, g]).tolist(), "np.array(...)"),
    "matrix": (lambda g: np.asmatrix(np.atleast_1d(g).reshape(1, -1)), "product: use np.array"),
    "masked": (lambda g: np.ma.masked_array(g), "leaves some entries out"),
    "text": (lambda g: str(g), "not a string"),
    "None": (lambda g: None, "it is None"),
    "one axis more": (lambda g: np.asarray(g)[..., None], "its shape is"),
}


def right_answer(exercise: Exercise) -> Callable[..., dict[str, Any]]:
    names = list(draw_inputs(exercise, (1,))[0])
    answer = exercise.answer()
    return lambda *inputs: answer(**dict(zip(names, inputs, strict=True)))


@cache
def key_of(exercise_id: str) -> AnswerKey:
    exercise = EXERCISES[exercise_id]
    return AnswerKey(exercise, draw_inputs(exercise, (1,)))


def judged(exercise: Exercise, answer: Any) -> Verdict:
    return verdict_on(exercise, answer, key=key_of(exercise.id))


def words_on(exercise: Exercise, answer: Any) -> str:
    return " ".join(feedback(judged(exercise, answer)).text.split())


def numeric_parts(exercise: Exercise) -> list[str]:
    return [part.name for part in exercise.parts if part.accept is None]


@exercises
def test_each_odd_form_has_its_own_words(exercise: Exercise) -> None:
    right = right_answer(exercise)
    for change, words in FORMS.values():
        for name in numeric_parts(exercise)[:1]:
            verdict = judged(
                exercise,
                lambda *inputs, name=name, change=change: {
                    **(parts := right(*inputs)),
                    name: change(parts[name]),
                },
            )
            assert verdict.score < exercise.points
            (odd,) = [part for part in verdict.parts if part.part.name == name]
            # The numbers may be right in a form that was not asked for.
            assert odd.status in (Status.MALFORMED, Status.FORM, Status.NUMERIC) or verdict.message
            assert words in odd.message or verdict.message


@exercises
def test_one_tampered_entry_is_refused_and_called_by_no_name(exercise: Exercise) -> None:
    rng = np.random.default_rng(7)
    right = right_answer(exercise)

    def tamper(value: Any) -> Any:
        changed = np.array(value, dtype=float)
        at = tuple(rng.integers(0, size) for size in changed.shape)
        changed[at] += rng.uniform(0.3, 0.9) * (1 + abs(changed[at]))
        return changed if changed.ndim else float(changed)

    for name in numeric_parts(exercise):
        if not np.size(right_answer(exercise)(*draw_inputs(exercise, (1,))[0].values())[name]):
            continue

        def answer(*inputs: Any, name: str = name) -> dict[str, Any]:
            parts = right(*inputs)
            return {**parts, name: tamper(parts[name])} if np.size(parts[name]) else parts

        verdict = judged(exercise, answer)
        assert verdict.score < exercise.points
        assert named_mistakes(verdict) == ()


@exercises
@pytest.mark.parametrize("constant", [0.0, 1.0])
def test_a_constant_answer_earns_nothing(exercise: Exercise, constant: float) -> None:
    right = right_answer(exercise)
    verdict = judged(
        exercise,
        lambda *inputs: {
            name: np.full(np.shape(value), constant) for name, value in right(*inputs).items()
        },
    )
    assert verdict.score == 0


@exercises
@pytest.mark.parametrize(
    ("answer", "fault", "words"),
    [
        (None, "function", "asks for a function"),
        ({"dx": 1.0}, "function", "asks for a function"),
    ],
)
def test_what_is_no_function_is_refused(
    exercise: Exercise, answer: Any, fault: str, words: str
) -> None:
    verdict = judged(exercise, answer)
    assert (verdict.score, verdict.fault) == (0, fault)


@exercises
@pytest.mark.parametrize("odd", [10**400, np.zeros((0, 3)), 1e308, -1e308], ids=str)
def test_what_no_float_holds_and_what_holds_nothing_are_judged_in_silence(
    exercise: Exercise, odd: Any
) -> None:
    names, right = numeric_parts(exercise), right_answer(exercise)
    for some in (names, names[:1]):
        odds = dict.fromkeys(some, odd)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            verdict = judged(exercise, lambda *inputs, odds=odds: {**right(*inputs), **odds})
        assert not names or verdict.score < exercise.points


def unfilled(*inputs: Any) -> dict[str, Any]:
    raise NotImplementedError


@exercises
def test_an_unfilled_stub_earns_nothing(exercise: Exercise) -> None:
    verdict = judged(exercise, unfilled)
    assert (verdict.score, summary(verdict)) == (0, ("not filled in yet",))


@exercises
def test_faults_of_the_call_are_told_apart(exercise: Exercise) -> None:
    def nothing(*inputs: Any) -> None:
        return None

    def prints(*inputs: Any) -> None:
        print("0.5")

    def many(*inputs: Any, a: Any, b: Any, c: Any) -> None:
        return None

    found = {
        answer.__name__: summary(judged(exercise, answer))[0] for answer in (nothing, prints, many)
    }
    assert found == {
        "nothing": "returns nothing",
        "prints": "prints its result and returns nothing",
        "many": "takes different arguments",
    }


@exercises
def test_what_is_missing_is_told_by_a_name_that_the_student_knows(exercise: Exercise) -> None:
    verdict = judged(exercise, lambda *inputs: {"other": 1.0})
    assert verdict.score == 0
    missing = [part for part in verdict.parts if part.status is Status.MISSING]
    assert missing
    if exercise.ask is not call_with_inputs:
        assert all(part.part.name not in part.message for part in missing)


def names_within(value: Any) -> Iterator[str]:
    """The names of the inputs, and of what lies in them by name."""
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    for one in value if isinstance(value, list) else ():
        yield from names_within(one)


@exercises
def test_an_input_changed_in_place_is_named_and_costs_half(exercise: Exercise) -> None:
    right = right_answer(exercise)

    def first_array(value: Any) -> Any:
        if isinstance(value, np.ndarray):
            return value if value.size and value.dtype == float else None
        entries = value.values() if isinstance(value, dict) else value
        if not isinstance(value, dict | list):
            return None
        return next((a for a in map(first_array, entries) if a is not None), None)

    def answer(*inputs: Any) -> dict[str, Any]:
        parts = copy.deepcopy(right(*inputs))
        array = next((a for a in map(first_array, inputs) if a is not None), None)
        if array is not None:
            array += 1
        return parts

    names = draw_inputs(exercise, (1,))[0]
    if all(first_array(value) is None for value in names.values()):
        pytest.skip("nothing that could be changed comes in")
    verdict = judged(exercise, answer)
    assert verdict.score == exercise.points / 2
    assert verdict.mutated[0].split("[")[0].split(" ")[0] in set(names_within(names))
    assert f"changed its input {verdict.mutated[0]}"[:30] in words_on(exercise, answer)


@exercises
def test_parts_that_share_memory_are_told_when_one_is_wrong(exercise: Exercise) -> None:
    right = right_answer(exercise)
    first = right(*draw_inputs(exercise, (1,))[0].values())
    names = [n for n in numeric_parts(exercise) if isinstance(first[n], np.ndarray)]
    pair = next(
        (
            (a, b)
            for k, a in enumerate(names)
            for b in names[k + 1 :]
            if first[a].shape == first[b].shape
            and first[a].size
            and not np.allclose(first[a], first[b])
        ),
        None,
    )
    if pair is None:
        pytest.skip("no two parts could share an array")

    def answer(*inputs: Any) -> dict[str, Any]:
        parts = right(*inputs)
        return {**parts, pair[0]: parts[pair[1]]}

    verdict = judged(exercise, answer)
    assert pair in verdict.shared
    assert "the same array in memory" in words_on(exercise, answer)


@exercises
def test_a_part_that_is_an_inputs_own_memory_is_told(exercise: Exercise) -> None:
    inputs = draw_inputs(exercise, (1,))[0]
    arrays = [name for name, value in inputs.items() if isinstance(value, np.ndarray)]
    if not arrays or not numeric_parts(exercise) or exercise.ask is not call_with_inputs:
        pytest.skip("no array comes in")
    part, place = numeric_parts(exercise)[0], list(inputs).index(arrays[0])
    right = right_answer(exercise)
    answer = lambda *given: {**right(*given), part: given[place]}  # noqa: E731
    assert (part, arrays[0]) in judged(exercise, answer).shared
    assert f"uses the same memory as the input {arrays[0]}" in words_on(exercise, answer)


@exercises
def test_a_finite_difference_is_recognised_where_a_derivative_is_asked(exercise: Exercise) -> None:
    leaves = {part: leaf for part, leaf in exercise.leaves.items() if part in exercise.derivatives}
    if not leaves:
        pytest.skip("no derivative of one output is asked")
    right = right_answer(exercise)
    names = list(draw_inputs(exercise, (1,))[0])

    def answer(*given: Any) -> dict[str, Any]:
        inputs = dict(zip(names, given, strict=True))
        parts = right(*given)
        for part, leaf in leaves.items():

            def output(value: Any, leaf: str = leaf) -> Any:
                return getattr(exercise.solve({**inputs, leaf: value}), exercise.output)

            parts[part] = finite_difference(output)(inputs[leaf])
        return parts

    verdict = judged(exercise, answer)
    found = {part.part.name: part.finding for part in verdict.parts if part.finding}
    assert set(named_mistakes(verdict)) == {"finite differences or another approximation"}
    assert set(found) <= set(leaves)
    assert verdict.score < exercise.points
    assert "small errors are those of a difference quotient" in words_on(exercise, answer)


def test_a_small_number_in_a_denominator_is_not_said_to_be_a_finite_difference() -> None:
    exercise = EXERCISES["case1.backward"]

    def answer(theta: Any, x: Any, y_star: float) -> dict[str, Any]:
        y = 1 / (1 + np.exp(-theta[0] - theta[1:] @ x))
        dy = -y_star / (y + 1e-8) + (1 - y_star) / (1 - y + 1e-8)
        da = dy * y * (1 - y)
        return dict(dy=dy, da=da, dtheta=da * np.append(1.0, x), dx=da * theta[1:])

    assert named_mistakes(judged(exercise, answer)) == (
        "finite differences or another approximation",
    )
    assert "or of a small number added to a denominator" in words_on(exercise, answer)


def test_a_finite_difference_within_the_tolerance_earns_what_the_exercise_says() -> None:
    exercise = EXERCISES["activations.backward"]
    forward = EXERCISES["activations.values"].answer()

    def answer(z: Any, upstream: Any) -> dict[str, Any]:
        parts = exercise.answer()(z=z, upstream=upstream)
        above, below = (forward(z=z + h)["tanh"] for h in (1e-5, -1e-5))
        near = np.abs(z) < 5
        parts["dtanh"] = np.where(near, upstream * (above - below) / 2e-5, parts["dtanh"])
        return parts

    (tanh,) = [p for p in judged(exercise, answer).parts if p.part.name == "dtanh"]
    assert tanh.status is Status.NUMERIC
    assert tanh.earned(exercise) == tanh.part.points * exercise.differences_earn


@exercises
def test_no_right_answer_is_taken_for_a_finite_difference(exercise: Exercise) -> None:
    for answer in exercise.variants.values():
        assert all(p.status is not Status.NUMERIC for p in judged(exercise, answer).parts)
    assert LEAST > 1e-13
