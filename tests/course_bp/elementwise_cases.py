"""The elementwise operations of the table, each with an oracle and the numbers to test it at."""

import autograd.numpy as anp
import numpy as np

import course_bp as bp

REAL, POSITIVE, AWAY_FROM_ZERO, UNIT = (-2.0, 2.0), (0.3, 2.5), (0.2, 2.0), (-0.8, 0.8)

# name: the function, its counterpart in HIPS autograd, where to test, whether it is analytic
UNARY = {
    "abs": (bp.abs, anp.abs, AWAY_FROM_ZERO, False),
    "arccos": (bp.arccos, anp.arccos, UNIT, True),
    "arccosh": (bp.arccosh, anp.arccosh, (1.3, 2.5), True),
    "arcsin": (bp.arcsin, anp.arcsin, UNIT, True),
    "arcsinh": (bp.arcsinh, anp.arcsinh, REAL, True),
    "arctan": (bp.arctan, anp.arctan, REAL, True),
    "arctanh": (bp.arctanh, anp.arctanh, UNIT, True),
    "cbrt": (bp.cbrt, lambda x: anp.sign(x) * anp.abs(x) ** (1 / 3), AWAY_FROM_ZERO, True),
    "cosh": (bp.cosh, anp.cosh, REAL, True),
    "exp2": (bp.exp2, anp.exp2, REAL, True),
    "expm1": (bp.expm1, anp.expm1, REAL, True),
    "log10": (bp.log10, anp.log10, POSITIVE, True),
    "log1p": (bp.log1p, anp.log1p, POSITIVE, True),
    "log2": (bp.log2, anp.log2, POSITIVE, True),
    "root": (bp.root, anp.sqrt, POSITIVE, True),
    "sinc": (bp.sinc, anp.sinc, AWAY_FROM_ZERO, True),
    "sinh": (bp.sinh, anp.sinh, REAL, True),
    "tan": (bp.tan, anp.tan, UNIT, True),
    "cos": (bp.cos, anp.cos, REAL, True),
    "exp": (bp.exp, anp.exp, REAL, True),
    "positive": (bp.positive, lambda x: 1.0 * x, REAL, True),
    "log": (bp.log, anp.log, POSITIVE, True),
    "nan_to_num": (bp.nan_to_num, lambda x: 1.0 * x, REAL, True),
    "negative": (bp.negative, anp.negative, REAL, True),
    "relu": (bp.relu, lambda x: anp.maximum(x, 0.0), AWAY_FROM_ZERO, False),
    "sigmoid": (bp.sigmoid, lambda x: 1 / (1 + anp.exp(-x)), REAL, True),
    "sin": (bp.sin, anp.sin, REAL, True),
    "softplus": (bp.softplus, lambda x: anp.logaddexp(x, 0.0), REAL, False),
    "sqrt": (bp.sqrt, anp.sqrt, POSITIVE, True),
    "square": (bp.square, anp.square, REAL, True),
    "tanh": (bp.tanh, anp.tanh, REAL, True),
}
BINARY = {
    "add": (bp.add, anp.add, REAL, True),
    "arctan2": (bp.arctan2, anp.arctan2, POSITIVE, False),
    "fmax": (bp.fmax, anp.fmax, REAL, False),
    "fmin": (bp.fmin, anp.fmin, REAL, False),
    "hypot": (bp.hypot, lambda x, y: anp.sqrt(x * x + y * y), POSITIVE, False),
    "logaddexp2": (bp.logaddexp2, anp.logaddexp2, REAL, False),
    "remainder": (bp.remainder, anp.remainder, (1.1, 1.9), False),
    "divide": (bp.divide, anp.divide, POSITIVE, True),
    "logaddexp": (bp.logaddexp, anp.logaddexp, REAL, True),
    "maximum": (bp.maximum, anp.maximum, REAL, False),
    "minimum": (bp.minimum, anp.minimum, REAL, False),
    "multiply": (bp.multiply, anp.multiply, REAL, True),
    "power": (bp.power, anp.power, POSITIVE, True),
    "subtract": (bp.subtract, anp.subtract, REAL, True),
    "where": (
        lambda x, y: bp.where(np.array([True, False, True])[: max_last(x, y)], x, y),
        lambda x, y: anp.where(np.array([True, False, True])[: max_last(x, y)], x, y),
        REAL,
        True,
    ),
}


def max_last(x, y):
    return max(1, *(np.shape(v)[-1] if np.ndim(v) else 1 for v in (x, y)))


def draw(rng, shape, interval):
    low, high = interval
    x = rng.uniform(low, high, size=shape)
    if interval is AWAY_FROM_ZERO:
        x = x * rng.choice([-1.0, 1.0], size=shape)
    return x if shape else float(x)
