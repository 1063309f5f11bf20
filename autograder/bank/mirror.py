"""The adversary's mirror: writes right answers by the thousand and looks for one that loses points.

It takes the right answers of an exercise and rewrites each in ways that keep its meaning
(`rewrites`). Each is judged twice: as the student's check judges it, with its values as they are,
and as it is graded, with its values as what the sandbox sends. Both must give it all points. A form
that was not asked for has its price: an axis of length 1 costs a little, and a derivative in single
precision earns what a finite difference does.
"""

from __future__ import annotations

import contextlib
import io
import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from autograder.bank.rewrites import Rewrite, mixed, rewrites
from autograder.bank.running import RightAnswer, limited
from autograder.exercise import Exercise
from autograder.inside.ask_exercise import frame
from autograder.inside.asking import Response, put_question
from autograder.inside.permitted import only
from autograder.judge.answer_key import AnswerKey
from autograder.judge.draw import draw_inputs
from autograder.judge.judge import judge
from autograder.judge.verdict import Verdict
from autograder.runner.client import Runner
from autograder.runner.job import AskExercise, RunCell
from autograder.runner.outcome import StepOutcome, responses

# Processor seconds, or how many times as long as the unchanged answer: a loop may stand for NumPy.
SECONDS, TIMES = 5.0, 200
# What is not right, although it keeps the meaning, and why.
EXCEPT = {
    ("losses.matching", "np.float32"): "the objectives are differentiated by differences, for "
    "which single precision has too few digits",
    ("losses.matching", "an axis of length 1"): "with one weight, an array of one number has the "
    "shape of the gradient, and is taken for it",
    (
        "rosetta.shapes",
        "a float for an int",
    ): "lengths are whole numbers, and NumPy takes no others",
    ("quiz1.graph", "a float for an int"): "numbers of uses are counted, as whole numbers",
}
# How many rewrites go at most into one notebook for the sandbox.
PER_NOTEBOOK = 20
# Of costly exercises so many times fewer rewrites are taken.
COSTLY = 10


@dataclass(frozen=True)
class Loss:
    """A right answer that lost points.

    Args:
        rewrite: the answer.
        where: "check" or "grading".
        why: the first thing that was said about it.
    """

    rewrite: Rewrite
    where: str
    why: str


@dataclass
class Reflection:
    """How the rewrites of an exercise fared.

    Args:
        made: how many there were.
        priced: how many of them had a form that costs a little.
        sandboxed: how many were graded in the sandbox as well.
        losses: those that lost points.
    """

    made: int = 0
    priced: int = 0
    sandboxed: int = 0
    losses: list[Loss] = field(default_factory=list)


def reflect(
    exercise: Exercise,
    answers: Sequence[RightAnswer],
    seed: int,
    sample: int | None = None,
    runner: Runner | None = None,
) -> Reflection:
    """Judges rewrites of an exercise's right answers.

    Args:
        exercise: what is asked.
        answers: right answers to it.
        seed: fixes the inputs, and which rewrites are taken.
        sample: how many rewrites to take of each answer, or fewer where one takes seconds
            (default: all). A tenth more are rewritten in several ways at once.
        runner: also grades some rewrites of the notebook's solution in its sandbox.

    Returns:
        How they fared.
    """
    rng = np.random.default_rng(seed)
    key = AnswerKey(exercise, draw_inputs(exercise, (seed, 0)))
    found = Reflection()
    for right in answers:
        began = time.process_time()
        _ask(key, right, [right.text])
        right = replace(right, seconds=max(SECONDS, TIMES * (time.process_time() - began)))
        chosen = _chosen(exercise, right, sample, rng)
        found.made += len(chosen)
        found.priced += sum(bool(rewrite.price) for rewrite in chosen)
        asked = _ask(key, right, [rewrite.text for rewrite in chosen])
        for rewrite, given in zip(chosen, asked, strict=True):
            checked = judge(exercise, key.drawn, given, key)
            graded = _judged(key, StepOutcome("ok", frames=tuple(map(frame, given))))
            found.losses += _losses(rewrite, {"check": checked, "grading": graded})
        if runner is not None and right.cells is not None:
            some = chosen[:: 1 + len(chosen) // PER_NOTEBOOK]
            found.sandboxed += len(some)
            found.losses += _in_the_sandbox(runner, key, right, some)
    return found


def _chosen(
    exercise: Exercise, right: RightAnswer, sample: int | None, rng: np.random.Generator
) -> list[Rewrite]:
    library = "primitives" in exercise.may_use
    is_class = isinstance(right.run(right.text), type)
    every = rewrites(right.text, right.name, is_class, library)
    found = [rewrite for rewrite in every if (exercise.id, rewrite.what) not in EXCEPT]
    if sample is not None and exercise.costly:
        sample = -(-sample // COSTLY)
    if sample is not None and sample < len(found):
        found = [found[i] for i in sorted(rng.choice(len(found), sample, replace=False))]
    return [*found, *(mixed(right.text, library, rng) for _ in range(len(found) // 10))]


def _ask(key: AnswerKey, right: RightAnswer, texts: Sequence[str]) -> list[list[Response]]:
    """What each text gives, as the check and the grader ask it."""
    # What a text prints, and what it changes outside itself, is not for the next one.
    with (
        only(key.exercise.may_use),
        warnings.catch_warnings(),
        np.errstate(),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        return [_responses(key, right, text) for text in texts]


def _responses(key: AnswerKey, right: RightAnswer, text: str) -> list[Response]:
    exercise = key.exercise
    found: list[Response] = []
    with limited(right.seconds):
        answer = right.run(text)
        for inputs in key.drawn:
            found.append(put_question(exercise.ask, answer, inputs, exercise.asked))
    missing = Response(fault="error", message="It cannot be run, or takes too long.")
    return [*found, *[missing] * (len(key.drawn) - len(found))]


def _judged(key: AnswerKey, step: StepOutcome) -> Verdict:
    return judge(key.exercise, key.drawn, responses(step, key.drawn), key)


def _losses(rewrite: Rewrite, verdicts: dict[str, Verdict]) -> list[Loss]:
    """What lost points, or lost more than its form may cost."""
    return [
        Loss(rewrite, where, _why(verdict))
        for where, verdict in verdicts.items()
        if verdict.mutated
        or verdict.stopped_on
        or not all(part.credited or part.status in rewrite.price for part in verdict.parts)
    ]


def _why(verdict: Verdict) -> str:
    first = verdict.first_wrong
    said = f"{first.part.name}: {first.status.value} {first.message}" if first else ""
    stopped = f" stopped on {verdict.stopped_on[0]}" if verdict.stopped_on else ""
    changed = f" changed {verdict.mutated[0]}" if verdict.mutated else ""
    return f"{verdict.message or said}{stopped}{changed}"


def _in_the_sandbox(
    runner: Runner, key: AnswerKey, right: RightAnswer, some: Sequence[Rewrite]
) -> list[Loss]:
    """Grades rewrites one after the other in one notebook."""
    before = right.cells or ()
    steps: list[Any] = [RunCell(source) for source in before]
    for rewrite in some:
        steps += [RunCell(rewrite.text), AskExercise(key.exercise, right.name, key.drawn)]
    asked = runner.run(steps).steps[len(before) + 1 :: 2]
    return [
        loss
        for rewrite, step in zip(some, asked, strict=True)
        for loss in _losses(rewrite, {"the sandbox": _judged(key, step)})
    ]
