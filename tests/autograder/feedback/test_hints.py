"""The words that lead on: a derivative is spoken of as one, and nothing else is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from judging import exercises

from autograder.exercise import Exercise, Mistake
from autograder.feedback.hints import further_hints, hints_of, question_of, subject_of
from autograder.feedback.words import evidence_of, feedback
from autograder.judge.answer_key import AnswerKey
from autograder.judge.catalogue import CATALOGUE
from autograder.judge.compare import close
from autograder.judge.diagnosis import Finding
from autograder.judge.draw import draw_inputs
from autograder.judge.slips import slips
from autograder.judge.verdict import PartVerdict, Status, Verdict

OF_DERIVATIVES = re.compile(r"gradient|upstream|backward|adjoint|arriv|backprop|\bpaths?\b", re.I)
DERIVATIVES = re.compile(f"{OF_DERIVATIVES.pattern}|derivative|slope", re.I)
# What is counted here is what derivatives cost, or where there are any.
ON_DERIVATIVES = ("accumulate.passes", "naumann.jacobian", "kinks.slopes", "derivative.costs")
# True of what was asked: an order of nodes, and objectives that are compared by their gradients.
RIGHTLY = re.compile(
    "the order of the backward pass|the gradient of your|the two gradients|"
    "gradient of 1 over the gradient of 8|divided by the slope|division by the slope"
)
OF_VALUES = {row.values for row in CATALOGUE.values() if row.values and row.values != row.hints}


def verdict_with(exercise: Exercise, name: str, finding: Finding) -> Verdict:
    (part,) = [part for part in exercise.parts if part.name == name]
    return Verdict(exercise, (PartVerdict(part, Status.WRONG, finding),))


def found_at(exercise: Exercise, key: AnswerKey, mistake: Mistake) -> list[str]:
    """The parts at which a mistake may be found first."""
    names = [part.name for part in exercise.parts]
    graded = [name for name in mistake.wrong if name in names]
    if graded:
        return graded
    for name in names:
        for probe in range(len(key.drawn)):
            wrong, right = key.wrong(probe, mistake), key.right(probe)
            if wrong is not None and not close(
                getattr(wrong, name), getattr(right, name), exercise.tolerance
            ):
                return [name]
    return []


def findings(exercise: Exercise) -> Iterator[tuple[str, Finding]]:
    """Every mistake that can be found in an exercise, with the part where it is."""
    key = AnswerKey(exercise, draw_inputs(exercise, (1,)))
    for mistake in exercise.mistakes:
        for name in found_at(exercise, key, mistake):
            yield name, Finding(mistake.id, mistake.slug, mistake)
    for part in exercise.parts:
        yield part.name, Finding()
        if part.accept is None:
            for slip in slips(exercise, part.name):
                yield part.name, Finding(slip.id, slip.slug, explanation=slip)


@exercises
def test_what_is_no_derivative_is_never_told_of_gradients(exercise: Exercise) -> None:
    forbidden = OF_DERIVATIVES if exercise.id in ON_DERIVATIVES else DERIVATIVES
    for name, finding in findings(exercise):
        # A derivative where a value is asked for is called so.
        taken_for_one = forbidden.search(finding.name)
        if not exercise.is_gradient(name) and finding.slug and not taken_for_one:
            verdict = verdict_with(exercise, name, finding)
            texts = (finding.name, question_of(verdict), evidence_of(verdict.parts[0]))
            # The exercise's own hints may go on to what comes after this part.
            of_mistake = hints_of(verdict) if hints_of(verdict) != exercise.hints else ()
            for text in (*texts, *of_mistake):
                assert not forbidden.search(RIGHTLY.sub("", text)), (name, finding.slug, text)


@exercises
def test_what_is_spoken_of_as_a_derivative_is_a_part(exercise: Exercise) -> None:
    assert set(exercise.gradients) <= {part.name for part in exercise.parts}


@exercises
def test_a_derivative_is_never_given_hints_about_values_only(exercise: Exercise) -> None:
    for name, finding in findings(exercise):
        if exercise.is_gradient(name):
            (_, *further) = hints_of(verdict_with(exercise, name, finding))
            assert tuple(further) not in {row[1:] for row in OF_VALUES}


@exercises
def test_what_fits_no_mistake_is_to_be_checked_as_what_it_is(exercise: Exercise) -> None:
    for part in exercise.parts:
        text = feedback(verdict_with(exercise, part.name, Finding())).text
        told = "finite difference" in " ".join(text.split())
        assert told == (part.name in exercise.derivatives)


def test_hints_about_values_are_written_with_care() -> None:
    assert len(OF_VALUES) > 10
    for nudge, pointer, idea in OF_VALUES:
        assert len({nudge, pointer, idea}) == 3
        assert 80 <= len(idea.split()) <= 160
        assert not DERIVATIVES.search(f"{nudge} {pointer} {idea}")


def test_a_mistake_outside_the_catalogue_has_its_own_hints(chain: Exercise) -> None:
    own = ("a nudge", "a pointer", "an idea")
    mistake = replace(chain.mistakes[0], id="", question="a nudge", hints=own)
    verdict = verdict_with(chain, "dv", Finding("", mistake.slug, mistake))
    assert hints_of(verdict) == own
    assert further_hints(verdict) == own[1:]
    assert subject_of(verdict) == "dv"
