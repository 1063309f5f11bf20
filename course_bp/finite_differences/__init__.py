"""Differentiate by trying: evaluate f at neighbouring points and divide by the distance.

The first of the four ways, and the only one that needs only the ability to call f:

    gradient = finite_difference(f)(x)              # central difference
    gradient = finite_difference(f, method="complex")(x)

Four rules, each with the step that balances truncation against round-off (eps = 2.2e-16):

| method       | evaluations for n inputs | default step            | error, about          |
|--------------|--------------------------|-------------------------|-----------------------|
| forward      | n + 1                    | eps^(1/2) = 1.5e-8      | 1e-8                  |
| central      | 2 n                      | eps^(1/3) = 6e-6        | 4e-11                 |
| richardson   | 4 n                      | 1e-3                    | 1e-12                 |
| complex      | n + 5                    | 1e-20                   | 1e-16, analytic f only |

The complex step sees no error of its own in a function that is not analytic (NumPy's abs drops the
imaginary part), so its answer is held against two real differences along one direction. The real
steps are multiplied by max(1, |x_i|). The number of outputs does not matter: the same
evaluations give a whole Jacobian.

Sources: D0, "Finite Difference Method"; D1, "Gradient Checking"; Squire and Trapp, "Using complex
variables to estimate derivatives of real functions", SIAM Review 40 (1998).
"""

from .quotients import Method, finite_difference, finite_difference_jacobian
from .sweep import CountedCalls, StepSizeSweep, step_size_sweep

__all__ = [
    "CountedCalls",
    "Method",
    "StepSizeSweep",
    "finite_difference",
    "finite_difference_jacobian",
    "step_size_sweep",
]
