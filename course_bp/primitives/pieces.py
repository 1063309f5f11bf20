"""Functions made of pieces at complex numbers, for the complex step.

|x|, max and similar functions are not analytic, but each of their pieces is: |x| is x or −x. At a
complex number the real part says which piece holds, and the imaginary part, the tiny step, goes
through it as it should. Where two pieces meet neither is right, and the step is refused.

Source: Martins, Sturdza and Alonso, "The complex-step derivative approximation", ACM Transactions
on Mathematical Software 29 (2003), section 4.
"""

from __future__ import annotations

from typing import Any

import numpy as np


def is_complex(x: Any) -> bool:
    """Whether x is a complex number or array."""
    return x.__class__ is not float and np.iscomplexobj(x)


def real_parts(name: str, x: Any, y: Any = 0.0) -> tuple[Any, Any]:
    """The real parts of x and y, which say on what side of x = y the operation `name` is.

    Raises:
        TypeError: where the real parts are equal and the imaginary ones are not.
    """
    if np.any((np.real(x) == np.real(y)) & (np.imag(x) != np.imag(y))):
        raise not_analytic(name)
    return np.real(x), np.real(y)


def not_analytic(name: str) -> TypeError:
    """The error of an operation on the border between two of its pieces."""
    return TypeError(
        f"{name} is not analytic where two of its pieces meet, so a complex step says nothing "
        "there. Use method='central', or another point"
    )
