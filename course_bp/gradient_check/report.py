"""What a gradient check found: verdicts per entry, per tensor and in all, with the evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from .slope import Slope

Verdict = Literal["right", "wrong", "kink", "inconclusive"]
_WORST_FIRST: tuple[Verdict, ...] = ("wrong", "kink", "inconclusive", "right")
_SHOWN = 3


def worst_of(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict on a whole whose parts have these verdicts: one wrong part makes it wrong."""
    found = set(verdicts)
    return next(verdict for verdict in _WORST_FIRST if verdict in found)


@dataclass(frozen=True)
class EntryCheck:
    """The verdict on one entry, or on a random direction through a block of entries."""

    verdict: Verdict
    claimed: float
    slope: Slope
    in_steps: bool = False
    """Whether f stays where it is however it is moved a little: the slope is that of its steps."""

    def __str__(self) -> str:
        a, s = self.claimed, self.slope
        if not np.isfinite(a):
            return f"claimed {a}"
        if not s.finite:
            return (
                f"f is not finite within {s.step:.1g} on one side of the point, "
                f"so {a:.6g} cannot be checked"
            )
        numbers = f"claimed {a:.9g}, measured {s.value:.9g} ± {s.uncertainty:.1g}"
        if s.one_sided is not None:
            left, right = s.one_sided
            inside = "lies between them" if self.verdict == "kink" else "does not lie between them"
            return (
                f"kink within {s.step:.1g}: the slope is {left:.6g} on the left and {right:.6g} "
                f"on the right; claimed {a:.6g} {inside}"
            )
        if self.verdict == "wrong" and a and s.value:
            return f"{numbers}; {a / s.value:.6g} times the measurement"
        if self.in_steps:
            return f"{numbers} over many steps of f, and none within a step: f is rounded or jumps"
        if self.verdict == "inconclusive":
            cause = "round-off in f hides the rest" if s.limited_by_round_off else "f is too rough"
            return f"{numbers}: {cause}"
        return numbers


def judge(claimed: float, slope: Slope, rtol: float, size: float, scale: float) -> EntryCheck:
    """Give the verdict on one claimed number.

    Args:
        claimed: the claim.
        slope: the measurement.
        rtol: relative difference that counts as agreement.
        size: what `rtol` is relative to.
        scale: the largest claim in the tensor. A measurement need not resolve an entry that is
            below its uncertainty, as long as it would resolve `rtol` of this. A tensor that
            claims zeros alone is never right: too much else looks like that.
    """
    if not np.isfinite(claimed):
        return EntryCheck("wrong", claimed, slope)
    if not slope.finite:
        return EntryCheck("inconclusive", claimed, slope)
    tolerance = rtol * size
    off = abs(claimed - slope.value)
    if slope.one_sided is not None:
        low, high = sorted(slope.one_sided)
        margin = rtol * max(abs(low), abs(high), abs(claimed)) + 1e-3 * (high - low)
        inside = low - margin <= claimed <= high + margin
        return EntryCheck("kink" if inside else "wrong", claimed, slope)
    # Several kinks inside one window can exceed the uncertainty, so blame takes three of it.
    if off > tolerance + 3 * slope.uncertainty:
        return EntryCheck("wrong", claimed, slope)
    sharp = scale > 0 and slope.uncertainty <= max(tolerance, rtol * scale)
    agrees = off <= tolerance + slope.uncertainty
    return EntryCheck("right" if sharp and agrees else "inconclusive", claimed, slope)


