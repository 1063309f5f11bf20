from dataclasses import dataclass

import pytest

from course_bp.explore.graphs.graph_reading import read_graph


class Record:
    """A student's node."""

    def __init__(self, value, parents=(), local=None, operation=None):
        self.value, self.parents, self.local, self.operation = value, parents, local, operation


@dataclass(frozen=True)
class Equal:
    """A node that is equal to every other of the same value."""

    value: float
    parents: tuple = ()

    def __mul__(self, other):
        return Equal(self.value * other.value, (self, other))


@dataclass
class Unhashable:
    """A node that no dict takes."""

    value: float
    parents: tuple = ()

    def __mul__(self, other):
        return Unhashable(self.value * other.value, (self, other))


@pytest.mark.parametrize("engine", [Equal, Unhashable])
def test_nodes_that_are_equal_are_not_taken_for_one(engine):
    a, b = engine(5.0), engine(5.0)
    graph = read_graph(a * b, {"a": a, "b": b})
    assert [graph.names[n] for n in graph.order] == ["a", "b", "y"]
    assert graph.recorded_anew({graph.ours(a): 2.0, graph.ours(b): 3.0}).result.value == 6.0


def test_a_node_that_became_its_own_parent_is_refused():
    a = Record(1.0)
    total = Record(2.0, (a, a), (1.0, 1.0))
    a.parents = (total,)  # as a += that changes its node does
    with pytest.raises(ValueError, match="round in a circle"):
        read_graph(total)


def test_a_parent_that_is_a_plain_number_is_refused():
    with pytest.raises(TypeError, match="float is none: it needs the attributes value and parents"):
        read_graph(Record(6.0, (Record(2.0), 3.0), (3.0, 2.0)))


def test_the_parents_of_an_input_may_be_none():
    a = Record(2.5, None)
    assert len(read_graph(Record(6.25, (a, a))).order) == 2


def test_a_local_derivative_that_is_missing_is_refused():
    product = Record(6.0, (Record(2.0), Record(3.0)), (3.0,), "mul")
    with pytest.raises(ValueError, match="mul has 2 parents and 1 local derivatives"):
        read_graph(product)


def test_an_operation_that_does_not_fit_its_parents_is_not_the_tables():
    graph = read_graph(Record(6.0, (Record(2.0), Record(3.0)), None, "sin"))
    assert graph.formula(graph.result) == "sin(v1, v2)"
    assert graph.stuck == [graph.result]


def test_an_operation_may_be_a_function():
    def cube(x):
        return x**3

    graph = read_graph(Record(8.0, (Record(2.0),), (12.0,), cube))
    assert graph.formula(graph.result) == "cube(v1)"
