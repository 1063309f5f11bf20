"""Symbolic differentiation against SymPy, against reverse mode, and its growth in size."""

from itertools import pairwise

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

import course_bp as bp
from course_bp.symbolic import formula, graph_size, symbolic_gradient, symbols, tree_size

SYMPY = {
    "np": None,
    "exp": sympy.exp,
    "log": sympy.log,
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tanh": sympy.tanh,
    "sqrt": sympy.sqrt,
    "square": lambda x: x**2,
}


def to_sympy(f):
    """A formula in SymPy's terms, by way of its printed source."""
    names = {name: sympy.Symbol(name, positive=True) for name in f.symbols}
    return eval(str(f).replace("np.", ""), SYMPY | names), names  # noqa: S307


def deck_j(x):
    return bp.cos(bp.sin(x**2) + 3 * x**2)


def quiz1(x, z):
    return bp.exp(x * z) + x * z / bp.log(x) + bp.sin(bp.log(x)) / bp.exp(x * z)


def random_program(seed, steps):
    rng = np.random.default_rng(seed)
    plan = [(rng.integers(0, 9), *rng.integers(0, 2 + k, 2)) for k in range(steps)]

    def f(x, y):
        values = [x, y]
        for kind, i, j in plan:
            a, b = values[i], values[j]
            values.append(
                [
                    lambda a=a, b=b: a * b,
                    lambda a=a, b=b: a + b,
                    lambda a=a, b=b: a - b,
                    lambda a=a, b=b: a / (2.5 + bp.sin(b)),
                    lambda a=a: bp.tanh(a),
                    lambda a=a: bp.cos(a) ** 3,
                    lambda a=a: -a,
                    lambda a=a: bp.exp(-a * a),
                    lambda a=a, b=b: bp.sqrt(1 + a * a) ** bp.sin(b),
                ][kind]()
            )
        return values[-1]

    return f


class TestDerivative:
    @pytest.mark.parametrize(("x", "expected"), [(0.7, -5.067782043789), (1.3, 1.636774229341)])
    def test_the_deck_example(self, x, expected):
        assert formula(deck_j, 0.5).derivative("x")(x=x) == pytest.approx(expected, abs=5e-13)

    def test_quiz1(self):
        dx, dz = symbolic_gradient(quiz1, argnums=(0, 1))(2.0, 3.0)
        assert dx == pytest.approx(1208.36656055419, rel=1e-14)
        assert dz == pytest.approx(809.739809413939, rel=1e-14)

    @pytest.mark.parametrize("f", [deck_j, lambda x: bp.exp(x) / x, lambda x: x**x, bp.tanh])
    def test_the_first_three_derivatives_are_sympys(self, f):
        found = formula(f, 0.7)
        symbol = next(iter(found.symbols))
        expected, names = to_sympy(found)
        for _ in range(3):
            found = found.derivative(symbol)
            expected = sympy.diff(expected, names[symbol])
            value = float(expected.subs(names[symbol], sympy.Rational(7, 10)).evalf(30))
            assert found.evaluate({symbol: 0.7}) == pytest.approx(value, rel=1e-12)

    @settings(max_examples=50, deadline=None)
    @given(st.integers(0, 2**32 - 1), st.integers(1, 10))
    def test_random_programs_agree_with_reverse_mode(self, seed, steps):
        f = random_program(seed, steps)
        expected = bp.grad(f, (0, 1))(0.3, -0.8)
        np.testing.assert_allclose(
            symbolic_gradient(f, (0, 1))(0.3, -0.8), expected, rtol=1e-10, atol=1e-12
        )

    def test_arrays_are_differentiated_backward(self):
        rng = np.random.default_rng(0)
        params = {"W": rng.normal(size=(3, 4)), "b": rng.normal(size=3)}
        X = rng.normal(size=(5, 4))

        def f(params, X):
            return bp.sum(bp.tanh(X @ params["W"].T + params["b"]) ** 2)

        found, expected = symbolic_gradient(f)(params, X), bp.grad(f)(params, X)
        np.testing.assert_allclose(found["W"], expected["W"], rtol=1e-13)
        np.testing.assert_allclose(found["b"], expected["b"], rtol=1e-13)

    def test_a_constant_has_the_derivative_zero(self):
        assert symbolic_gradient(lambda x: 3.0)(1.0) == 0.0
        assert str(formula(lambda x, y: y * 2, 1.0, 1.0).derivative("x")) == "0"

    def test_a_formula_can_be_evaluated_elsewhere(self):
        slope = formula(quiz1, 2.0, 3.0).derivative("z")
        assert slope(x=1.7, z=0.4) == pytest.approx(bp.grad(quiz1, 1)(1.7, 0.4), rel=1e-13)
        array = slope(x=np.array([1.7, 2.0]), z=np.array([0.4, 3.0]))
        assert array[1] == pytest.approx(809.739809413939)


