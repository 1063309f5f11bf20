"""The primitive operations by family, one table entry each; see `table` for what an entry holds.

Importing this package gives `Node` and `Dual` their operators.
"""

from .arithmetic import add, divide, multiply, negative, subtract
from .elementary import (
    abs,
    cos,
    exp,
    log,
    relu,
    sigmoid,
    sign,
    sin,
    softplus,
    tanh,
)
from .linear_algebra import matmul
from .powers import power, sqrt, square
from .reductions import sum
from .selection import equal, greater, maximum, minimum, where
from .shapes import broadcast_to, reshape, scatter, transpose
from .table import TABLE, Primitive, apply

__all__ = [
    "TABLE",
    "Primitive",
    "abs",
    "add",
    "apply",
    "broadcast_to",
    "cos",
    "divide",
    "equal",
    "exp",
    "greater",
    "log",
    "matmul",
    "maximum",
    "minimum",
    "multiply",
    "negative",
    "power",
    "relu",
    "reshape",
    "scatter",
    "sigmoid",
    "sign",
    "sin",
    "softplus",
    "sqrt",
    "square",
    "subtract",
    "sum",
    "tanh",
    "transpose",
    "where",
]
