from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from autograder.feedback.words import named_mistakes
from autograder.practice import Practice, practice
from autograder.practice.learner import Learner
from autograder.practice.record import Record, write_record
from autograder.practice.session import _PracticeCall


@pytest.fixture
def call() -> _PracticeCall:
    return _PracticeCall()


@pytest.fixture
def task(call: _PracticeCall) -> Practice:
    return call("graphs", level=1, seed=2)


def numbers(task: Practice, wrong: Any = None) -> dict[str, Any]:
    solved = task.question.exercise.solve(task.inputs, wrong)
    return {part.name: getattr(solved, part.name) for part in task.question.exercise.parts}


def function(task: Practice, wrong: Any = None) -> Any:
    """A student's function: it must not call the library while it is asked."""
    exercise, known = task.question.exercise, {}
    from autograder.judge.draw import PUBLIC_SEED, draw_inputs

    for inputs in draw_inputs(exercise, PUBLIC_SEED):
        known[repr(list(inputs.values()))] = exercise.answer(wrong)(**inputs)
    return lambda *given: known[repr(list(given))]


def test_a_terminal_shows_what_is_said_without_print(task: Practice) -> None:
    for result in (task.answer(**numbers(task)), task.check(function(task))):
        assert repr(result) == str(result)
        assert f"All {len(task.asked)} parts are right" in repr(result)


def test_right_numbers_are_right(task: Practice) -> None:
    assert task.answer(**numbers(task)).verdict.full


def test_a_right_function_is_right(task: Practice) -> None:
    assert task.check(function(task)).verdict.full


def test_a_mistake_is_named_in_numbers_and_in_code(task: Practice) -> None:
    mistake = task.question.exercise.mistakes[0]
    for result in (
        task.answer(**numbers(task, mistake.wrong)),
        task.check(function(task, mistake.wrong)),
    ):
        assert not result.verdict.full
        assert mistake.name in str(result)


@pytest.mark.parametrize(
    ("unnamed", "named", "sentence"),
    [
        ((), {}, "Give at least one number by its name: answer(dx=…, dz=…)."),
        ((1.0,), {}, "Say which number is which: answer(dx=…, dz=…)."),
        ((), {"self": 1.0}, "There is no self here. This task asks for dx, dz."),
        ((), {"dx": "1/a"}, "You gave text for dx. Give one number, such as dx=-1.3."),
    ],
)
def test_what_cannot_be_read_is_one_sentence_and_no_attempt(
    call: _PracticeCall, unnamed: tuple[float, ...], named: dict[str, Any], sentence: str
) -> None:
    task = call("graphs", level=1, seed=1)
    result = task.answer(*unnamed, **named)
    assert repr(result) == str(result) == sentence
    assert sentence in result._repr_html_().replace("&#x27;", "'")
    assert not result.verdict.full
    assert result.score == 0
    assert task.hint().text.startswith("Hint 1 of 3 for the whole exercise: ")


def test_a_mistake_counts_once_per_question(call: _PracticeCall, task: Practice) -> None:
    mistake = task.question.exercise.mistakes[0]
    for _ in range(3):
        task.answer(**numbers(task, mistake.wrong))
    assert call.record().rows[mistake.name].made == 1


def test_correcting_it_in_the_same_question_settles_nothing(
    call: _PracticeCall, task: Practice
) -> None:
    mistake = task.question.exercise.mistakes[0]
    task.answer(**numbers(task, mistake.wrong))
    task.answer(**numbers(task))
    assert call.record().rows[mistake.name].right_since == 0


def test_a_later_right_answer_counts_for_what_could_have_been_made(call: _PracticeCall) -> None:
    task = call("graphs", level=1, seed=2)
    names = [mistake.name for mistake in task.question.exercise.mistakes]
    call._learner.record = Record({}).with_mistakes([names[0], "a mistake of other functions"])
    task.answer(**numbers(task))
    rows = call.record().rows
    assert rows[names[0]].right_since == 1
    assert rows["a mistake of other functions"].right_since == 0


def test_part_of_the_answer_or_a_shown_solution_settles_nothing(call: _PracticeCall) -> None:
    task = call("graphs", level=1, seed=2)
    name = task.question.exercise.mistakes[0].name
    call._learner.record = Record({}).with_mistakes([name])
    task.answer(dx=numbers(task)["dx"])
    task.solution()
    task.answer(**numbers(task))
    assert call.record().rows[name].right_since == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"dx": 123.0}, "does not match any mistake"), ({"dz": 3.0}, "more than one mistake")],
)
def test_a_wrong_answer_without_a_name_settles_nothing_by_its_correction(
    call: _PracticeCall, wrong: dict[str, float], said: str
) -> None:
    task = call("graphs", level=1, seed=2)
    # g = z·x; h = √x; k = z + g; y = h + k, so dz = 1 + x, and 1 + z = 1 + 2x = 2 + x here.
    task.question = replace(task.question, inputs={"x": 1.0, "z": 2.0})
    names = [mistake.name for mistake in task.question.exercise.mistakes]
    call._learner.record = Record({}).with_mistakes(names)
    result = task.answer(**numbers(task) | wrong)
    assert said in " ".join(str(result).split())
    assert named_mistakes(result.verdict) == ()
    assert task.answer(**numbers(task)).verdict.full
    assert {row.right_since for row in call.record().rows.values()} == {0}


