"""The invented class of the week: all of the bank is in it, and what it must earn is known."""

from __future__ import annotations

import ast
from functools import cache

import nbformat
import pytest
from week_class import UNIT, HandedIn, bank_answers, names_of, personas, the_class
from workflows.support import REPOSITORY

CLASS = 200


@cache
def handed_in() -> dict[str, HandedIn]:
    path = REPOSITORY / "notebooks" / UNIT / f"{UNIT}.ipynb"
    return the_class(nbformat.read(path, as_version=4), names_of(CLASS))


def test_a_class_of_two_hundred_has_every_persona_and_every_answer_of_the_bank() -> None:
    by = {answer.by for one in handed_in().values() for answer in one.answers.values()}
    bank = {answer.by for answers in bank_answers().values() for answer in answers}
    assert len(handed_in()) == CLASS
    assert len(bank) > 70
    assert by >= bank | set(personas()) - {"noor"}


def test_the_class_is_the_same_every_time() -> None:
    first = handed_in()
    handed_in.cache_clear()
    assert {name: one.notebook for name, one in first.items()} == {
        name: one.notebook for name, one in handed_in().items()
    }


def test_answers_of_the_bank_do_not_give_themselves_away_or_get_in_each_others_way() -> None:
    for id, answers in bank_answers().items():
        for answer in answers:
            pieces = [n for n in ast.parse(answer.text).body if isinstance(n, ast.FunctionDef)]
            assert pieces[-1].name == id.replace("-", "_")
            assert all(piece.name.startswith(pieces[-1].name) for piece in pieces)
            assert "[wrong" not in answer.text


def test_every_wrong_answer_of_the_bank_says_what_it_must_lose() -> None:
    for answers in bank_answers().values():
        for answer in answers:
            assert answer.wrong is not None
            if ".right_" in answer.by:
                assert not answer.wrong
            else:
                assert answer.wrong or "changes" in answer.by


def test_a_class_needs_room_for_those_in_trouble() -> None:
    with pytest.raises(SystemExit, match="at least 21"):
        names_of(20)
