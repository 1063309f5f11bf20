"""The primitive operations by family, one table entry each; see `table` for what an entry holds.

Importing this package gives `Node` and `Dual` their operators, methods and NumPy's functions.
"""

from . import numpy_functions as numpy_functions
from .arithmetic import add, divide, identity, multiply, negative, subtract
from .elementary import (
    abs,
    cos,
    exp,
    log,
    logaddexp,
    nan_to_num,
    relu,
    sigmoid,
    sign,
    sin,
    softplus,
    tanh,
)
from .joining import concatenate, stack
from .linear_algebra import dot, matmul, outer
from .powers import power, sqrt, square
from .reductions import logsumexp, max, mean, sum
from .selection import (
    equal,
    greater,
    greater_equal,
    logical_and,
    logical_not,
    logical_or,
    maximum,
    minimum,
    where,
)
from .shapes import broadcast_to, index, reshape, scatter, transpose
from .softmax import log_softmax, softmax
from .table import TABLE, Primitive, apply

__all__ = [
    "TABLE",
    "Primitive",
    "abs",
    "add",
    "apply",
    "broadcast_to",
    "concatenate",
    "cos",
    "divide",
    "dot",
    "equal",
    "exp",
    "greater",
    "greater_equal",
    "identity",
    "index",
    "log",
    "log_softmax",
    "logaddexp",
    "logical_and",
    "logical_not",
    "logical_or",
    "logsumexp",
    "matmul",
    "max",
    "maximum",
    "mean",
    "minimum",
    "multiply",
    "nan_to_num",
    "negative",
    "outer",
    "power",
    "relu",
    "reshape",
    "scatter",
    "sigmoid",
    "sign",
    "sin",
    "softmax",
    "softplus",
    "sqrt",
    "square",
    "stack",
    "subtract",
    "sum",
    "tanh",
    "transpose",
    "where",
]
