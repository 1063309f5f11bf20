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

import builtins
import sys
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING, Any

# Not when it is first used: importing them is what gives a Node its operators and its copies.
from . import pickling as pickling
from . import primitives as primitives

# Each name is imported when it is first used; type checkers and editors know it before.
# fmt: off
# isort: off
if TYPE_CHECKING:
    from .network.activations import (
        ACTIVATIONS as ACTIVATIONS, activation_derivative as activation_derivative,
        get_activation as get_activation, identity as identity,
    )
    from .network.backprop import (
        Algorithm64 as Algorithm64, Backprop as Backprop, algorithm_6_4 as algorithm_6_4,
        feedforward as feedforward,
    )
    from .checkpointing import (
        checkpoint as checkpoint, checkpoint_sequential as checkpoint_sequential,
        graph_bytes as graph_bytes,
    )
    from .differential_operators import hessian as hessian, hvp as hvp, jacobian as jacobian
    from .finite_differences import (
        CountedCalls as CountedCalls, StepSizeSweep as StepSizeSweep,
        finite_difference as finite_difference,
        finite_difference_jacobian as finite_difference_jacobian,
        step_size_sweep as step_size_sweep,
    )
    from .forward_mode import Dual as Dual, jvp as jvp
    from .four_ways import FourWays as FourWays, compare_four_ways as compare_four_ways
    from .gradient_check import (
        GradientCheck as GradientCheck, TensorCheck as TensorCheck,
        check_gradient as check_gradient, check_vjp as check_vjp,
    )
    from .graph import Node as Node, topological_order as topological_order
    from .primitives import *
    from .jacobian_accumulation import (
        Accumulation as Accumulation, LinearizedGraph as LinearizedGraph, accumulate as accumulate,
        accumulate_jacobian as accumulate_jacobian, linearize as linearize,
    )
    from .network.losses import (
        binary_cross_entropy as binary_cross_entropy,
        binary_cross_entropy_with_logits as binary_cross_entropy_with_logits,
        half_squared_error as half_squared_error, hinge as hinge,
        mean_squared_error as mean_squared_error, softmax_cross_entropy as softmax_cross_entropy,
        summed_squared_error as summed_squared_error,
    )
    from .network.mlp import MLP as MLP
    from .network.optimizers import (
        SGD as SGD, is_bias as is_bias, l2_gradient as l2_gradient, l2_penalty as l2_penalty,
    )
    from .network.per_example import per_example_gradients as per_example_gradients
    from .reverse_mode import (
        differentiate as differentiate, grad as grad, value_and_grad as value_and_grad, vjp as vjp,
    )
    from .printing.source import compile_gradient as compile_gradient, to_source as to_source
    from .symbolic import (
        Formula as Formula, formula as formula, graph_size as graph_size,
        symbolic_gradient as symbolic_gradient, symbols as symbols, tree_size as tree_size,
    )
    from .tracing import Step as Step, first_nonfinite as first_nonfinite, trace as trace
    from .network.training import FitResult as FitResult, fit as fit
    from .tree import tree_flatten as tree_flatten, tree_map as tree_map
# isort: on
# fmt: on

_HOMES = {
    "network.activations": ["ACTIVATIONS", "activation_derivative", "get_activation", "identity"],
    "network.backprop": ["Algorithm64", "Backprop", "algorithm_6_4", "feedforward"],
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
    "primitives": primitives.PUBLIC,
    "jacobian_accumulation": [
        "Accumulation", "LinearizedGraph", "accumulate", "accumulate_jacobian", "linearize",
    ],
    "network.losses": [
        "binary_cross_entropy", "binary_cross_entropy_with_logits", "half_squared_error", "hinge",
        "mean_squared_error", "softmax_cross_entropy", "summed_squared_error",
    ],
    "network.mlp": ["MLP"],
    "network.optimizers": ["SGD", "is_bias", "l2_gradient", "l2_penalty"],
    "network.per_example": ["per_example_gradients"],
    "reverse_mode": ["differentiate", "grad", "value_and_grad", "vjp"],
    "printing.source": ["compile_gradient", "to_source"],
    "symbolic": [
        "Formula", "formula", "graph_size", "symbolic_gradient", "symbols", "tree_size",
    ],
    "tracing": ["Step", "first_nonfinite", "trace"],
    "network.training": ["FitResult", "fit"],
    "tree": ["tree_flatten", "tree_map"],
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME_OF.keys() - set(dir(builtins)))


def __getattr__(name: str) -> Any:
    if name in _MOVED:
        return import_module(f"{__name__}.{_MOVED[name]}.{name}")
    if name not in _HOME_OF:
        raise AttributeError(f"course_bp has no {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME_OF})


# A notebook that was released before these modules moved goes on importing them by their old names.
_MOVED = {
    **dict.fromkeys(("activations", "losses", "mlp", "optimizers", "training"), "network"),
    "backprop": "network",
    "source": "printing",
}


class _Moved(MetaPathFinder, Loader):
    """Finds a module that has moved under its old name: it is the same module."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        package, _, room = name.rpartition(".")
        return ModuleSpec(name, self) if package == __name__ and room in _MOVED else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        room = spec.name.rpartition(".")[2]
        return import_module(f"{__name__}.{_MOVED[room]}.{room}")

    def exec_module(self, module: ModuleType) -> None:
        """Does nothing, for the module has been run."""


sys.meta_path.append(_Moved())