def test_too_few_digits_are_no_mistake(call: _PracticeCall) -> None:
    task = call("graphs", level=1, seed=2)
    names = [mistake.name for mistake in task.question.exercise.mistakes]
    call._learner.record = Record({}).with_mistakes(names)
    right = numbers(task)
    coarse = task.answer(**right | {"dx": round(right["dx"], 1)})
    assert "give three significant digits" in " ".join(str(coarse).split())
    task.answer(**right)
    assert {row.right_since for row in call.record().rows.values()} == {1}


LAST = " This is the last hint. solution() shows all values and the backward pass as code."


def test_before_the_first_answer_hints_are_about_the_whole_function(task: Practice) -> None:
    hints = [
        f"Hint {number} of 3 for the whole exercise: {text}"
        for number, text in enumerate(task.question.exercise.hints, 1)
    ]
    assert [task.hint().text for _ in range(4)] == [*hints, hints[-1] + LAST]


def test_after_an_answer_each_hint_says_more_about_its_mistake(task: Practice) -> None:
    mistake = task.question.exercise.mistakes[0]
    assert mistake.hints
    said = " ".join(str(task.answer(**numbers(task, mistake.wrong))).split())
    assert f"Ask yourself: {mistake.hints[0]}" in said
    first, second, again = (task.hint().text for _ in range(3))
    assert (first.split(": ")[1], second.split(": ")[1]) == mistake.hints[1:]
    assert first.split(": ")[1] not in said
    assert again == second + LAST


def test_an_answer_with_the_same_mistake_goes_on_with_its_hints(task: Practice) -> None:
    mistake = task.question.exercise.mistakes[0]
    wrong = numbers(task, mistake.wrong)
    task.answer(**wrong)
    assert task.hint().text.startswith("Hint 1 of 2")
    task.answer(**{name: round(value, 4) for name, value in wrong.items()})
    assert task.hint().text.startswith("Hint 2 of 2")


def test_the_next_question_is_another_one(task: Practice) -> None:
    before = task.question.program.source
    assert task.next() is task
    assert task.question.program.source != before


def test_the_same_seed_gives_the_same_questions(call: _PracticeCall) -> None:
    first, second = call("losses", 1, seed=5), call("losses", 1, seed=5)
    assert repr(first) == repr(second)
    assert repr(first.next()) == repr(second.next())


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, r"Name a topic\. The topics are: graphs, layers, losses"),
        ({"topic": "graph"}, "no topic 'graph'. The topics are: graphs, layers, losses"),
        ({"topic": "graphs", "level": 4}, "1, 2 and 3"),
        ({"topic": "graphs", "seed": -1}, "The seed -1 is not a whole number"),
        ({"topic": "graphs", "seed": 1.5}, "The seed 1.5 is not a whole number"),
    ],
)
def test_what_there_is_not_is_said(given: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        practice(**given)


@pytest.mark.parametrize("topic", ["graphs", "layers"])
def test_the_record_does_not_change_the_questions_of_a_seed(
    call: _PracticeCall, topic: str
) -> None:
    first = call(topic, 1, seed=8)
    before = [repr(first), repr(first.next())]
    names = [mistake.name for mistake in first.question.exercise.mistakes]
    call._learner.record = Record({}).with_mistakes([*names, "a sine not differentiated"])
    second = call(topic, 1, seed=8)
    assert [repr(second), repr(second.next())] == before


@pytest.mark.slow
def test_a_learner_is_given_again_what_she_gets_wrong() -> None:
    """She makes three kinds of mistakes wherever she can, and nothing else."""
    hers = {
        "a sine not differentiated",
        "the reciprocal of a logarithm",
        "a quotient differentiated as a product",
    }

    def met_per_question(learns: bool) -> float:
        write_record(Record({}))
        task = Practice("graphs", 1, np.random.default_rng(3), Learner())
        met = 0
        for _ in range(60):
            met += len(hers & task.question.possible)
            wrong = [one for one in task.question.exercise.mistakes if one.name in hers]
            if learns:
                task.answer(**numbers(task, wrong[0].wrong if wrong else None))
            task.next()
        return met / 60

    assert met_per_question(learns=True) > 1.3 * met_per_question(learns=False)
