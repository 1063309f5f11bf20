"""The printed source: the graph's numbers, no dead line, nothing twice, the student's names."""

import ast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import course_bp as bp
from course_bp import compile_gradient, exp, log, relu, sigmoid, sin, to_source, value_and_grad


def quiz1(x, z):
    a = x * z
    b = log(x)
    return exp(a) + a / b + sin(b) / exp(a)


RNG = np.random.default_rng(0)
X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
Y = np.array([[0.0], [1.0], [1.0], [0.0]])
PARAMS = {
    "W1": RNG.normal(size=(2, 3)),
    "b1": RNG.normal(size=3),
    "W2": RNG.normal(size=(3, 1)),
    "b2": RNG.normal(size=1),
}


def xor_loss(params):
    h = sigmoid(X @ params["W1"] + params["b1"])
    p = sigmoid(h @ params["W2"] + params["b2"])
    return bp.mean(bp.square(p - Y))


V, M = RNG.normal(size=4), RNG.normal(size=(3, 4))

PROGRAMS = {
    "quiz1": (quiz1, (2.0, 3.0)),
    "xor": (xor_loss, (PARAMS,)),
    "cross-entropy": (
        lambda w, b: -bp.mean(M[0] * bp.log_softmax(relu(M.T @ w + b))),
        (RNG.normal(size=(3, 4)), RNG.normal(size=4)),
    ),
    "indexing": (lambda v: v[0] * v[1] + bp.sum(v[1:] * v[[0, 0, 2]]), (V,)),
    "linear": (lambda v: bp.sum(v), (V,)),
    "product of arguments": (lambda v, w: bp.sum(v * w), (V, V[::-1].copy())),
    "constant": (lambda v: 3.0, (V,)),
    "the argument": (lambda x: x, (2.0,)),
    "unused": (lambda x, y: x * x, (2.0, V)),
    "powers": (lambda x, p: x**3 - 1 / x + 2.0**x + x**p, (1.7, 0.3)),
    "array powers": (lambda v: bp.sum((v * v) ** v + v**2), (V,)),
    "kinks": (lambda v: bp.sum(bp.abs(v) + bp.maximum(v, 0.3) - bp.minimum(0.1, v)), (V,)),
    "reductions": (lambda m: bp.sum(bp.max(m, 0) * bp.mean(m, 0)) + bp.logsumexp(m), (M,)),
    "softmax": (lambda m: bp.sum(bp.softmax(m, 0) ** 2), (M,)),
    "shapes": (
        lambda m: bp.sum(bp.reshape(m, (2, 6)) @ bp.transpose(bp.concatenate([m, m], 1), None)[:6]),
        (M,),
    ),
    "stack": (lambda x, y: bp.sum(bp.stack([x, y, x * y]) * np.array([1.0, 2.0, 3.0])), (2.0, 5.0)),
    "column and row": (lambda c, r: bp.sum(sin(c * r) / (2.0 + c)), (V[:, None].copy(), V)),
    "where": (lambda v: bp.sum(bp.where(V > 0, v, v * v)), (V,)),
    "vectors": (lambda v: (v @ v) * bp.sum(M @ v), (V,)),
    "signs": (lambda x, y: -(x - y) * -(2.0 * -x) / -y - (x - (y - (x - 1.0))), (1.3, 0.7)),
    "brackets": (lambda x, y: (x / (y * 2.0)) / (x / y) * (x - (y + x)) ** 2, (1.3, 0.7)),
    "zeroth power": (lambda v, x: bp.sum(v**0) * x**0 + x, (V, 2.0)),
    "entries": (lambda v: v[0] * v[1] + v[2] * v[-1] + bp.sum(v[1:] * V[1:]) + v @ V, (V,)),
    "entries picked twice": (lambda v: bp.sum(v[[0, 0, 2]] ** 2) + v[0] * bp.sum(v), (V,)),
    "rows and entries": (lambda m: m[0] @ m[1] + m[2, 1] * bp.sum(m[:, 0]) + bp.max(m[1]), (M,)),
    "layers of one example": (
        lambda w, b, u: bp.sum(bp.square(bp.tanh(w @ V + b) @ u)),
        (M, V[:3].copy(), M[:, :2].copy()),
    ),
    "constants": (lambda v: bp.sum(bp.mean(2.0 * v / 3.0) * np.ones(4)) * 5.0 / 7.0, (V,)),
    "masks": (lambda v: bp.sum(v[(v > 0) | (v < -1)] * 2.0) + bp.sum(v[v > 0]), (V,)),
    "a choice of numbers": (lambda v: bp.sum(bp.where(v > 0, v, 0.1 * v)), (V,)),
    "outside arrays": (lambda v: bp.sum(np.arange(4.0) * v * V * np.ones((3, 4)) @ M.T), (V,)),
    "exp of exp": (lambda x: exp(exp(x)) * exp(x), (0.3,)),
    "vector times matrix": (lambda v, m: (v[:3] @ m) @ (m.T @ v[1:]), (V, M)),
    "deep line": (lambda x: sum(sin(x * float(i)) for i in range(1, 30)), (0.3,)),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_compiled_gradient_equals_the_graphs(name):
    f, args = PROGRAMS[name]
    expected = value_and_grad(f, range(len(args)))(*args)
    value, gradient = compile_gradient(f, *args, argnums=range(len(args)))(*args)
    assert value == pytest.approx(expected[0], rel=1e-14)
    for a, b in zip(bp.tree_flatten(gradient)[0], bp.tree_flatten(expected[1])[0], strict=True):
        assert np.shape(a) == np.shape(b)
        np.testing.assert_allclose(a, b, rtol=1e-14, atol=1e-14 * np.max(np.abs(b), initial=0.0))


@pytest.mark.parametrize("name", PROGRAMS)
def test_every_line_is_needed(name):
    f, args = PROGRAMS[name]
    function = ast.parse(to_source(f, *args)).body[0]
    read = {
        n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)
    }
    for statement in function.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            assert statement.targets[0].id in read


