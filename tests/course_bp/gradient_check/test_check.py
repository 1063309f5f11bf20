"""The gradient checker against known false passes, known false alarms, and random mistakes."""

import autograd
import autograd.extend
import autograd.numpy as anp
import autograd.test_util
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import course_bp as bp
from course_bp.gradient_check import check_gradient, check_vjp


def network(params, X):
    return np.sum(np.tanh(params["W"] @ X + params["b"][:, None]) ** 2)


def network_gradient(params, X):
    a = np.tanh(params["W"] @ X + params["b"][:, None])
    delta = 2 * a * (1 - a * a)
    return {"W": delta @ X.T, "b": delta.sum(axis=1)}


@pytest.fixture
def params():
    rng = np.random.default_rng(0)
    return {"W": rng.normal(size=(3, 4)), "b": rng.normal(size=3)}


@pytest.fixture
def X():
    return np.random.default_rng(1).normal(size=(4, 5))


class TestRight:
    def test_a_gradient_function(self, params, X):
        result = check_gradient(network, network_gradient, params, X)
        assert result
        assert result.verdict == "right"
        assert {name: t.verdict for name, t in result.tensors.items()} == {
            "params['W']": "right",
            "params['b']": "right",
        }
        assert np.all(result.tensors["params['W']"].entries == "right")

    def test_a_gradient_as_data(self, params, X):
        assert check_gradient(network, network_gradient(params, X), params, X)

    def test_several_arguments(self, X):
        W = np.random.default_rng(2).normal(size=(3, 4))

        def gradients(W, X):
            delta = 2 * (W @ X)
            return delta @ X.T, W.T @ delta

        assert check_gradient(lambda W, X: np.sum((W @ X) ** 2), gradients, W, X, argnums=(0, 1))

    def test_reverse_mode(self, X):
        def f(W):
            return bp.sum(bp.tanh(W @ X) * bp.sigmoid(W @ X))

        assert check_gradient(f, bp.grad(f), np.random.default_rng(3).normal(size=(3, 4)))

    def test_hips_autograd(self, params, X):
        def f(params, X):
            hidden = anp.maximum(params["W"] @ X + params["b"][:, None], 0)
            return anp.sum(anp.log(anp.sum(anp.exp(hidden), axis=0)))

        assert check_gradient(f, autograd.grad(f), params, X)

    def test_the_measurement_is_sharper_than_it_claims(self, params, X):
        exact = network_gradient(params, X)
        result = check_gradient(network, exact, params, X)
        for key, tensor in zip(("W", "b"), result.tensors.values(), strict=True):
            assert np.all(np.abs(tensor.measured - exact[key]) <= tensor.uncertainty)

    @settings(max_examples=30, deadline=None)
    @given(st.integers(0, 2**32 - 1), st.floats(-8, 8), st.floats(-3, 12))
    def test_any_smooth_function_at_any_scale(self, seed, log_size, log_x):
        rng = np.random.default_rng(seed)
        x = rng.normal(size=3) * 10**log_x
        w = rng.normal(size=(2, 3)) / 10 ** max(log_x, 0)
        size = 10**log_size

        def f(x):
            return size * np.sum(np.sin(w @ x) + 2 * (w @ x))

        assert check_gradient(f, size * w.T @ (np.cos(w @ x) + 2), x).verdict == "right"

    @settings(max_examples=30, deadline=None)
    @given(st.integers(0, 2**32 - 1), st.floats(-9, 0))
    def test_relu_at_any_distance_from_the_kink(self, seed, log_distance):
        rng = np.random.default_rng(seed)
        x = np.array([1.0, *rng.choice([-1.0, 1.0], 3)]) * 10**log_distance
        c = rng.uniform(1, 2, 4)
        result = check_gradient(lambda x: np.sum(c * np.maximum(x, 0)) + x[0], c * (x > 0), x)
        assert result.verdict == "wrong"  # x[0] counts once more
        np.testing.assert_array_equal(result.tensors["x"].entries, ["wrong"] + 3 * ["right"])

    def test_dead_units_have_a_zero_gradient(self):
        x = np.array([1.0, -1.0, 2.0])
        assert check_gradient(lambda x: np.sum(np.maximum(x, 0) ** 2), 2 * np.maximum(x, 0), x)

    def test_whole_numbers_that_are_right(self):
        assert check_gradient(lambda x: 3 * x, 3, 0.5)
        assert check_gradient(lambda x: np.sum(2 * x), np.array([2, 2]), np.array([0.1, 0.2]))

    def test_a_backward_pass_that_reads_what_forward_left(self):
        cache = {}

        def f(x):
            cache["x"] = x.copy()
            return np.sum(x**3)

        assert check_gradient(f, lambda x: 3 * cache["x"] ** 2, np.array([0.5, 2.0]))


