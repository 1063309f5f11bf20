"""The page of a submission, or of a notebook, that could not be graded."""

from __future__ import annotations

from autograder.batch.failure_page import Given, failure_page

WHY = "teil2.ipynb is not a notebook."


def test_names_keep_their_case_and_nobody_reads_a_zero() -> None:
    page = failure_page("project", "teil2", WHY)
    assert f"The reason: {WHY}" in page
    assert "<h1>project, teil2: not graded</h1>" in page
    assert "Your notebook teil2 could not be graded. This is not a score of 0" in page


def test_points_by_hand_are_shown_and_nothing_says_that_nobody_judged() -> None:
    given = [Given("teil2/test", 1.25, 2, "Well done."), Given("teil2/essay", None, 5)]
    page = failure_page("project", "teil2", WHY, given)
    assert "nobody has judged" not in page
    assert "<td>teil2/test</td><td>1.25 of 2</td><td>Well done.</td>" in page
    assert "<td>teil2/essay</td><td>not yet of 5</td>" in page
    assert WHY in page
