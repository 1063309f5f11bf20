"""The modules that student code finds: no derivative among them, under whatever name."""

from __future__ import annotations

import ast
import contextlib
import io
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest

import course_bp
from autograder.runner import library
from autograder.runner.outcome import Outcome
from autograder.runner.without_rules import without_rules

Cells = Callable[..., Outcome]
# course_bp under another name, where nothing knows that it is to refuse.
AGAIN = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("again", "/course/library/course_bp/__init__.py")
again = sys.modules["again"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(again)
from again.dual import Dual
from again.graph import Node
"""
NO_RULES = "print({type(r) for p in again.primitives.TABLE.values() for r in (*p.vjps, *p.jvps)})"


def said(outcome: Outcome) -> str:
    shown = [output for step in outcome.steps for output in step.outputs]
    return "".join(output.get("text", output.get("evalue", "")) for output in shown)


def test_a_copy_under_another_name_differentiates_nothing(run: Cells) -> None:
    outcome = run(
        AGAIN,
        "print(len(again.primitives.TABLE) > 80, again.exp(0.0))",
        NO_RULES,
        "x = Dual(2.0, 1.0)\nprint((x * x * x).tangent, again.exp(x).tangent)",
        "(Node(2.0) * 3.0).backward()",
    )
    assert said(outcome).startswith("True 1.0\n{<class 'NoneType'>}\n0.0 0.0\n")
    assert outcome.steps[4].status == "error"


def test_no_rule_is_in_any_file(run: Cells) -> None:
    code = (
        "import pathlib, re\nroot = pathlib.Path('/course/library')\n"
        "pattern = re.compile(rb'_vjp_|_jvp_|vjp_sum|_softmax_of|_products_of_the_others')\n"
        "print([str(p) for p in root.rglob('*') if p.is_file() and pattern.search(p.read_bytes())])"
    )
    assert said(run(code)) == "[]\n"


def test_values_stay_and_all_that_only_rules_need_goes() -> None:
    source = (
        "from .far import away, helper\n__all__ = ['f']\n"
        "def _slope(x): return _deeper(x)\ndef _deeper(x): return helper(x)\n"
        "def _value(x): return away(x)\n"
        "@elementwise(_value, lambda g, y, x: g * _slope(x), source='f({0})', reach=_deeper)\n"
        "def f(x): 'A function.'\n"
        "@primitive(lambda x: x, (_slope,), (_slope,), settings=1)\n"
        "def g(x): return x\n"
        "@_reduction(_value, _slope, lambda t: t, 'sum')\n"
        "def h(x): return x\n"
    )
    stripped = ast.unparse(ast.parse(without_rules({"a.py": source})["a.py"]))
    assert stripped == ast.unparse(
        ast.parse(
            "from .far import away\n__all__ = ['f']\ndef _value(x): return away(x)\n"
            "@elementwise(_value, None, source='f({0})')\ndef f(x): 'A function.'\n"
            "@primitive(lambda x: x, (), (), settings=1)\ndef g(x): return x\n"
            "@_reduction(_value, None, None, 'sum')\ndef h(x): return x\n"
        )
    )


def test_every_primitive_has_the_same_value_without_its_rules(run: Cells) -> None:
    code = "import course_bp\nprint(sorted(course_bp.primitives.TABLE))"
    assert said(run(code)) == f"{sorted(course_bp.primitives.TABLE)}\n"
    cells = "import course_bp, numpy as np\nx = np.linspace(0.1, 0.9, 6).reshape(2, 3)\n"
    cells += "for f in ('tan', 'softmax', 'logsumexp', 'cumsum', 'prod', 'median', 'max'):\n"
    cells += "    print(f, np.asarray(getattr(course_bp.primitives, f)(x)).tolist())"
    here = io.StringIO()
    with contextlib.redirect_stdout(here):
        exec(cells, {})
    assert said(run(cells)) == here.getvalue()


def test_it_is_made_once_and_again_for_other_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda name: tmp_path / name)
    make = library.library.__wrapped__
    first = make()
    assert first.parent == tmp_path / "course-bp"
    assert make() == first
    contents = library._contents()
    contents["course_bp/new.py"] = b"x = 1\n"
    monkeypatch.setattr(library, "_contents", lambda: contents)
    second = make()
    assert second != first
    assert (second / "course_bp" / "new.py").read_bytes() == b"x = 1\n"
    assert sorted(path.name for path in first.parent.iterdir()) == sorted([first.name, second.name])


def test_what_was_not_used_for_a_month_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda name: tmp_path)
    old = tmp_path / f"inside-{os.getuid()}-0123"
    (old / "course_bp").mkdir(parents=True)
    os.utime(old, (0, 0))
    made = library.library.__wrapped__()
    assert list(tmp_path.iterdir()) == [made]


def test_where_there_is_no_cache_it_is_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda name: file / name)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert library.library.__wrapped__().parent == tmp_path


def test_a_folder_that_somebody_else_put_there_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, mine = tmp_path / "cache", tmp_path / "mine"
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda name: cache)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    good = library.library.__wrapped__()
    good.rename(mine)
    good.symlink_to(mine)
    assert library.library.__wrapped__().parent == tmp_path


def test_the_fonts_are_known_before_anybody_asks(run: Cells) -> None:
    cell = (
        "import os, matplotlib.font_manager as fonts\n"
        "print([n.partition('-')[0] for n in os.listdir('/scratch/matplotlib')])\n"
        "print(os.path.exists(fonts.findfont('DejaVu Sans', rebuild_if_missing=False)))\n"
        "print({os.path.dirname(f.fname).split('mpl-data')[0] for f in fonts.fontManager.ttflist})"
    )
    assert said(run(cell)) == "['fontlist']\nTrue\n{'/course/packages/matplotlib/'}\n"
