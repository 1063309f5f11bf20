"""Finds in an answer's code what makes a finite difference exact: numbers beyond double precision.

A difference in double precision betrays itself by its errors. With complex numbers, long doubles or
decimals it has none, and only the code tells it from the chain rule. So this looks for the names
and constants of such numbers in the answer's function and in those of the student's that it uses.

It runs beside student code. Whoever hides these names earns what the values earn, and no more.
"""

from __future__ import annotations

import sysconfig
from functools import partial
from pathlib import Path
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np

import autograder
import course_bp

COMPLEX, LONG, DECIMAL = "complex numbers", "long doubles", "decimals or fractions"
KINDS = (COMPLEX, LONG, DECIMAL)
_NAMES = {
    **dict.fromkeys(("complex", "complex64", "complex128", "csingle", "cdouble", "cmath"), COMPLEX),
    **dict.fromkeys(
        ("longdouble", "clongdouble", "float96", "float128", "complex192", "complex256"), LONG
    ),
    **dict.fromkeys(("decimal", "Decimal", "fractions", "Fraction", "mpmath", "gmpy2"), DECIMAL),
}
# A complex step ends with one of these; without, complex numbers are no difference. The real part
# of −i·f is the imaginary part of f, and a view of two floats holds both.
_IMAGINARY = ("imag", "conj", "conjugate", "angle", "phase", "real", "view")
# Names of NumPy's types as strings.
_STRINGS = _NAMES | {
    "c8": COMPLEX, "c16": COMPLEX, "f16": LONG, "c32": LONG, "<f16": LONG, "<c16": COMPLEX,
}  # fmt: skip
_TYPES: dict[Any, str] = {
    complex: COMPLEX, np.complex64: COMPLEX, np.complex128: COMPLEX, np.longdouble: LONG,
    np.clongdouble: LONG,
}  # fmt: skip
# No student's answer has so many functions.
_MOST = 300
_LIBRARIES = (
    sysconfig.get_path("stdlib"),
    str(Path(np.__file__).parents[1]),
    *(str(Path(str(package.__file__)).parent) for package in (autograder, course_bp)),
)


def beyond_double(answer: Any) -> tuple[str, ...]:
    """The kinds of numbers beyond double precision that an answer's code uses.

    Args:
        answer: the student's function, or an object that can be called.

    Returns:
        Some of `KINDS`.
    """
    try:
        found = _Walk().through(answer)
    except Exception:  # What a student puts together may refuse to be looked at.
        return ()
    return tuple(kind for kind in KINDS if kind in found)


class _Walk:
    """Goes through a student's functions, and through what their code names."""

    def __init__(self) -> None:
        self.found: set[str] = set()
        self.seen: set[int] = set()
        self.modules = {"__main__"}
        self.imaginary = False

    def through(self, answer: Any) -> set[str]:
        waiting = [answer, vars(type(answer)).get("__call__")]
        while waiting and len(self.seen) < _MOST:
            value = waiting.pop()
            if id(value) not in self.seen:
                self.seen.add(id(value))
                waiting += self._inside(value)
        return self.found if self.imaginary else self.found - {COMPLEX}

    def _inside(self, value: Any) -> list[Any]:
        """Notes what a value shows, and returns what is to be looked at next."""
        if isinstance(value, FunctionType):
            if value.__code__.co_filename.startswith(_LIBRARIES):
                return []
            self.modules.add(value.__module__)
            cells = [one for cell in value.__closure__ or () for one in _contents(cell)]
            used = [value.__globals__.get(name) for name in self._names(value.__code__)]
            return [*cells, *(value.__defaults__ or ()), *used, *vars(value).values()]
        if isinstance(value, MethodType):
            return [value.__func__, type(value.__self__)]
        if isinstance(value, type | ModuleType):
            self._note(_TYPES.get(value))
            named = value.__module__ if isinstance(value, type) else value.__name__
            self._note(_NAMES.get(named.partition(".")[0]))
            is_own = isinstance(value, type) and named in self.modules
            return list(vars(value).values()) if is_own else []
        if isinstance(value, partial):
            return [value.func, *value.args]
        if isinstance(value, np.ndarray | np.generic | complex):
            kind = value.dtype.type if isinstance(value, np.ndarray) else type(value)
            self._note(_TYPES.get(kind))
            return []
        # An object of the student's, or a function that is wrapped, as by a cache.
        wrapped = [value.__wrapped__] if hasattr(value, "__wrapped__") else []
        return [*wrapped, *([type(value)] if type(value).__module__ in self.modules else [])]

    def _names(self, code: CodeType) -> set[str]:
        """Notes what code names, and returns the names that may be global ones."""
        names = set(code.co_names)
        self.imaginary |= not names.isdisjoint(_IMAGINARY)
        for name in names:
            self._note(_NAMES.get(name))
        for constant in code.co_consts:
            if isinstance(constant, CodeType):
                names |= self._names(constant)
            elif isinstance(constant, complex):
                self._note(COMPLEX)
            elif type(constant) is str:
                self._note(_STRINGS.get(constant))
        return names

    def _note(self, kind: str | None) -> None:
        if kind:
            self.found.add(kind)


def _contents(cell: Any) -> list[Any]:
    try:
        return [cell.cell_contents]
    except ValueError:  # Nothing is in it yet.
        return []
