"""Random losses: of an entry or a row, perhaps weighted, reduced, perhaps with a penalty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from autograder.domain import Chosen, Real, bits, one_hot
from autograder.random_functions.operations import PER_ROW
from autograder.random_functions.program import Line, Program

# In these sizes a learner's own formula for a softmax or a logarithm is as exact as ours.
LARGEST = 3.0
RESULT = "L"


@dataclass(frozen=True)
class Loss:
    """What a loss compares.

    Args:
        operation: of one entry or one row.
        target: the domain of the targets for an array of these sizes.
        sizes: of the array of outputs.
    """

    operation: str
    target: Real | Chosen
    sizes: tuple[str | int, ...]


def kinds_of(*sizes: str | int) -> list[Loss]:
    """The losses that fit an array of outputs.

    Args:
        sizes: of the array; a vector or a matrix.
    """
    every = [
        Loss("squared error", Real(*sizes, largest=LARGEST), sizes),
        Loss("log-cosh", Real(*sizes, largest=LARGEST), sizes),
        Loss("Poisson loss", Real(*sizes, above=0.0, largest=LARGEST), sizes),
    ]
    if len(sizes) == 1:
        return [*every, Loss("logistic loss", bits(str(sizes[0])), sizes)]
    return [*every, Loss("cross-entropy", one_hot(*sizes), sizes)]


def constant(rng: np.random.Generator) -> float:
    """A number with one digit after the decimal point that nobody takes for 1 or 2."""
    return float(rng.choice([0.3, 0.4, 0.6, 0.7, 1.3, 1.4, 1.6, 1.7]))


def loss_lines(
    rng: np.random.Generator, loss: Loss, outputs: str, target: str, weights: str = ""
) -> list[Line]:
    """The lines from outputs and targets to one number.

    Args:
        rng: draws the reduction.
        loss: which.
        outputs: the name of the array of outputs.
        target: the name of the targets.
        weights: the name of the weights, if there are any.

    Returns:
        The lines; the last one is `RESULT`.
    """
    lines = [Line("l", loss.operation, (outputs, target))]
    if weights:
        lines.append(Line("m", "weighted", (lines[-1].name, weights)))
    vector = len(loss.sizes) == 1 or loss.operation in PER_ROW
    reductions = ["sum", "mean"] if vector else ["sum", "mean", "mean over rows"]
    lines.append(Line(RESULT, str(rng.choice(reductions)), (lines[-1].name,)))
    return lines


def random_loss(rng: np.random.Generator, level: int = 2, name: str = "loss") -> Program:
    """Draws a loss of an array z of outputs.

    Args:
        rng: draws it.
        level: 1: the loss and its reduction; 2: weights, a scale or a penalty besides; 3: two of
            these.
        name: of the function.
    """
    sizes = ("N",) if rng.random() < 0.4 else ("N", "K")
    loss = rng.choice(np.array(kinds_of(*sizes), dtype=object))
    more = list(rng.permutation(["weights", "scale", "penalty"])[: level - 1])
    inputs: dict[str, Real | Chosen] = {"z": Real(*sizes, largest=LARGEST), "t": loss.target}
    lines = [Line("p", "scaled", ("z",), constant(rng))] if "scale" in more else []
    if "weights" in more:
        per_row = loss.operation in PER_ROW
        inputs["w"] = Real(*(sizes[:1] if per_row else sizes), above=0.2, largest=LARGEST)
    lines += loss_lines(
        rng, loss, lines[-1].name if lines else "z", "t", "w" if "weights" in more else ""
    )
    if "penalty" in more:
        lines = with_penalty(rng, lines, "z")
    return Program(name, inputs, tuple(lines), data=("t",))


def with_penalty(rng: np.random.Generator, lines: list[Line], of: str) -> list[Line]:
    """The same with a sum of squares added to the result.

    Args:
        rng: draws its factor.
        lines: the last one is `RESULT`.
        of: the name of the array whose squares are added.
    """
    last = lines[-1]
    data = Line("E", last.operation, last.operands)
    return [*lines[:-1], data, Line(RESULT, "penalised", ("E", of), constant(rng))]
