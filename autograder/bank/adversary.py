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
from itertools import pairwise

import numpy as np

from autograder.bank.mutants import mutants, pairs
from autograder.bank.naming import Told, told
from autograder.bank.places import Changed
from autograder.bank.reasons import Distance, distance, furthest, identical
from autograder.bank.running import RightAnswer, Shown, responses, unseen
from autograder.exercise import Exercise
from autograder.inside.asking import Response
from autograder.judge.answer_key import AnswerKey
from autograder.judge.draw import draw_inputs
from autograder.judge.judge import judge
from autograder.judge.rightness import is_right_on
from autograder.judge.verdict import Verdict

# A mutant may loop for ever. Processor seconds for one set of inputs, or how many times as long as
# the right answer takes for the slowest.
SECONDS, TIMES = 2.0, 10
# Of an answer that takes more seconds than this, so many times fewer mutants are judged.
SLOW, FEWER = 1.0, 10
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


@dataclass(frozen=True)
class _Draw:
    """Inputs, and what a right answer gives for them.

    Args:
        key: what is asked, and on what.
        unchanged: what the right answer gives.
        verdict: the verdict on it.
        seconds: the processor time that the slowest of the inputs took.
    """

    key: AnswerKey
    unchanged: Sequence[Response]
    verdict: Verdict
    seconds: float

    def as_before(self, given: Sequence[Response]) -> bool:
        """Whether an answer gives just what the right one gives, and that earns all points."""
        return (
            self.verdict.full
            and len(given) == len(self.unchanged)
            and all(map(identical, given, self.unchanged))
        )

    def right_on(self, probe: int, response: Response) -> bool:
        """Whether a response is right, where it has to be."""
        ties = self.key.exercise.probes[probe].ties
        same = self.verdict.full and identical(response, self.unchanged[probe])
        return ties or same or is_right_on(self.key, probe, _read(self.key, probe, response))

    def wrong_on(self, given: Sequence[Response]) -> list[str]:
        """The names of the probes on which an answer is wrong."""
        probes = self.key.exercise.probes
        return [probes[n].name for n, one in enumerate(given) if not self.right_on(n, one)]


def attack(
    exercise: Exercise,
    answers: Sequence[RightAnswer],
    seed: int,
    sample: int | None = None,
    draws: int = 4,
    naming: bool = False,
    shown: Shown = unseen,
) -> Attack:
    """Judges mutants of an exercise's right answers.

    Args:
        exercise: what is asked.
        answers: right answers to it.
        seed: fixes the inputs, and which mutants are taken.
        sample: how many mutants with one change to take of each answer (default: all). Half as
            many with two are added. Of a slow answer, every tenth is taken.
        draws: on how many further draws a survivor is asked.
        naming: whether to look at what is said about those that are refused.
        shown: shows how many of the mutants have been judged.

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
        every = [_drawn(key, right) for key in keys]
        slowest = max(draw.seconds for draw in every)
        right = replace(right, seconds=max(SECONDS, TIMES * slowest))
        made = made[:: FEWER if slowest > SLOW else 1]
        found.unlucky += _unlucky(right, every)
        with shown("changed answers", len(made)) as advance:
            for mutant in made:
                _judge_one(found, every, right, mutant, naming)
                advance("")
        last = _verdict(every[0], right, right.text)
        if last is None or not last.full:
            raise ValueError(f"{exercise.id}: the right answer {right.name} is refused")
    return found


def _judge_one(
    found: Attack, every: Sequence[_Draw], right: RightAnswer, mutant: Changed, naming: bool
) -> None:
    found.made += 1
    verdict = _verdict(every[0], right, mutant.text, naming)
    if verdict is not None and verdict.full:
        found.survivors.append(_survivor(every, right, mutant))
        return
    found.refused += 1
    if naming and verdict is not None:
        said = told(verdict)
        found.told[said] += 1
        found.untold += [mutant] * (said is Told.NEITHER)


def _made(text: str, sample: int | None, rng: np.random.Generator) -> list[Changed]:
    made = list(mutants(text))
    known = {one.text for one in made}
    if sample is not None and sample < len(made):
        made = [made[i] for i in sorted(rng.choice(len(made), sample, replace=False))]
    return made + pairs(text, len(made) // PER_PAIR, rng, known)


def _drawn(key: AnswerKey, right: RightAnswer) -> _Draw:
    given, times = list[Response](), [time.process_time()]
    for response in responses(key, right, right.text):
        given.append(response)
        times.append(time.process_time())
    given += [Response(fault="error")] * (len(key.drawn) - len(given))
    slowest = max((b - a for a, b in pairwise(times)), default=0.0)
    return _Draw(key, given, judge(key.exercise, key.drawn, given, key), slowest)


def _unlucky(right: RightAnswer, every: Sequence[_Draw]) -> list[str]:
    """The draws on which a right answer loses points, in words."""
    return [
        f"the right answer {right.name} is refused on draw {n}: "
        f"{', '.join(draw.wrong_on(draw.unchanged)) or 'as a whole'}"
        for n, draw in enumerate(every)
        if not draw.verdict.full
    ]


def _verdict(draw: _Draw, right: RightAnswer, text: str, naming: bool = False) -> Verdict | None:
    """The verdict on a changed answer.

    Args:
        draw: what is asked.
        right: the answer that it was made from.
        text: the changed answer.
        naming: whether the verdict on a wrong one matters too.

    Returns:
        The verdict, or None if the answer is wrong and that is all that matters. An answer that is
        wrong on ordinary inputs is not asked at the corners.
    """
    key = draw.key
    exercise, given, wrong = key.exercise, list[Response](), False
    for probe, response in enumerate(responses(key, right, text)):
        given.append(response)
        if not draw.right_on(probe, response):
            if not naming:
                return None
            wrong |= not exercise.probes[probe].corner
        if wrong and probe >= max(exercise.ordinary):
            break
    if not naming and len(given) < len(key.drawn):
        return None
    if draw.as_before(given):
        return draw.verdict
    rest = _not_asked(draw, given) if wrong else [Response(fault="error")] * len(key.drawn)
    return judge(exercise, key.drawn, [*given, *rest[len(given) :]], key)


def _not_asked(draw: _Draw, given: Sequence[Response]) -> list[Response]:
    """What stands for what a wrong answer was not asked: right values, and its own once more."""
    probes = draw.key.exercise.probes
    return [
        given[0] if probe.repeats else right
        for probe, right in zip(probes, draw.unchanged, strict=True)
    ]


def _read(key: AnswerKey, probe: int, response: Response) -> Response:
    return replace(response, values=key.exercise.read(key.drawn[probe], response.values))


def _survivor(every: Sequence[_Draw], right: RightAnswer, mutant: Changed) -> Survivor:
    wrong: list[str] = []
    distances: list[Distance] = []
    for draw in every:
        key, given = draw.key, list(responses(draw.key, right, mutant.text))
        if draw.as_before(given):
            continue
        here = draw.wrong_on(given)
        if not (here or judge(key.exercise, key.drawn, given, key).full):
            here = ["all together"]
        wrong += here
        before, after = (
            [_read(key, n, one) for n, one in enumerate(all)] for all in (draw.unchanged, given)
        )
        distances.append(distance(key, before, after))
    return Survivor(mutant, tuple(dict.fromkeys(wrong)), furthest(distances))