class TestFalsePasses:
    """Wrong gradients that other checkers have let through."""

    def test_a_zero_gradient_below_an_absolute_tolerance(self):
        assert check_gradient(lambda x: 1e-7 * x, 0.0, 0.7).verdict == "wrong"

    def test_the_same_rule_passes_the_checker_of_hips_autograd(self):
        tiny = autograd.extend.primitive(lambda x: 1e-7 * x)
        autograd.extend.defvjp(tiny, lambda y, x: lambda g: 0.0 * g)
        autograd.test_util.check_grads(tiny, modes=["rev"], order=1)(0.7)
        assert check_gradient(tiny, autograd.grad(tiny), 0.7).verdict == "wrong"

    @pytest.mark.parametrize("size", [1e-300, 1e-30, 1e-7, 1.0, 1e30])
    def test_a_lost_factor_at_any_size(self, size):
        assert (
            check_gradient(lambda x: size * np.sin(x), size * np.sin(0.7), 0.7).verdict == "wrong"
        )

    def test_one_zeroed_entry_among_a_hundred_thousand(self):
        rng = np.random.default_rng(0)
        x, c = rng.normal(size=(2, 100_000))
        claimed = c * np.cos(x)
        claimed[777] = 0.0
        result = check_gradient(lambda x: np.sum(c * np.sin(x)), claimed, x)
        assert result.verdict == "wrong"
        entries = result.tensors["x"].entries
        assert list(np.flatnonzero(entries != "right")) == [777]
        assert result.evaluations < 2000
        assert "x[777]: claimed 0" in str(result)

    def test_a_small_entry_beside_a_large_one(self):
        x = np.array([0.5, 0.7])
        result = check_gradient(lambda x: np.sin(x[0]) + 1e-8 * np.sin(x[1]), [np.cos(0.5), 0], x)
        assert result.verdict == "wrong"

    def test_zero_biases_hide_a_regularised_bias(self, X):
        params = {"W": np.random.default_rng(4).normal(size=(3, 4)), "b": np.zeros(3)}

        def penalised(params, X):
            gradient = network_gradient(params, X)
            return gradient | {"b": gradient["b"] + 0.1 * params["b"]}

        result = check_gradient(network, penalised, params, X)
        assert result.verdict == "wrong"
        headline = str(result).splitlines()[0]
        assert headline.startswith("wrong with params['b'] moved away from zero, though right at")
        assert {tensor.verdict for tensor in result.tensors.values()} == {"right"}
        assert check_gradient(network, network_gradient, params, X)

    def test_zero_biases_are_noted_where_only_numbers_are_claimed(self, X):
        params = {"W": np.random.default_rng(4).normal(size=(3, 4)), "b": np.zeros(3)}
        result = check_gradient(network, network_gradient(params, X), params, X)
        assert result
        assert "params['b'] is zero in every entry" in str(result)

    def test_all_ones_upstream_would_hide_a_dropped_one(self):
        W = np.random.default_rng(5).normal(size=(3, 4))
        assert check_vjp(np.tanh, lambda u, W: u * (1 - np.tanh(W) ** 2), W)
        assert check_vjp(np.tanh, lambda u, W: 1 - np.tanh(W) ** 2, W).verdict == "wrong"

    def test_zero_on_both_sides_says_nothing(self):
        x = np.array([-1.0, -2.0])
        result = check_gradient(lambda x: np.sum(np.maximum(x, 0)), np.zeros(2), x)
        assert result.verdict == "inconclusive"
        assert "check at another point" in str(result)
        assert check_gradient(lambda x: x * x, 0.0, 0.0).verdict == "inconclusive"

    def test_a_gradient_that_is_always_zero_is_found_out_beside_a_minimum(self):
        assert check_gradient(lambda x: x * x, lambda x: 0.0, 0.0).verdict == "wrong"

    def test_a_wrong_forward_is_right_about_itself(self):
        # D1's slide prints 1/(1 - exp(-z)); its own derivative is right about that function.
        def printed(z):
            return 1 / (1 - np.exp(-z))

        claim = -np.exp(-0.7) / (1 - np.exp(-0.7)) ** 2
        assert check_gradient(printed, claim, 0.7)
        assert check_gradient(lambda z: 1 / (1 + np.exp(-z)), claim, 0.7).verdict == "wrong"

    @pytest.mark.parametrize("x", [3, np.array([1, 2, 3]), [1.0, 2]])
    def test_integer_points_are_refused(self, x):
        with pytest.raises(TypeError, match=r"astype\(float\)"):
            check_gradient(np.sum, lambda x: 2 * x, x)

    def test_a_nan_in_the_claim(self):
        result = check_gradient(lambda x: np.sum(x**2), np.array([2.0, np.nan]), np.ones(2))
        assert list(result.tensors["x"].entries) == ["right", "wrong"]

    def test_truncated_whole_numbers(self):
        result = check_gradient(lambda x: np.sum(x**2), np.array([1, 2]), np.array([0.7, 1.3]))
        assert result.verdict == "wrong"

    def test_a_kink_does_not_excuse_any_number(self):
        assert check_gradient(abs, 2.0, 0.0).verdict == "wrong"
        assert check_gradient(lambda x: max(x, 0.0), -0.5, 0.0).verdict == "wrong"


