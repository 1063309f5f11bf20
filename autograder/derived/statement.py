"""What a derived exercise tells a student before anything is wrong: formula, shapes, hints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.derived.steps import Derivation
from autograder.derived.words import LONGEST, formula, operation_at, written_out
from autograder.domain import Chosen, Real
from course_bp.printing.notation import latex_name


@dataclass(frozen=True)
class DerivedFrom:
    """What a derived exercise was derived from.

    Args:
        derivation: the function and its structure.
        domains: of each argument of the student's function, in order.
        sizes: the lengths to ask for by letter, where they are not the usual ones.
    """

    derivation: Derivation
    domains: Mapping[str, Real | Chosen]
    sizes: Mapping[str, Sequence[int]]


def general_hints(derivation: Derivation) -> tuple[str, str, str]:
    """Three hints for the exercise as a whole.

    Args:
        derivation: the function and its structure.
    """
    example = derivation.example
    lines = list(example.blocks)
    several = [name for name in [*example.leaves, *lines] if len(example.users(name)) > 1]
    last = example.blocks[example.output]
    ends_in = written_out(last, last.nodes[-1])
    if len(ends_in) > LONGEST:
        ends_in = operation_at(last.nodes[-1]).form
    start = "1" if derivation.scalar else "upstream"
    fans = (
        f"{' and '.join(several)} {'is' if len(several) == 1 else 'are'} used more than once. "
        "There the contributions add up."
        if several
        else "No variable is used twice, so every gradient comes from one line only."
    )
    return (
        "Write the forward pass down, one line per variable: " + ", ".join(lines) + ". Then go "
        "through these lines backward.",
        fans,
        f"Begin at {example.output}, whose gradient is {start}. Its last operation is {ends_in}: "
        "each operand receives that gradient times its own local derivative.",
    )


def aligned_formula(derivation: Derivation) -> str:
    """The forward pass as one block of LaTeX, its equations below each other.

    Args:
        derivation: the function and its structure.
    """
    lines = [line.replace(" = ", " &= ", 1) for line in formulas(derivation)]
    return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"


def formulas(derivation: Derivation) -> list[str]:
    """The forward pass in LaTeX, one equation per variable.

    Args:
        derivation: the function and its structure.
    """
    return [
        f"{latex_name(name)} = {formula(block)}"
        for name, block in derivation.example.blocks.items()
    ]
