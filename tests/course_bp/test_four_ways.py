"""The four ways side by side: the same derivative, and the costs the decks promise."""

import numpy as np
import pytest

import course_bp as bp
from course_bp.four_ways import compare_four_ways

WAYS = ["finite differences", "symbolic", "forward mode", "reverse mode"]


def quiz1(x, z):
    return bp.exp(x * z) + x * z / bp.log(x) + bp.sin(bp.log(x)) / bp.exp(x * z)


def network(params, x):
    return bp.square(bp.sigmoid(params["W"] @ x + params["b"]) @ params["w"] - 1.0)


@pytest.fixture
def params():
    rng = np.random.default_rng(0)
    return {"W": rng.normal(size=(5, 3)), "b": rng.normal(size=5), "w": rng.normal(size=5)}


def test_quiz1_in_all_four_ways():
    result = compare_four_ways(quiz1, 2.0, 3.0, argnums=(0, 1))
    assert [way.name for way in result] == WAYS
    assert result.value == pytest.approx(412.086547564723, rel=1e-14)
    assert result["finite differences"].difference < 1e-8
    for way in WAYS[1:]:
        assert result[way].derivative == pytest.approx((1208.36656055419, 809.739809413939), 1e-13)
        assert result[way].difference < 1e-14


def test_evaluations_of_f(params):
    x = np.ones(3)
    result = compare_four_ways(network, params, x)
    assert result.inputs == 25
    assert {way.name: way.evaluations for way in result} == {
        "finite differences": 50,
        "symbolic": 1,
        "forward mode": 25,
        "reverse mode": 1,
    }
    richardson = compare_four_ways(network, params, x, method="richardson")
    assert richardson["finite differences"].evaluations == 100


def test_nested_derivatives_keep_their_structure(params):
    result = compare_four_ways(network, params, np.ones(3))
    for way in result:
        assert way.derivative.keys() == params.keys()
        assert way.derivative["W"].shape == (5, 3)
        assert way.difference < 1e-8


def test_operations_of_a_product_counted_by_hand():
    # f = (x y) y: two products. Each tangent sweep by x: two more; by y: y' enters twice, so
    # x y', then (x y)' y + (x y) y'. Backward: y's share of the outer product, the inner
    # adjoint, its two shares, and one addition where y is used twice.
    result = compare_four_ways(lambda x, y: (x * y) * y, 2.0, 3.0, argnums=(0, 1))
    assert result.operations_of_f == 2
    assert result["finite differences"].operations == 4 * 2
    assert result["forward mode"].operations == 2 * 2 + 2 + 4
    assert result["reverse mode"].operations == 2 + 5


def test_operations_of_an_array_input_counted_by_hand():
    # f = sum(x x): two operations. A tangent sweep adds x' x + x x' and its sum: four, three times.
    result = compare_four_ways(lambda x: bp.sum(x * x), np.ones(3))
    assert result.operations_of_f == 2
    assert result["forward mode"].operations == 3 * (2 + 4)


def test_the_difference_is_that_from_reverse_mode():
    one_sided = compare_four_ways(lambda x: x * x, 2.0, method="forward")["finite differences"]
    assert one_sided.difference == abs(one_sided.derivative - 4.0) / 4.0
    assert 1e-12 < one_sided.difference < 1e-7


def test_reverse_mode_stays_cheap_as_inputs_grow():
    def product(x):
        result = x[0]
        for k in range(1, len(x)):
            result = bp.sin(result * x[k])
        return result

    small, large = (compare_four_ways(product, np.linspace(0.5, 1, n)) for n in (4, 16))
    assert large["reverse mode"].operations < 5 * small["reverse mode"].operations
    assert large["forward mode"].operations > 10 * small["forward mode"].operations
    assert large["finite differences"].operations > 10 * small["finite differences"].operations


def test_the_symbolic_tree_swells():
    def logistic_map(x):
        for _ in range(10):
            x = 4 * x * (1 - x)
        return x

    result = compare_four_ways(logistic_map, 0.3)
    assert result.tree_size > 10_000
    assert result["symbolic"].operations < 100


def test_a_function_without_a_rule_has_finite_differences_only():
    result = compare_four_ways(lambda x: np.i0(x) * x, 0.7)
    slope = np.i0(0.7) + 0.7 * 0.371879677777010  # I₁(0.7), Abramowitz and Stegun, table 9.8
    assert result["finite differences"].derivative == pytest.approx(slope, rel=1e-7)
    for name in WAYS[1:]:
        assert result[name].derivative is None
        assert "course_bp's functions" in result[name].problem
        assert result[name].operations is None
    assert "no reverse mode: it needs f to be written" in str(result)


def test_a_constant():
    result = compare_four_ways(lambda x: 3.0, 0.7)
    assert [way.derivative for way in result] == [0.0] * 4
    assert [way.operations for way in result] == [0] * 4


def test_the_table_can_be_read():
    lines = str(compare_four_ways(quiz1, 2.0, 3.0, argnums=(0, 1))).splitlines()
    assert lines[0] == "value 412.0865475647234, 2 inputs"
    assert lines[1].split() == [
        "way",
        "derivative",
        "difference",
        "evaluations",
        "of",
        "f",
        "operations",
    ]
    assert [line[: len(name)] for line, name in zip(lines[2:6], WAYS, strict=True)] == WAYS
    assert "1208.36656055" in lines[5]
    assert "12 operations" in lines[6]


def test_long_derivatives_are_cut(params):
    assert "… (25 entries)" in str(compare_four_ways(network, params, np.ones(3)))


def test_an_unknown_way():
    with pytest.raises(KeyError, match="the ways are finite differences"):
        compare_four_ways(lambda x: x * x, 1.0)["backprop"]


def test_bad_input_is_refused():
    with pytest.raises(TypeError, match="must be a function"):
        compare_four_ways(3.0, 1.0)
    with pytest.raises(TypeError, match="whole numbers"):
        compare_four_ways(lambda x: x * x, 3)
    with pytest.raises(TypeError, match="one number"):
        compare_four_ways(lambda x: x * x, np.ones(3))


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_way_that_cannot_be_formed_says_why_and_the_others_stay():
    result = compare_four_ways(lambda x: bp.sqrt(x), 0.0)
    differences = result["finite differences"]
    assert differences.derivative is None
    assert "is not finite" in differences.problem
    assert "course_bp's functions" not in differences.problem
    assert "no finite differences: f is not finite" in str(result)
    for way in WAYS[1:]:
        assert result[way].derivative == np.inf
        assert result[way].difference == 0.0


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_the_value_at_a_zero_divisor_is_the_graphs():
    assert compare_four_ways(lambda x: 1 / x, 0.0).value == np.inf


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_nan_agrees_with_nothing():
    result = compare_four_ways(lambda x: bp.sqrt(x) * 0.0, 0.0)
    assert np.isnan(result["reverse mode"].derivative)
    assert np.isnan(result["reverse mode"].difference)
    line = next(line for line in str(result).splitlines() if line.startswith("reverse mode"))
    assert line.split() == ["reverse", "mode", "nan", "1", str(result["reverse mode"].operations)]