class TestFalseAlarms:
    """Right gradients, or points where nobody can tell, that must not be called wrong."""

    def test_float32_arithmetic(self):
        x = np.random.default_rng(0).normal(size=6)

        def f(x):
            return np.sum(np.sin(x.astype(np.float32)))

        assert check_gradient(f, np.cos(x), x).verdict == "right"
        assert check_gradient(f, np.sin(x), x).verdict == "wrong"

    def test_float32_points_and_claims(self):
        x = np.random.default_rng(0).normal(size=6).astype(np.float32)
        assert check_gradient(lambda x: np.sum(np.exp(x)), np.exp, x)
        result = check_gradient(lambda x: np.sum(np.exp(x)), lambda x: np.exp(x) * 1.01, x)
        assert result.verdict == "wrong"

    def test_float32_that_hides_behind_a_float64_result(self):
        x = np.random.default_rng(0).normal(size=6)

        def f(x):
            return float(np.sum(np.sin(x.astype(np.float32))))

        assert check_gradient(f, np.cos(x), x).verdict == "inconclusive"
        assert check_gradient(f, np.sin(x), x).verdict == "wrong"

    @pytest.mark.parametrize("claim", [0.0, 0.5, 1.0])
    def test_relu_at_zero(self, claim):
        result = check_gradient(lambda x: max(x, 0.0), claim, 0.0)
        assert result.verdict == "kink"
        assert "0 on the left and 1 on the right" in str(result)

    def test_relu_beside_zero(self):
        assert check_gradient(lambda x: max(x, 0.0), 1.0, 1e-8).verdict == "right"
        assert check_gradient(lambda x: max(x, 0.0), 0.0, 1e-8).verdict == "wrong"
        assert check_gradient(lambda x: max(x, 0.0), 0.0, -1e-8).verdict in (
            "right",
            "inconclusive",
        )
        assert check_gradient(lambda x: max(x, 0.0) + x, 2.0, 1e-8).verdict == "right"

    @pytest.mark.parametrize("offset", [0.0, 1.0, 1e8])
    def test_abs_at_zero(self, offset):
        assert check_gradient(lambda x: offset + abs(x), 0.0, 0.0).verdict == "kink"

    def test_a_tie_in_a_maximum(self):
        x = np.array([1.0, 2.0, 2.0])
        for claim in ([0.0, 1.0, 0.0], [0.0, 0.5, 0.5]):
            result = check_gradient(np.max, np.array(claim), x)
            assert list(result.tensors["argument 0"].entries) == ["right", "kink", "kink"]

    def test_a_large_offset(self):
        result = check_gradient(lambda x: 1e8 + np.sin(x), np.cos(0.7), 0.7)
        assert result.verdict == "inconclusive"
        assert "round-off" in str(result)
        assert check_gradient(lambda x: 1e8 + np.sin(x), np.sin(0.7), 0.7).verdict == "wrong"

    @pytest.mark.parametrize("offset", [1e9, 1e11, 1e13, 1e15])
    def test_a_larger_offset(self, offset):
        result = check_gradient(lambda x: offset + np.sin(x), np.cos(0.7), 0.7)
        assert result.verdict == "inconclusive"

    def test_an_offset_that_cancels_leaves_its_round_off_behind(self):
        def f(x):
            return (1e8 + np.sin(x)) - 1e8

        assert check_gradient(f, np.cos(0.7), 0.7).verdict == "inconclusive"

    def test_a_moderate_offset_is_no_obstacle(self):
        assert check_gradient(lambda x: 1e4 + np.sin(x), np.cos(0.7), 0.7)

    def test_a_function_that_draws_random_numbers(self):
        rng = np.random.default_rng(0)
        x = np.ones(3)
        result = check_gradient(lambda x: np.sum(x * rng.normal(size=3)), x, x)
        assert result.verdict == "inconclusive"
        assert "random seed" in str(result)

    def test_fast_oscillations(self):
        for w in (1e2, 1e4, 1e6):
            assert check_gradient(lambda x, w=w: np.sin(w * x), w * np.cos(w * 0.7), 0.7)
        verdict = check_gradient(lambda x: np.sin(1e9 * x), 1e9 * np.cos(0.7e9), 0.7).verdict
        assert verdict == "inconclusive"

    def test_the_edge_of_the_domain(self):
        assert check_gradient(np.log, 1e3, 1e-3)
        result = check_gradient(np.sqrt, np.inf, 1e-300)
        assert result.verdict == "wrong"  # an infinite claim at a point with a finite slope
        result = check_gradient(lambda x: x**1.5, 0.0, 0.0)
        assert result.verdict == "inconclusive"
        assert "not finite" in str(result)

    def test_python_functions_that_raise_outside_their_domain(self):
        from math import exp, log

        assert check_gradient(lambda x: log(x), 1e3, 1e-3)
        assert check_gradient(lambda x: exp(x), exp(709.782), 709.782)

    def test_a_function_that_is_not_finite_here(self):
        result = check_gradient(lambda x: np.log(x), 1.0, -1.0)
        assert result.verdict == "inconclusive"
        assert "nan" in str(result)

    def test_a_jump(self):
        assert check_gradient(lambda x: float(x > 0), 0.0, 0.0).verdict == "inconclusive"


