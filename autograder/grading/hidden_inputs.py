"""The hidden inputs of an exercise: drawn from the course's secret, and fair.

Whatever the secret, a right answer must be found right. Inputs on which the exercise's own answers
are not are drawn again; which draw that leads to depends on nothing but the secret and the code.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from autograder.course.secret import fingerprint, hidden_seed
from autograder.course.versions import code_version
from autograder.exercise import Exercise, Inputs
from autograder.files.ledger import Ledger
from autograder.inside.asking import put_question
from autograder.judge.draw import draw_inputs
from autograder.judge.judge import judge

DRAWS = 20


class NoFairDraw(Exception):
    """The exercise's own right answers are refused on every draw: a fault of the course."""


def known_draws(state: Path) -> Ledger:
    """Which draws were found fair before.

    Args:
        state: the folder of what is remembered between runs.

    Returns:
        A ledger for `hidden_inputs`.
    """
    return Ledger(state / "draws.jsonl")


def hidden_inputs(exercise: Exercise, secret: bytes, known: Ledger | None = None) -> list[Inputs]:
    """Draws the hidden inputs, the same for all students.

    Args:
        secret: the course's secret.
        known: what was found before; it saves looking again, and changes nothing else.

    Returns:
        The inputs of the first draw on which the reference and all variants get full marks.

    Raises:
        NoFairDraw: if there is none among twenty.
    """
    version = f"{code_version()} {exercise.version}".rstrip()
    key = f"{exercise.id} {fingerprint(secret)} {version}"
    known = None if exercise.for_student else known  # Every student's variant has its own draw.
    if known and (found := known.version(key)):
        return draw_inputs(exercise, hidden_seed(secret, exercise.id, int(found)))
    for turn in range(DRAWS):
        drawn = draw_inputs(exercise, hidden_seed(secret, exercise.id, turn))
        if is_fair(exercise, drawn):
            if known:
                known.record(key, str(turn))
            return drawn
    raise NoFairDraw(
        f"{exercise.id} rejects its own right answers on {DRAWS} draws of hidden inputs."
    )


def is_fair(exercise: Exercise, drawn: list[Inputs]) -> bool:
    """Whether the reference and all variants get full marks on these inputs.

    Args:
        drawn: one dict of inputs a probe.

    Returns:
        True if they do.
    """

    def reference(*inputs: Any) -> dict[str, Any]:
        return exercise.answer()(**dict(zip(drawn[0], inputs, strict=True)))

    return all(
        judge(
            exercise,
            drawn,
            [put_question(exercise.ask, answer, one, exercise.asked) for one in drawn],
        ).full
        for answer in (reference, *exercise.variants.values())
    )
