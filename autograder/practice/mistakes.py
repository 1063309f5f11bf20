"""The mistakes that can be made in a random function, before there is an exercise of it.

An exercise also has the corners of its domain, which take long to find and which nobody asks for
while inputs for work by hand are chosen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.derived.general_names import general_name
from autograder.derived.mistakes import derived_mistakes
from autograder.derived.steps import Derivation, derivation
from autograder.domain import drawing, size_names
from autograder.exercise import Inputs, Mistake, Step
from autograder.practice.rounding import slack
from autograder.random_functions.program import Program
from autograder.solving import solve_steps


@dataclass(frozen=True)
class Mistakes:
    """What can be told from numbers about how they were worked out.

    Args:
        steps: the right steps.
        mistakes: the ways to go wrong.
        asked: the names of what is handed in.
    """

    steps: Mapping[str, Step]
    mistakes: Sequence[Mistake]
    asked: Sequence[str]

    @classmethod
    def of(cls, program: Program) -> Mistakes:
        """Those of a function.

        Args:
            program: the function.
        """
        lengths = {name: 3 + i for i, name in enumerate(size_names(program.inputs))}
        kinds = {name: next(iter(domain.kinds())) for name, domain in program.inputs.items()}
        draw = drawing(program.inputs, lengths, kinds)
        drawn = [draw(np.random.default_rng(i)) for i in range(2)]
        derived = derivation(program.forward, drawn[0], program.leaves)
        steps, asked = derived.steps(), asked_of(program, derived)
        return cls(steps, derived_mistakes(derived, steps, drawn, asked), asked)

    def told_apart(self, inputs: Inputs) -> float:
        """The share of mistakes whose numbers no other name has at a point.

        Args:
            inputs: the point.
        """
        names, rows, slacks = [], [], []
        for name, wrong in [("", {}), *((m.name, m.wrong) for m in self.mistakes)]:
            try:
                solved = solve_steps(self.steps, inputs, wrong)
            except Exception:
                continue  # The slip does not fit the shapes here, so nobody can make it.
            numbers = [getattr(solved, one) for one in self.asked]
            names.append(general_name(name))
            rows.append(_flat(numbers))
            slacks.append(_flat([slack(one) for one in numbers]))
        alone = 0
        with np.errstate(invalid="ignore"):
            for name, row in zip(names[1:], rows[1:], strict=True):
                alone += not any(
                    other != name and row.shape == values.shape and (abs(row - values) <= s).all()
                    for other, values, s in zip(names, rows, slacks, strict=True)
                )
        return alone / max(len(names) - 1, 1)


def asked_of(program: Program, derived: Derivation) -> list[str]:
    """The names of the adjoints that are asked for, in the order of a backward pass.

    Args:
        program: the function.
        derived: its structure.
    """
    wanted = program.asked or program.leaves
    return [f"d{name}" for name in derived.adjoints if name in wanted]


def _flat(numbers: Sequence[Any]) -> Any:
    return np.concatenate([np.ravel(one) for one in numbers])