@pytest.mark.parametrize("name", PROGRAMS)
def test_nothing_is_computed_twice(name):
    f, args = PROGRAMS[name]
    function = ast.parse(to_source(f, *args)).body[0]
    seen = set()
    for statement in function.body:
        for node in ast.walk(statement):
            if isinstance(node, ast.BinOp) or (isinstance(node, ast.Call) and node.args):
                text = ast.unparse(node)
                assert text not in seen or text.startswith(("np.zeros", "np.array", "np.s_"))
                seen.add(text)


OPERATIONS = [
    lambda a, b: a + b,
    lambda a, b: a - b,
    lambda a, b: a * b,
    lambda a, b: -a,
    lambda a, b: sin(a),
    lambda a, b: a / (2.0 + sigmoid(b)),
    lambda a, b: bp.tanh(a) ** 2,
    lambda a, b: 3.0 * a - 1.0,
]
steps_of_a_program = st.tuples(st.sampled_from(OPERATIONS), st.integers(0), st.integers(0))


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(steps_of_a_program, max_size=12), seed=st.integers(0, 2**32 - 1))
def test_random_programs(steps, seed):
    def f(x, y):
        values = [x, y, 0.5]
        for operation, i, j in steps:
            values.append(operation(values[i % len(values)], values[j % len(values)]))
        return values[-1] * 1.0

    x, y = (float(v) for v in np.random.default_rng(seed).uniform(0.2, 0.9, size=2))
    expected = value_and_grad(f, (0, 1))(x, y)
    found = compile_gradient(f, x, y)(x, y)
    assert found[0] == pytest.approx(expected[0], rel=1e-12, abs=1e-12)
    assert found[1] == pytest.approx(expected[1], rel=1e-12, abs=1e-12)


def test_quiz1_in_full():
    assert to_source(quiz1, 2.0, 3.0) == (
        "def quiz1_and_gradient(x, z):\n"
        "    # forward\n"
        "    a = x * z\n"
        "    b = np.log(x)\n"
        "    v1 = np.exp(a)\n"
        "    v2 = a / b\n"
        "    v3 = np.sin(b) / v1\n"
        "    y = v1 + v2 + v3\n"
        "    # backward\n"
        "    da = 1 / b - v3 / v1 * v1 + v1\n"
        "    dx = (np.cos(b) / v1 - v2 / b) / x + da * z\n"
        "    dz = da * x\n"
        "    return y, (dx, dz)\n"
    )


