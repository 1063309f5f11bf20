"""One question of practice: a random function, inputs to work at, and its exercise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from autograder.derived.possible import possible_names
from autograder.derived.steps import derivation
from autograder.domain import drawing, size_names
from autograder.exercise import Exercise, Inputs
from autograder.practice.rounding import close
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
# Among so many functions one is chosen in which the learner's mistakes can be made again.
_CANDIDATES = 12
# How often other inputs, and other functions, are tried.
_POINTS, _FUNCTIONS = 40, 20
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
        """The exercise of its backward pass."""
        return derived_program(f"practice.{self.topic}", self.program, "practice")

    @cached_property
    def possible(self) -> frozenset[str]:
        """The names of the mistakes that can be made in it."""
        return names_in(self.program, self.inputs)


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
        A function that rather allows the mistakes that are owed, at inputs where values are of
        ordinary size and the mistakes in it can be told apart.
    """
    question = None
    for _ in range(_FUNCTIONS):
        program = _chosen(rng, topic, level, owed)
        for _ in range(_POINTS):
            inputs = shown_inputs(rng, program, small=level == 1)
            if not is_ordinary(program, inputs):
                continue
            question = Question(topic, program, inputs)
            if told_apart(question.exercise, inputs) >= _TELLS:
                return question
    assert question is not None
    return question


def told_apart(exercise: Exercise, inputs: Inputs) -> float:
    """The share of an exercise's mistakes whose numbers no other name has at a point.

    Args:
        exercise: a derived one.
        inputs: the point.
    """
    names = [part.name for part in exercise.parts]

    def numbers(wrong: Any) -> list[Any] | None:
        try:
            solved = exercise.solve(inputs, wrong)
        except Exception:
            return None  # The slip does not fit the shapes here, so nobody can make it.
        return [getattr(solved, name) for name in names]

    made = [(mistake.name, numbers(mistake.wrong)) for mistake in exercise.mistakes]
    possible = [("", numbers({})), *((name, found) for name, found in made if found)]
    alone = sum(
        not any(other != name and _same(found, values) for other, values in possible)
        for name, found in possible[1:]
    )
    return alone / max(len(possible) - 1, 1)


def names_in(program: Program, inputs: Inputs) -> frozenset[str]:
    """The names of the mistakes that can be made in a function.

    Args:
        program: the function.
        inputs: any.
    """
    return possible_names(derivation(program.forward, inputs, program.leaves))


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


def _chosen(rng: np.random.Generator, topic: str, level: int, owed: Mapping[str, float]) -> Program:
    draw = TOPICS[topic]
    if not owed:
        return draw(rng, level)
    programs = [draw(rng, level) for _ in range(_CANDIDATES)]
    weights = np.array([_weight(program, rng, owed) for program in programs])
    return programs[int(rng.choice(len(programs), p=weights / weights.sum()))]


def _weight(program: Program, rng: np.random.Generator, owed: Mapping[str, float]) -> float:
    possible = names_in(program, shown_inputs(rng, program))
    fitting = sum(weight for name, weight in owed.items() if name in possible)
    return (0.1 + fitting) ** 2


def _same(first: list[Any] | None, second: list[Any] | None) -> bool:
    assert first is not None
    assert second is not None
    return all(close(a, b) for a, b in zip(first, second, strict=True))
