"""The operations that a line of a random function can hold, as Python text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Operation:
    """One kind of line.

    Args:
        text: Python with {0}, {1} for the operands and {number} for a constant of the line's own.
        uses: the operations of course_bp's table that it consists of.
        kinks: the places of operands at whose zeros the derivative jumps.
    """

    text: str
    uses: tuple[str, ...]
    kinks: tuple[int, ...] = ()

    @property
    def operands(self) -> int:
        """How many operands it takes."""
        return next(n for n in range(9) if f"{{{n}}}" not in self.text)


def sum_of(count: int) -> str:
    """The name of the operation that adds so many operands."""
    return f"sum of {count}"


SCALAR: dict[str, Operation] = {
    "multiply": Operation("{0} * {1}", ("multiply",)),
    "divide": Operation("{0} / {1}", ("divide",)),
    "add": Operation("{0} + {1}", ("add",)),
    "subtract": Operation("{0} - {1}", ("subtract",)),
    "exp": Operation("np.exp({0})", ("exp",)),
    "log": Operation("np.log({0})", ("log",)),
    "sin": Operation("np.sin({0})", ("sin",)),
    "cos": Operation("np.cos({0})", ("cos",)),
    "tanh": Operation("np.tanh({0})", ("tanh",)),
    "sqrt": Operation("np.sqrt({0})", ("sqrt",)),
    "square": Operation("{0}**2", ("square",)),
    **{
        sum_of(count): Operation(
            " + ".join(f"{{{n}}}" for n in range(count)), ("add",) * (count - 1)
        )
        for count in (2, 3, 4)
    },
}

ACTIVATIONS: dict[str, Operation] = {
    "tanh": SCALAR["tanh"],
    "sigmoid": Operation("sigmoid({0})", ("sigmoid",)),
    "relu": Operation("relu({0})", ("relu",), kinks=(0,)),
    "softplus": Operation("softplus({0})", ("softplus",)),
}

LAYERS: dict[str, Operation] = {
    "affine": Operation("{0} @ {1} + {2}", ("matmul", "add")),
    "linear": Operation("{0} @ {1}", ("matmul",)),
    "skip": Operation("{0} + {1}", ("add",)),
    "scaled": Operation("{number} * {0}", ("multiply",)),
}

# What a loss does with one entry or one row of its input z and its target t.
PER_ENTRY: dict[str, Operation] = {
    "squared error": Operation("({0} - {1})**2", ("subtract", "square")),
    "log-cosh": Operation("np.log(np.cosh({0} - {1}))", ("subtract", "cosh", "log")),
    "logistic loss": Operation("softplus({0}) - {1} * {0}", ("softplus", "multiply", "subtract")),
    "Poisson loss": Operation("np.exp({0}) - {1} * {0}", ("exp", "multiply", "subtract")),
}
PER_ROW: dict[str, Operation] = {
    "cross-entropy": Operation(
        "-({1} * log_softmax({0}, axis=1)).sum(axis=1)",
        ("log_softmax", "multiply", "sum", "negative"),
    ),
}
REDUCTIONS: dict[str, Operation] = {
    "sum": Operation("{0}.sum()", ("sum",)),
    "mean": Operation("{0}.mean()", ("mean",)),
    "mean over rows": Operation("{0}.sum(axis=1).mean()", ("sum", "mean")),
}
WEIGHTS: dict[str, Operation] = {
    "weighted": Operation("{1} * {0}", ("multiply",)),
    "penalised": Operation("{0} + {number} * ({1}**2).sum()", ("square", "sum", "multiply", "add")),
}

OPERATIONS: dict[str, Operation] = {
    **SCALAR,
    **ACTIVATIONS,
    **LAYERS,
    **PER_ENTRY,
    **PER_ROW,
    **REDUCTIONS,
    **WEIGHTS,
}
# What the text may call besides np, and what each of them is.
CALLED = {
    "log_softmax": "log_softmax(u, axis=1) = u - log(sum of exp(u) over each row)",
    "relu": "relu(u) = max(u, 0)",
    "sigmoid": "sigmoid(u) = 1 / (1 + exp(-u))",
    "softplus": "softplus(u) = log(1 + exp(u))",
}
