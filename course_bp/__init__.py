"""course_bp: a small, exact and readable library for differentiating programs.

    from course_bp import Node, exp, grad

    x = Node(2.0, name="x")
    y = x * exp(x)
    y.backward()
    x.grad                                   # the object style
    grad(lambda x: x * exp(x))(2.0)          # the function style, the same number

All but the table of primitives is looked up when it is first used, so that importing the package
costs little more than importing NumPy.
"""

from importlib import import_module
from typing import Any

# Not when it is first used: importing them is what gives a Node its operators and its copies.
from . import pickling as pickling
from . import primitives as primitives

_HOMES = {
    "activations": ["ACTIVATIONS", "activation_derivative", "get_activation", "identity"],
    "backprop": ["Algorithm64", "Backprop", "algorithm_6_4", "feedforward"],
    "checkpointing": ["checkpoint", "checkpoint_sequential", "graph_bytes"],
    "differential_operators": ["hessian", "hvp", "jacobian"],
    "finite_differences": [
        "CountedCalls", "StepSizeSweep", "finite_difference", "finite_difference_jacobian",
        "step_size_sweep",
    ],
    "forward_mode": ["Dual", "jvp"],
    "four_ways": ["FourWays", "compare_four_ways"],
    "gradient_check": ["GradientCheck", "TensorCheck", "check_gradient", "check_vjp"],
    "graph": ["Node", "topological_order"],
    "primitives": [
        "TABLE", "Primitive", "abs", "add", "broadcast_to", "concatenate", "cos", "divide", "exp",
        "log", "log_softmax", "logaddexp", "logsumexp", "matmul", "max", "maximum", "mean",
        "minimum", "multiply", "negative", "power", "relu", "reshape", "sigmoid", "sign", "sin",
        "softmax", "softplus", "sqrt", "square", "stack", "subtract", "sum", "tanh", "transpose",
        "where",
    ],
    "jacobian_accumulation": [
        "Accumulation", "LinearizedGraph", "accumulate", "accumulate_jacobian", "linearize",
    ],
    "losses": [
        "binary_cross_entropy", "binary_cross_entropy_with_logits", "half_squared_error", "hinge",
        "mean_squared_error", "softmax_cross_entropy", "summed_squared_error",
    ],
    "mlp": ["MLP"],
    "optimizers": ["SGD", "is_bias", "l2_gradient", "l2_penalty"],
    "per_example": ["per_example_gradients"],
    "reverse_mode": ["differentiate", "grad", "value_and_grad", "vjp"],
    "source": ["compile_gradient", "to_source"],
    "symbolic": [
        "Formula", "formula", "graph_size", "symbolic_gradient", "symbols", "tree_size",
    ],
    "tracing": ["Step", "first_nonfinite", "trace"],
    "training": ["FitResult", "fit"],
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
