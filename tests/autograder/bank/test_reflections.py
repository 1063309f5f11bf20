from __future__ import annotations

from autograder.bank.mirror import Loss, Reflection
from autograder.bank.pages import read_rows
from autograder.bank.reflections import counts_of, lost, mirror_page
from autograder.bank.rewrites import Rewrite

LOSSES = [Loss(Rewrite("np.dot", "text"), where, "a: wrong") for where in ("check", "grading")]
FOUND = Reflection(made=10, priced=2, sandboxed=4, losses=LOSSES)


def test_an_answer_that_is_lost_twice_counts_once() -> None:
    assert counts_of(2, FOUND) == (2, 10, 4, 2, 1)


def test_what_was_lost_is_said_where_and_why() -> None:
    assert lost("quiz1.forward", FOUND)[0] == "quiz1.forward: check: np.dot: a: wrong"


def test_the_page_can_be_read_back() -> None:
    rows = {"quiz1.forward": (2, 10, 4, 2, 1), "j.paths": (1, 5, 0, 0, 0)}
    page = mirror_page(rows, 40)
    assert read_rows(page) == rows
    assert "| **All 2** | 3 | 15 | 4 | 2 | 1 |" in page
