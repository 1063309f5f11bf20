"""The adversary: writes wrong answers by the thousand and looks for one that earns full marks.

It takes the right answers of an exercise, the reference text of the notebook and the variants, and
changes each as people err, in one way or in two at once (`mutants`). What earns full marks on one
draw of inputs is asked on others. If it is wrong on any of them, the probes have a hole: whether it
passes is luck. If it is wrong on none, how far its values are from the right ones says why.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from autograder.bank.mutants import mutants, pairs
from autograder.bank.naming import Told, told
from autograder.bank.places import Changed
from autograder.bank.reasons import Distance, distance, furthest
from autograder.bank.running import RightAnswer, responses
from autograder.exercise import Exercise
from autograder.inside.asking import Response
from autograder.judge.answer_key import AnswerKey
from autograder.judge.draw import draw_inputs
from autograder.judge.judge import judge
from autograder.judge.rightness import is_right_on
from autograder.judge.verdict import Verdict

# A mutant may loop for ever. Processor seconds, or how many times as long as the right answer.
SECONDS, TIMES = 2.0, 10
# For so many answers with one change, there is one with two.
PER_PAIR = 2


@dataclass(frozen=True)
class Survivor:
    """A mutant with full marks.

    Args:
        mutant: the changed answer.
        wrong_on: the probes of other draws on which it is wrong; if there are none, it is right
            wherever it was asked.
        distance: how far its values are from those of the unchanged answer.
    """

    mutant: Changed
    wrong_on: tuple[str, ...] = ()
    distance: Distance = field(default_factory=Distance)


@dataclass
class Attack:
    """How the mutants of an exercise fared.

    Args:
        made: how many there were.
        refused: how many lost points.
        survivors: the rest.
        unlucky: right answers that are refused on some draw, in words.
        told: how much feedback says about the refused ones, if that was asked for.
        untold: those of them about which it says nothing that helps.
    """

    made: int = 0
    refused: int = 0
    survivors: list[Survivor] = field(default_factory=list)
    unlucky: list[str] = field(default_factory=list)
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
        sample: how many mutants with one change to take of each answer (default: all). Half as
            many with two are added.
        draws: on how many further draws a survivor is asked.
        naming: whether to look at what is said about those that are refused.

    Returns:
        How they fared.

    Raises:
        ValueError: if a right answer is refused on the first draw after all mutants, which could
            have changed something that it needs.
    """
    rng = np.random.default_rng(seed)
    keys = [AnswerKey(exercise, draw_inputs(exercise, (seed, n))) for n in range(draws + 1)]
    found = Attack()
    for right in answers:
        made = _made(right.text, sample, rng)
        began = time.process_time()
        unchanged = [list(responses(key, right, right.text)) for key in keys]
        right = replace(right, seconds=max(SECONDS, TIMES * (time.process_time() - began)))
        found.unlucky += _unlucky(right, keys, unchanged)
        for mutant in made:
            found.made += 1
            verdict = _verdict(keys[0], right, mutant.text, unchanged[0] if naming else None)
            if verdict is not None and verdict.full:
                found.survivors.append(_survivor(keys, right, mutant, unchanged))
                continue
            found.refused += 1
            if naming and verdict is not None:
                said = told(verdict)
                found.told[said] += 1
                found.untold += [mutant] * (said is Told.NEITHER)
        last = _verdict(keys[0], right, right.text, None)
        if last is None or not last.full:
            raise ValueError(f"{exercise.id}: the right answer {right.name} is refused")
    return found


def _made(text: str, sample: int | None, rng: np.random.Generator) -> list[Changed]:
    made = list(mutants(text))
    known = {one.text for one in made}
    if sample is not None and sample < len(made):
        made = [made[i] for i in sorted(rng.choice(len(made), sample, replace=False))]
    return made + pairs(text, len(made) // PER_PAIR, rng, known)


def _unlucky(
    right: RightAnswer, keys: Sequence[AnswerKey], unchanged: Sequence[Sequence[Response]]
) -> list[str]:
    """The draws on which a right answer loses points, in words."""
    return [
        f"the right answer {right.name} is refused on draw {n}: {', '.join(wrong) or 'as a whole'}"
        for n, (key, given) in enumerate(zip(keys, unchanged, strict=True))
        if (wrong := _wrong_on(key, given)) or not judge(key.exercise, key.drawn, given, key).full
    ]


def _verdict(
    key: AnswerKey, right: RightAnswer, text: str, unchanged: Sequence[Response] | None
) -> Verdict | None:
    """The verdict on a changed answer.

    Args:
        key: what is asked.
        right: the answer that it was made from.
        text: the changed answer.
        unchanged: what the right answer gives, if the verdict on a wrong one matters too.

    Returns:
        The verdict. Corners are asked only if it is right on ordinary inputs. None for a wrong
        answer whose verdict does not matter.
    """
    exercise, given, wrong = key.exercise, list[Response](), False
    for probe, response in enumerate(responses(key, right, text)):
        one = exercise.probes[probe]
        given.append(response)
        if not (one.ties or _right_on(key, probe, response)):
            if unchanged is None:
                return None
            wrong |= not one.corner
        if wrong and probe >= max(exercise.ordinary):
            break
    if unchanged is None and len(given) < len(key.drawn):
        return None
    rest = unchanged if wrong and unchanged else [Response(fault="error")] * len(key.drawn)
    return judge(exercise, key.drawn, [*given, *rest[len(given) :]], key)


def _right_on(key: AnswerKey, probe: int, response: Response) -> bool:
    return is_right_on(key, probe, _read(key, probe, response))


def _read(key: AnswerKey, probe: int, response: Response) -> Response:
    return replace(response, values=key.exercise.read(key.drawn[probe], response.values))


def _wrong_on(key: AnswerKey, given: Sequence[Response]) -> list[str]:
    """The names of the probes on which an answer is wrong, of those on which it is to be right."""
    return [
        one.name
        for probe, (one, response) in enumerate(zip(key.exercise.probes, given, strict=False))
        if not (one.ties or _right_on(key, probe, response))
    ]


def _survivor(
    keys: Sequence[AnswerKey],
    right: RightAnswer,
    mutant: Changed,
    unchanged: Sequence[Sequence[Response]],
) -> Survivor:
    wrong: list[str] = []
    distances: list[Distance] = []
    for key, before in zip(keys, unchanged, strict=True):
        given = list(responses(key, right, mutant.text))
        wrong += _wrong_on(key, given)
        if not (wrong or judge(key.exercise, key.drawn, given, key).full):
            wrong.append("all together")
        then, now = ([_read(key, n, one) for n, one in enumerate(all)] for all in (before, given))
        distances.append(distance(key, then, now))
    return Survivor(mutant, tuple(dict.fromkeys(wrong)), furthest(distances))
