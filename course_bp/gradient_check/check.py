"""Check a claimed gradient against numbers, and say how far the numbers can be trusted.

    result = check_gradient(f, claimed, x)      # claimed: a gradient, or a function that gives it
    print(result)
    assert result                               # true for the verdict "right" alone

Every entry gets one of four verdicts:

* right: claim and measurement agree, and the measurement is sharp enough to tell;
* wrong: they differ by more than truncation and round-off can explain;
* kink: f has different slopes on the two sides, and the claim lies between them;
* inconclusive: the measurement cannot tell, most often because of round-off in f.

Sources: D0, objective "use the finite difference method to evaluate a gradient"; D1, "Gradient
Checking". `slope` says how the measurement is made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .._point import Point, as_value, require_function
from .claim import Claim
from .probe import Probe, everywhere, scale_of, signed
from .report import (
    EntryCheck,
    GradientCheck,
    TensorCheck,
    Verdict,
    evidence,
    judge,
    worst_of,
)
from .slope import goes_in_steps, measure_slope, noise_level, widest_step

__all__ = ["GradientCheck", "TensorCheck", "Verdict", "check_gradient", "check_vjp"]

Function = Callable[..., Any]
Array = NDArray[Any]
_TOLERANCE_BY_BYTES = {2: 3e-2, 4: 1e-3}
_TOLERANCE = 1e-6
_BLOCKS = 64


def check_gradient(
    f: Function,
    claimed: Any,
    *args: Any,
    argnums: int | Sequence[int] = 0,
    rtol: float | None = None,
    max_entries: int = 1000,
    seed: int = 0,
) -> GradientCheck:
    """Judge whether `claimed` is the gradient of the scalar-valued f at `*args`.

    Args:
        f: function of positional arguments that returns one number.
        claimed: the gradient in the structure of the chosen argument, or a function of `*args`
            that returns it, such as `grad(f)`. A function is also tested for changing its
            arguments and for answering differently when it is called again.
        argnums: which argument the gradient is by; a tuple of gradients for several.
        rtol: difference that counts as agreement, relative to the larger of claim and
            measurement. By default 1e-6, or 1e-3 where f or the claim computes in float32.
        max_entries: a tensor with more entries is checked along random directions through
            blocks of entries; blocks that disagree are halved until the entry is found. An
            error below `rtol` of the largest entry of its block can hide there.
        seed: for those random directions.

    Returns:
        A `GradientCheck`: the verdict, the same per tensor and per entry, and the evidence.
        A tensor of zeros (a bias, often) would hide errors proportional to it, so a claimed
        function is checked once more with such tensors moved. Whether f computes what it should
        is not asked: a wrong f with its own gradient is "right".

    Raises:
        TypeError: if f is not a function or not scalar-valued, or the argument is not made of
            floating-point numbers (whole numbers cannot be moved by a small step).
        ValueError: if the argument is not finite, or rtol or max_entries make no sense.
    """
    _require(f, rtol, max_entries)
    return _check(f, claimed, Point(f, args, argnums), rtol, max_entries, seed)


def check_vjp(
    f: Function,
    pullback: Function,
    *args: Any,
    argnums: int | Sequence[int] = 0,
    rtol: float | None = None,
    max_entries: int = 1000,
    seed: int = 0,
) -> GradientCheck:
    """Judge a backward function of the array-valued f with a random upstream gradient.

    An upstream gradient of ones would pass a rule that drops it, so each entry is drawn from
    ±[0.5, 1.5].

    Args:
        f: function of positional arguments that returns an array (or one number).
        pullback: `pullback(upstream, *args)` returns the gradient of `sum(upstream * f(*args))`
            in the structure of the chosen argument.
        argnums, rtol, max_entries, seed: as in `check_gradient`.
    """
    _require(f, rtol, max_entries)
    point = Point(f, args, argnums)
    shape = as_value(f(*point.arguments({}))).shape
    upstream = signed(np.random.default_rng([seed, 1]), shape)

    def projected(*args: Any) -> Any:
        return np.sum(upstream * f(*args))

    def gradient(*args: Any) -> Any:
        return pullback(upstream.copy() if shape else float(upstream), *args)

    return _check(projected, gradient, point, rtol, max_entries, seed)


def _require(f: Function, rtol: float | None, max_entries: int) -> None:
    require_function(f)
    if rtol is not None and not 0 < rtol < 1:
        raise ValueError(f"rtol must lie between 0 and 1, not {rtol!r}")
    if max_entries < 1:
        raise ValueError(f"max_entries must be at least 1, not {max_entries!r}")


def _check(
    f: Function, claimed: Any, point: Point, rtol: float | None, max_entries: int, seed: int
) -> GradientCheck:
    result = _check_here(f, claimed, point, rtol, max_entries, seed)
    zeros = [name for name, leaf in zip(point.names, point.leaves, strict=True) if not leaf.any()]
    if not zeros or result.verdict == "wrong":
        return result
    if not callable(claimed):
        return result.with_notes(
            f"{name} is zero in every entry, which hides errors proportional to it"
            for name in zeros
        )
    rng = np.random.default_rng([seed, 2])
    moved = point.at([leaf if leaf.any() else signed(rng, leaf.shape) for leaf in point.leaves])
    elsewhere = _check_here(f, claimed, moved, rtol, max_entries, seed)
    return result.confirmed_by(elsewhere, f"with {', '.join(zeros)} moved away from zero")


def _check_here(
    f: Function, claimed: Any, point: Point, rtol: float | None, max_entries: int, seed: int
) -> GradientCheck:
    probe = Probe(f, point)
    if obstacle := probe.obstacle():
        return GradientCheck("inconclusive", {}, (obstacle,), (), probe.evaluations)
    if probe.changed:
        problems = tuple(f"f changed {name} in place" for name in probe.changed)
        return GradientCheck("wrong", {}, problems, (), probe.evaluations)
    claim = Claim(claimed, f, point)
    rng = np.random.default_rng(seed)
    noise = noise_level(probe.along(everywhere(point, rng)))
    tensors = {}
    for k, (name, leaf) in enumerate(zip(point.names, point.leaves, strict=True)):
        if name in claim.refused:
            tensors[name] = TensorCheck.refused(name, leaf.shape, claim.refused[name])
        else:
            part = claim.leaves[name]
            usual = max(_tolerance(probe.dtype), _tolerance(part.dtype))
            tolerance = usual if rtol is None else rtol
            measure = partial(_measure, probe, noise, k, part.astype(np.float64), tolerance)
            tensors[name] = _check_tensor(name, part, measure, max_entries, rng)
    claim.repeat()
    verdict = worst_of(tensor.verdict for tensor in tensors.values())
    return GradientCheck(
        "wrong" if claim.problems else verdict,
        tensors,
        tuple(claim.problems),
        tuple(claim.notes),
        probe.evaluations,
    )


def _measure(
    probe: Probe,
    noise: float,
    k: int,
    claimed: NDArray[np.float64],
    rtol: float,
    indices: Array,
    rng: np.random.Generator,
) -> EntryCheck:
    """Check one entry of leaf k, or a random direction through several at once."""
    entries = claimed.flat[indices]
    scales = scale_of(probe.point.leaves[k].flat[indices])
    one = len(indices) == 1
    weights = scales if one else scales * signed(rng, indices.shape)
    step = widest_step(probe.eps)
    if one:
        step, weights = step * float(scales[0]), np.ones(1)
    claim = float(np.sum(weights * entries))
    largest = float(np.max(np.abs(weights * entries)))

    along = probe.along({k: (indices, weights)})
    slope = measure_slope(
        along,
        probe.at_zero,
        step,
        noise,
        probe.eps,
        # The smaller of the two: a claim that is far too large must not stop the descent.
        lambda slope: rtol * (min(abs(slope), abs(claim)) if one else largest),
    )
    finite = claimed[np.isfinite(claimed)]
    scale = float(np.max(np.abs(finite), initial=0.0))
    size = max(abs(slope.value), abs(claim)) if one else largest
    check = judge(claim, slope, rtol, size, scale)
    denied = one and check.verdict == "wrong" and claim == 0.0
    if denied and goes_in_steps(along, probe.at_zero, slope, float(scales[0]), probe.eps):
        return replace(check, verdict="inconclusive", in_steps=True)
    return check


def _check_tensor(
    name: str,
    claimed: Array,
    measure: Callable[[Array, np.random.Generator], EntryCheck],
    max_entries: int,
    rng: np.random.Generator,
) -> TensorCheck:
    verdicts = np.full(claimed.size, "inconclusive", dtype="<U12")
    measured, uncertainty = np.full((2, claimed.size), np.nan)
    single: dict[int, EntryCheck] = {}
    fewer = min(_BLOCKS, -(-max_entries // 4))
    pieces = claimed.size if claimed.size <= max_entries else fewer
    order = np.arange(claimed.size) if pieces == claimed.size else rng.permutation(claimed.size)
    waiting = np.array_split(order, pieces)[::-1]
    budget = max_entries
    while waiting and budget:
        budget -= 1
        indices = waiting.pop()
        check = measure(indices, rng)
        if len(indices) == 1:
            i = int(indices[0])
            single[i] = check
            verdicts[i] = check.verdict
            measured[i], uncertainty[i] = check.slope.value, check.slope.uncertainty
        elif check.verdict == "right":
            verdicts[indices] = "right"
        else:
            waiting += np.array_split(indices, 2)
    lines = evidence(name, single, claimed.shape)
    if waiting:
        left = sum(map(len, waiting))
        lines += (f"{left} entries were not reached within max_entries={max_entries} measurements",)
    found: list[Verdict] = [check.verdict for check in single.values()]
    return TensorCheck(
        name,
        worst_of([*found, "inconclusive" if waiting else "right"]),
        verdicts.reshape(claimed.shape),
        claimed,
        measured.reshape(claimed.shape),
        uncertainty.reshape(claimed.shape),
        lines,
    )


def _tolerance(dtype: np.dtype[Any]) -> float:
    return _TOLERANCE_BY_BYTES.get(dtype.itemsize, _TOLERANCE) if dtype.kind == "f" else _TOLERANCE
