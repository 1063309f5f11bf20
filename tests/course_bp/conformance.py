"""Try NumPy's functions on Nodes: the same value, one derivative by every way, or a refusal.

    python tests/course_bp/conformance.py                              prints the page
    python tests/course_bp/conformance.py docs/numpy-conformance.md    writes it

Each case of `conformance_moves.TABLE` is run for every choice of which of its arrays are Nodes, on
arrays that are views of others. What counts as agreed: the value and the shape are NumPy's; the
derivative in a random direction, with random weights on the result, is the same by reverse mode,
forward mode, symbolically and in compiled print, and that of Richardson's extrapolation, which
knows no rule.
"""

from __future__ import annotations

import sys
import warnings
from collections import Counter
from collections.abc import Callable
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
from conformance_cases import APART, POSITIVE, REAL, Case, Domain, Plain
from conformance_moves import TABLE

import course_bp as bp

AGREED, REFUSED, NEITHER = "agreed", "refused", "NumPy refuses too"
_INTERVALS: dict[str, tuple[float, float]] = {REAL: (-2.0, 2.0), POSITIVE: (0.3, 2.2)}


def tried(case: Case) -> list[str]:
    """The outcome for each choice of Nodes among the arrays: a word, or what is wrong."""
    count = len(case.shapes)
    choices = (
        [c for c in product((True, False), repeat=count) if any(c)]
        if count < 3
        else [(True,) * count]
    )
    return [_outcome(case, chosen) for chosen in choices]


def _outcome(case: Case, chosen: tuple[bool, ...]) -> str:
    rng = np.random.default_rng(len(case.words) + sum(map(sum, case.shapes)))
    args = [_array(rng, shape, case.domain) for shape in case.shapes]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            expected = case.call(*args)
        except Exception as error:  # whatever NumPy says
            expected = error
        try:
            given = [bp.Node(x) if c else x for x, c in zip(args, chosen, strict=True)]
            found = case.call(*given)
        except (TypeError, ValueError, IndexError, np.linalg.LinAlgError) as error:
            if isinstance(expected, Exception):
                return NEITHER
            return REFUSED if _is_in_words(str(error)) else f"refused without a reason: {error!r}"
        if isinstance(expected, Exception):
            return f"has a value where NumPy raises {expected!r}"
        if isinstance(found, Plain):
            same = _same(found.answer, expected.answer)
            return AGREED if same else f"answers {found.answer!r}, NumPy {expected.answer!r}"
        value = found.value if found.__class__ is bp.Node else found
        if found.__class__ is not bp.Node or np.shape(value) != np.shape(expected):
            return f"is {type(found).__name__} of shape {np.shape(value)}, not {np.shape(expected)}"
        if not np.allclose(value, expected, rtol=1e-12, atol=1e-14, equal_nan=True):
            return f"has the value {value}, not {expected}"
        try:
            return _derivatives(case.call, args, chosen, rng, np.shape(expected))
        except Exception as error:  # a silent error would not raise, and none of these is wanted
            return f"no derivative: {type(error).__name__}: {error}"


def _derivatives(
    call: Callable[..., Any], args: list[Any], chosen: tuple[bool, ...], rng: Any, shape: Any
) -> str:
    weights = rng.normal(size=shape)
    places = [i for i, c in enumerate(chosen) if c]

    def scalar(*xs: Any) -> Any:
        full = list(args)
        for i, x in zip(places, xs, strict=True):
            full[i] = x
        return bp.sum(call(*full) * weights)

    at = tuple(args[i] for i in places)
    along = tuple(rng.normal(size=x.shape) if np.ndim(x) else float(rng.normal()) for x in at)
    numbers = tuple(range(len(at)))

    def directional(gradient: Any) -> float:
        return float(sum(np.sum(g * v) for g, v in zip(gradient, along, strict=True)))

    gradient = bp.grad(scalar, numbers)(*at)
    for g, x in zip(gradient, at, strict=True):
        if np.shape(g) != np.shape(x):
            return f"the gradient has shape {np.shape(g)}, not {np.shape(x)}"
    ways = {
        "reverse": directional(gradient),
        "forward": float(bp.jvp(scalar, at, along)[1]),
        "symbolic": directional(bp.symbolic_gradient(scalar, numbers)(*at)),
        "compiled": directional(bp.compile_gradient(scalar, *at, argnums=numbers)(*at)[1]),
        "dual": _by_dual_numbers(scalar, at, along),
    }
    for way, slope in ways.items():
        if not np.isclose(slope, ways["reverse"], rtol=1e-9, atol=1e-11):
            return f"{way} gives {slope}, reverse mode {ways['reverse']}"
    measured = _richardson(
        lambda t: float(scalar(*(x + t * v for x, v in zip(at, along, strict=True))))
    )
    if not np.isclose(measured, ways["reverse"], rtol=1e-6, atol=1e-7):
        return f"the derivative is {ways['reverse']}, measured {measured}"
    return AGREED