def test_students_names_are_kept():
    text = to_source(xor_loss, PARAMS)
    for line in ("W1 = params['W1']", "h = 1 / (1 + np.exp(-(X @ W1 + b1)))", "dW1 = X.T @ "):
        assert line in text
    assert text.endswith("return y, {'W1': dW1, 'b1': db1, 'W2': dW2, 'b2': db2}\n")


def test_a_nodes_name_is_kept():
    def f(x):
        squared = x * x
        squared.name = "u"
        return sin(squared) * squared

    assert "u = x * x" in to_source(f, 2.0)


def test_names_that_are_taken_are_not_overwritten():
    def f(x, dx, y, v1):
        return x * dx * y * v1 + sin(x * dx) * x

    args = (2.0, 3.0, 5.0, 7.0)
    expected = value_and_grad(f, range(4))(*args)
    found = compile_gradient(f, *args)(*args)
    assert found[1] == pytest.approx(expected[1], rel=1e-14)


def test_a_condition_on_the_argument_is_printed_not_its_outcome():
    def leaky(x):
        return bp.sum(bp.where(x > 0, x, 0.1 * x))

    assert "v1 = x > 0\n    y = np.where(v1, x, 0.1 * x).sum()\n" in to_source(leaky, V)
    _, gradient = compile_gradient(leaky, V)(-V)
    np.testing.assert_array_equal(gradient, np.where(-V > 0, 1.0, 0.1))


def test_long_index_arrays_are_named():
    rows, labels = np.arange(2000), np.arange(2000) % 3

    def picked(z):
        return bp.sum(z[rows, labels] ** 2)

    z = np.random.default_rng(1).normal(size=(2000, 3))
    assert "z[rows, labels]" in to_source(picked, z)
    np.testing.assert_array_equal(compile_gradient(picked, z)(z)[1], bp.grad(picked)(z))


def test_only_the_wanted_gradients_are_printed():
    text = to_source(lambda w, x: bp.sum(sigmoid(x @ w)), M, np.ones((5, 3)), argnums=0)
    assert "dw = " in text
    assert "dx" not in text
    assert text.endswith("dw\n")


def test_gradients_are_memory_of_their_own():
    v, w = V.copy(), V.copy()
    _, (dv, dw) = compile_gradient(lambda v, w: bp.sum(v * w), v, w)(v, w)
    dv += 1.0
    dw += 1.0
    np.testing.assert_array_equal(v, V)
    np.testing.assert_array_equal(w, V)
    _, (da, db) = compile_gradient(lambda a, b: bp.sum(sin(a + b)), v, w)(v, w)
    assert not np.shares_memory(da, db)


def test_arrays_of_other_shapes_are_refused():
    compiled = compile_gradient(lambda v: bp.sum(v * v), V)
    with pytest.raises(ValueError, match="other shapes"):
        compiled(np.ones(5))


def test_new_values_give_new_gradients():
    compiled = compile_gradient(xor_loss, PARAMS)
    other = bp.tree_map(lambda p: p + 1.0, PARAMS)
    expected = value_and_grad(xor_loss)(other)
    value, gradient = compiled(other)
    assert value == pytest.approx(expected[0], rel=1e-14)
    np.testing.assert_allclose(gradient["W1"], expected[1]["W1"], rtol=1e-13)


def test_the_text_is_at_hand_and_shown_in_tracebacks():
    compiled = compile_gradient(quiz1, 2.0, 3.0)
    assert compiled.source == to_source(quiz1, 2.0, 3.0)
    assert compiled.__name__ == "quiz1_and_gradient"


def test_a_node_from_outside_is_refused():
    w = bp.Node(2.0, name="w")
    with pytest.raises(TypeError, match=r"'w'.*none of its arguments"):
        to_source(lambda x: w * x, 1.0)


def test_a_result_that_is_no_scalar_is_refused():
    with pytest.raises(ValueError, match="reduce it with sum"):
        to_source(lambda v: v * v, V)


