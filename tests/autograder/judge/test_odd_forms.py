"""Answers of an odd form, for every exercise: each is refused or accepted, with its own words."""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from judging import exercises, judged, numeric_parts, positional

from autograder.exercise import Exercise
from autograder.exercises import find
from autograder.feedback.words import named_mistakes, summary
from autograder.inside.asking import call_with_inputs
from autograder.judge.draw import draw_inputs
from autograder.judge.verdict import Status

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


@exercises
def test_each_odd_form_has_its_own_words(exercise: Exercise) -> None:
    right = positional(exercise)
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
    right = positional(exercise)

    def tamper(value: Any) -> Any:
        changed = np.array(value, dtype=float)
        # In the same way each time that the same value comes.
        rng = np.random.default_rng(zlib.crc32(changed.tobytes()))
        at = tuple(rng.integers(0, size) for size in changed.shape)
        changed[at] += rng.uniform(0.3, 0.9) * (1 + abs(changed[at]))
        return changed if changed.ndim else float(changed)

    for name in numeric_parts(exercise):
        if not np.size(positional(exercise)(*draw_inputs(exercise, (1,))[0].values())[name]):
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
    right = positional(exercise)
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
    names, right = numeric_parts(exercise), positional(exercise)
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


@pytest.mark.parametrize("number", [1.7e308, np.longdouble("1e4000"), np.float32(3e38)])
def test_numbers_too_large_to_compute_with_say_nothing_to_who_grades(number: Any) -> None:
    exercise = find("quiz2.backward")
    right = positional(exercise)

    def answer(*inputs: Any) -> dict[str, Any]:
        signs = {name: np.sign(value) for name, value in right(*inputs).items()}
        return {name: (number * value)[()] for name, value in signs.items()}

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        assert judged(exercise, answer).score == 0
    assert told == []
