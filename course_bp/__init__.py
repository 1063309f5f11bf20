"""course_bp: a small, exact and readable library for differentiating programs.

    from course_bp import Node, exp, grad

    x = Node(2.0, name="x")
    y = x * exp(x)
    y.backward()
    x.grad                                   # the object style
    grad(lambda x: x * exp(x))(2.0)          # the function style, the same number

The graph and its primitives are imported at once; all other names are looked up in their modules
when they are first used, so that importing the package costs little more than importing NumPy.
"""

from importlib import import_module
from typing import Any

from . import primitives as primitives  # gives Node and Dual their operators

_HOMES = {
    "checkpointing": ["checkpoint", "checkpoint_sequential", "graph_bytes"],
    "differential_operators": ["hessian", "hvp", "jacobian"],
    "forward_mode": ["Dual", "jvp"],
    "graph": ["Node", "topological_order"],
    "primitives": [
        "TABLE", "Primitive", "abs", "add", "broadcast_to", "concatenate", "cos", "divide", "exp",
        "log", "log_softmax", "logsumexp", "matmul", "max", "maximum", "mean", "minimum",
        "multiply", "negative", "power", "relu", "reshape", "sigmoid", "sign", "sin", "softmax",
        "softplus", "sqrt", "square", "stack", "subtract", "sum", "tanh", "transpose", "where",
    ],
    "reverse_mode": ["grad", "value_and_grad", "vjp"],
    "source": ["compile_gradient", "to_source"],
    "tracing": ["Step", "first_nonfinite", "trace"],
    "tree": ["tree_flatten", "tree_map"],
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME_OF.keys() - {"abs", "max", "sum"})


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"course_bp has no {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME_OF})
