"""One question of practice: a random function, inputs to work at, and its exercise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np

from autograder.derived.possible import possible_names
from autograder.derived.steps import Derivation, derivation
from autograder.domain import drawing, size_names
from autograder.exercise import Exercise, Inputs
from autograder.practice.mistakes import Mistakes, asked_of
from autograder.random_functions.derived_program import derived_program
from autograder.random_functions.graphs import point, random_graph
from autograder.random_functions.losses import random_loss
from autograder.random_functions.networks import random_network
from autograder.random_functions.ordinary import is_ordinary
from autograder.random_functions.program import Program

TOPICS: dict[str, Callable[..., Program]] = {
    "graphs": random_graph,
    "layers": random_network,
    "losses": random_loss,
}
LEVELS = (1, 2, 3)
# Among so many functions one is chosen in which the learner's mistakes can be made again, or
# another of the best few if that one tells too little.
_CANDIDATES, _TAKEN = 12, 4
# The share of questions that are drawn as if nothing had been wrong, so that others come too.
_FREELY = 0.5
# How many functions are tried, how many inputs are drawn for one, and how many of these are tried.
_FUNCTIONS, _DRAWS, _POINTS = 20, 40, 6
# The lengths of small inputs by how many there are. Rows and columns of a loss differ in number,
# so a mean over the one is not a mean over the other.
_SMALL = {1: [3], 2: [3, 2], 3: [2, 2, 2]}
# The share of mistakes that can be told apart at the inputs shown.
_TELLS = 0.9


@dataclass(frozen=True)
class Question:
    """What is asked.

    Args:
        topic: a key of `TOPICS`.
        program: the function.
        inputs: where it is worked out by hand.
    """

    topic: str
    program: Program
    inputs: Inputs

    @cached_property
    def exercise(self) -> Exercise:
        """The exercise of its backward pass; it takes longer than all the rest."""
        return derived_program(f"practice.{self.topic}", self.program, "practice")

    @cached_property
    def derivation(self) -> Derivation:
        """The structure of the function."""
        return derivation(self.program.forward, self.inputs, self.program.leaves)

    @property
    def asked(self) -> list[str]:
        """The names of the adjoints that are asked for."""
        return asked_of(self.program, self.derivation)

    @cached_property
    def possible(self) -> frozenset[str]:
        """The names of the mistakes that can be made in it."""
        return possible_names(self.derivation)


def draw_question(
    rng: np.random.Generator, topic: str, level: int, owed: Mapping[str, float]
) -> Question:
    """Draws a question.

    Args:
        rng: draws it.
        topic: a key of `TOPICS`.
        level: 1, 2 or 3.
        owed: mistake's name → how much it should come again.

    Returns:
        A function, about every other time one that rather allows the mistakes that are owed, at
        inputs where values are of ordinary size and the mistakes in it can be told apart.
    """
    question = None
    for program in islice(_functions(rng, topic, level, owed), _FUNCTIONS):
        mistakes = Mistakes.of(program)
        tried = 0
        for _ in range(_DRAWS):
            inputs = shown_inputs(rng, program, small=level == 1)
            if not is_ordinary(program, inputs):
                continue
            question = Question(topic, program, inputs)
            if mistakes.told_apart(inputs) >= _TELLS:
                return question
            tried += 1
            if tried == _POINTS:
                break
    assert question is not None
    return question


def shown_inputs(rng: np.random.Generator, program: Program, small: bool = False) -> Inputs:
    """Inputs for work by hand: few entries, one digit after the decimal point.

    Args:
        rng: draws them.
        program: the function.
        small: whether no matrix has more than six entries; of a network's, four.
    """
    letters = size_names(program.inputs)
    if not letters:
        return dict(point(rng, program))
    drawn_sizes = rng.permutation([2, 3, 1, 2])[: len(letters)].tolist()
    if small:
        drawn_sizes = _SMALL[len(letters)]
    lengths = {
        name: size if name == "N" else max(size, 2)
        for name, size in zip(letters, drawn_sizes, strict=True)
    }
    kinds = {name: next(iter(domain.kinds())) for name, domain in program.inputs.items()}
    drawn = drawing(program.inputs, lengths, kinds)(rng)
    return {name: _plain(value) for name, value in drawn.items()}


def _plain(value: Any) -> Any:
    """With one digit, and without zeros, which hide whatever they are multiplied by."""
    if set(np.unique(value)) <= {0.0, 1.0}:
        return value
    tenths = np.where(np.abs(value) < 0.1, np.copysign(0.1, value), value)
    return tenths.round(1)


def _functions(
    rng: np.random.Generator, topic: str, level: int, owed: Mapping[str, float]
) -> Iterator[Program]:
    """Functions without end; half of the time those first in which more is owed."""
    draw = TOPICS[topic]
    freely = not owed or rng.random() < _FREELY
    while True:
        if freely:
            yield draw(rng, level)
            continue
        programs = [draw(rng, level) for _ in range(_CANDIDATES)]
        weights = np.array([_weight(program, rng, owed) for program in programs])
        shares = weights / weights.sum()
        for place in rng.choice(len(programs), _TAKEN, replace=False, p=shares):
            yield programs[place]


def _weight(program: Program, rng: np.random.Generator, owed: Mapping[str, float]) -> float:
    possible = Question("", program, shown_inputs(rng, program)).possible
    fitting = sum(weight for name, weight in owed.items() if name in possible)
    return (0.1 + fitting) ** 2
