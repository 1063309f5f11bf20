import numpy as np
import pytest

from course_bp import Node, exp, log, matmul, sin, tanh
from course_bp.explore.graphs.graph_reading import read_graph
from course_bp.explore.graphs.measured import agrees, measured_gradients
from course_bp.explore.graphs.other_engines import CannotReplay


class Record:
    """A student's node: value, parents, local derivatives, and nothing more."""

    def __init__(self, value, parents=(), local=()):
        self.value, self.parents, self.local, self.grad = value, parents, local, 0.0

    def __add__(self, other):
        return Record(self.value + other.value, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return Record(self.value * other.value, (self, other), (other.value, self.value))

    def sin(self):
        return Record(float(np.sin(self.value)), (self,), (float(np.cos(self.value)),))

    def odd(self):
        return Record(self.value**2 + 0.125, (self,), (2 * self.value,))


def test_nodes_keep_their_names_and_others_get_new_ones():
    x, v1 = Node(2.0, "x"), Node(3.0, "v1")
    result = exp(x * v1) + x
    graph = read_graph(result)
    assert [graph.names[n] for n in graph.order] == ["x", "v1", "v2", "v3", "y"]
    assert graph.formula(result) == "v3 + x"


def test_names_can_come_from_the_notebook():
    x = Node(2.0)
    inner = x * x
    graph = read_graph(sin(inner), {"x": x, "t": inner, "other": 3, "_": inner})
    assert [graph.names[n] for n in graph.order] == ["x", "t", "y"]


def test_two_nodes_of_one_name_can_be_told_apart():
    graph = read_graph(Node(1.0, "w") * Node(2.0, "w"))
    assert [graph.names[n] for n in graph.order] == ["w", "w (2)", "y"]


def test_a_students_engine_is_read_with_its_own_local_derivatives():
    a, b = Record(2.5), Record(-1.5)
    graph = read_graph((a * b + a.sin()), {"a": a, "b": b})
    formulas = [graph.formula(n) for n in graph.order if n.operation]
    assert sorted(formulas) == ["a · b", "sin(a)", "v1 + v2"]
    assert graph.can_replay


def test_a_wrong_local_derivative_differs_from_the_measured_one():
    a, b = Record(2.5), Record(-1.5)
    product = Record(a.value * b.value, (a, b), (b.value, -a.value))
    graph = read_graph(product)
    assert measured_gradients(graph)[graph.ours(b)] == pytest.approx(2.5)


def test_an_unknown_operation_is_shown_but_not_followed():
    a = Record(1.7)
    graph = read_graph(a.odd())
    assert graph.formula(graph.result) == "f(v1)"
    assert not graph.can_replay
    with pytest.raises(CannotReplay):
        graph.replay({graph.leaves[0]: 2.0})
    assert graph.ours(a) not in measured_gradients(graph) or len(graph.order) == 2


def test_what_is_no_node_is_refused_with_what_a_node_needs():
    with pytest.raises(TypeError, match="value and parents"):
        read_graph(3.0)


def test_a_deep_graph_of_another_engine_is_read_without_recursion():
    node = Record(1.0)
    for _ in range(5000):
        node = Record(node.value, (node,), (1.0,))
    assert len(read_graph(node).order) == 5001


def test_replaying_gives_what_the_function_gives():
    def f(x, z):
        return log(x) * z + tanh(x * z)

    x, z = Node(2.0), Node(3.0)
    graph = read_graph(f(x, z))
    assert graph.replay({x: 0.7})[graph.result] == f(0.7, 3.0)
    again = graph.recorded_anew({x: 0.7, z: -0.4})
    assert again.result.value == f(0.7, -0.4)
    assert list(again.names.values()) == list(graph.names.values())


def test_measured_gradients_are_those_of_the_backward_pass():
    w, x = Node(np.array([[0.3, -0.2], [0.5, 0.1]]), "w"), Node(np.array([[1.0, 2.0]]), "x")
    result = tanh(matmul(x, w)) @ np.array([[1.0], [-2.0]])
    total = result[0, 0]
    total.backward()
    measured = measured_gradients(read_graph(total))
    assert measured[w] == pytest.approx(w.grad, rel=1e-8)
    assert agrees(w.grad, measured[w], total.value)
    assert not agrees(-w.grad, measured[w], total.value)
    assert not agrees(w.grad + 1e-3, measured[w], total.value)


def test_nothing_is_measured_where_the_result_is_not_finite():
    with np.errstate(divide="ignore"):
        graph = read_graph(1.0 / Node(0.0, "x"))
    assert measured_gradients(graph) == {}
    assert not agrees(-np.inf, 2.7e10, 1.0)
