"""Vertex elimination: Naumann's example, and agreement with the modes on random programs."""

from itertools import permutations

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import course_bp as bp
from course_bp.jacobian_accumulation import accumulate, accumulate_jacobian, linearize

ORDERS = ["forward", "reverse", "markowitz", "optimal", "paths"]


def naumann(a, b):
    v1 = a * b
    v2 = bp.sin(v1)
    v3 = v1 * v2
    return bp.cos(v3), bp.exp(v3)


NAUMANN_JACOBIAN = [[-0.902962926201, -0.300987642067], [3.077254785698, 1.025751595233]]


@pytest.mark.parametrize("order", ORDERS)
def test_naumanns_jacobian(order):
    found = accumulate_jacobian(naumann, 0.5, 1.5, order=order).jacobian
    np.testing.assert_allclose(found, NAUMANN_JACOBIAN, rtol=0, atol=5e-13)


def test_naumanns_jacobian_by_hips_autograd():
    def f(x):
        product = x[0] * x[1]
        product = product * anp.sin(product)
        return anp.array([anp.cos(product), anp.exp(product)])

    x = np.array([-0.8, 1.9])
    found = accumulate_jacobian(naumann, *x, order="optimal").jacobian
    np.testing.assert_allclose(found, autograd.jacobian(f)(x), rtol=1e-13)


@pytest.mark.parametrize(
    ("order", "multiplications", "additions"),
    [
        ("paths", 20, 4),
        ("forward", 10, 2),
        ("reverse", 10, 2),
        ("markowitz", 7, 1),
        ("optimal", 7, 1),
    ],
)
def test_naumanns_counts(order, multiplications, additions):
    found = accumulate_jacobian(naumann, 0.5, 1.5, order=order)
    assert (found.multiplications, found.additions) == (multiplications, additions)


def test_the_graph_of_naumanns_example():
    graph = linearize(naumann, 0.5, 1.5)
    assert graph.inputs == ("a", "b")
    assert graph.intermediates == ("v1", "v2", "v3")
    assert graph.outputs == ("v4", "v5")
    assert len(graph.edges) == 7
    assert graph.edges["a", "v1"] == 1.5
    assert graph.edges["v1", "v2"] == pytest.approx(np.cos(0.75))
    assert graph.formulas[1] == "v2 = sin(v1)"


def test_an_order_of_ones_own():
    graph = linearize(naumann, 0.5, 1.5)
    best = accumulate(graph, ["v2", "v1", "v3"])
    assert best.multiplications == 7
    assert best.order == ("v2", "v1", "v3")
    with pytest.raises(ValueError, match="must name each of v1, v2, v3 once"):
        accumulate(graph, ["v2", "v1"])


def random_program(seed, inputs, steps, outputs):
    """A random composition of smooth scalar operations, each on earlier values."""

    def f(*x):
        rng = np.random.default_rng(seed)
        values = list(x)
        for _ in range(steps):
            a, b = (values[i] for i in rng.integers(0, len(values), 2))
            kind = rng.integers(0, 5)
            values.append(
                [a * b, a + 0.5 * b, bp.sin(a) if a is b else a - b, bp.tanh(a), bp.cos(b)][kind]
            )
        return tuple(values[i] for i in rng.integers(0, len(values), outputs))

    return f, list(np.random.default_rng([seed, 1]).uniform(-1, 1, inputs))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 3), st.integers(0, 8), st.integers(1, 3))
def test_every_order_gives_the_jacobian_of_reverse_mode(seed, inputs, steps, outputs):
    f, x = random_program(seed, inputs, steps, outputs)
    expected = bp.jacobian(lambda x: bp.stack([*f(*x), 0.0 * x[0]]))(np.array(x))[:-1]
    found = {order: accumulate_jacobian(f, *x, order=order) for order in ORDERS}
    for accumulation in found.values():
        np.testing.assert_allclose(accumulation.jacobian, expected, rtol=1e-10, atol=1e-12)
    least = found["optimal"].multiplications
    assert all(least <= a.multiplications for name, a in found.items() if name != "paths")


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(2, 5))
def test_optimal_is_the_best_of_all_permutations(seed, steps):
    f, x = random_program(seed, 2, steps, 2)
    graph = linearize(f, *x)
    best = min(
        (a.multiplications, a.additions)
        for a in (accumulate(graph, order) for order in permutations(graph.intermediates))
    )
    found = accumulate(graph, "optimal")
    assert (found.multiplications, found.additions) == best


def test_reverse_wins_for_one_output_and_forward_for_one_input():
    def many_to_one(*x):
        product = x[0]
        for xi in x[1:]:
            product = bp.sin(product * xi)
        return product

    def one_to_many(x):
        values = [bp.sin(x)]
        for _ in range(8):
            values.append(bp.sin(values[-1]))
        return tuple(values)

    count = {
        (f.__name__, order): accumulate_jacobian(f, *x, order=order).multiplications
        for f, x in [(many_to_one, [0.5] * 8), (one_to_many, [0.5])]
        for order in ("forward", "reverse")
    }
    assert count["many_to_one", "reverse"] < count["many_to_one", "forward"]
    assert count["one_to_many", "forward"] < count["one_to_many", "reverse"]


def test_outputs_that_are_inputs_constants_or_used_further():
    def f(x, y):
        a = x * y
        return x, a, bp.sin(a), 3.0, a

    expected = [[1, 0], [1.5, 0.5], [1.5 * np.cos(0.75), 0.5 * np.cos(0.75)], [0, 0], [1.5, 0.5]]
    for order in ORDERS:
        found = accumulate_jacobian(f, 0.5, 1.5, order=order)
        np.testing.assert_allclose(found.jacobian, expected, rtol=1e-14)


def test_an_output_that_is_returned_twice():
    for order in ORDERS:
        found = accumulate_jacobian(
            lambda x, y: (x * y, x * y, bp.sin(x)) * 2, 0.5, 1.5, order=order
        )
        assert found.jacobian.shape == (6, 2)
        np.testing.assert_array_equal(found.jacobian[:3], found.jacobian[3:])
        np.testing.assert_allclose(found.jacobian[:2], [[1.5, 0.5]] * 2)


def test_an_operand_used_twice_has_one_edge():
    graph = linearize(lambda x: x * x, 3.0)
    assert graph.edges == {("x", "v1"): 6.0}
    assert accumulate(graph).multiplications == 0


def test_nested_arguments_are_named():
    graph = linearize(lambda p: p["w"] * p["x"][0], {"w": 2.0, "x": [3.0]})
    assert graph.inputs == ("p['w']", "p['x'][0]")


def test_arrays_are_refused():
    with pytest.raises(TypeError, match="scalar operations"):
        linearize(lambda x: bp.sum(x * x), np.ones(3))


def test_unknown_orders_and_large_graphs_are_refused():
    def chain(x):
        for _ in range(20):
            x = bp.sin(x)
        return x

    with pytest.raises(ValueError, match="NP-complete"):
        accumulate_jacobian(chain, 0.5, order="optimal")
    with pytest.raises(ValueError, match="forward, reverse"):
        accumulate_jacobian(chain, 0.5, order="backward")

    def doubling(x):
        for _ in range(20):
            x = bp.sin(x) * x
        return x

    with pytest.raises(ValueError, match="paths"):
        accumulate_jacobian(doubling, 0.5, order="paths")
