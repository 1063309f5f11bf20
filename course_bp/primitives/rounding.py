"""Rounding, remainders, and what asks whether a number is one.

What is rounded is flat between its jumps: its derivative is 0, at the jumps too, as a convention.

Source: NumPy's definitions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .arithmetic import divide
from .entries import elementwise
from .operators import attach_binary
from .pieces import real_parts
from .table import TABLE, normal

__all__ = [
    "ceil",
    "floor",
    "floor_divide",
    "isfinite",
    "isinf",
    "isnan",
    "remainder",
    "rint",
    "trunc",
]


def _rounding(general: np.ufunc) -> Callable[[Any], Any]:
    def value(x: Any) -> Any:
        if np.iscomplexobj(x):
            return general(real_parts(general.__name__, x, general(np.real(x)))[0]) + 0j
        return float(general(x)) if x.__class__ is float else general(x)

    return value


@elementwise(
    _rounding(np.floor),
    None,
    source="np.floor({0})",
    latex=r"\left\lfloor {0} \right\rfloor",
    numpy=(np.floor,),
)
def floor(x: Any) -> Any:
    """The largest whole number that is not above x."""


@elementwise(
    _rounding(np.ceil),
    None,
    source="np.ceil({0})",
    latex=r"\left\lceil {0} \right\rceil",
    numpy=(np.ceil,),
)
def ceil(x: Any) -> Any:
    """The smallest whole number that is not below x."""


@elementwise(
    _rounding(np.trunc),
    None,
    source="np.trunc({0})",
    latex=r"\operatorname{{trunc}}\left({0}\right)",
    numpy=(np.trunc,),
)
def trunc(x: Any) -> Any:
    """x without its digits after the point."""


@elementwise(
    _rounding(np.rint),
    None,
    source="np.rint({0})",
    latex=r"\operatorname{{round}}\left({0}\right)",
    numpy=(np.rint,),
)
def rint(x: Any) -> Any:
    """The nearest whole number, the even one of two."""


@elementwise(
    lambda a, b: normal(np.floor_divide(a, b)),
    None,
    None,
    source="np.floor_divide({0}, {1})",
    latex=r"\left\lfloor {0} / {1} \right\rfloor",
    numpy=(np.floor_divide,),
)
def floor_divide(x: Any, y: Any) -> Any:
    """The floor of x / y."""


@elementwise(
    lambda a, b: normal(np.remainder(a, b)),
    lambda g, y, a, b: g,
    lambda g, y, a, b: -g * floor(divide(a, b)),
    source="np.remainder({0}, {1})",
    latex=r"{0} \bmod {1}",
    numpy=(np.remainder,),
)
def remainder(x: Any, y: Any) -> Any:
    """x − y · floor(x / y), which has y's sign; at a jump the derivative is that beside it."""


@elementwise(
    np.isnan,
    None,
    source="np.isnan({0})",
    latex=r"\left[\operatorname{{isnan}}\,{0}\right]",
    mask=True,
    numpy=(np.isnan,),
)
def isnan(x: Any) -> Any:
    """1 where x is nan, else 0."""


@elementwise(
    np.isinf,
    None,
    source="np.isinf({0})",
    latex=r"\left[\operatorname{{isinf}}\,{0}\right]",
    mask=True,
    numpy=(np.isinf,),
)
def isinf(x: Any) -> Any:
    """1 where x is +inf or -inf, else 0."""


@elementwise(
    np.isfinite,
    None,
    source="np.isfinite({0})",
    latex=r"\left[\operatorname{{isfinite}}\,{0}\right]",
    mask=True,
    numpy=(np.isfinite,),
)
def isfinite(x: Any) -> Any:
    """1 where x is neither infinite nor nan, else 0."""


attach_binary(TABLE["remainder"], "mod")
attach_binary(TABLE["floor_divide"], "floordiv")
