"""The form without a browser; tests/browser types into it in one."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.practice.form import NEW, NOTHING, Form, read_number
from autograder.practice.given import NotAsked
from autograder.practice.session import Practice, _PracticeCall


@pytest.fixture
def task() -> Practice:
    return _PracticeCall()("graphs", level=1, seed=2)


def press(form: Form, what: str, **more: Any) -> str:
    """What a click in the browser comes to."""
    form._handle_custom_msg({"what": what, **more}, [])
    return str(form.said)


def right(task: Practice) -> dict[str, str]:
    solved = task.question.exercise.solve(task.inputs)
    return {name: f"{getattr(solved, name):.3g}" for name in task.asked}


def test_there_is_a_field_for_each_derivative(task: Practice) -> None:
    form = task.form()
    assert form.names == task.asked
    assert form.said == ""


def test_its_text_says_what_it_is(task: Practice) -> None:
    form = task.form()
    words = "A form for dg, dx, dz, with the buttons Check, Hint, Solution, Next, My record."
    assert repr(form) == words
    assert form._repr_mimebundle_()[0]["text/plain"] in words


def test_what_is_typed_is_judged(task: Practice) -> None:
    said = press(task.form(), "check", typed=right(task))
    assert "parts are right" in said


def test_fields_may_stay_empty(task: Practice) -> None:
    name, value = next(iter(right(task).items()))
    said = press(task.form(), "check", typed={**dict.fromkeys(task.asked, " "), name: value})
    assert "Your dg is right" in said


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, NOTHING),
        ({"dx": ""}, NOTHING),
        ({"dx": "<b>one"}, "&lt;b&gt;one"),
        ({"dq": "1"}, "no dq"),
        ({"dx": "[1, 2]"}, "You gave a list of 2 numbers for dx. Give one number"),
    ],
)
def test_what_cannot_be_read_is_said(task: Practice, typed: dict[str, str], words: str) -> None:
    assert words in press(task.form(), "check", typed=typed)


@pytest.mark.parametrize("what", ["hint", "solution", "record"])
def test_the_other_buttons_say_something(task: Practice, what: str) -> None:
    assert press(task.form(), what)


def test_next_brings_another_question_and_its_fields(task: Practice) -> None:
    shown: list[str] = []
    form = task.form(lambda: shown.append(task.question.program.source))
    before = task.question.program.source
    press(form, "hint")
    assert press(form, "next") == NEW
    assert shown == [task.question.program.source]
    assert shown != [before]
    assert form.names == task.asked
    assert form.number == 2


def test_an_unknown_message_does_nothing(task: Practice) -> None:
    assert press(task.form(), "open the door") == ""


@pytest.mark.parametrize(
    ("text", "value"), [(" -1.3 ", -1.3), ("−2", -2), ("[[1, 2], [3, 4]]", [[1, 2], [3, 4]])]
)
def test_numbers_and_arrays_are_read(text: str, value: Any) -> None:
    assert read_number("dx", text) == value


@pytest.mark.parametrize("text", ["one", "__import__('os')", "[" * 2000])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NotAsked, match="dx: "):
        read_number("dx", text)
