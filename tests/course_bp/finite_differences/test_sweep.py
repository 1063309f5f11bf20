"""The V-shaped curve of the error against the step."""

import numpy as np
import pytest

from course_bp.finite_differences import step_size_sweep


def deck_j(x):
    return np.cos(np.sin(x**2) + 3 * x**2)


def test_sweep_draws_a_v_whose_bottom_is_near_the_rule():
    sweep = step_size_sweep(deck_j, 1.3, exact=lambda x: 1.636774229341105, method="central")
    assert sweep.steps.shape == sweep.errors.shape == (49,)
    assert 1e-7 < sweep.best_step < 1e-4
    assert sweep.best_error < 1e-9
    assert sweep.errors[0] > 1e3 * sweep.best_error
    assert sweep.errors[-1] > 1e3 * sweep.best_error


def test_sweep_slopes_show_the_order_of_each_method():
    slopes = {}
    for method, steps in [
        ("forward", (1e-4, 1e-2)),
        ("central", (1e-3, 1e-1)),
        ("richardson", (1e-2, 1e-1)),
    ]:
        sweep = step_size_sweep(np.exp, 1.0, exact=np.exp, method=method, steps=steps)
        slopes[method] = np.diff(np.log(sweep.errors))[0] / np.diff(np.log(sweep.steps))[0]
    assert slopes["forward"] == pytest.approx(1, abs=0.05)
    assert slopes["central"] == pytest.approx(2, abs=0.05)
    assert slopes["richardson"] == pytest.approx(4, abs=0.1)


def test_complex_sweep_stays_at_round_off():
    sweep = step_size_sweep(np.exp, 1.0, exact=np.e, method="complex")
    assert np.all(sweep.errors[sweep.steps < 1e-8] < 1e-15)


def test_sweep_over_nested_arguments_takes_the_gradient_itself():
    params = {"w": np.array([1.0, 2.0]), "b": 0.5}
    exact = {"w": np.array([2.0, 4.0]), "b": 1.0}
    sweep = step_size_sweep(lambda p: np.sum(p["w"] ** 2) + p["b"] ** 2, params, exact=exact)
    assert sweep.best_error < 1e-9
    with pytest.raises(ValueError, match="exact holds 1 numbers"):
        step_size_sweep(lambda p: np.sum(p["w"] ** 2), params, exact=1.0)
