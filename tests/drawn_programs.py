"""Programs for tests: drawn ones of every kind and level, and Quiz 1 as a program."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.domain import Real
from autograder.exercise import Exercise
from autograder.random_functions.derived_program import derived_program
from autograder.random_functions.graphs import random_graph
from autograder.random_functions.losses import random_loss
from autograder.random_functions.networks import random_network
from autograder.random_functions.operations import SCALAR
from autograder.random_functions.program import Line, Program

KINDS: dict[str, Callable[..., Program]] = {
    "graphs": random_graph,
    "losses": random_loss,
    "layers": random_network,
}
QUIZ1 = Program(
    "quiz1",
    {"x": Real(above=1.4, below=2.4), "z": Real(above=0.5, below=1.5)},
    (
        Line("a", "multiply", ("x", "z")),
        Line("b", "exp", ("a",)),
        Line("c", "log", ("x",)),
        Line("d", "divide", ("a", "c")),
        Line("e", "sin", ("c",)),
        Line("f", "divide", ("e", "b")),
        Line("y", "sum of 3", ("b", "d", "f")),
    ),
)


def scalar_exercise(lines: str, inputs: tuple[str, ...]) -> Exercise:
    """The exercise of a function that asks for every adjoint but the result's.

    Args:
        lines: such as "a = log x; y = sum of 2 a x", in the operations of the table.
        inputs: the names of its inputs.
    """
    made = []
    for line in lines.split("; "):
        name, right_side = line.split(" = ")
        operation = max((one for one in SCALAR if right_side.startswith(one)), key=len)
        made.append(Line(name, operation, tuple(right_side.removeprefix(operation).split())))
    asked = (*(line.name for line in made[:-1]), *inputs)
    domains = {name: Real(above=0.5, below=2.5) for name in inputs}
    program = Program("f", domains, tuple(made), asked=asked)
    return derived_program("practice.graphs", program, "practice")


def drawn(kind: str, seed: int) -> Program:
    """The program of a seed; levels take turns."""
    return KINDS[kind](np.random.default_rng(seed), 1 + seed % 3)
