"""Rewrites of a right answer: each runs, and gives the same values."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.bank.rewrites import mixed, rewrites

TEXT = """
def answer(W, x, n):
    total = 0.0
    rows = [w * w for w in W if n > 0]
    for i in range(n):
        total += x[i] ** 2 - W[i] @ x
    for a, b in zip(x, W):
        total = total + a * 2 * b.sum(axis=0) / (3 + np.exp(-b.max()))
    if total > 5:
        sign, other = 1.0, -1.0
    else:
        sign, other = -1.0, 1.0
    while n > 2:
        n -= 1
    shifted = np.outer(x, x).T
    signs = sign - other
    return {"total": total, "sign": signs, "rows": np.array(rows), "shifted": shifted, "n": n}
"""


def run(text: str) -> Any:
    names: dict[str, Any] = {"np": np, "__name__": "__main__"}
    rng = np.random.default_rng(1)
    with np.errstate():
        exec(text, names)
        return names["answer"](rng.normal(size=(4, 4)), rng.normal(size=4), 4)


def same(found: Any, right: Any) -> bool:
    return all(
        np.allclose(np.squeeze(np.asarray(found[name], float)), right[name], rtol=1e-6)
        for name in right
    )


FOUND = list(rewrites(TEXT, "answer", False, True))


@pytest.mark.parametrize("rewrite", FOUND, ids=lambda rewrite: rewrite.what)
def test_a_rewrite_gives_the_same_values(rewrite: Any) -> None:
    assert rewrite.text != TEXT
    found = run(rewrite.text)
    found = {str.__str__(name): found[name] for name in found if isinstance(name, str)}
    assert same(found, run(TEXT))


@pytest.mark.parametrize("seed", range(10))
def test_several_rewrites_at_once_give_the_same_values(seed: int) -> None:
    rewrite = mixed(TEXT, True, np.random.default_rng(seed))
    assert rewrite.what.count("line ") == 5
    assert same(run(rewrite.text), run(TEXT))


@pytest.mark.parametrize(
    "kind",
    [
        "no update in place",
        "while:",
        "next in a while",
        "by index",
        "branches swapped",
        "a loop for a comprehension",
        "one after the other",
        "np.dot",
        "np.einsum",
        "np.transpose",
        "_0 * _0",
        "operands swapped",
        "of course_bp",
        "entry after entry",
        "total renamed",
        "all names changed",
        "a decorator with wraps",
        "a partial",
        "a callable object",
        "a further parameter",
        "OrderedDict",
        "MappingProxyType",
        "np.int64",
        "Fortran order",
        "read only",
        "a class of arrays",
    ],
)
def test_each_kind_of_rewrite_is_made(kind: str) -> None:
    assert any(kind in rewrite.what for rewrite in FOUND)


def test_what_the_exercise_does_not_allow_is_not_called() -> None:
    assert not any("course_bp" in one.text for one in rewrites(TEXT, "answer", False, False))


def test_the_text_of_a_class_stays_a_class() -> None:
    text = "class Node(Record):\n    def double(self, n):\n        return self.value * n\n"
    found = list(rewrites(text, "Node", True, True))
    assert {"a derived class", "n renamed"} <= {rewrite.what for rewrite in found}
    for rewrite in found:
        names: dict[str, Any] = {"np": np, "Record": type("Record", (), {"value": 3.0})}
        exec(rewrite.text, names)
        assert names["Node"]().double(2) == 6


def test_a_whole_number_stays_one_when_its_sign_is_written_otherwise() -> None:
    text = "def f(x, n):\n    return {'x': x[-np.ndim(x):], 'n': -n}\n"
    signs = [one for one in rewrites(text, "f", False, False) if ": -np.ndim(x)" in one.what]
    assert len(signs) == 3
    for rewrite in signs:
        names: dict[str, Any] = {"np": np}
        exec(rewrite.text, names)
        assert names["f"](np.ones(3), 2)["x"].tolist() == [1.0]