class TestConduct:
    """What is wrong with a gradient function apart from its numbers."""

    def test_a_changed_input(self):
        x = np.array([0.5, 1.5])

        def gradient(x):
            g = 2 * x
            x -= 0.1 * g
            return g

        result = check_gradient(lambda x: np.sum(x**2), gradient, x)
        assert result.verdict == "wrong"
        assert "changed x in place" in str(result)
        np.testing.assert_array_equal(x, [0.5, 1.5])

    def test_changed_data(self, params, X):
        def gradient(params, X):
            g = network_gradient(params, X)
            X *= 2
            return g

        result = check_gradient(network, gradient, params, X)
        assert result.verdict == "wrong"
        assert "changed X in place" in str(result)

    def test_a_function_that_changes_its_input(self):
        def f(x):
            x *= 2
            return np.sum(x)

        result = check_gradient(f, np.full(2, 2.0), np.ones(2))
        assert result.verdict == "wrong"
        assert "f changed x in place" in str(result)

    def test_stale_gradients(self):
        total = np.zeros(2)

        def gradient(x):
            nonlocal total
            total = total + 2 * x
            return total

        result = check_gradient(lambda x: np.sum(x**2), gradient, np.ones(2))
        assert result.verdict == "wrong"
        assert "second call" in str(result)

    def test_shared_memory_is_noted_and_not_blamed(self):
        def gradients(a, b):
            g = np.ones(3)
            return g, g

        a, b = np.random.default_rng(0).normal(size=(2, 3))
        result = check_gradient(lambda a, b: np.sum(a + b), gradients, a, b, argnums=(0, 1))
        assert result
        assert "share memory" in str(result)
        assert len(result.notes) == 1

    def test_a_gradient_that_is_its_argument_is_noted(self):
        result = check_gradient(lambda x: np.sum(x**2) / 2, lambda x: x, np.array([0.5, 2.0]))
        assert result
        assert "shares memory with an argument" in str(result)

    @pytest.mark.parametrize(
        ("claim", "words"),
        [
            (np.ones((1, 3)), r"shape (1, 3)"),
            (3.0, r"shape ()"),
            (None, "NoneType"),
            (np.ones(3) + 0j, "complex128"),
            (np.ones(3, bool), "bool"),
            (np.array(["a", "b", "c"]), "not real numbers"),
        ],
    )
    def test_the_form_of_the_claim(self, claim, words):
        result = check_gradient(lambda x: np.sum(x), claim, np.zeros(3) + 0.1)
        assert result.verdict == "wrong"
        assert words in str(result)

    def test_a_missing_and_an_extra_part(self, params, X):
        gradient = network_gradient(params, X)
        missing = check_gradient(network, {"W": gradient["W"]}, params, X)
        assert missing.verdict == "wrong"
        assert missing.tensors["params['W']"].verdict == "right"
        assert "no such part" in str(missing.tensors["params['b']"])
        assert missing.problems == ()
        extra = check_gradient(network, gradient | {"c": 1.0}, params, X)
        assert extra.verdict == "wrong"
        assert "params['c']" in str(extra)

    def test_array_values_are_sent_to_check_vjp(self):
        with pytest.raises(TypeError, match="check_vjp"):
            check_gradient(np.sin, np.cos, np.ones(3))

    @pytest.mark.parametrize("bad", [{"rtol": 0.0}, {"rtol": -1e-6}, {"max_entries": 0}])
    def test_settings_that_make_no_sense(self, bad):
        with pytest.raises(ValueError, match=next(iter(bad))):
            check_gradient(lambda x: x * x, 1.0, 0.5, **bad)

    def test_no_function(self):
        with pytest.raises(TypeError, match="must be a function"):
            check_gradient(3.0, 1.0, 1.0)


