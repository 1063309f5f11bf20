import numpy as np
import pytest

from course_bp import Dual, Node, cos, exp, grad, jvp, log, matmul, mean, sigmoid, sin, sum, tanh


def s(x, y):
    return x * y + sin(x)


def test_the_forward_accumulation_example_one_direction_at_a_time():
    value, dx = jvp(s, (0.5, 4.2), (1.0, 0.0))
    _, dy = jvp(s, (0.5, 4.2), (0.0, 1.0))
    assert value == pytest.approx(2.579425538604, rel=1e-12)
    assert (dx, dy) == (pytest.approx(5.077582561890, rel=1e-12), 0.5)


def test_dual_numbers_give_the_same_as_jvp():
    d = s(Dual(0.5, 1.0), Dual(4.2, 0.0))
    assert (d.value, d.tangent) == jvp(s, (0.5, 4.2), (1.0, 0.0))


def test_dual_quiz1():
    x, z = Dual(2.0, 1.0), 3.0
    y = exp(x * z) + x * z / log(x) + sin(log(x)) / exp(x * z)
    assert y.tangent == pytest.approx(1208.36656055419, rel=1e-14)


@pytest.mark.parametrize(
    "f",
    [
        lambda x: 3.0 - x,
        lambda x: 2.0 / x,
        lambda x: 2.0**x,
        lambda x: x**3,
        lambda x: -x + 1,
        lambda x: tanh(x) * cos(x),
    ],
)
def test_dual_operators_on_either_side(f):
    assert f(Dual(0.7, 1.0)).tangent == pytest.approx(grad(f)(0.7), rel=1e-14)


def test_dual_arrays_in_a_network():
    rng = np.random.default_rng(0)
    x, w, v = rng.normal(size=(4, 3)), rng.normal(size=(3, 2)), rng.normal(size=(3, 2))

    def f(w):
        return mean(sigmoid(x @ w), axis=0)

    d = f(Dual(w, v))
    value, tangent = jvp(f, (w,), (v,))
    np.testing.assert_array_equal(d.value, value)
    np.testing.assert_allclose(d.tangent, tangent, rtol=1e-15)


def test_a_dual_that_drops_out_has_tangent_zero():
    d = Dual(2.0, 1.0)
    assert (d * 0.0 + 1.0).tangent == 0.0


def test_dual_and_node_do_not_mix():
    with pytest.raises(TypeError, match="use jvp"):
        Dual(1.0, 1.0) * Node(2.0)


def test_dual_refuses_integers():
    with pytest.raises(TypeError, match="integer"):
        Dual(1, 1.0)


def test_dual_compares_by_value():
    assert Dual(1.0, 5.0) < 2.0
    assert Dual(2.0) >= Dual(2.0, 1.0)


def test_jvp_and_vjp_are_transposes_of_each_other():
    rng = np.random.default_rng(1)
    a, b = rng.normal(size=(2, 3)), rng.normal(size=(3, 4))
    va, vb = rng.normal(size=(2, 3)), rng.normal(size=(3, 4))

    def f(a, b):
        return sin(matmul(a, b))

    from course_bp import vjp

    y, t = jvp(f, (a, b), (va, vb))
    u = rng.normal(size=y.shape)
    ga, gb = vjp(f, a, b)[1](u)
    assert np.sum(u * t) == pytest.approx(np.sum(ga * va) + np.sum(gb * vb), rel=1e-13)


def test_jvp_takes_and_returns_nested_structures():
    params = {"a": 2.0, "b": [np.ones(2)]}
    tangents = {"a": 1.0, "b": [np.array([1.0, 0.0])]}

    def f(p):
        return {"out": p["a"] * p["b"][0], "sum": sum(p["b"][0])}

    value, tangent = jvp(f, (params,), (tangents,))
    np.testing.assert_array_equal(value["out"], [2.0, 2.0])
    np.testing.assert_array_equal(tangent["out"], [3.0, 1.0])
    assert tangent["sum"] == 1.0


def test_a_tangent_is_stretched_where_broadcasting_stretched_the_value():
    _, t = jvp(lambda x: x + np.ones((2, 3)), (1.0,), (5.0,))
    np.testing.assert_array_equal(t, np.full((2, 3), 5.0))


def test_nested_forward_modes_are_not_confused():
    def outer(x):
        return x * jvp(lambda y: x * y, (2.0,), (1.0,))[1]

    assert jvp(outer, (3.0,), (1.0,))[1] == 6.0


def test_forward_over_reverse_and_reverse_over_forward_agree():
    def f(x):
        return sin(x) * x**2

    forward_over_reverse = jvp(grad(f), (0.7,), (1.0,))[1]
    reverse_over_forward = grad(lambda x: jvp(f, (x,), (1.0,))[1])(0.7)
    assert forward_over_reverse == pytest.approx(reverse_over_forward, rel=1e-14)
    assert forward_over_reverse == pytest.approx(grad(grad(f))(0.7), rel=1e-14)


def test_jvp_wants_tuples():
    with pytest.raises(TypeError, match="as tuples"):
        jvp(sin, 1.0, 1.0)


def test_jvp_names_the_argument_whose_tangent_does_not_fit():
    with pytest.raises(ValueError, match=r"tangent of 'w' of shape \(3,\) has shape \(2,\)"):
        jvp(lambda w: sum(w), (np.ones(3),), (np.ones(2),))
    with pytest.raises(ValueError, match="given 1 numbers or arrays and 2 tangents"):
        jvp(lambda w: sum(w), (np.ones(3),), (np.ones(3), 1.0))
