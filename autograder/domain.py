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
_SMALLEST, _SMALLEST_ALONE = 1e-9, 1e-3
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
        zeros: whether 0 is allowed.
    """

    sizes: tuple[str | int, ...]
    above: float
    below: float
    without: tuple[float, ...]
    largest: float
    zeros: bool

    def __init__(
        self,
        *sizes: str | int,
        above: float = -math.inf,
        below: float = math.inf,
        without: tuple[float, ...] = (),
        largest: float = 20.0,
        zeros: bool = True,
    ) -> None:
        for name, value in (
            ("sizes", sizes),
            ("above", above),
            ("below", below),
            ("without", without),
            ("largest", largest),
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
            found["of very different sizes" if self.sizes else "tiny or large"] = self._sizes(
                low, high
            )
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

    def _sizes(self, low: float, high: float) -> Draw:
        def draw(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
            allowed = [sign for sign, end in ((-1.0, -low), (1.0, high)) if end > 0]
            signs = rng.choice(allowed, shape)
            largest = np.where(signs > 0, high, -low)
            # One number alone has no larger ones beside it that its round-off could be measured by.
            smallest = _SMALLEST if math.prod(shape) > 1 else _SMALLEST_ALONE
            sizes = smallest * (largest / smallest) ** rng.random(shape)
            if sizes.size > 1:
                tiny, ordinary = rng.choice(sizes.size, 2, replace=False)
                sizes.flat[tiny] = _SMALLEST
                sizes.flat[ordinary] = min(1.0, largest.min() * 0.9)
            return self._allowed(signs * sizes)

        return draw

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
    """

    draws: Mapping[str, Callable[[np.random.Generator, Mapping[str, int]], Any]]

    def kinds(self) -> dict[str, Any]:
        """The kinds, each with the function that draws it."""
        return dict(self.draws)


def label() -> Chosen:
    """A class, 0.0 or 1.0."""
    return Chosen({"= 0": lambda rng, sizes: 0.0, "= 1": lambda rng, sizes: 1.0})


def bits(size: str) -> Chosen:
    """A vector of classes, 0.0 or 1.0."""
    return Chosen(
        {
            "": lambda rng, sizes: rng.integers(0, 2, sizes[size]).astype(float),
            "all 0": lambda rng, sizes: np.zeros(sizes[size]),
            "all 1": lambda rng, sizes: np.ones(sizes[size]),
        }
    )


def one_hot(rows: str, columns: str) -> Chosen:
    """One 1 in each row of an array of zeros."""

    def draw(rng: np.random.Generator, sizes: Mapping[str, int]) -> Any:
        n, k = sizes[rows], sizes[columns]
        return np.eye(k)[rng.integers(k, size=n)]

    return Chosen({"": draw})


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
    """The named sizes that inputs use, each once.

    Args:
        inputs: the domain of each input.
    """
    sizes = [size for one in inputs.values() if isinstance(one, Real) for size in one.sizes]
    found = [_SIZE.fullmatch(str(size)) for size in sizes]
    names = [match[1] for match in found if match and not match[1].isdigit()]
    return list(dict.fromkeys(names))


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


def given(**values: float) -> Callable[[np.random.Generator], Inputs]:
    """Inputs that are always the same.

    Args:
        **values: the inputs by name.

    Returns:
        What a probe draws with.
    """
    return lambda rng: dict(values)


def with_zeros(draw: Callable[[np.random.Generator], Inputs]) -> Callable[..., Inputs]:
    """Inputs as they are drawn, but every other entry of each array is 0.

    Args:
        draw: what draws them.

    Returns:
        What a probe draws with.
    """

    def sparse(rng: np.random.Generator) -> Inputs:
        inputs = draw(rng)
        for array in _arrays(inputs):
            array[rng.random(array.shape) < 0.5] = 0.0
        return inputs

    return sparse


def _arrays(value: Any) -> list[Any]:
    if isinstance(value, np.ndarray):
        return [value]
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [array for one in held for array in _arrays(one)]
