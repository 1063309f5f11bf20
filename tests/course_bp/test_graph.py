import gc
import itertools
import subprocess
import sys

import numpy as np
import pytest

from course_bp import Node, exp, log, matmul, sin, sum, topological_order


def quiz1(x, z):
    return exp(x * z) + x * z / log(x) + sin(log(x)) / exp(x * z)


def test_quiz1_object_style_reaches_twelve_digits():
    x, z = Node(2.0, name="x"), Node(3.0, name="z")
    y = quiz1(x, z)
    y.backward()
    assert y.value == pytest.approx(412.086547564723, rel=1e-14)
    assert x.grad == pytest.approx(1208.36656055419, rel=1e-14)
    assert z.grad == pytest.approx(809.739809413939, rel=1e-14)


def test_a_second_call_adds_to_leaves_and_never_counts_an_adjoint_twice():
    x = Node(3.0)
    inner = x * x
    y = inner * inner
    y.backward()
    assert (x.grad, inner.grad) == (108.0, 18.0)
    y.backward()
    assert (x.grad, inner.grad) == (216.0, 18.0)


def test_two_results_over_one_leaf_add_up():
    x = Node(2.0)
    (x * x).backward()
    (3.0 * x).backward()
    assert x.grad == 7.0


def test_reused_non_leaf_nodes_receive_from_every_child():
    a = Node(-4.0)
    b = a + a
    c = b + b
    c.backward()
    assert (b.grad, a.grad) == (2.0, 4.0)


@pytest.mark.parametrize("swap", [False, True])
def test_a_diamond_is_visited_in_order_whichever_operand_comes_first(swap):
    x = Node(1.5)
    g = x * x
    y = (g * g) * g if swap else g * (g * g)
    y.backward()
    assert x.grad == 6 * 1.5**5


def test_the_visiting_order_example_of_the_course():
    a, b = Node(2.0), Node(3.0)
    s, p = a + b, a * b
    (s + p + s * p).backward()
    assert (a.grad, b.grad) == (25.0, 19.0)


def test_topological_order_puts_children_before_parents_and_lists_each_once():
    x = Node(1.0)
    y = x * x
    z = (y + x) * y
    order = topological_order(z)
    assert order[0] is z
    assert len(order) == len(set(order)) == 4
    position = {node: i for i, node in enumerate(order)}
    assert all(position[node] < position[p] for node in order for p in node.parents)


@pytest.mark.parametrize("left_first", [True, False])
@pytest.mark.parametrize(
    ("symbol", "dx_left", "dx_right"),
    [("+", 1.0, 1.0), ("-", 1.0, -1.0), ("*", 3.0, 3.0), ("/", 1 / 3, -3 / 4), ("**", 12.0, None)],
)
def test_operators_take_floats_on_either_side(symbol, dx_left, dx_right, left_first):
    x = Node(2.0)
    table = {
        "+": (lambda a, b: a + b),
        "-": (lambda a, b: a - b),
        "*": (lambda a, b: a * b),
        "/": (lambda a, b: a / b),
        "**": (lambda a, b: a**b),
    }
    f = table[symbol]
    y = f(x, 3.0) if left_first else f(3.0, x)
    y.backward()
    if dx_right is None:
        dx_right = 9.0 * np.log(3.0)
    assert x.grad == pytest.approx(dx_left if left_first else dx_right, rel=1e-15)


def test_comparisons_are_those_of_the_values():
    x, y = Node(2.0), Node(2.0)
    assert x == y
    assert x == 2.0
    assert x != 3.0
    assert x < 3.0 <= Node(3.0)
    assert len({x, y}) == 2


def test_pythons_own_abs_and_max_can_be_differentiated():
    x = Node(-3.0)
    max(abs(x), x).backward()
    assert x.grad == -1.0


def test_arrays_on_the_left_ask_the_node():
    w = Node(np.array([1.0, 2.0]), name="w")
    data = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    for y in (data * w, data + w, data - w, data / w, data @ w):
        assert isinstance(y, Node)
    y = sum(data @ w)
    y.backward()
    np.testing.assert_array_equal(w.grad, [9.0, 12.0])


def test_matmul_gradients_on_rectangular_matrices():
    rng = np.random.default_rng(3)
    a, b = Node(rng.normal(size=(2, 3))), Node(rng.normal(size=(3, 5)))
    g = rng.normal(size=(2, 5))
    matmul(a, b).backward(g)
    np.testing.assert_allclose(a.grad, g @ b.value.T, rtol=1e-15)
    np.testing.assert_allclose(b.grad, a.value.T @ g, rtol=1e-15)


def test_a_leaf_owns_the_memory_of_its_gradient():
    a, b = Node(np.zeros(3)), Node(np.zeros(3))
    seed = np.ones(3)
    (a + b).backward(seed)
    a.grad *= 5.0
    np.testing.assert_array_equal(b.grad, np.ones(3))
    np.testing.assert_array_equal(seed, np.ones(3))


def test_backward_from_an_array_without_seed_says_what_to_do():
    w = Node(np.ones(3), name="w")
    with pytest.raises(ValueError, match=r"'w' of shape \(3,\).*sum or mean"):
        w.backward()


def test_a_seed_of_another_shape_is_refused():
    with pytest.raises(ValueError, match=r"seed has shape \(2,\)"):
        Node(np.ones(3)).backward(np.ones(2))


@pytest.mark.parametrize("value", [3, True, [1, 2], np.arange(3), np.int64(4)])
def test_integers_are_refused_with_advice(value):
    with pytest.raises(TypeError, match=r"integer type.*astype\(float\)"):
        Node(value, name="x")


@pytest.mark.parametrize("value", ["three", None, 2 + 1j, object()])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(TypeError, match="must be a float"):
        Node(value, name="x")


def test_a_shape_mismatch_names_the_nodes():
    w, b = Node(np.ones((2, 3)), name="W1"), Node(np.ones(4), name="b1")
    with pytest.raises(ValueError, match=r"add of 'W1' of shape \(2, 3\) and 'b1'"):
        w + b
    with pytest.raises(ValueError, match=r"matmul of 'W1'.*'b1'"):
        w @ b


def test_values_are_floats_or_float64_arrays():
    x = Node(np.array(2.0))
    assert type(x.value) is float
    assert type(sum(Node(np.ones((2, 2)))).value) is float
    assert Node(np.ones(2, dtype=np.float32)).value.dtype == np.float64
    assert (x * np.ones(2, dtype=np.float32)).value.dtype == np.float64


@pytest.mark.parametrize("module", ["course_bp", "course_bp.graph"])
def test_a_node_alone_has_its_operators(module):
    code = f"from {module} import Node; x = Node(3.0); (x * x).backward(); assert x.grad == 6.0"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_importing_the_package_brings_in_no_more_than_the_ground_floor():
    code = "import sys, course_bp; print(*sorted(m for m in sys.modules if 'course_bp.' in m))"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    loaded = {name.split(".")[1] for name in run.stdout.split()}
    assert loaded == {"dual", "graph", "pickling", "primitives", "values"}


def test_a_deep_chain_needs_no_recursion_and_reference_counting_frees_it():
    gc.collect()
    gc.disable()
    try:
        before = len(gc.get_objects())
        x = Node(1.0)
        y = x
        for _ in itertools.repeat(None, 200_000):
            y = y + 1e-6
        y.backward()
        assert x.grad == 1.0
        assert len(gc.get_objects()) - before > 200_000
        del x, y
        assert len(gc.get_objects()) - before < 100
    finally:
        gc.enable()
