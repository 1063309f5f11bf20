"""What of NumPy is tried on Nodes: for each function, method and operator the calls and the shapes.

A call is a function of arrays, written for NumPy; what it is given instead are Nodes.
"""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from elementwise_cases import AWAY_FROM_ZERO, BINARY, UNARY

Domain = str | tuple[float, float]
REAL, POSITIVE, APART = "real", "positive", "apart"
SHAPES = [(), (3,), (2, 3), (2, 1, 3), (1, 2, 1, 2), (0,), (2, 0)]
PAIRS = [
    ((), ()),
    ((), (2, 3)),
    ((3,), ()),
    ((2, 3), (2, 3)),
    ((2, 3), (3,)),
    ((2, 1), (1, 3)),
    ((3, 1, 2), (2, 3, 2, 2)),
    ((1, 0), (3, 1)),
]
CUBES = [(2, 3, 2), (1, 3, 2, 2)]


@dataclass(frozen=True)
class Case:
    """One call.

    Attributes:
        call: the function of arrays.
        shapes: theirs.
        domain: where their entries lie, as an interval or by name.
        words: the settings, for a message.
    """

    call: Callable[..., Any]
    shapes: tuple[tuple[int, ...], ...]
    domain: Domain = REAL
    words: str = ""


@dataclass(frozen=True)
class Plain:
    """An answer that has no derivative and is to be a plain one."""

    answer: Any


def on_shapes(call: Callable[..., Any], shapes: Sequence[Any], domain: Domain = REAL) -> list[Case]:
    """The same call for several shapes of its only array, or of all its arrays."""
    return [
        Case(call, shape if shape and isinstance(shape[0], tuple) else (shape,), domain)
        for shape in shapes
    ]


def settings(
    function: Callable[..., Any], shapes: Sequence[Any], domain: Domain = APART, **choices: Any
) -> list[Case]:
    """A function of one array with every combination of its settings; None for a shape it lacks."""
    cases = []
    for shape in shapes:
        for combination in itertools.product(*choices.values()):
            chosen = dict(zip(choices, combination, strict=True))
            call = lambda x, chosen=chosen: function(x, **chosen)  # noqa: E731
            cases.append(Case(call, (shape,), domain, f"{chosen}"))
    return cases


AXES = [None, 0, -1, np.int64(-2), (0, -1), (np.int64(1),), ()]
ONE_AXIS = [0, -1, np.int64(-2), np.int32(1)]
KEEP = [False, True]
REDUCED = [(3,), (2, 3), (2, 3, 2), (1, 2, 1, 3), (2, 0), (0, 3)]

# Functions of NumPy that are made of primitives, or are another name of one.
_MADE: dict[str, Domain] = {
    "absolute": APART, "conjugate": REAL, "deg2rad": REAL, "degrees": REAL, "fabs": APART,
    "rad2deg": REAL, "radians": REAL, "reciprocal": POSITIVE,
}  # fmt: skip
_MADE_OF_TWO: dict[str, Domain] = {"float_power": POSITIVE, "true_divide": POSITIVE}
_FLAT = ["ceil", "floor", "rint", "sign", "trunc", "isfinite", "isinf", "isnan"]
_COMPARED = ["equal", "greater", "greater_equal", "less", "less_equal", "not_equal"]
_OPERATORS = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
    "**": operator.pow, "%": operator.mod, "//": operator.floordiv, "<": operator.lt,
    "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
_MATRICES = [
    ((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)), ((2, 3), (3, 4)), ((2, 2, 3), (3, 2)),
    ((2, 3), (2, 3, 2)), ((2, 1, 2, 3), (3, 3, 2)), ((0, 3), (3, 2)), ((2, 0), (0, 2)),
]  # fmt: skip
_DOT = [*_MATRICES, ((), (3,)), ((2, 3), ()), ((2, 2, 3), (2, 3, 2)), ((2, 2, 3), (2, 1, 3, 2))]


def _plus(square: Any) -> Any:
    """A matrix, or a stack of them, that is far from singular."""
    return square + 3.0 * np.eye(square.shape[-1])


def _definite(square: Any) -> Any:
    return np.matmul(square, np.swapaxes(square, -1, -2)) + np.eye(square.shape[-1])


def _elementwise(primitives: dict[str, Any], made: dict[str, Domain]) -> list[tuple[str, Domain]]:
    """NumPy's elementwise functions by name, each with where to try it."""
    named: dict[str, Domain] = {
        name: APART if interval is AWAY_FROM_ZERO else interval
        for name, (_, _, interval, _) in primitives.items()
        if hasattr(np, name) and name not in ("nan_to_num", "where")  # these have more to try
    }
    return sorted({**named, **made}.items())


