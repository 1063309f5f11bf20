"""Who is in a class of honest and hostile students, and what each hands in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import numpy as np
from workflows.attacks import KINDS
from workflows.attacks.notebook import UNIT, Attack
from workflows.honest_work import HonestWork, honest_work


@dataclass(frozen=True)
class Member:
    """Somebody of the class.

    Args:
        student: the id.
        work: what is handed in.
    """

    student: str
    work: HonestWork | Attack

    @property
    def folder(self) -> str:
        """What the folder of the submission is called."""
        called = self.work.called if isinstance(self.work, Attack) else str
        return called(self.student)

    @property
    def honest(self) -> bool:
        """Whether this is honest work."""
        return isinstance(self.work, HonestWork)

    def hand_in(self, course: Path) -> None:
        """Puts the work into the course's folder of submissions."""
        if isinstance(self.work, Attack):
            released = json.loads(released_notebook(course).read_bytes())
            self.work.hand_in(course / "submitted", self.student, released)
        else:
            self.work.hand_in(course / "submitted", self.student)


def released_notebook(course: Path) -> Path:
    return course / "notebooks" / UNIT / f"{UNIT}.ipynb"


def the_class(released: Path, honest: int, hostile: int, seed: int) -> list[Member]:
    """A class in random order; the same for the same seed.

    Args:
        released: the notebook that students got.
        honest: how many are honest.
        hostile: how many are not; they take turns at every kind of attack.
        seed: fixes all of it.
    """
    rng = np.random.default_rng([seed, 2])
    work: list[HonestWork | Attack] = [*honest_work(released, seed, honest)]
    shuffled = [[attacks[n] for n in rng.permutation(len(attacks))] for attacks in KINDS.values()]
    in_turn = [one for turn in zip_longest(*shuffled) for one in turn if one is not None]
    work += in_turn[:hostile]
    order = rng.permutation(len(work))
    return [Member(f"s{number:03}", work[index]) for number, index in enumerate(order)]
