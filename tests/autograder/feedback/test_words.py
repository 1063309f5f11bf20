from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from bs4 import BeautifulSoup
from judging import verdict_on

from autograder.exercise import Exercise
from autograder.exercises import EXERCISES
from autograder.feedback.layout import WIDTH
from autograder.feedback.result import CheckResult
from autograder.feedback.words import feedback, named_mistakes, summary
from autograder.judge.catalogue import CATALOGUE
from autograder.judge.draw import draw_inputs
from autograder.judge.slips import slips


def odd(g: Any) -> Any:
    """A change that no mistake explains."""
    return g + 0.3 * np.abs(g) ** 1.5


def test_the_headline_tells_exercise_and_score(chain_verdict: Any, with_parts: Any) -> None:
    words = feedback(chain_verdict(with_parts(dw=lambda g: -g)))
    assert words.headline == "chain.backward · A chain: 2 of 4 points"


def test_the_headline_tells_the_points_of_the_cell(chain_verdict: Any, with_parts: Any) -> None:
    verdict = chain_verdict(with_parts(dw=lambda g: -g))
    assert feedback(verdict, 7).headline == "chain.backward · A chain: 3.5 of 7 points"
    assert (CheckResult(verdict, 7).score, repr(CheckResult(verdict, 7))) == (3.5, "3.5")


def test_what_is_right_is_said_before_what_is_wrong(chain_verdict: Any, with_parts: Any) -> None:
    text = " ".join(feedback(chain_verdict(with_parts(dw=lambda g: -g))).text.split())
    assert "du and dv are right. Look at dw (dy/dw). It looks like the sign is flipped" in text


def test_a_question_leads_on(chain_verdict: Any, with_parts: Any) -> None:
    text = feedback(chain_verdict(with_parts(dw=lambda g: -g))).text
    assert f"Ask yourself: {CATALOGUE['M1'].hints[0]}" in " ".join(text.split())


def test_it_says_when_it_cannot_tell(chain_verdict: Any, with_parts: Any) -> None:
    text = feedback(chain_verdict(with_parts(dw=odd))).text
    assert "we cannot tell" in " ".join(text.split())


def test_the_right_values_never_show(chain_verdict: Any, with_parts: Any, chain: Exercise) -> None:
    words = feedback(chain_verdict(with_parts(dw=odd, du=lambda g: -g)))
    for inputs in draw_inputs(chain, (1,)):
        for number in np.ravel(chain.solve(inputs).dw):
            assert f"{number:.3g}" not in words.text


def test_what_a_student_writes_is_escaped_in_html(chain_verdict: Any) -> None:
    def answer(w: Any) -> Any:
        raise ValueError("<script>alert(1)</script>")

    html = feedback(chain_verdict(answer)).html
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    "change",
    [lambda g: g.T, odd, lambda g: g.astype(np.float32), lambda g: g],
    ids=["named", "unnamed", "malformed", "right"],
)
def test_text_and_html_carry_the_same_words(
    chain_verdict: Any, with_parts: Any, change: Any
) -> None:
    words = feedback(chain_verdict(with_parts(dw=change)))
    shown = BeautifulSoup(words.html, "html.parser").get_text(" ")
    assert shown.split() == words.text.split()


def test_lines_fit_the_validate_dialog(chain_verdict: Any, with_parts: Any) -> None:
    text = feedback(chain_verdict(with_parts(dw=odd))).text
    assert max(map(len, text.splitlines())) <= WIDTH


def test_the_summary_is_empty_when_all_is_right(chain_verdict: Any, with_parts: Any) -> None:
    assert summary(chain_verdict(with_parts())) == ()


def test_the_summary_names_parts_that_fit_no_mistake(chain_verdict: Any, with_parts: Any) -> None:
    verdict = chain_verdict(with_parts(du=lambda g: -g, dw=odd))
    assert summary(verdict) == ("the sign is flipped", "dw: cannot tell which mistake")


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=list(EXERCISES))
def test_every_mistake_belongs_to_the_catalogue_and_has_its_words(exercise: Exercise) -> None:
    for mistake in exercise.mistakes:
        assert mistake.id in CATALOGUE
        assert mistake.evidence.format(part="p").endswith(".")


def test_every_catalogue_row_has_three_rising_hints() -> None:
    assert set(CATALOGUE) >= {f"M{number}" for number in range(1, 34)}
    for entry in CATALOGUE.values():
        assert len(set(entry.hints)) == 3
        assert all(entry.hints)
        assert 80 <= len(entry.hints[2].split()) <= 160


def test_every_generic_evidence_speaks_of_the_part(chain: Exercise) -> None:
    assert all("{part}" in slip.evidence for slip in slips(chain, "dw"))


def test_the_name_of_a_mistake_reads_on_after_it_looks_like() -> None:
    names = {row.name for row in CATALOGUE.values()}
    names |= {mistake.name for each in EXERCISES.values() for mistake in each.mistakes}
    without_verb = re.compile(r"(?!.* (is|are|was|were|with) ).* (left out|swapped|skipped)\b")
    assert [name for name in names if without_verb.match(name)] == []


def test_a_name_is_shown_with_the_variables_of_the_exercise_and_counted_without(
    chain: Exercise, with_parts: Any
) -> None:
    mistake = replace(chain.mistakes[0], name="a factor left out at u·v", here="u left out at u·w")
    verdict = verdict_on(replace(chain, mistakes=(mistake,)), with_parts(dv=lambda g: g * 0 + 3.0))
    assert "looks like u left out at u·w" in feedback(verdict).rows[1][2]
    assert "It looks like u left out at u·w: your dv lacks u." in feedback(verdict).paragraphs[0]
    assert named_mistakes(verdict) == summary(verdict) == ("a factor left out at u·v",)


def test_rivals_are_shown_with_the_variables_of_the_exercise(
    chain: Exercise, with_parts: Any
) -> None:
    mistakes = tuple(
        replace(chain.mistakes[0], slug=name, name=f"{name} at u·v", here=f"{name} at u·w")
        for name in ("one", "another")
    )
    verdict = verdict_on(replace(chain, mistakes=mistakes), with_parts(dv=lambda g: g * 0 + 3.0))
    assert "one at u·w or another at u·w. So we cannot tell" in feedback(verdict).paragraphs[0]


def test_one_part_alone_is_said_to_be_right_by_its_name(chain: Exercise) -> None:
    one = replace(chain, parts=chain.parts[:1])
    verdict = verdict_on(one, lambda w: {"du": chain.solve({"w": w}).du})
    assert feedback(verdict).paragraphs == ("Your du is right.",)
