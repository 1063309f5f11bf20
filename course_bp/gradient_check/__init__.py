"""Is a claimed gradient right? Measured against the function itself, with a verdict for each entry.

    result = check_gradient(f, claimed, x)

`check` asks the questions, `claim` looks at the claimed gradient, `probe` says where to measure,
`slope` measures, and `report` puts the answer into words.
"""

from .check import check_gradient, check_vjp
from .report import GradientCheck, TensorCheck, Verdict

__all__ = ["GradientCheck", "TensorCheck", "Verdict", "check_gradient", "check_vjp"]
