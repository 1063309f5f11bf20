"""Measure the slope of a function of one number at t = 0, and how far the result can be trusted.

A rung of the ladder evaluates f at ±h and ±h/2, which gives two central differences (combined
by Richardson's rule so that the h² error cancels) and two second differences. A smooth f halves
its second difference when h is halved; one with a kink does not. The disagreement of the four
bounds the error of a smooth f and of one with a single kink anywhere in the window; round-off
is added from a measured noise level. The ladder descends until that is small enough.

Sources: Ridders, "Accurate computation of F'(x)", Advances in Engineering Software 4 (1982);
Moré and Wild, "Estimating computational noise", SIAM J. Sci. Comput. 33 (2011).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import comb, inf, isfinite, log2, nan, sqrt

import numpy as np

_RUNGS = 8
_VISIBLE = 1e-8
_SHRINK = 8.0  # powers of two keep x + h free of rounding


@dataclass(frozen=True)
class Slope:
    """A measured slope; `uncertainty` covers truncation and round-off."""

    value: float
    uncertainty: float
    step: float
    limited_by_round_off: bool
    one_sided: tuple[float, float] | None
    """Slopes from the left and the right where they stay apart as h shrinks: a kink."""
    finite: bool
    """False where f is not finite on one side of 0 however small the step."""


@dataclass(frozen=True)
class _Rung:
    h: float
    slope: float
    structure: float
    round_off: float
    bends: tuple[float, float]
    one_sided: tuple[float, float]

    @property
    def uncertainty(self) -> float:
        return self.structure + self.round_off

    @property
    def keeps_its_bend(self) -> bool:
        wide, narrow = self.bends
        return abs(narrow) > 4 * self.round_off and _alike(wide, narrow)


def measure_slope(
    f: Callable[[float], float],
    at_zero: float,
    step: float,
    noise: float,
    eps: float,
    good_enough: Callable[[float], float],
) -> Slope:
    """Measure f'(0).

    Args:
        f: function of the displacement t; nan where it cannot be evaluated.
        at_zero: f(0).
        step: the widest step, in units of t; a power of two.
        noise: standard deviation of f's round-off, as `noise_level` measures it.
        eps: relative precision of the numbers f returns.
        good_enough: given a slope, the uncertainty at which the descent may stop.
    """
    rungs: list[_Rung] = []
    for k in range(_RUNGS):
        rung = _rung(f, at_zero, step / _SHRINK**k, noise, eps)
        if rung is None:
            continue
        rungs.append(rung)
        if rung.uncertainty <= good_enough(rung.slope) or rung.structure <= 4 * rung.round_off:
            break
    if not rungs:
        return Slope(nan, nan, step / _SHRINK ** (_RUNGS - 1), False, None, finite=False)
    best = _most_certain(rungs)
    kink = _kink(rungs)
    bend = kink.one_sided[1] - kink.one_sided[0] if kink else 0.0
    # A window that excludes the kink measures the slope to far better than the bend.
    if kink and best.uncertainty > 1e-3 * abs(bend):
        return Slope(best.slope, best.uncertainty, kink.h, False, kink.one_sided, finite=True)
    limited = best.structure <= 4 * best.round_off
    return Slope(best.slope, best.uncertainty, best.h, limited, None, finite=True)


def _rung(
    f: Callable[[float], float], at_zero: float, h: float, noise: float, eps: float
) -> _Rung | None:
    wide = f(h), f(-h)
    narrow = f(h / 2), f(-h / 2)
    if not all(map(isfinite, (*wide, *narrow))):
        return None
    coarse = (wide[0] - wide[1]) / (2 * h)
    fine = (narrow[0] - narrow[1]) / h
    bends = (
        ((wide[0] - at_zero) + (wide[1] - at_zero)) / h,
        ((narrow[0] - at_zero) + (narrow[1] - at_zero)) / (h / 2),
    )
    slope = fine + (fine - coarse) / 3
    largest = max(map(abs, (at_zero, *wide, *narrow)))
    return _Rung(
        h,
        slope,
        # For a kink at any distance within h the first term and the second add up to the error.
        structure=2 * abs(slope - fine) + abs(bends[1] - bends[0] / 2),
        round_off=4 * max(2 * noise, eps * largest) / h,
        bends=bends,
        one_sided=((at_zero - narrow[1]) / (h / 2), (narrow[0] - at_zero) / (h / 2)),
    )


def _most_certain(rungs: list[_Rung]) -> _Rung:
    """The rung of least uncertainty among those that no finer rung contradicts.

    A wide window over a fast oscillation sees small slopes that agree with each other by chance.
    """
    best = rungs[-1]
    low, high = -inf, inf
    for rung in reversed(rungs):
        low = max(low, rung.slope - rung.uncertainty)
        high = min(high, rung.slope + rung.uncertainty)
        if low > high:
            break
        if rung.uncertainty < best.uncertainty:
            best = rung
    return best


def _kink(rungs: list[_Rung]) -> _Rung | None:
    """The finest rung that shows the same bend as the next wider one."""
    for wider, finer in zip(rungs[-2::-1], rungs[:0:-1], strict=True):
        both = wider.keeps_its_bend and finer.keeps_its_bend
        if both and _alike(wider.bends[1], finer.bends[1]):
            return finer
    return None


def _alike(a: float, b: float) -> bool:
    return abs(a - b) <= 0.3 * max(abs(a), abs(b))


def goes_in_steps(
    f: Callable[[float], float], at_zero: float, slope: Slope, scale: float, eps: float
) -> bool:
    """Whether f stays exactly at f(0) where a smooth f of this slope would move visibly.

    A staircase is flat between its jumps; so is a smooth function whose round-off is coarse. They
    cannot be told apart.

    Args:
        f, at_zero, eps: as for `measure_slope`.
        slope: what that gave.
        scale: how large a displacement is thought large.
    """
    if slope.one_sided is not None or not slope.value:
        return False
    visible = max(_VISIBLE, 64 * eps) * max(abs(at_zero), abs(slope.value) * scale)
    h = visible / abs(slope.value)
    return f(h) == at_zero == f(-h)


def widest_step(eps: float) -> float:
    """The power of two nearest eps^(1/5), where Richardson's two errors balance."""
    return float(2.0 ** round(log2(eps) / 5))


def noise_level(f: Callable[[float], float]) -> float:
    """Standard deviation of the round-off in f near t = 0, from a table of high differences.

    A smooth function's k-th differences vanish with the k-th power of the spacing; those of
    noise grow with k. The spacing is the finest at which f moves: closer points would show only
    steps of its rounding as a constant. Beside 0, so that a kink at 0 stays out of the table.
    """
    for exponent in range(-40, -9, 5):
        values = np.array([f(2.0**exponent * j) for j in range(1, 13)])
        if not np.all(np.isfinite(values)):
            return 0.0
        if np.unique(values).size >= 6:
            break
    estimates = []
    for k in range(1, 7):
        values = np.diff(values)
        if k >= 3:
            estimates.append(np.median(np.abs(values)) / (0.6745 * sqrt(comb(2 * k, k))))
    return float(min(estimates))
