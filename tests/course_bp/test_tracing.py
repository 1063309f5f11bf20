import numpy as np
import pytest

from course_bp import Node, exp, first_nonfinite, log, sigmoid, sin, sum, trace


def test_the_sigmoid_circuit_step_by_step():
    w0, x0, w1, x1, w2 = (
        Node(v, name=n)
        for v, n in zip([2.0, -1.0, -3.0, -2.0, -3.0], ["w0", "x0", "w1", "x1", "w2"], strict=True)
    )
    f = sigmoid(w0 * x0 + w1 * x1 + w2)
    steps = trace(f)
    assert [s.number for s in steps] == list(range(1, 10))
    assert steps[0].child is f
    assert steps[0].local == pytest.approx(0.196611933241, rel=1e-11)
    at_w1 = next(s for s in steps if s.parent is w1)
    assert at_w1.local == -2.0
    assert at_w1.contribution == at_w1.upstream * at_w1.local
    assert at_w1.total == pytest.approx(-0.393223866483, rel=1e-11)


def test_contributions_at_a_fan_out_add_up_to_the_gradient():
    x = Node(0.5)
    y = Node(4.2)
    s = x * y + sin(x)
    arriving = [step for step in trace(s) if step.parent is x]
    assert len(arriving) == 2
    s.backward()
    assert arriving[-1].total == x.grad
    assert np.sum([step.contribution for step in arriving]) == pytest.approx(x.grad, rel=1e-15)


def test_a_node_used_twice_by_one_operation_has_two_steps():
    x = Node(3.0)
    steps = trace(x * x)
    assert [s.position for s in steps] == [0, 1]
    assert [s.total for s in steps] == [3.0, 6.0]


def test_tracing_touches_no_gradient():
    x = Node(2.0)
    y = x * x
    trace(y)
    assert x.grad is None
    assert y.grad is None


def test_the_order_is_that_of_the_backward_pass():
    x = Node(1.5)
    g = x * x
    steps = trace(g * (g * g))
    last_given_to = {s.parent: s.number for s in steps}
    first_given_by = {}
    for s in steps:
        first_given_by.setdefault(s.child, s.number)
    assert all(last_given_to[n] < first_given_by[n] for n in first_given_by if n in last_given_to)


def test_array_steps_have_the_parents_shape_and_no_local_derivative_for_matmul():
    w, b = Node(np.ones((3, 2)), name="w"), Node(np.zeros(2), name="b")
    x = np.ones((4, 3))
    steps = trace(sum(sigmoid(x @ w + b)))
    at = {s.parent.name: s for s in steps if s.parent.name}
    assert at["w"].contribution.shape == (3, 2)
    assert at["w"].local is None
    assert at["b"].contribution.shape == (2,)


def test_trace_of_an_array_needs_a_seed():
    with pytest.raises(ValueError, match="seed"):
        trace(Node(np.ones(2)) * 2.0)


def test_first_nonfinite_value():
    x = Node(800.0, name="x")
    with pytest.warns(RuntimeWarning):
        bad = exp(x)
    loss = bad - 2.0 * bad
    assert first_nonfinite(loss) is bad
    assert first_nonfinite(x * 2.0) is None


def test_first_nonfinite_gradient():
    x = Node(0.0, name="x")
    inner = x * 1.0
    with pytest.warns(RuntimeWarning):
        y = log(inner)
    with pytest.warns(RuntimeWarning):
        y.backward()
    assert first_nonfinite(y, "grad") is inner
