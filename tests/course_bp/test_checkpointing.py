import tracemalloc

import numpy as np
import pytest

from course_bp import (
    Node,
    checkpoint,
    checkpoint_sequential,
    grad,
    graph_bytes,
    hvp,
    jvp,
    matmul,
    sin,
    sum,
    tanh,
)


def layer(x, w, b):
    return tanh(matmul(x, w) + b)


def arguments():
    rng = np.random.default_rng(0)
    return rng.normal(size=(4, 3)), rng.normal(size=(3, 2)), rng.normal(size=2)


@pytest.mark.parametrize("argnum", [0, 1, 2])
def test_gradients_are_the_same_with_and_without(argnum):
    plain = grad(lambda *a: sum(layer(*a) ** 2), argnum)(*arguments())
    saved = grad(lambda *a: sum(checkpoint(layer)(*a) ** 2), argnum)(*arguments())
    np.testing.assert_array_equal(saved, plain)


def test_all_arguments_at_once_and_nested_ones():
    def f(p, x):
        return layer(x, p["w"], p["b"])

    x, w, b = arguments()
    p = {"w": w, "b": b}
    plain = grad(lambda p: sum(f(p, x) ** 2))(p)
    saved = grad(lambda p: sum(checkpoint(f)(p, x) ** 2))(p)
    for key in p:
        np.testing.assert_array_equal(saved[key], plain[key])


def test_it_is_one_node():
    x, w, b = arguments()
    y = checkpoint(layer)(Node(x), Node(w), b)
    assert len(y.parents) == 2
    assert all(parent.operation is None for parent in y.parents)


def test_a_second_backward_pass_is_not_served_from_the_first():
    x = Node(1.5)
    y = checkpoint(lambda u, v: u * v)(x, x)
    y.backward(1.0)
    y.backward(2.0)
    assert x.grad == 9.0


def test_higher_derivatives_and_forward_mode_pass_through():
    def f(u):
        return checkpoint(lambda u: u**4)(u)

    assert grad(grad(f))(1.5) == 12 * 1.5**2
    assert hvp(f, 1.5, 1.0) == 12 * 1.5**2
    assert jvp(f, (1.5,), (1.0,)) == (1.5**4, 4 * 1.5**3)


def test_plain_arguments_pass_through():
    assert checkpoint(lambda u: u * 2.0)(3.0) == 6.0


def test_a_node_from_outside_is_refused():
    w = Node(2.0, name="w")
    with pytest.raises(TypeError, match="pass it as an argument"):
        checkpoint(lambda x: w * x)(Node(1.0))


def test_several_results_are_refused():
    with pytest.raises(TypeError, match="one result"):
        checkpoint(lambda x: (x, x))(Node(1.0))


STEPS = [lambda x: sin(x) * 1.1] * 100


def peak_bytes(run):
    """Peak memory of a backward pass through a chain, and the gradient."""
    x = Node(np.ones(2000))
    tracemalloc.start()
    try:
        sum(run(x)).backward()
        return tracemalloc.get_traced_memory()[1], x.grad
    finally:
        tracemalloc.stop()


def in_sequence(x):
    for step in STEPS:
        x = step(x)
    return x


def test_segments_of_the_square_root_save_memory_and_change_no_gradient():
    everything, expected = peak_bytes(in_sequence)
    saved, found = peak_bytes(lambda x: checkpoint_sequential(STEPS, x))
    np.testing.assert_array_equal(found, expected)
    assert saved < everything / 4


def test_what_the_graph_holds_falls_from_n_to_the_number_of_segments():
    x = Node(np.ones(2000))
    assert graph_bytes(in_sequence(x)) == 201 * 16000
    assert graph_bytes(checkpoint_sequential(STEPS, x)) == 11 * 16000
    assert graph_bytes(checkpoint_sequential(STEPS, x, segments=4)) == 5 * 16000
