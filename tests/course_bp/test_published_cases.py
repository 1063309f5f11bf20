"""Cases that published engines had to learn, or stumble over to this day.

Sources: the test suites of HIPS autograd (graphs, wrappers), micrograd (engine) and minitorch
(scalar), and micrograd's questions 64 and 67; the expressions and numbers are recomputed here.
"""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

import course_bp as bp
from course_bp import Node, grad, jvp, value_and_grad


def in_every_mode(f, x):
    """f's derivative at a number: on the graph, on functions, forward, compiled."""
    leaf = Node(x)
    f(leaf).backward()
    return [leaf.grad, grad(f)(x), jvp(f, (x,), (1.0,))[1], bp.compile_gradient(f, x)(x)[1]]


@pytest.mark.parametrize(
    ("f", "slope"),
    [
        pytest.param(lambda x: (x + x) + (x + x), 4.0, id="a sum of sums of itself"),
        pytest.param(lambda x: x * x * x * x, 4 * 1.5**3, id="a product of itself"),
        pytest.param(lambda x: (lambda g: g * (g * g))(x * x), 6 * 1.5**5, id="order, right"),
        pytest.param(lambda x: (lambda g: (g * g) * g)(x * x), 6 * 1.5**5, id="order, left"),
        pytest.param(lambda x: (lambda g: g - g)(bp.exp(x)), 0.0, id="cancels"),
        pytest.param(lambda x: x - x * 0.0 + 3.0, 1.0, id="a factor of zero"),
        pytest.param(lambda x: 7.0 - x / x, 0.0, id="divided by itself"),
        pytest.param(lambda x: x**x, 1.5**1.5 * (1 + np.log(1.5)), id="base and exponent"),
        pytest.param(lambda x: bp.negative(-x), 1.0, id="two signs"),
        pytest.param(lambda x: bp.maximum(x, x), 1.0, id="a tie with itself"),
        pytest.param(lambda x: bp.stack([x, x, x])[[0, 0, 2]].sum(), 3.0, id="picked twice"),
        pytest.param(lambda x: sum(x for _ in range(1000)), 1000.0, id="a wide fan-out"),
    ],
)
def test_a_value_that_is_used_again(f, slope):
    for found in in_every_mode(f, 1.5):
        assert found == pytest.approx(slope, rel=1e-14, abs=1e-15)


def test_the_long_expression_of_micrograd():
    def f(a, b):
        c = a + b
        d = a * b + b**3
        c += c + 1
        c += 1 + c + (-a)
        d += d * 2 + bp.relu(b + a)
        d += 3 * d + bp.relu(b - a)
        e = c - d
        h = e**2
        g = h / 2.0
        g += 10.0 / h
        return g

    value, slopes = value_and_grad(f, (0, 1))(-4.0, 2.0)
    assert value == pytest.approx(24.70408163265306, rel=1e-14)
    assert slopes == pytest.approx((138.83381924198252, 645.5772594752186), rel=1e-14)
    assert bp.compile_gradient(f, -4.0, 2.0)(-4.0, 2.0)[1] == pytest.approx(slopes, rel=1e-14)


@pytest.mark.parametrize("inner_first", [False, True])
def test_an_inner_derivative_may_use_the_outer_variable(inner_first):
    def f(x, bp=bp, grad=grad):
        inner = grad(lambda y: y * x if inner_first else x * y)
        return x * inner(1.0) + grad(lambda y: bp.exp(x * y))(2.0)

    def oracle(x):
        inner = autograd.grad(lambda y: y * x if inner_first else x * y)
        return x * inner(1.0) + autograd.grad(lambda y: anp.exp(x * y))(2.0)

    assert grad(f)(0.3) == pytest.approx(autograd.grad(oracle)(0.3), rel=1e-14)
    assert grad(grad(f))(0.3) == pytest.approx(autograd.grad(autograd.grad(oracle))(0.3), rel=1e-13)


def test_perturbations_of_two_levels_are_not_confused():
    assert grad(lambda x: x * grad(lambda y: x + y)(2.0))(1.0) == 1.0
    assert jvp(lambda x: x * grad(lambda y: x * y)(2.0), (3.0,), (1.0,))[1] == 6.0


def test_the_third_derivative():
    f = lambda x: bp.sin(x) * bp.exp(x)  # noqa: E731
    expected = 2 * np.exp(0.7) * (np.cos(0.7) - np.sin(0.7))
    assert grad(grad(grad(f)))(0.7) == pytest.approx(expected, rel=1e-14)


def test_what_a_rule_hands_on_is_not_changed_by_a_later_sum():
    x = np.array([1.0, 2.0, 3.0])

    def f(x):
        y = x + 0.0
        return bp.sum(y[:2] * y[1:]) + bp.sum(y) + y[0]

    expected = np.array([2.0 + 2.0, 1.0 + 3.0 + 1.0, 2.0 + 1.0])
    np.testing.assert_array_equal(grad(f)(x), expected)
    np.testing.assert_array_equal(bp.compile_gradient(f, x)(x)[1], expected)


def test_a_second_call_begins_anew():
    gradient, compiled = grad(lambda x: x * x), bp.compile_gradient(lambda x: x * x, 1.0)
    assert [gradient(3.0), gradient(3.0), compiled(3.0)[1], compiled(3.0)[1]] == [6.0] * 4
    x = Node(3.0)
    y = x * x
    for _ in range(2):
        x.grad = None
        y.backward()
        assert x.grad == 6.0


def test_a_function_that_does_not_use_its_argument():
    assert grad(lambda x: 3.0)(1.0) == 0.0
    np.testing.assert_array_equal(grad(lambda x: bp.sum(np.ones(2)))(np.ones(3)), np.zeros(3))


def test_a_node_cannot_come_after_its_own_result():
    x = Node(1.0)
    y = x + 1.0
    x += y  # a new node of that name, and no cycle
    assert x is not y
    assert bp.topological_order(x)[0] is x
    assert len(bp.topological_order(x)) == 3