@dataclass(frozen=True, repr=False)
class TensorCheck:
    """The verdict on one tensor (leaf) of the gradient."""

    name: str
    """As Python would index it: `x['W'][0]`."""
    verdict: Verdict
    entries: NDArray[np.str_]
    """A verdict for each entry."""
    claimed: NDArray[Any]
    measured: NDArray[np.float64]
    """The measured gradient; nan in entries that were checked as part of a block only."""
    uncertainty: NDArray[np.float64]
    """How far `measured` can be trusted, entry by entry."""
    evidence: tuple[str, ...]

    @staticmethod
    def refused(name: str, shape: tuple[int, ...], problem: str) -> TensorCheck:
        """A tensor that is wrong before any number is looked at."""
        nothing = np.full(shape, np.nan)
        wrong = np.full(shape, "wrong", dtype="<U12")
        return TensorCheck(name, "wrong", wrong, nothing, nothing, nothing, (problem,))

    def __str__(self) -> str:
        counts = [f"{np.sum(self.entries == v)} {v}" for v in _WORST_FIRST if v in self.entries]
        lines = [f"{self.name}: {self.verdict} ({', '.join(counts)})"]
        return "\n    ".join([*lines, *self.evidence])

    __repr__ = __str__


def evidence(name: str, checks: dict[int, EntryCheck], shape: tuple[int, ...]) -> tuple[str, ...]:
    """The few lines that best say why a tensor got its verdict.

    Args:
        name: of the tensor.
        checks: verdicts on single entries, by flat index.
        shape: of the tensor.
    """
    kinds = {check.verdict for check in checks.values()}
    if not kinds - {"right"}:
        return ()
    worst = worst_of(kinds)
    if worst == "inconclusive" and all(
        check.claimed == 0 and abs(check.slope.value) <= check.slope.uncertainty
        for check in checks.values()
    ):
        return (
            "claim and measurement are zero in every entry: a gradient that is always zero "
            "would look the same here, so check at another point",
        )
    chosen = {i: check for i, check in checks.items() if check.verdict == worst}
    order = sorted(chosen, key=lambda i: -abs(chosen[i].claimed - chosen[i].slope.value))
    lines = [f"{_entry(name, i, shape)}: {chosen[i]}" for i in order[:_SHOWN]]
    if len(order) > _SHOWN:
        lines.append(f"and {len(order) - _SHOWN} more {worst}")
    ratios = np.array([c.claimed / c.slope.value for c in chosen.values() if c.slope.value])
    if worst == "wrong" and ratios.size == len(chosen) > 1 and np.ptp(ratios) < 1e-5:
        lines.append(f"all of these are {ratios[0]:.6g} times the measurement")
    return tuple(lines)


def _entry(name: str, i: int, shape: tuple[int, ...]) -> str:
    return f"{name}[{', '.join(map(str, np.unravel_index(i, shape)))}]" if shape else name


@dataclass(frozen=True, repr=False)
class GradientCheck:
    """What `check_gradient` found. True in an `if` or `assert` for the verdict "right" alone."""

    verdict: Verdict
    tensors: dict[str, TensorCheck]
    problems: tuple[str, ...]
    """What is wrong, or cannot be checked, apart from the numbers."""
    notes: tuple[str, ...]
    """What is not wrong but worth knowing."""
    evaluations: int
    """How often f was called."""
    elsewhere: str = ""
    """Where the verdict was reached, if not at the point itself; its tensors are the point's."""

    def __bool__(self) -> bool:
        return self.verdict == "right"

    def with_notes(self, notes: Iterable[str]) -> GradientCheck:
        """The same with more notes."""
        return replace(self, notes=(*self.notes, *notes))

    def confirmed_by(self, other: GradientCheck, where: str) -> GradientCheck:
        """The same, or wrong if the check at another point says so."""
        evaluations = self.evaluations + other.evaluations
        if other.verdict != "wrong":
            return replace(self, evaluations=evaluations)
        wrong = [str(tensor) for tensor in other.tensors.values() if tensor.verdict == "wrong"]
        problems = (*self.problems, *[f"{where}: {words}" for words in (*other.problems, *wrong)])
        return replace(
            self,
            verdict="wrong",
            problems=problems,
            evaluations=evaluations,
            elsewhere=f" {where}, though {self.verdict} at the point itself",
        )

    def __str__(self) -> str:
        lines = [f"{self.verdict}{self.elsewhere} ({self.evaluations} evaluations of f)"]
        lines += [f"  {problem}" for problem in self.problems]
        lines += [f"  {tensor}" for tensor in self.tensors.values()]
        lines += [f"  note: {note}" for note in self.notes]
        return "\n".join(lines)

    __repr__ = __str__
