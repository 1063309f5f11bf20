"""Derivatives by means that know nothing of the table: complex step and Richardson.

`check_jacobians` holds VJP and JVP rules of a function of arrays against such an oracle, entry by
entry and for every argument; the functions that it is given may break, and then it must say so.
"""

import itertools

import numpy as np

from course_bp import jacobian


def complex_step(f, args, i):
    """The Jacobian with respect to argument i of an analytic f, to machine precision."""
    x = np.asarray(args[i], dtype=float)
    columns = []
    for position in np.ndindex(x.shape):
        z = x.astype(complex)
        z[position] += 1e-30j
        moved = [z if k == i else np.asarray(a, dtype=float) for k, a in enumerate(args)]
        columns.append(np.imag(f(*moved)) / 1e-30)
    return _from_columns(columns, x.shape)


def richardson(f, args, i, h=1e-3):
    """The same by central differences at h, h/2 and h/4, extrapolated; for any smooth f."""
    x = np.asarray(args[i], dtype=float)
    columns = []
    for position in np.ndindex(x.shape):
        rows = []
        for step in (h, h / 2, h / 4):
            up, down = x.copy(), x.copy()
            up[position] += step
            down[position] -= step
            values = [
                np.asarray(f(*[y if k == i else a for k, a in enumerate(args)])) for y in (up, down)
            ]
            rows.append((values[0] - values[1]) / (2 * step))
        first = [(4 * b - a) / 3 for a, b in itertools.pairwise(rows)]
        columns.append((16 * first[1] - first[0]) / 15)
    return _from_columns(columns, x.shape)


def check_jacobians(f, args, analytic=True):
    """Raise AssertionError unless both modes give the Jacobian with respect to every argument."""
    for i, arg in enumerate(args):
        oracle = complex_step(f, args, i) if analytic else richardson(f, args, i)
        tolerance = 1e-12 if analytic else 1e-8
        scale = max(1.0, np.max(np.abs(oracle), initial=0.0))
        for mode in ("reverse", "forward"):
            found = jacobian(f, i, mode=mode)(*args)
            assert np.shape(found) == np.shape(oracle), f"{mode}, argument {i}: shape"
            np.testing.assert_allclose(
                found,
                oracle,
                rtol=tolerance,
                atol=tolerance * scale,
                err_msg=f"{mode} mode, argument {i} of shape {np.shape(arg)}",
            )


def _from_columns(columns, shape):
    stacked = np.stack([np.asarray(c) for c in columns], axis=-1)
    return stacked.reshape(stacked.shape[:-1] + shape)
