"""The difference quotients themselves: f at neighbouring points, divided by the distance."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Literal, get_args

import numpy as np

from .._point import Array, Point, as_value, require_function

Function = Callable[..., Any]
Method = Literal["central", "forward", "richardson", "complex"]
_EPS = float(np.finfo(np.float64).eps)
_DEFAULT_STEP = {
    "forward": _EPS ** (1 / 2),
    "central": _EPS ** (1 / 3),
    "richardson": 1e-3,
    "complex": 1e-20,
}

_DROPPED = (
    "the complex step needs a value that kept its imaginary part, but f returned a real one: "
    "it is constant, or it drops that part (abs, norm, float). Use method='central'"
)

_NOT_ANALYTIC = (
    "the complex step disagrees with real steps: something in f is not analytic here, such as "
    "NumPy's abs, norm, conj, real or sign, or a branch on the border. Use method='central', or "
    "course_bp's abs and sign away from 0"
)
_TINY = 1e-8  # above, the complex step has a truncation error of its own


def finite_difference(
    f: Function,
    argnums: int | Sequence[int] = 0,
    method: Method = "central",
    step: float | None = None,
) -> Function:
    """Return a function that approximates the gradient of the scalar-valued `f`.

    Args:
        f: function of positional arguments that returns one number.
        argnums: which argument to differentiate with respect to; several give a tuple of gradients.
        method: "central", "forward", "richardson" (two central differences combined so that the
            h² error cancels) or "complex" (imaginary step; f must be analytic around x, or made of
            such pieces, as course_bp's abs, relu and max are).
        step: the distance h, the same for every entry; by default the rule in the module's table.

    Returns:
        A function of the same arguments. It gives the gradient in the structure of the chosen
        argument (float, array, or nested dicts, lists and tuples of these), always float64. The
        arguments are never changed, even if f writes into what it is given.

    Raises:
        TypeError: if f is not callable, the chosen argument or f's value is not made of real
            numbers, f's value is not a scalar, or f is not analytic and method is "complex".
        ValueError: if f is not finite at a point that was needed, the step is not positive or too
            small to move x, or f computes in float32 and no step was given.
    """
    return _differentiator(f, argnums, method, step, scalar_valued=True)


def finite_difference_jacobian(
    f: Function,
    argnums: int | Sequence[int] = 0,
    method: Method = "central",
    step: float | None = None,
) -> Function:
    """Return a function that approximates the Jacobian of the array-valued `f`.

    As `finite_difference`, but f may return an array of any shape. Each leaf of the result has
    the shape of f's value followed by the shape of the argument's leaf, as in JAX. One pass over
    the inputs gives all outputs: the cost grows with the inputs only.
    """
    return _differentiator(f, argnums, method, step, scalar_valued=False)


def _differentiator(
    f: Function,
    argnums: int | Sequence[int],
    method: Method,
    step: float | None,
    scalar_valued: bool,
) -> Function:
    require_function(f)
    if method not in get_args(Method):
        raise ValueError(f"method must be one of {', '.join(get_args(Method))}, not {method!r}")
    if step is not None and not (np.isfinite(step) and step > 0):
        raise ValueError(f"step must be a positive finite number, not {step!r}")

    def derivative(*args: Any, **kwargs: Any) -> Any:
        point = Point(f, args, argnums)
        probe = _Probe(partial(f, **kwargs), point, method, step, scalar_valued)
        jacobians = []
        for k, leaf in enumerate(point.leaves):
            columns = [probe.derivative(k, i) for i in range(leaf.size)]
            jacobians.append(np.stack(columns, -1).reshape(columns[0].shape + leaf.shape))
        if method == "complex" and (step is None or step <= _TINY):
            probe.confirm(jacobians)
        return point.structured(jacobians)

    return derivative


class _Probe:
    """f around a point, and its derivative with respect to one entry at a time."""

    def __init__(
        self, f: Function, point: Point, method: Method, step: float | None, scalar_valued: bool
    ) -> None:
        self.f = f
        self.point = point
        self.method = method
        self.step = step
        self.scalar_valued = scalar_valued
        self.start = self._value({}, "the point itself") if method == "forward" else None

    def derivative(self, k: int, i: int) -> Array:
        """The derivative of f with respect to entry i of leaf k: one column of the Jacobian."""
        x = float(self.point.leaves[k].flat[i])
        if self.method == "complex":
            return self._complex(k, i, self.step or _DEFAULT_STEP["complex"])
        h = self.step or _DEFAULT_STEP[self.method] * max(1.0, abs(x))

        def at(moved: float) -> Array:
            name = self.point.entry(k, i)
            if moved == x:
                raise ValueError(f"step={h:g} is too small: {name} = {x!r} does not move by it")
            leaf = self.point.leaves[k].copy()
            leaf.flat[i] = moved
            return self._value({k: leaf}, f"{name} = {moved!r}")

        # Dividing by the distance that floating point really made keeps x + h's rounding out.
        def central(h: float) -> Array:
            return (at(x + h) - at(x - h)) / ((x + h) - (x - h))

        if self.method == "central":
            return central(h)
        if self.method == "richardson":
            return (4 * central(h / 2) - central(h)) / 3
        return (at(x + h) - self.start) / ((x + h) - x)

    def _complex(self, k: int, i: int, h: float) -> Array:
        leaf = self.point.leaves[k].astype(np.complex128)
        leaf.flat[i] += 1j * h
        args = self.point.arguments({k: leaf}, np.complex128)
        with warnings.catch_warnings():
            warnings.simplefilter("error", np.exceptions.ComplexWarning)
            try:
                result = self.f(*args)
            except np.exceptions.ComplexWarning as warning:
                raise TypeError(_DROPPED) from warning
            except TypeError as error:
                raise TypeError(f"the complex step failed: {error}") from error
        value = self._checked(result, f"{self.point.entry(k, i)} + ih")
        if value.dtype.kind != "c":
            raise TypeError(_DROPPED)
        return value.imag / h

    def confirm(self, jacobians: list[Array]) -> None:
        """See that the complex step agrees with real ones along one direction through x.

        Raises:
            TypeError: if two real differences agree with each other and not with it.
        """
        claimed: Any = 0.0
        size: Any = 0.0
        directions = []
        for leaf, jacobian in zip(self.point.leaves, jacobians, strict=True):
            spread = np.random.default_rng(leaf.size).uniform(0.5, 1.5, leaf.shape)
            directions.append(spread * np.maximum(1.0, np.abs(leaf)))
            parts = jacobian * directions[-1]
            axes = tuple(range(parts.ndim - leaf.ndim, parts.ndim))
            claimed, size = claimed + parts.sum(axes), size + np.abs(parts).sum(axes)

        def central(h: float) -> Array:
            up, down = (
                self._value(
                    {k: x + s * h * d for k, (x, d) in enumerate(moves)}, "a real step away"
                )
                for s in (1.0, -1.0)
            )
            return (up - down) / (2 * h)

        moves = list(zip(self.point.leaves, directions, strict=True))
        wide, narrow = central(8 * _DEFAULT_STEP["central"]), central(_DEFAULT_STEP["central"])
        round_off = 100 * _EPS * np.abs(self._value({}, "the point")) / _DEFAULT_STEP["central"]
        clear = np.abs(wide - narrow) <= 1e-4 * np.abs(narrow) + round_off
        if np.any(clear & (np.abs(narrow - claimed) > 1e-4 * size + round_off)):
            raise TypeError(_NOT_ANALYTIC)

    def _value(self, replaced: dict[int, Array], where: str) -> Array:
        value = self._checked(self.f(*self.point.arguments(replaced)), where)
        if self.step is None and value.dtype.itemsize < 8:
            raise ValueError(
                f"f computes in {value.dtype}; the default step is meant for float64 and would be "
                "lost in its round-off. Convert f's constants to float64, or pass step=1e-3"
            )
        return value.astype(np.float64)  # a copy: f may write every answer into one buffer

    def _checked(self, result: Any, where: str) -> Array:
        value = as_value(result, complex_allowed=self.method == "complex")
        if self.scalar_valued and value.ndim:
            raise TypeError(
                f"f returned an array of shape {value.shape}; a gradient needs one number. "
                "Use finite_difference_jacobian, or sum the result"
            )
        if not np.all(np.isfinite(value)):
            raise ValueError(f"f is not finite at {where}: it returned {value}; try another step")
        return value
