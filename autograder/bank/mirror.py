"""The adversary's mirror: writes right answers by the thousand and looks for one that loses points.

It takes the right answers of an exercise and rewrites each in ways that keep its meaning
(`rewrites`). Each is judged twice: as the student's check judges it, in this process on public
inputs, and as it is graded, on hidden inputs and with its values as what the sandbox sends. Both
must give it all points. A form that was not asked for, such as float32, costs a little.
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

from autograder.bank.adversary import RightAnswer, limited
from autograder.bank.rewrites import Rewrite, mixed, rewrites
from autograder.exercise import Exercise
from autograder.inside.ask_exercise import frame
from autograder.inside.asking import Response, put_question
from autograder.inside.permitted import only
from autograder.judge.answer_key import AnswerKey
from autograder.judge.draw import PUBLIC_SEED, draw_inputs
from autograder.judge.judge import judge
from autograder.judge.verdict import FORM_COST, Verdict
from autograder.runner.client import Runner
from autograder.runner.job import AskExercise, RunCell
from autograder.runner.outcome import StepOutcome, responses

# Processor seconds, or how many times as long as the unchanged answer: a loop may stand for NumPy.
SECONDS, TIMES = 5.0, 200
# What is not right, although it keeps the meaning, and why.
EXCEPT = {
    ("losses.matching", "np.float32"): "the objectives are differentiated by differences, for "
    "which single precision has too few digits",
}
# How many rewrites go into one notebook for the sandbox.
_PER_NOTEBOOK = 20


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
        seed: fixes the hidden inputs, and which rewrites are taken.
        sample: how many rewrites to take of each answer (default: all, and as many mixed ones).
        runner: also grades some of those whose cells are known in its sandbox.

    Returns:
        How they fared.
    """
    rng = np.random.default_rng(seed)
    public = AnswerKey(exercise, draw_inputs(exercise, PUBLIC_SEED))
    hidden = AnswerKey(exercise, draw_inputs(exercise, (seed, 0)))
    found = Reflection()
    for right in answers:
        began = time.process_time()
        _ask([public], right, [right.text])
        right = replace(right, seconds=max(SECONDS, TIMES * (time.process_time() - began)))
        chosen = _chosen(exercise, right, sample, rng)
        found.made += len(chosen)
        found.priced += sum(rewrite.priced for rewrite in chosen)
        asked = _ask([public, hidden], right, [rewrite.text for rewrite in chosen])
        for rewrite, (at_home, later) in zip(chosen, asked, strict=True):
            checked = judge(exercise, public.drawn, at_home, public)
            graded = _judged(hidden, StepOutcome("ok", frames=tuple(map(frame, later))))
            found.losses += _losses(rewrite, {"check": checked, "grading": graded})
        if runner is not None and right.cells is not None:
            found.sandboxed += len(chosen)
            found.losses += _in_the_sandbox(runner, hidden, right, chosen)
    return found


def _chosen(
    exercise: Exercise, right: RightAnswer, sample: int | None, rng: np.random.Generator
) -> list[Rewrite]:
    library = "primitives" in exercise.may_use
    is_class = isinstance(right.run(right.text), type)
    every = rewrites(right.text, right.name, is_class, library)
    found = [rewrite for rewrite in every if (exercise.id, rewrite.what) not in EXCEPT]
    if sample is not None and sample < len(found):
        found = [found[i] for i in sorted(rng.choice(len(found), sample, replace=False))]
    return [*found, *(mixed(right.text, library, rng) for _ in range(len(found) // 10))]


def _ask(
    keys: Sequence[AnswerKey], right: RightAnswer, texts: Sequence[str]
) -> list[list[list[Response]]]:
    """What each text gives on the inputs of each key, as the check and the grader ask it."""
    exercise = keys[0].exercise
    # What a text prints, and what it changes outside itself, is not for the next one.
    with (
        only(exercise.may_use),
        warnings.catch_warnings(),
        np.errstate(),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        return [[_responses(key, right, text) for key in keys] for text in texts]


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
        if not verdict.full
        and not (rewrite.priced and verdict.score >= (1 - FORM_COST) * verdict.exercise.points)
    ]


def _why(verdict: Verdict) -> str:
    first = verdict.first_wrong
    said = f"{first.part.name}: {first.status.value} {first.message}" if first else ""
    stopped = f" stopped on {verdict.stopped_on[0]}" if verdict.stopped_on else ""
    changed = f" changed {verdict.mutated[0]}" if verdict.mutated else ""
    return f"{verdict.message or said}{stopped}{changed}"


def _in_the_sandbox(
    runner: Runner, key: AnswerKey, right: RightAnswer, chosen: Sequence[Rewrite]
) -> list[Loss]:
    lost: list[Loss] = []
    for first in range(0, len(chosen), _PER_NOTEBOOK):
        some = chosen[first : first + _PER_NOTEBOOK]
        steps: list[Any] = [RunCell(source) for source in right.cells or ()]
        for rewrite in some:
            steps += [RunCell(rewrite.text), AskExercise(key.exercise, right.name, key.drawn)]
        asked = runner.run(steps).steps[len(right.cells or ()) + 1 :: 2]
        for rewrite, step in zip(some, asked, strict=True):
            lost += _losses(rewrite, {"the sandbox": _judged(key, step)})
    return lost