def test_stable_at_the_extremes():
    f = compile_gradient(lambda z: bp.sum(bp.log_softmax(z)[:1] + bp.softplus(z)), np.ones(3))
    value, gradient = f(np.array([-800.0, 0.0, 800.0]))
    assert np.isfinite(value)
    assert np.all(np.isfinite(gradient))


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("x", [-800.0, -1.0, -0.0, 0.0, 1e-320, 1.0, 800.0, 1e200])
@pytest.mark.parametrize(
    "f",
    [
        lambda x: x**0.5,
        lambda x: 1 / x,
        lambda x: x**-2.0,
        lambda x: 2.0**x,
        lambda x: x**3 - x * x,
        lambda x: log(x) * exp(x),
        lambda x: bp.sqrt(x) + bp.abs(x),
        lambda x: bp.softplus(x) * sigmoid(x),
        lambda x: bp.where(x > 0, log(x), 1 / x),
        lambda x: bp.tanh(x) / relu(x),
    ],
)
def test_where_the_graph_gives_inf_or_nan_the_compiled_gradient_does(f, x):
    found, expected = compile_gradient(f, 0.7)(x), value_and_grad(f)(x)
    assert [type(v) for v in found] == [float, float]
    np.testing.assert_allclose(found, expected, rtol=1e-14)


def test_the_sigmoid_is_silent_where_its_exponential_overflows():
    assert compile_gradient(sigmoid, 0.5)(-800.0) == (0.0, 0.0)


def test_numbers_of_other_types_are_treated_as_by_the_graph():
    def f(p):
        return bp.sum(p["W"] * p["s"]) / 3.0

    compiled = compile_gradient(f, {"W": np.ones(3), "s": 2.0})
    single = {"W": np.full(3, 0.1, np.float32), "s": np.float32(0.1)}
    value, gradient = compiled(single)
    expected = value_and_grad(f)(single)
    assert value == pytest.approx(expected[0], rel=1e-14)
    assert gradient["W"].dtype == np.float64
    assert gradient["s"] == pytest.approx(expected[1]["s"], rel=1e-14)


@pytest.mark.parametrize(
    ("argument", "error", "words"),
    [
        ({"W": np.ones(3), "s": 2}, TypeError, r"p\['s'\] is of the integer type"),
        ({"W": np.ones(3, int), "s": 2.0}, TypeError, r"p\['W'\] is of the integer type"),
        ({"W": np.ones(3) * 1j, "s": 2.0}, TypeError, "must be a float or an array of floats"),
        ({"W": bp.Node(np.ones(3)), "s": 2.0}, TypeError, "is a Node"),
        ({"W": np.ones((3, 1)), "s": 2.0}, ValueError, r"\(3,\), not \(3, 1\)"),
        ({"W": 1.0, "s": 2.0}, ValueError, r"\(3,\), not \(\)"),
        ({"W": np.ones(3)}, ValueError, r"compiled for p\['W'\], p\['s'\], and was given"),
        (np.ones(3), ValueError, "compiled for"),
    ],
)
def test_arguments_that_are_no_such_numbers_are_refused(argument, error, words):
    def f(p):
        return bp.sum(p["W"] * p["s"])

    with pytest.raises(error, match=words):
        compile_gradient(f, {"W": np.ones(3), "s": 2.0})(argument)


def test_arrays_from_outside_are_explained():
    def f(v):
        return bp.sum(v * V * np.arange(4.0)) + bp.sum(v[:2] @ np.full((2, 30), 0.1))

    lines = to_source(f, V).splitlines()
    assert lines[1:4] == [
        "    # from outside: V of shape (4,), c2 of shape (2, 30)",
        "    c1 = np.array([0.0, 1.0, 2.0, 3.0])",
        "    # forward",
    ]


def test_the_text_runs_by_itself_where_nothing_comes_from_outside():
    def f(v, w):
        return bp.sum(v * np.arange(4.0)) ** 2 + 0.0 * w

    names = {"np": np}
    exec(to_source(f, V, 1.0), names)
    expected = value_and_grad(f, (0, 1))(V, 1.0)
    found = names["f_and_gradient"](V, 1.0)
    assert found[0] == pytest.approx(expected[0], rel=1e-14)
    np.testing.assert_allclose(found[1][0], expected[1][0], rtol=1e-14)


