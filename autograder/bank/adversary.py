"""The adversary: writes wrong answers by the thousand and looks for one that earns full marks.

It takes the right answers of an exercise, the reference text of the notebook and the variants, and
changes each as people err (`mutants`). What earns full marks on one draw of inputs is asked on
others. If it is wrong on any of them, the probes have a hole: whether it passes is luck.
"""

from __future__ import annotations

import contextlib
import signal
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from autograder.bank.mutants import mutants
from autograder.bank.naming import Told, told
from autograder.bank.places import Changed
from autograder.exercise import Exercise
from autograder.inside.asking import Response, put_question
from autograder.judge.answer_key import AnswerKey
from autograder.judge.draw import draw_inputs
from autograder.judge.judge import judge
from autograder.judge.rightness import is_right_on
from autograder.judge.verdict import Verdict

# A mutant may loop for ever. Processor seconds, or how many times as long as the right answer.
SECONDS, TIMES = 2.0, 10


@dataclass(frozen=True)
class RightAnswer:
    """The text of a right answer that can be run anew after a change.

    Args:
        name: the text's name for the answer, which the check is given.
        text: the source.
        before: what the source needs: modules, helpers, earlier answers.
        seconds: how much processor time a changed text may take for one set of inputs.
        cells: the sources of the cells before it, or None if it is not from a notebook.
    """

    name: str
    text: str
    before: dict[str, Any]
    seconds: float = 60.0
    cells: tuple[str, ...] | None = None

    def run(self, text: str) -> Any:
        """The answer as a changed text defines it.

        Args:
            text: the source, changed.

        Returns:
            The function or class.
        """
        names = dict(self.before)
        exec(compile(text, "<mutant>", "exec"), names)
        return names[self.name]


@dataclass(frozen=True)
class Survivor:
    """A mutant with full marks.

    Args:
        mutant: the changed answer.
        wrong_on: the probes of other draws on which it is wrong; if there are none, it is right
            wherever it was asked.
        same: whether its values are those of the unchanged answer to the last bit.
    """

    mutant: Changed
    wrong_on: tuple[str, ...]
    same: bool


@dataclass
class Attack:
    """How the mutants of an exercise fared.

    Args:
        made: how many there were.
        refused: how many lost points.
        survivors: the rest.
        told: how much feedback says about the refused ones, if that was asked for.
        untold: those of them about which it says nothing that helps.
    """

    made: int = 0
    refused: int = 0
    survivors: list[Survivor] = field(default_factory=list)
    told: Counter[Told] = field(default_factory=Counter)
    untold: list[Changed] = field(default_factory=list)


def attack(
    exercise: Exercise,
    answers: Sequence[RightAnswer],
    seed: int,
    sample: int | None = None,
    draws: int = 4,
    naming: bool = False,
) -> Attack:
    """Judges mutants of an exercise's right answers.

    Args:
        exercise: what is asked.
        answers: right answers to it.
        seed: fixes the inputs, and which mutants are taken.
        sample: how many mutants to take of each answer (default: all).
        draws: on how many further draws a survivor is asked.
        naming: whether to look at what is said about those that are refused.

    Returns:
        How they fared.

    Raises:
        ValueError: if a right answer is refused as it stands, or after all mutants, which could
            have changed something that it needs.
    """
    rng = np.random.default_rng(seed)
    keys = [AnswerKey(exercise, draw_inputs(exercise, (seed, n))) for n in range(draws + 1)]
    found = Attack()
    for right in answers:
        made = list(mutants(right.text))
        if sample is not None and sample < len(made):
            made = [made[i] for i in sorted(rng.choice(len(made), sample, replace=False))]
        began = time.process_time()
        unchanged = [list(_responses(key, right, right.text)) for key in keys]
        right = replace(right, seconds=max(SECONDS, TIMES * (time.process_time() - began)))
        for mutant in made:
            found.made += 1
            if _full(keys[0], right, mutant.text):
                found.survivors.append(_survivor(keys, right, mutant, unchanged))
                continue
            found.refused += 1
            if naming:
                said = told(_verdict(keys[0], right, mutant.text, unchanged[0]))
                found.told[said] += 1
                found.untold += [mutant] * (said is Told.NEITHER)
        if not _full(keys[0], right, right.text):
            raise ValueError(f"{exercise.id}: the right answer {right.name} is refused")
    return found


def _full(key: AnswerKey, right: RightAnswer, text: str) -> bool:
    exercise = key.exercise
    responses = []
    for probe, response in enumerate(_responses(key, right, text)):
        if not exercise.probes[probe].ties and not _right_on(key, probe, response):
            return False
        responses.append(response)
    return len(responses) == len(key.drawn) and judge(exercise, key.drawn, responses, key).full


def _verdict(
    key: AnswerKey, right: RightAnswer, text: str, unchanged: Sequence[Response]
) -> Verdict:
    """The verdict on a changed answer; corners are asked only if it is right on ordinary inputs."""
    exercise, responses, wrong = key.exercise, [], False
    for probe, response in enumerate(_responses(key, right, text)):
        one = exercise.probes[probe]
        responses.append(response)
        wrong |= not (one.ties or one.corner) and not _right_on(key, probe, response)
        if wrong and probe >= max(exercise.ordinary):
            break
    rest = unchanged if wrong else [Response(fault="error")] * len(key.drawn)
    responses += rest[len(responses) :]
    return judge(exercise, key.drawn, responses, key)


def _right_on(key: AnswerKey, probe: int, response: Response) -> bool:
    values = key.exercise.read(key.drawn[probe], response.values)
    return is_right_on(key, probe, replace(response, values=values))


def _responses(key: AnswerKey, right: RightAnswer, text: str) -> Iterator[Response]:
    """What an answer gives for each set of inputs; it ends early where the text cannot be run."""
    exercise = key.exercise
    answer = None
    with limited(right.seconds):
        answer = right.run(text)
    for inputs in key.drawn if answer is not None else ():
        response = Response(fault="error")
        with limited(right.seconds):
            response = put_question(exercise.ask, answer, inputs, exercise.asked)
        yield response


def _survivor(
    keys: Sequence[AnswerKey],
    right: RightAnswer,
    mutant: Changed,
    unchanged: Sequence[Sequence[Response]],
) -> Survivor:
    wrong: dict[str, None] = {}
    same = True
    for key, before in zip(keys, unchanged, strict=True):
        for probe, response in enumerate(_responses(key, right, mutant.text)):
            same &= _same(response, before[probe])
            one = key.exercise.probes[probe]
            if not one.ties and not _right_on(key, probe, response):
                wrong[one.name] = None
    return Survivor(mutant, tuple(wrong), same)


def _same(response: Response, before: Response) -> bool:
    names = set(response.values) | set(before.values)
    pairs = [(response.values.get(name), before.values.get(name)) for name in names]
    with contextlib.suppress(Exception):
        return all(np.array_equal(np.asarray(a), np.asarray(b), equal_nan=False) for a, b in pairs)
    return False


class _TooLong(BaseException):
    pass


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Ends a block that takes too long or fails.

    Args:
        seconds: processor time that it may take.
    """

    def stop(*_: Any) -> None:
        raise _TooLong

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, 0.1)
    try:
        yield
    except (Exception, _TooLong):
        pass
    finally:
        for _ in range(3):
            with contextlib.suppress(_TooLong):
                signal.setitimer(signal.ITIMER_PROF, 0)
                break
