"""Graphs are pickled and copied whole, whatever their depth, and what is shared stays shared."""

import copy
import io
import pickle

import numpy as np
import pytest

import course_bp as bp
from course_bp import Node, topological_order


def unpickled(x):
    return pickle.loads(pickle.dumps(x))  # noqa: S301


def by_python(x):
    """By the pickler that is written in Python, which takes items in batches."""
    stream = io.BytesIO()
    pickle._Pickler(stream).dump(x)
    return pickle.loads(stream.getvalue())  # noqa: S301


WAYS = [unpickled, copy.deepcopy, by_python]


def deep(depth=20_000):
    x = Node(1.0, "x")
    y = x
    for _ in range(depth):
        y = y * 1.0001
    return x, y


@pytest.mark.parametrize("way", [unpickled, copy.deepcopy])
def test_a_deep_graph(way):
    x, y = deep()
    again = way(y)
    assert again.value == y.value
    order = topological_order(again)
    assert len(order) == len(topological_order(y))
    again.backward()
    assert order[-1].grad == pytest.approx(1.0001**20_000, rel=1e-10)
    assert x.grad is None
    assert order[-1].name == "x"


@pytest.mark.parametrize("way", WAYS)
def test_what_is_shared_stays_shared(way):
    x = Node(np.array([1.0, 2.0]), "x")
    square = x * x
    first, second = bp.sum(square), bp.sum(bp.exp(square)[:1])
    new = way({"x": x, "results": [second, first], "square": square})
    second, first = new["results"]
    assert first.operands[0] is new["square"]
    assert new["square"].operands[0] is new["x"] is new["square"].operands[1]
    (first + second).backward()
    np.testing.assert_allclose(new["x"].grad, [2.0 + 2.0 * np.e, 4.0], rtol=1e-15)


@pytest.mark.parametrize("way", WAYS)
def test_values_gradients_names_and_operations_come_along(way):
    x = Node(np.array([[0.5, 1.5]]), "x")
    y = bp.where(x > 1.0, bp.logsumexp(x, 1, True), x.T[0]).sum()
    y.backward()
    new = way(y)
    for a, b in zip(topological_order(y), topological_order(new), strict=True):
        assert (a.name, a.operation) == (b.name, b.operation)
        np.testing.assert_array_equal(a.value, b.value)
        assert (a.grad is None) is (b.grad is None)
        assert a.serial != b.serial


def test_a_shallow_copy_is_a_node_of_its_own_made_from_the_same():
    x = Node(2.0, "x")
    y = x * x
    twin = copy.copy(y)
    assert twin is not y
    assert twin.operands == (x, x)
    (twin + y).backward()
    assert x.grad == 8.0


def test_a_pickler_that_fails_leaves_nothing_behind():
    _, y = deep(10)
    with pytest.raises((pickle.PicklingError, AttributeError)):
        pickle.dumps([y, lambda: None])
    with pytest.raises(RuntimeError):
        copy.deepcopy([Unwilling(), y])
    assert unpickled(deep(5000)[1]).value == pytest.approx(1.0001**5000)


class Unwilling:
    def __deepcopy__(self, memo):
        raise RuntimeError


def test_a_dual_number():
    again = unpickled(bp.Dual(np.array([1.0]), 2.0))
    assert (again.value[0], again.tangent[0]) == (1.0, 2.0)


def test_a_deep_graph_is_shown():
    y = Node(1.0, "x")
    for _ in range(20_000):
        y = bp.sin(y)
    assert repr(y).endswith("operation=sin)")
    assert repr(bp.formula(y)) == "<formula 20000 operations>"
