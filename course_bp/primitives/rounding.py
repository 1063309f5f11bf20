"""Rounding, remainders, and what asks whether a number is one.

What is rounded is flat between its jumps: its derivative is 0, at the jumps too, as a convention.

Source: NumPy's definitions.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .arithmetic import divide
from .operators import Binary, Unary, attach_binary, binary_function, unary_function
from .pieces import real_parts
from .table import Primitive, define_elementwise


def _rounding(name: str, latex: str) -> Primitive:
    general = getattr(np, name)

    def value(x: Any) -> Any:
        if np.iscomplexobj(x):
            return general(real_parts(name, x, general(np.real(x)))[0]) + 0j
        return float(general(x)) if x.__class__ is float else general(x)

    return define_elementwise(name, value, None, source=f"np.{name}({{0}})", latex=latex)


def _question(name: str) -> Primitive:
    return define_elementwise(
        name,
        getattr(np, name),
        None,
        source=f"np.{name}({{0}})",
        latex=rf"\left[\operatorname{{{{{name}}}}}\,{{0}}\right]",
        mask=True,
    )


FLOOR = _rounding("floor", r"\left\lfloor {0} \right\rfloor")
CEIL = _rounding("ceil", r"\left\lceil {0} \right\rceil")
TRUNC = _rounding("trunc", r"\operatorname{{trunc}}\left({0}\right)")
RINT = _rounding("rint", r"\operatorname{{round}}\left({0}\right)")
FLOOR_DIVIDE = define_elementwise(
    "floor_divide",
    lambda a, b: np.floor_divide(a, b),
    None,
    None,
    source="np.floor_divide({0}, {1})",
    latex=r"\left\lfloor {0} / {1} \right\rfloor",
)
REMAINDER = define_elementwise(
    "remainder",
    lambda a, b: np.remainder(a, b),
    lambda g, y, a, b: g,
    lambda g, y, a, b: -g * floor(divide(a, b)),
    source="np.remainder({0}, {1})",
    latex=r"{0} \bmod {1}",
)
ISNAN, ISINF, ISFINITE = map(_question, ("isnan", "isinf", "isfinite"))

floor: Unary = unary_function(FLOOR, "The largest whole number that is not above x.")
ceil: Unary = unary_function(CEIL, "The smallest whole number that is not below x.")
trunc: Unary = unary_function(TRUNC, "x without its digits after the point.")
rint: Unary = unary_function(RINT, "The nearest whole number, the even one of two.")
floor_divide: Binary = binary_function(FLOOR_DIVIDE, "The floor of x / y.")
remainder: Binary = binary_function(
    REMAINDER,
    "x − y · floor(x / y), which has y's sign; at a jump the derivative is that beside it.",
)
isnan: Unary = unary_function(ISNAN, "1 where x is nan, else 0.")
isinf: Unary = unary_function(ISINF, "1 where x is +inf or -inf, else 0.")
isfinite: Unary = unary_function(ISFINITE, "1 where x is neither infinite nor nan, else 0.")

attach_binary(REMAINDER, "mod")
attach_binary(FLOOR_DIVIDE, "floordiv")