def _by_dual_numbers(scalar: Callable[..., Any], at: Any, along: Any) -> float:
    result = scalar(*(bp.Dual(x, v) for x, v in zip(at, along, strict=True)))
    return float(result.tangent) if result.__class__ is bp.Dual else 0.0


def _richardson(f: Callable[[float], float], h: float = 1e-3) -> float:
    rows = [(f(s) - f(-s)) / (2 * s) for s in (h, h / 2, h / 4)]
    first = [(4 * b - a) / 3 for a, b in pairwise(rows)]
    return (16 * first[1] - first[0]) / 15


def _array(rng: Any, shape: tuple[int, ...], domain: Domain) -> Any:
    """Numbers of a domain; a view of every other entry where there are axes."""
    wide = tuple(2 * n for n in shape)
    if domain == APART:  # in random order with gaps, so that nothing ties
        count = int(np.prod(wide))
        x = rng.permutation(
            np.linspace(-2.1, 2.3, count) if count > 1 else rng.uniform(0.6, 0.9, 1)
        )
        x = x[:count].reshape(wide)
    else:
        low, high = _INTERVALS[domain] if isinstance(domain, str) else domain
        x = rng.uniform(low, high, size=wide)
    return x[tuple(slice(None, None, 2) for _ in shape)] if shape else float(x)


def _is_in_words(message: str) -> bool:
    return any(
        word in message
        for word in (
            "derivative",
            "takes Nodes",
            "no rule",
            " of shape",
            "brackets",
            "np.",
            "einsum",
        )
    )


def _same(found: Any, expected: Any) -> bool:
    if isinstance(expected, tuple):
        return len(found) == len(expected) and all(map(_same, found, expected))
    return np.shape(found) == np.shape(expected) and bool(np.all(found == expected))


def counts(name: str) -> Counter[str]:
    """How often each outcome came for one line of the table."""
    return Counter(outcome for case in TABLE[name] for outcome in tried(case))


PAGE = """# Which parts of NumPy work on Nodes

A Node answers NumPy's functions, methods and operators with NumPy's value and shape and the right
derivative, or it refuses with a message. {total} cases test this: shapes of 0 to 4 axes, empty
arrays, broadcasting, negative and tuple axes, NumPy's own integers as settings, `keepdims`, one
operand or both as Nodes, and arrays that are views of others.

- *agreed*: the value is NumPy's, and the derivative in a random direction is the same by reverse
  mode, by forward mode (recorded, and by dual numbers), symbolically, in compiled source and by
  Richardson extrapolation.
- *refused*: settings and functions that have no rule.
- *both*: NumPy itself refuses the call too.
- *wrong*: none.

Special values (±0, ±inf, nan, denormals) are tested in `tests/course_bp/test_special_values.py`.
[published-suites.md](published-suites.md) says how the library does in the tests of other
libraries.

This page is written by `python tests/course_bp/conformance.py docs/numpy-conformance.md`.

| NumPy | cases | agreed | refused | both | wrong |
|---|---|---|---|---|---|
"""


def page() -> str:
    """The page, every case of it tried."""
    rows, total = [], 0
    for name in TABLE:
        found = counts(name)
        count = sum(found.values())
        total += count
        wrong = count - found[AGREED] - found[REFUSED] - found[NEITHER]
        shown = name.replace("|", "\\|")
        numbers = count, found[AGREED], found[REFUSED], found[NEITHER], wrong
        rows.append(f"| `{shown}` | {' | '.join(map(str, numbers))} |\n")
    return PAGE.format(total=f"{total:,}") + "".join(rows)


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] == "--wrong":
        for name in sys.argv[2:] or TABLE:
            for case in TABLE[name]:
                for outcome in tried(case):
                    if outcome not in (AGREED, REFUSED, NEITHER):
                        print(name, case.shapes, case.words, outcome[:300])
    elif len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(page(), encoding="utf-8")
    else:
        print(page(), end="")
