"""The domain of an exercise: the inputs that its statement allows, and the corners of it.

A statement such as "x: a float above 0" is a promise. A right answer keeps it for small, large,
negative and exactly zero inputs, for one example as for many. From the domain follow the probes of
its corners: every two kinds of inputs meet in at least one of them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.all_pairs import all_pairs
from autograder.exercise import Inputs, Probe

Draw = Callable[[np.random.Generator, tuple[int, ...]], Any]
# About the smallest entry of an array, and a small one that counts: to take it for 0 is wrong by
# more than any tolerance.
_SMALLEST, _SMALL = 1e-9, 5e-7
_SIZE = re.compile(r"([A-Za-z]\w*|\d+)(?:\+(\d+))?")


@dataclass(frozen=True)
class Real:
    """A float, or an array of floats, of which the statement allows every value in an interval.

    Args:
        *sizes: for an array, the length of each axis: a name that other inputs share ("N"), a
            name plus a number ("n+1"), or a number. Without any, the input is one float.
        above: all values lie above this.
        below: all values lie below this.
        without: values that are not allowed, and near which nothing is asked.
        largest: the size up to which an answer can be right in float64.
        smallest: the size of a tiny value. Of one number alone it may have to be larger: it has no
            larger ones beside it that its round-off could be measured by.
        zeros: whether 0 is allowed.
    """

    sizes: tuple[str | int, ...]
    above: float
    below: float
    without: tuple[float, ...]
    largest: float
    smallest: float
    zeros: bool

    def __init__(
        self,
        *sizes: str | int,
        above: float = -math.inf,
        below: float = math.inf,
        without: tuple[float, ...] = (),
        largest: float = 1000.0,
        smallest: float | None = None,
        zeros: bool = True,
    ) -> None:
        for size in sizes:
            _require_size(size)
        if not above < below:
            raise ValueError(f"no number lies above {above:g} and below {below:g}")
        for name, value in (
            ("sizes", sizes),
            ("above", above),
            ("below", below),
            ("without", without),
            ("largest", largest),
            ("smallest", smallest or (_SMALLEST if sizes else _SMALL)),
            ("zeros", zeros),
        ):
            object.__setattr__(self, name, value)

    def kinds(self) -> dict[str, Draw]:
        """The kinds of values that the interval holds, each with a function that draws it."""
        low, high = max(self.above, -self.largest), min(self.below, self.largest)
        found: dict[str, Draw] = {}
        if low >= 0 or high <= 0 or self.sizes:
            found[""] = self._between(low, high, 1.0)
        if high > 0 > low:
            found["positive"] = self._between(0.0, high, 1.0)
            found["negative"] = self._between(low, 0.0, 1.0)
        if high > 0 >= low or high >= 0 > low:
            if self.sizes:
                found["of very different sizes"] = self._sizes(low, high)
            else:
                found["tiny"] = self._one_sized(low, high, lambda end: self.smallest)
                found["large"] = self._one_sized(low, high, lambda end: end / 2)
        if self.zeros and self.above < 0 < self.below:
            found["with zeros" if self.sizes else "= 0"] = self._zeros(low, high)
        return found

    def _between(self, low: float, high: float, scale: float) -> Draw:
        def draw(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
            if low < 0 < high:
                values = rng.normal(scale=scale, size=shape)
            elif high - low <= 4:
                values = rng.uniform(low + 0.05 * (high - low), high - 0.05 * (high - low), shape)
            elif high > 0:
                values = low + scale * np.exp(rng.normal(scale=0.7, size=shape))
            else:
                values = high - scale * np.exp(rng.normal(scale=0.7, size=shape))
            return self._allowed(np.clip(values, low, high))

        return draw

    def _one_sized(self, low: float, high: float, least: Callable[[float], float]) -> Draw:
        """Draws one number, from a size that depends on the largest to twice that size."""

        def draw(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
            sign, end = self._end(low, high, rng)
            return self._allowed(np.asarray(sign * least(end) * (1 + rng.random())))

        return draw

    def _sizes(self, low: float, high: float) -> Draw:
        def draw(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
            ends = [self._end(low, high, rng) for _ in range(math.prod(shape))]
            signs, largest = np.array(ends).reshape(-1, 2).T
            sizes = self.smallest * (largest / self.smallest) ** rng.random(len(ends))
            # Each array has a small, a large, an ordinary and a tiny entry, on every draw.
            tiny = np.full_like(sizes, self.smallest)
            known = (0 * tiny + _SMALL, largest, np.minimum(1.0, largest), tiny)
            for place, values in zip(rng.permutation(sizes.size), known, strict=False):
                # Were they the same in every array, products of them could cancel.
                sizes[place] = values[place] * rng.uniform(0.5, 0.9)
            return self._allowed((signs * sizes).reshape(shape))

        return draw

    def _end(self, low: float, high: float, rng: np.random.Generator) -> tuple[float, float]:
        """A sign that is allowed, and the largest size with it."""
        allowed = [(sign, sign * end) for sign, end in ((-1.0, low), (1.0, high)) if sign * end > 0]
        return allowed[int(rng.integers(len(allowed)))]

    def _zeros(self, low: float, high: float) -> Draw:
        ordinary = self._between(low, high, 1.0)

        def draw(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
            values = np.asarray(ordinary(rng, shape))
            zero = rng.random(shape) < 0.5
            if shape and zero.size:
                zero.flat[rng.integers(zero.size)] = True
            return np.where(zero, 0.0, values) if shape else np.zeros(())

        return draw

    def _allowed(self, values: Any) -> Any:
        for bad in self.without:
            near = np.abs(values - bad) < 0.05
            values = np.where(near, bad + np.where(values < bad, -0.1, 0.1), values)
        return values


@dataclass(frozen=True)
class Chosen:
    """An input that is one of a few things: a label, a one-hot row, a list of layers.

    Args:
        draws: name of the kind, as feedback says it → a function of a random generator and the
            sizes by name that draws the input.
        sizes: for an array, the length of each axis, as for `Real`.
    """

    draws: Mapping[str, Callable[[np.random.Generator, Mapping[str, int]], Any]]
    sizes: tuple[str | int, ...] = ()

    def kinds(self) -> dict[str, Any]:
        """The kinds, each with the function that draws it."""
        return dict(self.draws)


def label() -> Chosen:
    """A class, 0.0 or 1.0."""
    return Chosen({"= 0": lambda rng, sizes: 0.0, "= 1": lambda rng, sizes: 1.0})


def bits(size: str | int) -> Chosen:
    """A vector of classes, 0.0 or 1.0.

    Args:
        size: as the sizes of `Real`.
    """
    _require_size(size)
    return Chosen(
        {
            "": lambda rng, sizes: rng.integers(0, 2, _length(size, sizes)).astype(float),
            "all 0": lambda rng, sizes: np.zeros(_length(size, sizes)),
            "all 1": lambda rng, sizes: np.ones(_length(size, sizes)),
        },
        (size,),
    )


def one_hot(rows: str | int, columns: str | int) -> Chosen:
    """One 1 in each row of an array of zeros.

    Args:
        rows, columns: as the sizes of `Real`.
    """
    _require_size(rows)
    _require_size(columns)

    def draw(rng: np.random.Generator, sizes: Mapping[str, int]) -> Any:
        n, k = _length(rows, sizes), _length(columns, sizes)
        return np.eye(k)[rng.integers(k, size=n)]

    return Chosen({"": draw}, (rows, columns))


def corners(
    sizes: Mapping[str, Sequence[int]] | None = None, **inputs: Real | Chosen
) -> tuple[Probe, ...]:
    """Probes in which every two kinds of inputs meet at least once.

    Args:
        sizes: the lengths to ask for, by name; a length of 1 belongs in it where it is allowed.
            Default: 1, 2 and 4 for every name that the inputs use.
        **inputs: the domain of each input, in the order of the answer's parameters.

    Returns:
        The probes, marked as corners.
    """
    lengths: dict[str, tuple[int, ...]] = dict.fromkeys(size_names(inputs), (1, 2, 4))
    lengths |= {name: tuple(values) for name, values in (sizes or {}).items()}
    factors: dict[str, Sequence[Any]] = {
        **{f"size {name}": values for name, values in lengths.items()},
        **{name: list(domain.kinds()) for name, domain in inputs.items()},
    }
    return tuple(_probe(row, inputs, list(lengths)) for row in all_pairs(factors))


def size_names(inputs: Mapping[str, Real | Chosen]) -> list[str]:
    """The named sizes that inputs use, each once, those of numbers before those of classes.

    Args:
        inputs: the domain of each input.
    """
    domains = sorted(inputs.values(), key=lambda one: isinstance(one, Chosen))
    sizes = [size for one in domains for size in one.sizes]
    found = [_SIZE.fullmatch(str(size)) for size in sizes]
    names = [match[1] for match in found if match and not match[1].isdigit()]
    return list(dict.fromkeys(names))


def _require_size(size: Any) -> None:
    number = isinstance(size, int) and not isinstance(size, bool)
    if not (number or isinstance(size, str)) or not _SIZE.fullmatch(str(size)):
        raise ValueError(
            f'{size!r} is not a length for an axis: write a letter ("N"), a letter and what is '
            'added ("N+1"), or a number'
        )


def _length(size: str | int, sizes: Mapping[str, int]) -> int:
    match = _SIZE.fullmatch(str(size))
    assert match is not None
    base = int(match[1]) if match[1].isdigit() else sizes[match[1]]
    return base + int(match[2] or 0)


def _probe(row: Mapping[str, Any], inputs: Mapping[str, Real | Chosen], names: list[str]) -> Probe:
    sizes = {name: int(row[f"size {name}"]) for name in names}
    words = [f"{name} = {length}" for name, length in sizes.items()]
    words += [f"{name} {row[name]}" for name in inputs if row[name]]
    return Probe(", ".join(words), drawing(inputs, sizes, row), corner=True)


def drawing(
    inputs: Mapping[str, Real | Chosen], sizes: Mapping[str, int], kinds: Mapping[str, str]
) -> Callable[[np.random.Generator], Inputs]:
    """What draws inputs of given sizes and kinds.

    Args:
        inputs: the domain of each input.
        sizes: the length of each named size.
        kinds: for each input one of its domain's kinds.

    Returns:
        A function of a random generator.
    """

    def draw(rng: np.random.Generator) -> Inputs:
        drawn: Inputs = {}
        for name, domain in inputs.items():
            if isinstance(domain, Chosen):
                drawn[name] = domain.draws[kinds[name]](rng, sizes)
            else:
                shape = tuple(_length(size, sizes) for size in domain.sizes)
                value = domain.kinds()[kinds[name]](rng, shape)
                drawn[name] = np.asarray(value, dtype=float) if shape else float(value)
        return drawn

    return draw