class TestEvidence:
    def test_wrong_entries_are_named_with_their_numbers(self, params, X):
        claimed = network_gradient(params, X)
        claimed["W"] = claimed["W"] * 2
        claimed["b"][1] += 1
        result = check_gradient(network, claimed, params, X)
        assert not result
        assert np.sum(result.tensors["params['b']"].entries == "wrong") == 1
        text = str(result)
        assert text.startswith("wrong (")
        assert "all of these are 2 times the measurement" in text
        assert "params['b'][1]: claimed" in text

    @settings(max_examples=30, deadline=None)
    @given(
        st.integers(0, 2**32 - 1),
        st.sampled_from(["sign", "half", "transposed", "entry", "mean", "zero"]),
    )
    def test_any_wrong_entry_is_found_and_no_other_blamed(self, seed, mistake):
        rng = np.random.default_rng(seed)
        W, X = rng.normal(size=(3, 3)), rng.normal(size=(3, 4))
        right = 2 * (W @ X) @ X.T
        wrong = {
            "sign": -right,
            "half": right / 2,
            "transposed": right.T,
            "entry": right + (np.arange(9).reshape(3, 3) == seed % 9),
            "mean": right / 4,
            "zero": right * 0,
        }[mistake]
        result = check_gradient(lambda W: np.sum((W @ X) ** 2), wrong, W)
        expected = np.where(np.isclose(wrong, right, rtol=1e-3), "right", "wrong")
        np.testing.assert_array_equal(result.tensors["W"].entries, expected)

    def test_a_large_tensor_that_is_wrong_everywhere_stops_early(self):
        x = np.random.default_rng(0).normal(size=5000)
        result = check_gradient(lambda x: np.sum(x**2), 3 * x, x, max_entries=100)
        assert result.verdict == "wrong"
        assert "were not reached within max_entries=100" in str(result)
        assert set(result.tensors["x"].entries) == {"wrong", "inconclusive"}

    @pytest.mark.parametrize("max_entries", [1, 4, 10, 30])
    def test_few_measurements_never_make_a_wrong_gradient_right(self, max_entries):
        x = np.random.default_rng(0).normal(size=500)
        claimed = 2 * x
        claimed[123] = 0.0
        result = check_gradient(lambda x: np.sum(x**2), claimed, x, max_entries=max_entries)
        assert result.verdict in ("wrong", "inconclusive")
        assert check_gradient(lambda x: np.sum(x**2), 2 * x, x, max_entries=max_entries)

    def test_errors_in_one_block_do_not_cancel(self):
        x = np.random.default_rng(0).uniform(0.1, 0.9, size=500)
        claimed = 2 * x + 0.5 * (-1.0) ** np.arange(500)
        result = check_gradient(lambda x: np.sum(x**2), claimed, x, max_entries=4)
        assert result.verdict == "inconclusive"

    @pytest.mark.parametrize("rtol", [1e-3, 1e-8])
    def test_the_tolerance_can_be_set(self, rtol):
        verdicts = [
            check_gradient(np.sin, np.cos(0.7) * (1 + error), 0.7, rtol=rtol).verdict
            for error in (0.3 * rtol, 10 * rtol)
        ]
        assert verdicts == ["right", "wrong"]

    def test_the_seed_decides_everything(self, params, X):
        first, second = (
            check_gradient(network, network_gradient, params, X, max_entries=5, seed=3)
            for _ in range(2)
        )
        assert str(first) == str(second)


@pytest.mark.parametrize("steps", [1.0, 1e3, 1e6])
@pytest.mark.parametrize("x", [0.3712345678, 2.71834567, -0.12345678])
def test_the_slope_zero_of_a_staircase_is_not_called_wrong(steps, x):
    result = check_gradient(lambda x: np.floor(x * steps) / steps, 0.0, x)
    assert result.verdict == "inconclusive"


def test_a_staircase_is_told_as_one():
    result = check_gradient(lambda x: np.floor(x * 1e6) / 1e6, 0.0, 2.71834567)
    assert "over many steps of f, and none within a step" in str(result)


@pytest.mark.parametrize("offset", [0.0, 1.0, 1e4])
def test_a_zero_is_wrong_where_f_moves(offset):
    result = check_gradient(lambda x: offset + np.sin(x), 0.0, 0.7)
    assert result.verdict == "wrong"
