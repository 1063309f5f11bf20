"""Runs the bank: is every known mistake refused and named, and every right answer accepted?

The bank of an exercise is its own mistakes, the generic ones that can be made in it, its reference
and its variants. All are asked and judged as a student's answer is, on inputs drawn anew from
every seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from types import SimpleNamespace
from typing import Any

from autograder.exercise import Exercise, Mistake
from autograder.feedback.words import named_mistakes
from autograder.inside.asking import put_question
from autograder.judge.answer_key import AnswerKey
from autograder.judge.catalogue import CATALOGUE
from autograder.judge.compare import close
from autograder.judge.draw import draw_inputs
from autograder.judge.judge import judge
from autograder.judge.routes import route_mistakes
from autograder.judge.slips import derived_mistakes
from autograder.judge.verdict import Verdict


@dataclass(frozen=True)
class Tally:
    """How the bank of an exercise fared; tallies of several seeds add up.

    Args:
        wrong: how often a mistake was judged.
        refused: how often it lost points.
        named: how often its own name, and no other, was given to it.
        misnamed: how often another name was given.
        right: how often a right answer was judged.
        accepted: how often it earned all points.
        trouble: what did not go as it should, in words.
    """

    wrong: int = 0
    refused: int = 0
    named: int = 0
    misnamed: int = 0
    right: int = 0
    accepted: int = 0
    trouble: tuple[str, ...] = ()

    def __add__(self, other: Tally) -> Tally:
        names = [field.name for field in fields(self)]
        return Tally(*(getattr(self, name) + getattr(other, name) for name in names))


def run_bank(
    exercise: Exercise, seed: int, advance: Callable[[str], None] = lambda name: None
) -> Tally:
    """Judges everything in an exercise's bank on the inputs of one seed.

    Args:
        seed: fixes the inputs.
        advance: called after each of the exercise's own mistakes.

    Returns:
        How it fared.
    """
    key = AnswerKey(exercise, draw_inputs(exercise, (seed,)))
    total = Tally()
    for mistake in exercise.mistakes:
        total += _tally_wrong(mistake, _judge(key, _answer(key, mistake)), seed)
        advance("")
    for mistake in applicable(key):
        for answer in _ways(key, mistake):
            total += _tally_wrong(mistake, _judge(key, answer), seed)
    for name, answer in {"reference": _answer(key), **exercise.variants}.items():
        total += _tally_right(name, _judge(key, answer), seed)
    return total


def applicable(key: AnswerKey) -> Iterator[Mistake]:
    """The generic mistakes that change something and that no mistake of the exercise's repeats.

    Args:
        key: the answer key of a draw.

    Yields:
        The mistakes; on inputs where two coincide, only the exercise's own one is in the bank.
    """
    exercise = key.exercise
    right = [key.right(i) for i in exercise.ordinary]
    for derived in [*derived_mistakes(exercise), *route_mistakes(exercise, right)]:
        (part,) = derived.wrong
        same = [
            mistake
            for mistake in (None, *exercise.mistakes)
            if (mistake is None or part in mistake.wrong or _from_afar(exercise, mistake))
            and _agree(key, part, derived, mistake)
        ]
        if not same:
            yield derived


def _from_afar(exercise: Exercise, mistake: Mistake) -> bool:
    return bool(set(mistake.wrong) - {part.name for part in exercise.parts})


def _agree(key: AnswerKey, part: str, first: Mistake, second: Mistake | None) -> bool:
    for i in key.exercise.ordinary:
        a = key.wrong(i, first)
        b = key.wrong(i, second) if second else key.right(i)
        if a is None or b is None:
            return False
        if not close(getattr(a, part), getattr(b, part), key.exercise.tolerance, True):
            return False
    return True


def _judge(key: AnswerKey, answer: Callable[..., Any]) -> Verdict:
    exercise, drawn = key.exercise, key.drawn
    responses = [put_question(exercise.ask, answer, inputs, exercise.asked) for inputs in drawn]
    return judge(exercise, drawn, responses, key)


def _answer(key: AnswerKey, mistake: Mistake | None = None) -> Callable[..., Any]:
    """The reference or a mistake, called as a student's function is."""
    answer = key.exercise.answer(mistake.wrong if mistake else None)
    names = list(key.drawn[0])
    return lambda *inputs: answer(**dict(zip(names, inputs, strict=True)))


def _ways(key: AnswerKey, mistake: Mistake) -> Iterator[Callable[..., Any]]:
    """A slip made on the way, so that later parts rest on it, and made at the return."""
    if all(key.wrong(i, mistake) is not None for i in key.exercise.ordinary):
        yield _answer(key, mistake)
    right = _answer(key)
    (part,) = mistake.wrong

    def at_the_return(*inputs: Any) -> dict[str, Any]:
        values = SimpleNamespace(**dict(zip(key.drawn[0], inputs, strict=True)))
        returned = right(*inputs)
        vars(values).update(key.exercise.solve(vars(values)).__dict__)
        return {**returned, part: mistake.wrong[part](values)}

    yield at_the_return


def _tally_wrong(mistake: Mistake, verdict: Verdict, seed: int) -> Tally:
    names = named_mistakes(verdict)
    own = mistake.name or CATALOGUE[mistake.id].name
    refused = verdict.score < verdict.exercise.points
    misnamed = [name for name in names if name != own]
    trouble = []
    if not refused:
        trouble.append("passes")
    elif misnamed:
        trouble.append(f"is called {' and '.join(misnamed)}")
    elif not names:
        first = verdict.first_wrong
        rivals = first.finding.rivals if first and first.finding else ()
        trouble.append(f"is not named ({', '.join(rivals) or 'no candidate'})")
    return Tally(
        wrong=1,
        refused=int(refused),
        named=int(names == (own,)),
        misnamed=int(bool(misnamed)),
        trouble=tuple(f"seed {seed}: {mistake.slug} {what}" for what in trouble),
    )


def _tally_right(name: str, verdict: Verdict, seed: int) -> Tally:
    if verdict.full:
        return Tally(right=1, accepted=1)
    first = verdict.first_wrong
    why = verdict.message or (f"at {first.part.name}: {first.status.value}" if first else "")
    return Tally(right=1, trouble=(f"seed {seed}: {name} is refused {why}",))
