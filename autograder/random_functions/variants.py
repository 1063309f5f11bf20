"""A variant per student: everyone's own function of the same size, from the course and the id.

A variant depends on nothing but the course, the family and the student's id, so a notebook, the
grader and a teacher's machine all have the same one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache, partial

import numpy as np

from autograder.domain import Real
from autograder.exercise import Exercise
from autograder.random_functions.derived_program import derived_program
from autograder.random_functions.graphs import LETTERS, NoneFound, arranged, is_fit
from autograder.random_functions.losses import RESULT, kinds_of, loss_lines
from autograder.random_functions.operations import ACTIVATIONS, sum_of
from autograder.random_functions.program import Line, Program

# The operations of Quiz 1 besides the sum at its end; its fan-outs, each of two uses, and paths.
QUIZ1_OPERATIONS = ("multiply", "exp", "log", "divide", "sin", "divide")
QUIZ1_FAN_OUTS, QUIZ1_PATHS, QUIZ1_SUMMANDS = 4, 8, 3
_QUIZ1_INPUTS = {"x": Real(above=1.4, below=2.4), "z": Real(above=0.5, below=1.5)}
_TRIES = 100_000
_WIDTHS = (2, 3, 4, 5)
_LARGEST_INPUT, _LARGEST_WEIGHT = 1.5, 1.0
_KEPT = 32


@dataclass(frozen=True)
class Family:
    """Variants of one kind.

    Args:
        id: of its exercise.
        title: what a person calls it.
        draw: draws a function.
    """

    id: str
    title: str
    draw: Callable[[np.random.Generator], Program]


def quiz1_variant(rng: np.random.Generator) -> Program:
    """Quiz 1 arranged anew: its operations, its fan-outs and its paths, other names.

    Args:
        rng: draws it.

    Raises:
        NoneFound: if there is none among very many draws.
    """
    chosen = sorted(rng.choice(len(LETTERS), len(QUIZ1_OPERATIONS), replace=False))
    letters = [LETTERS[i] for i in chosen]
    for _ in range(_TRIES):
        order = np.argsort(rng.random(len(QUIZ1_OPERATIONS)))
        kinds = [QUIZ1_OPERATIONS[i] for i in order]
        draws = iter(rng.random(2 * len(kinds)).tolist())
        program = arranged(draws, "quiz1_variant", _QUIZ1_INPUTS, kinds, letters)
        if program and _is_as_large_as_quiz1(program) and is_fit(rng, program):
            return program
    raise NoneFound("no arrangement of Quiz 1")


def network_variant(rng: np.random.Generator) -> Program:
    """A network of two layers with its loss: own widths, activation, factors, loss, reduction.

    Args:
        rng: draws it.
    """
    wide = [int(width) for width in rng.permutation(_WIDTHS)[:3]]
    inputs = {
        "x": Real("N", wide[0], largest=_LARGEST_INPUT),
        "W1": Real(wide[0], wide[1], largest=_LARGEST_WEIGHT),
        "b1": Real(wide[1], largest=_LARGEST_WEIGHT),
        "W2": Real(wide[1], wide[2], largest=_LARGEST_WEIGHT),
        "b2": Real(wide[2], largest=_LARGEST_WEIGHT),
    }
    loss = rng.choice(np.array(kinds_of("N", wide[2]), dtype=object))
    lines = [
        Line("z1", "affine", ("x", "W1", "b1")),
        Line("h1", str(rng.choice(list(ACTIVATIONS))), ("z1",)),
        Line("s1", "scaled", ("h1",), _factor(rng)),
        Line("z2", "affine", ("s1", "W2", "b2")),
        Line("u", "scaled", ("z2",), _factor(rng)),
        *loss_lines(rng, loss, "u", "t"),
    ]
    assert lines[-1].name == RESULT
    return Program("network_variant", {**inputs, "t": loss.target}, tuple(lines), data=("x", "t"))


FAMILIES: dict[str, Family] = {
    "quiz1": Family("quiz1.variant", "Quiz 1, your variant", quiz1_variant),
    "network": Family("network.variant", "A small network, your variant", network_variant),
}


def family_named(name: str) -> Family:
    """A family.

    Args:
        name: such as "quiz1".

    Raises:
        ValueError: if there is none of this name.
    """
    if name not in FAMILIES:
        raise ValueError(f"There is no family {name!r}. The families are: {', '.join(FAMILIES)}.")
    return FAMILIES[name]


def same_id(first: str, second: str) -> bool:
    """Whether two ids are one student's: case and space around them do not count."""
    return _plain(first) == _plain(second)


def variant_program(name: str, course: str, student: str) -> Program:
    """A student's function.

    Args:
        name: of the family.
        course: of the course; students of other courses have other functions.
        student: the student's id.
    """
    text = "\n".join(["variant", name, course, _plain(student)])
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
    return family_named(name).draw(np.random.default_rng(seed))


@lru_cache(_KEPT)
def variant_exercise(name: str, course: str, student: str) -> Exercise:
    """The exercise of a student's function.

    Args:
        name: of the family.
        course: as for `variant_program`.
        student: as for `variant_program`.
    """
    family = family_named(name)
    program = variant_program(name, course, student)
    return derived_program(
        family.id, program, family.title, for_student=partial(variant_exercise, name)
    )


@cache
def variant_base(id: str) -> Exercise | None:
    """An exercise of which each student has a variant, before it is known whose.

    Args:
        id: such as "quiz1.variant".

    Returns:
        The variant of nobody in particular; None if it is not the id of a family.
    """
    names = [name for name, family in FAMILIES.items() if family.id == id]
    return variant_exercise(names[0], "", "") if names else None


def _is_as_large_as_quiz1(program: Program) -> bool:
    return (
        list(program.fan_outs.values()) == [2] * QUIZ1_FAN_OUTS
        and program.lines[-1].operation == sum_of(QUIZ1_SUMMANDS)
        and program.paths == QUIZ1_PATHS
    )


def _factor(rng: np.random.Generator) -> float:
    """A factor with two digits after the decimal point, not near 0, 1 or 2."""
    return round(float(rng.choice([0.3, 1.15]) + rng.integers(0, 60) / 100), 2)


def _plain(student: str) -> str:
    return " ".join(student.split()).casefold()
