from __future__ import annotations

import sys
from enum import Enum
from typing import Any

import numpy as np
import pytest

from autograder.inside.asking import call_with_inputs, put_question

INPUTS = {"x": np.array([1.0, 2.0]), "z": 3.0}


def ask(answer: Any) -> Any:
    return put_question(call_with_inputs, answer, INPUTS)


def test_values_come_back_by_name() -> None:
    response = ask(lambda x, z: {"s": x * z})
    assert response.fault == ""
    np.testing.assert_array_equal(response.values["s"], [3.0, 6.0])


def raises(error: BaseException) -> Any:
    def answer(x: Any, z: Any) -> Any:
        raise error

    return answer


class Unspeakable(Exception):
    def __str__(self) -> str:
        raise ValueError


def hostile_items(x: Any, z: Any) -> Any:
    class Hostile(dict[str, Any]):
        def items(self) -> Any:
            raise ValueError

        def get(self, *_: Any) -> Any:
            raise ValueError

    return Hostile(s=x)


def recurse(x: Any, z: Any) -> Any:
    return recurse(x, z)


@pytest.mark.parametrize(
    ("answer", "fault", "words"),
    [
        (None, "function", "The answer is None"),
        (np.ones(3), "function", "without calling it"),
        (lambda x: {}, "arguments", "it should take (x, z), in this order"),
        (lambda x, z: None, "none", "forget the return"),
        (lambda x, z: print(x), "printed", "print only shows a value to you"),
        (lambda x, z: 3.0, "dict", "asks for a dict"),
        (raises(NotImplementedError()), "unfinished", "waiting for your code"),
        (raises(ZeroDivisionError("division by zero")), "error", "ZeroDivisionError: division"),
        (raises(SystemExit(0)), "error", "SystemExit"),
        (raises(GeneratorExit()), "error", "GeneratorExit"),
        (raises(Unspeakable()), "error", "Unspeakable"),
        (lambda x, z: {"s": np.ones((2, 3)) @ np.ones(2)}, "error", "size 2 is different from 3"),
        (recurse, "error", "RecursionError"),
    ],
)
def test_what_goes_wrong_is_told_in_words(answer: Any, fault: str, words: str) -> None:
    response = ask(answer)
    assert response.fault == fault
    assert words in response.message


def test_the_students_own_line_is_shown() -> None:
    response = ask(recurse)
    assert "return recurse(x, z)" in response.message


def test_a_type_error_inside_the_answer_is_not_taken_for_wrong_arity() -> None:
    assert "unsupported operand" in ask(lambda x, z: {"s": z + "1"}).message


def test_an_input_that_was_changed_in_place_is_reported() -> None:
    def answer(x: Any, z: Any) -> dict[str, Any]:
        x += 1
        return {"s": x * z}

    assert ask(answer).mutated == ("x",)


def test_the_entry_that_was_changed_in_place_is_reported() -> None:
    def answer(cache: Any, W: Any) -> dict[str, Any]:
        cache["A"][0] = 5.0
        W[1] += 1
        return {"s": 1.0}

    inputs = {"cache": {"A": np.ones(2), "Z": np.ones(2)}, "W": [np.ones(2), np.ones(3)]}
    assert put_question(call_with_inputs, answer, inputs).mutated == (
        "cache['A']",
        "W (entry 2)",
    )


def test_what_is_printed_is_still_shown(capsys: pytest.CaptureFixture[str]) -> None:
    def answer(x: Any, z: Any) -> dict[str, Any]:
        print("on the way")
        return {"s": x}

    assert ask(answer).fault == ""
    assert capsys.readouterr().out == "on the way\n"


def test_shared_memory_is_reported() -> None:
    def answer(x: Any, z: Any) -> dict[str, Any]:
        both = np.zeros(4)
        return {"p": both, "q": both[1:], "r": x, "s": np.zeros(4)}

    assert ask(answer).shared == (("p", "q"), ("r", "x"))


def test_the_callers_inputs_stay_as_they_are() -> None:
    def answer(x: Any, z: Any) -> dict[str, Any]:
        x[:] = 0
        return {"s": x}

    ask(answer)
    np.testing.assert_array_equal(INPUTS["x"], [1.0, 2.0])


def test_an_untouched_input_is_not_reported() -> None:
    assert ask(lambda x, z: {"s": x}).mutated == ()


def test_a_hostile_dict_is_read_as_a_dict() -> None:
    np.testing.assert_array_equal(ask(hostile_items).values["s"], INPUTS["x"])


def test_warnings_and_stderr_stay_out_of_the_notebook(capfd: pytest.CaptureFixture[str]) -> None:
    def answer(x: Any, z: Any) -> dict[str, Any]:
        print("a note", file=sys.stderr)
        return {"s": np.log(x - 1)}

    assert ask(answer).fault == ""
    assert capfd.readouterr().err == ""


def test_names_that_were_not_asked_for_are_told() -> None:
    response = put_question(call_with_inputs, lambda x, z: {"ds": 1.0, "s": x}, INPUTS, {"s"})
    assert set(response.values) == {"s"}
    assert response.others == ("ds",)


def test_names_of_another_class_of_strings_come_back_as_plain_ones() -> None:
    names = Enum("names", {"dW": "dW"}, type=str)
    (name,) = call_with_inputs(lambda x: {names.dW: x}, {"x": 1.0})
    assert type(name) is str
    assert f"{name}_L" == "dW_L"
