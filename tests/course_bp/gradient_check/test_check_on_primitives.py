"""Every rule in the table passes the gradient checker, and every way of spoiling it fails."""

import numpy as np
import pytest
from elementwise_cases import BINARY, UNARY, draw

import course_bp as bp
from course_bp.broadcasting import unbroadcast
from course_bp.gradient_check import check_vjp

rng = np.random.default_rng(7)
ANY = rng.normal(size=(3, 4))
OTHER = rng.normal(size=(3, 4))
SQUARE = rng.normal(size=(3, 3)) + 3.0 * np.eye(3)

# For each primitive its array operands, then its settings; an elementwise one where it is tested.
SAMPLES = {
    "where": [ANY > 0, ANY, OTHER],
    "cumsum": [ANY, 1],
    "prod": [ANY, 1, False],
    "min": [ANY, 1, False],
    "sort": [ANY, 1],
    "arrange": [ANY, OTHER, 1],
    "put_back": [ANY, OTHER, 0],
    "einsum": [ANY, OTHER, "ij,kj->ik"],
    "inv": [SQUARE],
    "solve": [SQUARE, ANY],
    "det": [SQUARE],
    "logabsdet": [SQUARE],
    "cholesky": [SQUARE @ SQUARE.T],
    "reshape": [ANY, (2, 6)],
    "transpose": [ANY, None],
    "broadcast_to": [ANY[:1], (3, 4)],
    "index": [ANY, (slice(None), [0, 2, 2])],
    "scatter": [ANY, (slice(0, 3),), (5, 4)],
    "concatenate": [ANY, OTHER, 1],
    "stack": [ANY, OTHER, 0],
    "matmul": [ANY, OTHER.T.copy()],
    "sum": [ANY, 0, False],
    "mean": [ANY, 1, True],
    "max": [ANY, 1, False],
    "logsumexp": [ANY, 1, False],
    "softmax": [ANY, 1],
    "log_softmax": [ANY, 0],
} | {
    name: [draw(rng, (3, 4), interval) for _ in bp.TABLE[name].vjps]
    for name, (_, _, interval, _) in {**UNARY, **BINARY}.items()
    if name != "where"
}
WITHOUT_DERIVATIVE = {
    name for name, p in bp.TABLE.items() if isinstance(p.vjps, tuple) and not any(p.vjps)
}


def test_the_samples_cover_the_table():
    assert SAMPLES.keys() | WITHOUT_DERIVATIVE == bp.TABLE.keys()


def spoil_one_entry(g, upstream, again):
    spoilt = g.copy()
    spoilt.flat[0] += 0.01 * np.max(np.abs(g))
    return spoilt


MISTAKES = {
    "none": lambda g, upstream, again: g,
    "zero": lambda g, upstream, again: np.zeros_like(g),
    "sign": lambda g, upstream, again: -g,
    "factor 2": lambda g, upstream, again: 2 * g,
    "one part in a thousand": lambda g, upstream, again: 1.001 * g,
    "one entry": spoil_one_entry,
    "upstream dropped": lambda g, upstream, again: again(np.ones_like(upstream)),
    "upstream divided by": lambda g, upstream, again: again(1 / upstream),
    "upstream squared": lambda g, upstream, again: again(upstream**2),
    "local dropped": lambda g, upstream, again: (
        upstream if np.shape(upstream) == g.shape else 0 * g
    ),
}


OPERANDS = [
    (name, position)
    for name, sample in SAMPLES.items()
    for position in range(len(sample) - bp.TABLE[name].settings)
    if bp.TABLE[name].vjps[position] is not None
]


@pytest.mark.parametrize("mistake", MISTAKES)
@pytest.mark.parametrize(("name", "position"), OPERANDS)
def test_the_verdict_on_every_rule(name, position, mistake):
    primitive = bp.TABLE[name]
    x = SAMPLES[name][position]
    before, after = SAMPLES[name][:position], SAMPLES[name][position + 1 :]

    def f(x):
        return primitive.value(*before, x, *after)

    def right(upstream, x):
        rule = primitive.vjps[position]
        return unbroadcast(np.array(rule(upstream, f(x), *before, x, *after)), x.shape)

    def claimed(upstream, x):
        return MISTAKES[mistake](right(upstream, x), upstream, lambda other: right(other, x))

    upstream = rng.normal(size=np.shape(f(x)))
    harmless = np.allclose(claimed(upstream, x), right(upstream, x), rtol=1e-4)
    result = check_vjp(f, claimed, x)
    assert result.verdict == ("right" if harmless else "wrong"), str(result)