class TestSymbols:
    def test_operators_and_functions_build_expressions(self):
        x, z = symbols("x z")
        built = formula(quiz1(x, z))
        assert str(built) == str(formula(quiz1, 2.0, 3.0))
        assert built.derivative("x")(x=2.0, z=3.0) == pytest.approx(1208.36656055419, rel=1e-14)

    def test_one_symbol_is_no_tuple(self):
        x = symbols("x")
        assert str(formula(x * bp.exp(x)).derivative("x")) == "np.exp(x) + np.exp(x) * x"

    @pytest.mark.parametrize(
        ("build", "simple"),
        [
            (lambda x: 1 * x + 0, "x"),
            (lambda x: x - 0, "x"),
            (lambda x: x / 1, "x"),
            (lambda x: x**1, "x"),
            (lambda x: bp.negative(bp.negative(x)), "x"),
            (lambda x: 2 * (3 * x), "6 * x"),
        ],
    )
    def test_trivial_simplification(self, build, simple):
        assert str(formula(build(symbols("x")))) == simple


class TestSize:
    def logistic_map(self, n):
        def f(x):
            for _ in range(n):
                x = 4 * x * (1 - x)
            return x

        return formula(f, 0.3)

    def test_the_tree_swells_and_the_graph_does_not(self):
        derivatives = [self.logistic_map(n).derivative("x") for n in range(1, 13)]
        trees = [d.tree_size for d in derivatives]
        graphs = [d.graph_size for d in derivatives]
        assert all(b > 2 * a for a, b in pairwise(trees))
        assert max(np.diff(graphs)) <= 8

    def test_sizes_of_a_small_expression_counted_by_hand(self):
        x = symbols("x")
        y = formula((x + 1) * (x + 1))
        assert (y.tree_size, y.graph_size) == (3, 2)

    def test_several_formulas_share_their_parts(self):
        whole = formula(quiz1, 2.0, 3.0)
        parts = [whole.derivative("x"), whole.derivative("z")]
        assert tree_size(*parts) == sum(p.tree_size for p in parts)
        assert graph_size(*parts) < sum(p.graph_size for p in parts)

    def test_a_huge_tree_is_counted_but_not_written(self):
        d = self.logistic_map(60).derivative("x")
        assert d.tree_size > 2**60
        with pytest.raises(ValueError, match="to_source"):
            str(d)
        with pytest.raises(ValueError, match="to_source"):
            d.latex()
        assert "operations" in repr(d)


