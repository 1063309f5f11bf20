"""One gradient in every way that the library has, for tests that they all agree."""

import warnings

import numpy as np

import course_bp as bp


def entry_by_entry(tangents_of, x):
    """A gradient from derivatives in the direction of each entry."""
    x = np.asarray(x)
    found = np.zeros(x.shape)
    for position in np.ndindex(x.shape):
        tangent = np.zeros(x.shape)
        tangent[position] = 1.0
        found[position] = tangents_of(tangent if x.ndim else 1.0)
    return found if x.ndim else float(found)


def dual_tangent(result):
    return result.tangent if result.__class__ is bp.Dual else 0.0


def every_way(f, x, example=None):
    """The derivative of a scalar f at x: name of the way → gradient.

    `example` is what printed source is made from, where that must not be x itself.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return {
            "reverse": bp.grad(f)(x),
            "backward": _on_the_leaf(f, x),
            "forward": entry_by_entry(lambda t: bp.jvp(f, (x,), (t,))[1], x),
            "dual": entry_by_entry(lambda t: dual_tangent(f(bp.Dual(x, t))), x),
            "symbolic": bp.symbolic_gradient(f)(x),
            "printed": bp.compile_gradient(f, x if example is None else example)(x)[1],
            "traced": _traced(f, x),
            "recorded": _recorded(f, x),
        }


def check_every_way(f, x, expected, example=None, rtol=1e-13):
    """Raise AssertionError unless every way gives the expected gradient, of x's shape."""
    for way, found in every_way(f, x, example).items():
        assert np.shape(found) == np.shape(x), way
        np.testing.assert_allclose(found, expected, rtol=rtol, atol=1e-13, err_msg=way)


def _on_the_leaf(f, x):
    leaf = bp.Node(x)
    f(leaf).backward()
    return np.zeros(leaf.shape)[()] if leaf.grad is None else leaf.grad


def _traced(f, x):
    leaf = bp.Node(x)
    totals = [step.total for step in bp.trace(f(leaf)) if step.parent is leaf]
    return totals[-1] if totals else np.zeros(leaf.shape)[()]


def _recorded(f, x):
    """The gradient of a gradient's graph: what a Node instead of x gives."""
    return bp.grad(f)(bp.Node(x)).value