def computing() -> Iterator[tuple[str, list[Case]]]:
    for name, domain in _elementwise(UNARY, _MADE):
        yield name, on_shapes(getattr(np, name), SHAPES, domain)
    for name in _FLAT:
        yield name, on_shapes(lambda x, name=name: getattr(np, name)(x) * x, SHAPES, POSITIVE)
    for name, domain in _elementwise(BINARY, _MADE_OF_TWO):
        yield name, on_shapes(getattr(np, name), PAIRS, domain)
    yield "floor_divide", on_shapes(lambda x, y: np.floor_divide(x, y) * x, PAIRS, POSITIVE)
    for name in _COMPARED:
        yield name, on_shapes(lambda x, y, name=name: getattr(np, name)(x, y) * x, PAIRS, APART)
    for name in ("logical_and", "logical_or", "bitwise_and", "bitwise_or"):
        f = getattr(np, name)
        yield name, on_shapes(lambda x, y, f=f: f(x > 0, y > 0.5) * y, PAIRS, APART)
    for name in ("logical_not", "invert"):
        yield name, on_shapes(lambda x, name=name: getattr(np, name)(x > 0) * x, SHAPES, APART)
    for sign, f in _OPERATORS.items():
        flat = sign in ("//", "<", "<=", ">", ">=", "==", "!=")
        call = (lambda x, y, f=f: f(x, y) * x) if flat else f
        yield f"x {sign} y", on_shapes(call, PAIRS, POSITIVE)
    yield (
        "−x, +x, abs(x)",
        [
            *on_shapes(operator.neg, SHAPES),
            *on_shapes(operator.pos, SHAPES),
            *on_shapes(abs, SHAPES, APART),
        ],
    )
    yield "x @ y", on_shapes(operator.matmul, _MATRICES)
    for name in ("sum", "mean", "max", "min", "prod", "std", "var", "ptp", "median"):
        f = getattr(np, name)
        yield (
            name,
            settings(f, REDUCED, axis=AXES[:-1] if name == "median" else AXES, keepdims=KEEP),
        )
        if name not in ("ptp", "median"):
            yield f"x.{name}", settings(
                lambda x, name=name, **chosen: getattr(x, name)(**chosen),
                [(3,), (2, 3)], axis=[None, 0, -1, (0,)], keepdims=[False, True],
            )  # fmt: skip
    yield (
        "var and std with ddof",
        [
            *settings(np.var, [(3,), (3, 2)], axis=[None, 0], ddof=[0, 1, 1.5]),
            *settings(np.std, [(3,), (3, 2)], axis=[None, 0], ddof=[0, 1, 1.5]),
        ],
    )
    yield (
        "average",
        [
            *settings(np.average, [(3,), (2, 3)], axis=[None, 0, -1]),
            *on_shapes(
                lambda x, w: np.average(x, -1, weights=w),
                [((2, 3), (2, 3)), ((3,), (3,))],
                POSITIVE,
            ),
            *on_shapes(lambda x, w: np.average(x, 1, weights=w), [((2, 3), (3,))], POSITIVE),
        ],
    )
    for name in ("cumsum", "cumprod"):
        f = getattr(np, name)
        yield name, settings(f, [(3,), (2, 3), (2, 3, 2), (2, 0), (5, 1)], axis=[None, *ONE_AXIS])
        yield (
            f"x.{name}",
            settings(
                lambda x, name=name, **chosen: getattr(x, name)(**chosen), [(4,)], axis=[None, 0]
            ),
        )
    yield (
        "ufunc.reduce, ufunc.accumulate",
        [
            *settings(np.add.reduce, [(3,), (2, 3)], axis=[0, -1]),
            *settings(np.multiply.reduce, [(3,), (2, 3)], axis=[0, -1]),
            *settings(np.maximum.reduce, [(3,), (2, 3)], axis=[0, -1], keepdims=[False, True]),
            *settings(np.minimum.reduce, [(3,), (2, 3)], axis=[0, None]),
            *settings(np.add.accumulate, [(3,), (2, 3)], axis=[0, -1]),
            *settings(np.logaddexp.reduce, [(3,)], axis=[0]),
        ],
    )
    yield "sort", settings(np.sort, [(4,), (2, 3), (2, 3, 2), (0,)], axis=[None, *ONE_AXIS])
    yield "dot", on_shapes(np.dot, _DOT)
    yield "x.dot", on_shapes(lambda x, y: x.dot(y), _MATRICES[:5])
    yield "matmul", on_shapes(np.matmul, _MATRICES)
    yield "vdot", on_shapes(np.vdot, [((3,), (3,)), ((2, 3), (2, 3)), ((), ())])
    yield (
        "inner",
        on_shapes(
            np.inner,
            [((3,), (3,)), ((2, 3), (3,)), ((2, 3), (4, 3)), ((), (3,)), ((2, 2, 3), (4, 3))],
        ),
    )
    yield "outer", on_shapes(np.outer, [((3,), (2,)), ((2, 2), (3,)), ((), (3,)), ((0,), (2,))])
    yield "kron", on_shapes(np.kron, [((2,), (3,)), ((2, 2), (3, 2)), ((2,), (2, 3)), ((), (2, 2))])
    yield (
        "cross",
        [
            *on_shapes(np.cross, [((3,), (3,)), ((2, 3), (3,)), ((2, 3), (2, 3))]),
            *on_shapes(lambda x, y: np.cross(x, y, axis=0), [((3, 2), (3, 2))]),
        ],
    )
    yield "tensordot", [
        Case(lambda x, y, a=axes: np.tensordot(x, y, a), shapes, REAL, str(axes))
        for axes, shapes in (
            (0, ((2,), (3,))), (1, ((2, 3), (3, 2))), (2, ((2, 2, 3), (2, 3, 4))),
            (((0,), (1,)), ((3, 2), (2, 3))), (((-1, 0), (0, -1)), ((2, 1, 3), (3, 4, 2))),
            (([1], [0]), ((2, 3, 2), (3, 4))), ((1, 0), ((2, 3), (3, 2))),
        )
    ]  # fmt: skip
    yield "einsum", [
        Case(lambda *x, text=text: np.einsum(text, *x), shapes, REAL, text)
        for text, shapes in (
            ("ij,jk->ik", ((2, 3), (3, 4))), ("ij,jk", ((2, 3), (3, 4))), ("ij->ji", ((2, 3),)),
            ("ij->", ((2, 3),)), ("ij->i", ((2, 3),)), ("ii->i", ((3, 3),)), ("ii", ((3, 3),)),
            ("i,i", ((3,), (3,))), ("i,j->ij", ((2,), (3,))), ("i,j,k->kij", ((2,), (3,), (2,))),
            ("...ij,...jk->...ik", ((2, 2, 3), (3, 2))), ("...i->...", ((2, 3, 2),)),
            ("iij->j", ((2, 2, 3),)), (" i j , j -> i ", ((2, 3), (3,))), (",i->i", ((), (3,))),
            ("ij,ij->", ((2, 3), (2, 1))), ("b i j, b j -> b i", ((2, 2, 3), (2, 3))),
        )
    ] + [
        Case(lambda x, y: np.einsum(x, [0, 1], y, [1, 2], [0, 2]), ((2, 3), (3, 2)), REAL, "lists"),
        Case(lambda x, y: np.einsum(x, [0, 1], y, [1]), ((2, 3), (3,)), REAL, "lists"),
        Case(lambda x: np.einsum("ij,j->i", x, x[0], optimize=True), ((2, 3),), REAL, "optimize"),
    ]  # fmt: skip
    stacks = [(2, 2), (3, 3), (2, 3, 3), (1, 1)]
    yield "linalg.inv", on_shapes(lambda x: np.linalg.inv(_plus(x)), stacks)
    yield "linalg.det", on_shapes(lambda x: np.linalg.det(_plus(x)), stacks)
    yield "linalg.slogdet", on_shapes(lambda x: np.linalg.slogdet(_plus(x))[1], stacks)
    yield "linalg.cholesky", on_shapes(lambda x: np.linalg.cholesky(_definite(x)), stacks)
    yield (
        "linalg.solve",
        on_shapes(
            lambda x, y: np.linalg.solve(_plus(x), y),
            [((2, 2), (2,)), ((3, 3), (3, 2)), ((2, 3, 3), (2, 3, 1))],
        ),
    )
    yield (
        "linalg.norm",
        [
            *settings(
                np.linalg.norm,
                [(3,), (2, 3), (2, 3, 2)],
                axis=[None, 0, -1],
                keepdims=[False, True],
            ),
            *settings(np.linalg.norm, [(4,)], ord=[1, 2, 3, 0, np.inf, -np.inf, 2.5]),
            *settings(np.linalg.norm, [(2, 3)], ord=["fro", 1, -1, np.inf, -np.inf, "nuc", 2]),
            *settings(
                np.linalg.norm,
                [(2, 3, 2)],
                ord=["fro", 1],
                axis=[(0, 1), (-1, 0)],
                keepdims=[False, True],
            ),
        ],
    )
    yield "trace", settings(np.trace, [(3, 3), (2, 3), (2, 3, 2)], offset=[0, 1, -1])
    yield (
        "diagonal",
        [
            *settings(np.diagonal, [(3, 3), (2, 3), (3, 2, 2)], offset=[0, 1, -2]),
            *settings(np.diagonal, [(2, 3, 2)], axis1=[-1], axis2=[0, np.int64(1)]),
            *settings(lambda x, **k: x.diagonal(**k), [(2, 3)], offset=[0, 1]),
        ],
    )
    yield "diag", settings(np.diag, [(3,), (3, 3), (2, 3), (0,)], k=[0, 1, -2])
    yield "tril", settings(np.tril, [(3, 3), (2, 3), (2, 3, 2)], k=[0, 1, -1])
    yield "triu", settings(np.triu, [(3, 3), (2, 3), (2, 3, 2)], k=[0, 1, -1])