class TestNotation:
    @settings(max_examples=60, deadline=None)
    @given(st.integers(0, 2**32 - 1), st.integers(1, 8))
    def test_the_printed_source_computes_the_formula(self, seed, steps):
        f = random_program(seed, steps)
        for each in (formula(f, 0.3, -0.8), formula(f, 0.3, -0.8).derivative("x")):
            value = eval(str(each), {"np": np, "x": 0.3, "y": -0.8})  # noqa: S307
            np.testing.assert_allclose(value, each(x=0.3, y=-0.8), rtol=1e-12)

    @pytest.mark.parametrize(
        ("f", "latex"),
        [
            (lambda x: (x**2) ** 3, r"\left(x^{2}\right)^{3}"),
            (lambda x: bp.exp(x) ** 2, r"\left(e^{x}\right)^{2}"),
            (lambda x: (x + 1) * x, r"\left(x + 1\right) \cdot x"),
            (lambda x: (x + 1) / (x - 1), r"\frac{x + 1}{x - 1}"),
            (lambda x: 2 - (x - (3 - x)), r"2 - \left(x - \left(3 - x\right)\right)"),
            (lambda x: -bp.sin(x + 1), r"-\sin\left(x + 1\right)"),
            (
                lambda x: bp.sigmoid(x) * bp.sigmoid(x + 1),
                r"\sigma\left(x\right) \cdot \sigma\left(x + 1\right)",
            ),
            (lambda x: 1e-9 + x, r"1 \cdot 10^{-9} + x"),
            (lambda x: 3 * x ** (x + 1), r"3 \cdot x^{x + 1}"),
        ],
    )
    def test_latex_has_brackets_where_needed_only(self, f, latex):
        assert formula(f, 0.5).latex() == latex

    def test_latex_tells_the_two_products_apart(self):
        W, X = np.ones((2, 3)), np.ones((3, 4))
        both = formula(lambda W, X: (W @ X) * bp.tanh(W @ X), W, X)
        assert both.latex() == r"\left(W \, X\right) \cdot \tanh\left(W \, X\right)"
        gradient = formula(lambda W, X: bp.sum(bp.tanh(W @ X)), W, X).derivative("X")
        assert gradient.latex().startswith(r"W^\top \, \left(1 - ")

    @pytest.mark.parametrize(
        ("name", "latex"),
        [
            ("alpha_1", r"\alpha_{1}"),
            ("beta2", r"\beta_{2}"),
            ("theta", r"\theta"),
            ("W1", "W_{1}"),
            ("x_i", "x_{i}"),
            ("b_out", r"b_{\mathrm{out}}"),
            ("loss", r"\mathrm{loss}"),
            ("loss_2", r"\mathrm{loss}_{2}"),
            ("da_db_c", r"\mathrm{da\_db\_c}"),
        ],
    )
    def test_names_in_latex(self, name, latex):
        assert formula(symbols(name) + 1.0).latex() == f"{latex} + 1"

    @pytest.mark.parametrize(
        ("build", "latex"),
        [
            (bp.square, r"\alpha_{1}^{2}"),
            (lambda x: bp.square(x + 1.0), r"\left(\alpha_{1} + 1\right)^{2}"),
            (lambda x: bp.square(bp.square(x)), r"\left(\alpha_{1}^{2}\right)^{2}"),
            (lambda x: bp.square(-x), r"\left(-\alpha_{1}\right)^{2}"),
        ],
    )
    def test_squares_in_latex(self, build, latex):
        assert formula(build(symbols("alpha_1"))).latex() == latex

    def test_notebooks_show_latex(self):
        assert formula(deck_j, 0.5)._repr_latex_().startswith(r"$\cos\left(")
        w1 = symbols("w1")
        assert formula(w1 * 2).latex() == r"2 \cdot w_{1}"


class TestErrors:
    def test_an_unknown_symbol(self):
        with pytest.raises(ValueError, match=r"no symbol 'y'; the formula has x"):
            formula(deck_j, 0.5).derivative("y")

    def test_a_missing_value(self):
        with pytest.raises(ValueError, match="no value is given for z"):
            formula(quiz1, 2.0, 3.0)(x=2.0)

    def test_an_array_by_an_array(self):
        with pytest.raises(ValueError, match="use jacobian"):
            formula(lambda x: bp.sin(x), np.ones(3)).derivative("x")

    def test_what_is_no_formula(self):
        with pytest.raises(TypeError, match="not float"):
            formula(3.0)
        with pytest.raises(ValueError, match="2 things"):
            formula(lambda x: (x, x), 1.0)
        with pytest.raises(ValueError, match="at least one name"):
            symbols("")

    def test_integers(self):
        with pytest.raises(TypeError, match="integer"):
            symbolic_gradient(deck_j)(2)
