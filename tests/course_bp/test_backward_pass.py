"""The backward pass in its three forms: plain, spelt out, and listed step by step."""

import numpy as np
import pytest

from course_bp import Node, cos, sin, sum, tanh, topological_order, trace, where
from course_bp.backward_pass import adjoints, backward_pass
from course_bp.graph import plain

SHAPES = ((), (3,), (2, 3), (2, 1), (3, 3))
STEPS = (
    lambda a, b: a + b,
    lambda a, b: a * b,
    lambda a, b: a - 0.5 * b,
    lambda a, b: a / (2.0 + b * b),
    lambda a, b: tanh(a),
    lambda a, b: sin(a) * cos(a),
    lambda a, b: where(a > b, a, tanh(b)),
    lambda a, b: sum(a, keepdims=bool(a.shape)) + b,
    lambda a, b: a @ a if a.shape == (3, 3) else -a,
)  # fmt: skip


def random_graph(seed):
    """Leaves of several shapes, and a scalar made of them in thirty random steps."""
    rng = np.random.default_rng(seed)
    leaves = [Node(rng.normal(size=shape) if shape else float(rng.normal())) for shape in SHAPES]
    nodes = list(leaves)
    for _ in range(30):
        a = nodes[rng.integers(len(nodes))]
        fitting = [x for x in nodes if fits(x.shape, a.shape)]
        b = fitting[rng.integers(len(fitting))]
        nodes.append(STEPS[rng.integers(len(STEPS))](a, b))
    total = 0.0
    for node in nodes[-6:]:
        total = total + sum(tanh(node))
    return leaves, total


def fits(a, b):
    try:
        return np.broadcast_shapes(a, b) is not None
    except ValueError:
        return False


@pytest.mark.parametrize("seed", range(25))
def test_the_plain_pass_the_one_spelt_out_and_the_trace_are_equal_on_random_graphs(seed):
    leaves, result = random_graph(seed)
    order = topological_order(result)
    plainly = {
        node: np.asarray(plain(g)) for node, g in adjoints(order, [(result, 1.0)], leaves).items()
    }
    traced = {step.parent: step.total for step in trace(result)} | {result: 1.0}
    backward_pass(list(order), [(result, 1.0)])
    assert plainly.keys() == {node for node in order if node.grad is not None}
    for node, g in plainly.items():
        np.testing.assert_allclose(node.grad, g, rtol=1e-14, atol=1e-14)
        np.testing.assert_allclose(traced[node], g, rtol=1e-14, atol=1e-14)
