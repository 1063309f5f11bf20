from __future__ import annotations

import ast

import numpy as np
import pytest

from autograder.bank.mutants import mutants, pairs

TEXT = '''
def f(x, z):
    """Doc."""
    total = 0.0
    for i in range(3):
        total = total + x[i] * z
    if total < 0:
        total = -total
    return {"a": np.sum(x.T, axis=0), "b": total}
'''


def changed(text: str = TEXT) -> dict[str, str]:
    return {one.what.partition(": ")[2]: one.text for one in mutants(text)}


def test_each_mutant_is_another_program() -> None:
    texts = [one.text for one in mutants(TEXT)]
    assert len(set(texts)) == len(texts) > 100
    assert ast.unparse(ast.parse(TEXT)) not in texts


def test_every_mutant_can_be_compiled() -> None:
    for one in mutants(TEXT):
        compile(one.text, one.what, "exec")


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("Mult → Div", "total = total + x[i] / z"),
        ("z → total", "total = total + x[i] * total"),
        ("x[i] moved by 1", "total = total + x[i + 1] * z"),
        ("one short: range(3)", "for i in range(3 + -1):"),
        ("in place: total = total + x[i] * z", "total += x[i] * z"),
        ("Lt → Gt", "if total > 0:"),
        ("without its sign: -total", "total = total"),
        ("not transposed: x.T", "return {'a': np.sum(x, axis=0), 'b': total}"),
        ("axis=1: np.sum(x.T, axis=0)", "return {'a': np.sum(x.T, axis=1), 'b': total}"),
        ("sum → mean", "return {'a': np.mean(x.T, axis=0), 'b': total}"),
        ("outputs 1 and 2 swapped", "return {'a': total, 'b': np.sum(x.T, axis=0)}"),
        ("at the start, z = np.abs(z)", "z = np.abs(z)"),
        ("x and z swapped", "x, z = (z, x)"),
    ],
)
def test_people_err_in_this_way(what: str, line: str) -> None:
    assert line in [each.strip() for each in changed()[what].splitlines()]


def test_lines_are_left_out_and_swapped() -> None:
    found = changed("def f(x):\n    a = x\n    b = a\n    return b\n")
    assert found["dropped: a = x"] == "def f(x):\n    pass\n    b = a\n    return b"
    assert found["moved down: a = x"] == "def f(x):\n    b = a\n    a = x\n    return b"


def test_an_answer_may_be_remembered() -> None:
    names: dict[str, object] = {"np": pytest.importorskip("numpy")}
    exec(changed("def f(x):\n    return {'a': x}\n")["the first answer kept"], names)
    assert names["f"](1.0) == names["f"](2.0) == {"a": 1.0}


def test_methods_of_a_class_are_changed_too() -> None:
    found = changed("class A:\n    def f(self, x):\n        return x + 1\n")
    assert "        return x - 1" in found["Add → Sub"].splitlines()


def test_a_pair_makes_two_changes() -> None:
    found = pairs("def f(x):\n    return x + 1\n", 5, np.random.default_rng(1))
    assert len({one.text for one in found}) == len(found) == 5
    assert all(one.what.count("line ") == 2 for one in found)


def test_what_one_change_makes_is_no_pair() -> None:
    rng = np.random.default_rng(1)
    known = {one.text for one in mutants(TEXT)}
    made = {one.text for one in pairs(TEXT, 300, rng, known)}
    assert len(made) == 300
    assert not made & {*known, ast.unparse(ast.parse(TEXT))}


def test_of_a_short_text_there_are_fewer_pairs_than_asked_for() -> None:
    assert len(pairs("def f():\n    return 1\n", 10**3, np.random.default_rng(1))) < 10**3
