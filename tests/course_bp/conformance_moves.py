"""What of NumPy is tried on Nodes: functions that move, choose, ask, or have no rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from conformance_cases import (
    APART,
    CUBES,
    PAIRS,
    POSITIVE,
    REAL,
    SHAPES,
    Case,
    Plain,
    computing,
    on_shapes,
    settings,
)


def _shaping() -> Iterator[tuple[str, list[Case]]]:
    yield (
        "reshape",
        [
            *settings(
                np.reshape,
                [(2, 6), (3, 4)],
                shape=[(3, 4), (-1,), -1, np.int64(12), (2, -1, 2), [6, 2]],
            ),
            *on_shapes(lambda x: x.reshape(3, -1), [(2, 6)]),
            *on_shapes(lambda x: x.reshape((3, 4)), [(2, 6)]),
            *on_shapes(lambda x: np.reshape(x, (1, 1)), [()]),
        ],
    )
    yield (
        "ravel, flatten",
        [
            *on_shapes(np.ravel, SHAPES),
            *on_shapes(lambda x: x.ravel(), SHAPES[1:]),
            *on_shapes(lambda x: x.flatten(), SHAPES[1:]),
        ],
    )
    orders = [None, (-1, 0, 1), (2, 0, 1), (-1, -2, -3), [1, 0, 2], (np.int64(0), np.int64(2), 1)]
    yield (
        "transpose",
        [
            *settings(np.transpose, [(2, 3, 2)], axes=orders),
            *on_shapes(np.transpose, SHAPES),
            *on_shapes(lambda x: x.transpose(1, 0), [(2, 3)]),
            *on_shapes(lambda x: x.transpose((-1, 0)), [(2, 3)]),
            *on_shapes(lambda x: x.transpose(), [(2, 3)]),
            *on_shapes(lambda x: x.T, SHAPES[1:]),
        ],
    )
    yield (
        "swapaxes",
        [
            *settings(np.swapaxes, CUBES, axis1=[0, -1], axis2=[1, np.int64(-2)]),
            *on_shapes(lambda x: x.swapaxes(0, 1), [(2, 3)]),
        ],
    )
    yield "moveaxis", settings(np.moveaxis, CUBES, source=[0, (0, -1)], destination=[-1, (1, 0)])
    yield "rollaxis", settings(np.rollaxis, CUBES, axis=[0, 1, -1], start=[0, 1, 3, -1])
    yield (
        "expand_dims",
        settings(np.expand_dims, [(), (3,), (2, 3)], axis=[0, -1, (0, 1), np.int64(0)]),
    )
    yield "squeeze", settings(np.squeeze, [(1, 3), (1, 2, 1), (3,)], axis=[None, 0, (0,), -1])
    yield (
        "broadcast_to",
        settings(
            np.broadcast_to, [(), (3,), (1, 3), (2, 1)], shape=[(2, 3), (2, 2, 3), (np.int64(2), 3)]
        ),
    )
    yield (
        "atleast_1d, atleast_2d, atleast_3d",
        [
            Case(f, (shape,))
            for f in (np.atleast_1d, np.atleast_2d, np.atleast_3d)
            for shape in ((), (3,), (2, 3), (2, 1, 3), (1, 2, 1, 2))
        ],
    )
    yield "concatenate", [
        Case(lambda x, y, a=axis: np.concatenate([x, y], axis=a), shapes, REAL, str(axis))
        for axis, shapes in (
            (0, ((2,), (3,))), (0, ((2, 3), (1, 3))), (-1, ((2, 3), (2, 1))),
            (None, ((2, 3), (2,))),
            (np.int64(1), ((1, 2, 3), (1, 0, 3))), (-3, ((1, 2, 2), (2, 2, 2))),
        )
    ]  # fmt: skip
    yield (
        "stack",
        [
            Case(lambda x, y, a=axis: np.stack([x, y, x], axis=a), (shape, shape), REAL, str(axis))
            for axis in (0, -1, np.int64(0), 1)
            for shape in ((), (3,), (2, 3), (0,))
        ],
    )
    for name in ("vstack", "hstack", "dstack", "column_stack"):
        f = getattr(np, name)
        yield (
            name,
            on_shapes(
                lambda x, y, f=f: f([x, y]),
                [((2,), (2,)), ((2, 3), (2, 3)), ((), ()), ((2, 1), (2, 1))],
            ),
        )
    yield (
        "append",
        [
            *on_shapes(np.append, [((2,), (3,)), ((2, 3), (2,)), ((), (2,))]),
            *on_shapes(lambda x, y: np.append(x, y, axis=0), [((2, 3), (1, 3))]),
        ],
    )
    for name in ("split", "array_split"):
        f = getattr(np, name)
        yield name, [
            Case(lambda x, f=f, c=cut, a=axis, i=i: f(x, c, axis=a)[i], (shape,), REAL, f"{cut}")
            for cut, axis, shape, i in (
                (2, 0, (4,), 0), (2, 0, (4,), 1), (3, 0, (4,), 0), ([1, 3], 0, (5, 2), 1),
                ([1, 3], -1, (2, 4), 2), (np.array([2]), 1, (2, 3), 0), ([5], 0, (3,), 1),
            )
        ]  # fmt: skip
    for name, shape in (("hsplit", (2, 4)), ("vsplit", (4, 2)), ("dsplit", (1, 2, 4))):
        yield name, on_shapes(lambda x, name=name: getattr(np, name)(x, 2)[1], [shape])
    yield (
        "roll",
        settings(np.roll, [(4,), (2, 3), (0,)], shift=[1, -1, 5, np.int64(2)], axis=[None, 0, -1])
        + on_shapes(lambda x: np.roll(x, (1, 2), (0, 1)), [(2, 3), (2, 3, 2)]),
    )
    yield (
        "rot90",
        settings(np.rot90, [(2, 3), (2, 2, 3)], k=[0, 1, 2, 3, -1], axes=[(0, 1), (1, 0)]),
    )
    yield (
        "flip, fliplr, flipud",
        [
            *settings(np.flip, [(3,), (2, 3), (2, 3, 2)], axis=[None, 0, -1, (0,), np.int64(0)]),
            *on_shapes(np.fliplr, [(2, 3), (2, 3, 2)]),
            *on_shapes(np.flipud, [(3,), (2, 3)]),
        ],
    )
    yield (
        "repeat",
        [
            *settings(np.repeat, [(3,), (2, 3)], repeats=[2, 0, np.int64(3)], axis=[None, 0, -1]),
            *on_shapes(lambda x: np.repeat(x, [1, 0, 2]), [(3,)]),
            *on_shapes(lambda x: x.repeat(2), [(3,)]),
        ],
    )
    yield "tile", settings(np.tile, [(), (3,), (2, 3)], reps=[2, (2, 1), (2, 1, 3), np.int64(2), 0])
    yield (
        "pad",
        settings(np.pad, [(3,), (2, 3)], pad_width=[1, (1, 2), 0], constant_values=[0.0, 2.0]),
    )
    yield "diff", settings(np.diff, [(4,), (3, 4), (1,)], n=[0, 1, 2], axis=[-1, 0, np.int64(-1)])
    yield (
        "gradient",
        [
            *on_shapes(np.gradient, [(3,), (5,), (2,)]),
            *on_shapes(lambda x: np.gradient(x, 0.5), [(4,)]),
            *on_shapes(lambda x: np.gradient(x, axis=-1), [(3, 4)]),
            *on_shapes(lambda x: np.gradient(x)[0], [(3, 4)]),
        ],
    )
    yield (
        "linspace",
        [
            *on_shapes(lambda x, y: np.linspace(x, y, 4), [((), ()), ((3,), (3,))]),
            *on_shapes(lambda x, y: np.linspace(x, y, 3, axis=-1), [((2,), (2,))]),
            *on_shapes(lambda x, y: np.linspace(x, y, 3, endpoint=False), [((), ())]),
        ],
    )
    yield (
        "copy, astype",
        [
            *on_shapes(np.copy, SHAPES),
            *on_shapes(lambda x: x.copy(), SHAPES[1:]),
            *on_shapes(lambda x: x.astype(float), SHAPES[1:]),
            *on_shapes(lambda x: x.astype(np.float32), [(3,)]),
        ],
    )
    yield (
        "zeros_like, ones_like, full_like",
        [
            *on_shapes(lambda x: np.zeros_like(x) + x, SHAPES),
            *on_shapes(lambda x: np.ones_like(x) * x, SHAPES),
            *on_shapes(lambda x: np.full_like(x, 3.0) * x, SHAPES),
        ],
    )


def _choosing() -> Iterator[tuple[str, list[Case]]]:
    yield (
        "where",
        [
            *on_shapes(lambda x, y: np.where(x > 0.5, x, y), PAIRS, APART),
            *on_shapes(lambda x, y: np.where(np.shape(x) == (), y, x), PAIRS),
        ],
    )
    yield (
        "select",
        on_shapes(lambda x, y: np.select([x > 0.5, y > 0.5], [x, y * y], 0.3), PAIRS, APART),
    )
    yield (
        "clip",
        [
            *settings(np.clip, [(3,), (2, 3)], a_min=[None, 0.3], a_max=[1.1, np.float64(1.2)]),
            *on_shapes(lambda x: x.clip(0.2, 1.0), [(3,)], APART),
            *on_shapes(lambda x, y: np.clip(x, 0.1, y), PAIRS, APART),
        ],
    )
    yield "nan_to_num", on_shapes(np.nan_to_num, SHAPES)
    indices: list[Any] = [
        0, -1, np.int64(1), slice(None), slice(1, None), slice(None, None, -1), slice(0, 0), ...,
        None,
        (0, 1), (slice(None), 0), (..., 0), (None, 1), (0, ..., 1), [0, 1], [0, 0, -1],
        np.array([[0, 1], [1, 1]]), ([0, 1], [1, 0]), (slice(None), [0, 0]), ([0, 1], slice(None)),
        np.array([True, False]), (slice(None), np.array([True, False, True])),
        (np.int64(0), [1, 1]),
        ([0], None, [1]), np.zeros((2, 3), bool), 5,
    ]  # fmt: skip
    yield (
        "x[…]",
        [
            Case(lambda x, w=w: x[w], (shape,), REAL, repr(w))
            for w in indices
            for shape in ((2, 3), (2, 3, 2))
        ]
        + on_shapes(lambda x: x[x > 0.5], [(3,), (2, 3)], APART),
    )
    yield (
        "take",
        settings(
            np.take,
            [(3,), (2, 3)],
            indices=[0, -1, [0, 1, 1], np.array([[0], [1]])],
            axis=[None, 0, -1],
        ),
    )
    yield (
        "take_along_axis",
        on_shapes(
            lambda x: np.take_along_axis(x, np.array([[0, 0, 1], [1, 0, 0]]), axis=0), [(2, 3)]
        )
        + on_shapes(lambda x: np.take_along_axis(x, np.array([[2], [0]]), axis=-1), [(2, 3)]),
    )
    plain = ["all", "any", "argmax", "argmin", "argsort", "count_nonzero", "nonzero", "shape",
             "ndim",
             "size", "flatnonzero", "argwhere", "isposinf", "isneginf", "isrealobj"]  # fmt: skip
    yield (
        "answered plainly: " + ", ".join(plain),
        [
            Case(lambda x, name=name: Plain(getattr(np, name)(x)), (shape,), APART, name)
            for name in plain
            for shape in ((), (3,), (2, 3), (2, 1, 3))
        ],
    )
    refused = ["angle", "apply_along_axis", "busday_count", "convolve", "corrcoef", "cov",
               "fft.fft", "frexp", "heaviside", "histogram", "i0", "imag", "interp", "linalg.eigh",
               "linalg.pinv", "linalg.svd", "modf", "nansum", "partition", "percentile", "polyfit",
               "quantile", "round", "trapezoid", "unique", "unwrap", "fmod", "copysign",
               "ldexp"]  # fmt: skip
    yield (
        "refused: " + ", ".join(refused),
        [
            Case(lambda x, name=name: _call_something(name, x), ((3, 3),), POSITIVE, name)
            for name in refused
        ],
    )


def _call_something(name: str, x: Any) -> Any:
    """A function of NumPy with whatever it needs besides one array."""
    f: Any = np
    for part in name.split("."):
        f = getattr(f, part)
    rest = {
        "apply_along_axis": lambda: f(np.sum, 0, x), "convolve": lambda: f(x[0], x[1]),
        "fmod": lambda: f(x, 2.0), "copysign": lambda: f(x, 2.0), "heaviside": lambda: f(x, 0.5),
        "interp": lambda: f(x, [0.0, 1.0], [0.0, 2.0]), "ldexp": lambda: f(x, 2),
        "partition": lambda: f(x, 1), "percentile": lambda: f(x, 50), "quantile": lambda: f(x, 0.5),
        "polyfit": lambda: f([0.0, 1.0, 2.0], x[0], 1), "busday_count": lambda: f(x, x),
    }  # fmt: skip
    return rest[name]() if name in rest else f(x)


TABLE = {**dict(computing()), **dict(_shaping()), **dict(_choosing())}