def test_entries_are_added_to_one_array():
    def f(v):
        return v[0] * v[1] + v[2] * v[3] + v @ V

    text = to_source(f, V)
    assert text.count("np.zeros") == 0
    assert "dv = V.copy()" in text
    assert text.count("dv[") == 4


def test_a_derivatives_name_stands_in_the_backward_pass_only():
    def f(x):
        u = 2.0 * x
        return exp(u)

    forward = to_source(f, 0.3).split("# backward")[0]
    assert "du" not in forward
    assert "dx" not in forward


@pytest.mark.parametrize(
    ("f", "args", "line"),
    [
        (lambda x: x**0, (2.0,), "return 1, 0"),
        (lambda m: bp.sum(m), (M,), "dm = np.ones((3, 4))"),
        (lambda v: bp.mean(v) * 8.0, (V,), "dv = np.full(4, 2.0)"),
        (lambda v, w: bp.sum(v * v), (V, V), "dw = np.zeros(4)"),
        (lambda x: bp.where(x > 0, x, 0.5 * x), (2.0,), "dx = np.where(v1, 1.0, 0.5)"),
        (lambda m: bp.sum(m @ V), (M,), "dm = np.ones((3, 1)) * V"),
        (lambda v: bp.sum(M @ v), (V,), "dv = M.T @ np.ones(3)"),
    ],
)
def test_what_rules_leave_behind_is_cleared_away(f, args, line):
    assert line in to_source(f, *args)


def test_constants_are_not_joined_where_that_would_overflow():
    f = lambda x: 1e200 * (1e200 * x)  # noqa: E731
    assert compile_gradient(f, 1.0)(1e-300)[0] == f(1e-300)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_infinities_and_nan_are_printed_as_numpy_has_them():
    c = np.array([np.inf, -np.inf, np.nan])

    def f(x):
        return bp.sum(bp.where(x > c, x, np.inf) * np.array([1.0, -np.inf, np.nan]))

    x = np.ones(3)
    space = {"np": np, "c": c}
    exec(to_source(f, x), space)
    np.testing.assert_array_equal(space["f_and_gradient"](x)[1], bp.grad(f)(x))


def chain(step, count):
    def f(x):
        for _ in range(count):
            x = step(x)
        return x

    return f


@pytest.mark.parametrize(
    ("step", "slope"),
    [(lambda x: x + 1.0, 1.0), (lambda x: 3.0 - x, 1.0), (lambda x: 1.0001 * x, 1.0001**10000)],
)
def test_ten_thousand_operations_are_printed_and_compiled(step, slope):
    gradient = compile_gradient(chain(step, 10_000), 1.0)
    assert gradient(1.0)[1] == pytest.approx(slope, rel=1e-11)
    assert max(map(len, gradient.source.splitlines())) < 120


def test_an_entry_that_is_used_twice_receives_twice_on_one_line():
    source = to_source(lambda x: x[0] * x[0] + x[1] * x[1], V)
    assert "    dx = np.zeros(4)\n    dx[1] += 2 * v2\n    dx[0] += 2 * v1\n" in source
    np.testing.assert_array_equal(
        compile_gradient(lambda x: x[0] * x[0] + x[1] * x[1], V)(V)[1], [2 * V[0], 2 * V[1], 0, 0]
    )


def test_a_sum_that_is_put_back_keeps_its_axis():
    def centred(x):
        return bp.sum((x - bp.mean(x, 1, True)) ** 3)

    assert ".sum(axis=1, keepdims=True)" in to_source(centred, M)
    assert "reshape" not in to_source(centred, M)


def test_a_minus_sign_stands_before_a_sum():
    text = to_source(lambda x, m: bp.sum(M * (x - m)), M, M[:, :1])
    assert "dm = -M.sum(axis=1, keepdims=True)" in text


def test_one_number_for_all_entries_is_not_stretched_before_it_is_multiplied():
    text = to_source(lambda z, w: bp.mean(bp.sum(w * z, 1)), M, V[:4], argnums=1)
    assert "np.full" not in text
