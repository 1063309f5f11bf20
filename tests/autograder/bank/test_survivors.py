from __future__ import annotations

import math

from autograder.bank.adversary import Attack, Survivor
from autograder.bank.places import Changed
from autograder.bank.reasons import Distance, Reason
from autograder.bank.survivors import attack_page, holes, read_attack_page, rows_of
from autograder.exercises import find

QUIZ = find("quiz1.forward")
MUTANT = Changed("line 1: x | y → y", "")
NEAR = Survivor(MUTANT, distance=Distance(Reason.TOLERANCE, 3e-11))
FOUND = Attack(
    10, 6, [Survivor(MUTANT, ("z = 0",)), Survivor(MUTANT), NEAR, NEAR], ["the answer f is refused"]
)


def test_survivors_are_counted_by_the_reason() -> None:
    assert rows_of(QUIZ, 2, FOUND).counts == (2, 10, 6, 1, 0, 0, 0, 2, 1)


def test_what_is_within_the_tolerance_is_listed_once_with_its_size() -> None:
    (line,) = rows_of(QUIZ, 2, FOUND).near
    assert line.startswith(r"| `quiz1.forward` | `line 1: x \| y → y` | 3e-11 | 1e-10 | ")


def test_what_cannot_be_measured_is_listed_too() -> None:
    odd = Survivor(MUTANT, distance=Distance(Reason.TOLERANCE, math.inf))
    assert " | inf | " in rows_of(QUIZ, 1, Attack(1, 0, [odd])).near[0]


def test_holes_and_refused_right_answers_are_said() -> None:
    assert holes("quiz1.forward", FOUND) == [
        "quiz1.forward: the answer f is refused",
        "quiz1.forward: line 1: x | y → y: wrong on z = 0",
    ]


def test_the_page_can_be_read_back() -> None:
    rows = {"quiz1.forward": rows_of(QUIZ, 2, FOUND), "j.paths": rows_of(find("j.paths"), 1, FOUND)}
    assert read_attack_page(attack_page(rows, 0)) == rows


def test_the_page_without_near_ones_has_one_table() -> None:
    page = attack_page({"quiz1.forward": rows_of(QUIZ, 2, Attack(1, 1))}, 0)
    assert "Within the tolerance" not in page
