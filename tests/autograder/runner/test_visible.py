"""What student code finds on the machine: the standard library, named packages, few programs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.runner import visible
from autograder.runner.client import Runner
from autograder.runner.job import RunCell
from autograder.runner.outcome import Outcome

Cells = Callable[..., Outcome]
# Packages of this environment that differentiate, or hold what the course withholds.
DIFFERENTIATES = ("autograd", "sympy", "mpmath", "torch", "jax", "nbgrader", "distributed")
# Every place from which something could be imported, wherever it lies.
SEARCH = r"""
import json, os
found = []
for top in {"/" + name for name in os.listdir("/")} - {"/proc", "/dev"}:
    for folder, folders, files in os.walk(top, followlinks=False):
        found += [os.path.join(folder, name) for name in (*folders, *files)]
print(json.dumps([path for path in found if os.path.basename(path).split(".")[0] in NAMES]))
"""


def printed(outcome: Outcome) -> Any:
    (step,) = outcome.steps
    return json.loads(step.outputs[0]["text"])


@pytest.mark.parametrize("name", DIFFERENTIATES)
def test_packages_that_are_not_named_cannot_be_imported(run: Cells, name: str) -> None:
    (step,) = run(f"import {name}").steps
    assert step.outputs[-1]["evalue"] == f"No module named '{name}'"


def test_nothing_that_differentiates_lies_anywhere(run: Cells) -> None:
    found = printed(run(f"NAMES = {(*DIFFERENTIATES, 'course_bp', 'autograder')!r}\n{SEARCH}"))
    assert sorted(found) == ["/course/library/autograder", "/course/library/course_bp"]


def test_what_can_be_imported_is_the_standard_library_and_what_was_named(run: Cells) -> None:
    code = (
        "import json, pkgutil\nplaces = {}\nfor m in pkgutil.iter_modules():\n"
        "    places.setdefault(m.module_finder.path, []).append(m.name)\n"
        "course = [places['/course/' + name] for name in ('library', 'packages')]\n"
        "print(json.dumps([list(places), *course]))"
    )
    places, own, packages = printed(run(code))
    library = Path(json.__file__).resolve().parents[1]
    theirs = {str(library), str(library / "lib-dynload")}
    assert set(places) == {"/course/library", "/course/packages", *theirs}
    assert own == ["autograder", "course_bp"]
    named = {path.name.split(".")[0] for path in visible.packages(visible.PACKAGES)}
    assert {"numpy", "matplotlib", "IPython"} <= set(packages) <= named


def test_programs_are_those_that_were_named(run: Cells) -> None:
    found = printed(run("import json, os\nprint(json.dumps(os.listdir('/bin')))"))
    assert {"sh", "echo", "sleep"} <= set(found) <= set(visible.PROGRAMS)


def test_a_package_comes_with_what_it_requires() -> None:
    names = {path.name for path in visible.packages(("matplotlib", "no-such-package"))}
    assert {"matplotlib", "mpl_toolkits", "numpy", "PIL", "dateutil"} <= names
    assert "IPython" not in names


def test_a_package_that_the_course_names_is_shown_too() -> None:
    usual, more = visible.visible([]), visible.visible([], ["jupytext"])
    shown = f"{visible.PLACE}/jupytext"
    assert (shown in usual, shown in more) == (False, True)


def test_everything_that_is_shown_is_read_only(tmp_path: Path) -> None:
    words = visible.visible([])
    assert not {"--bind", "--dev-bind", "--bind-try"} & set(words)


def test_packages_that_a_course_names_can_be_imported() -> None:
    with Runner(packages=["toolz", "sympy", "mpmath"]) as runner:
        cell = "import toolz, sympy\nprint(toolz.first('ab'), sympy.diff('x**2', 'x'))"
        (step,) = runner.run([RunCell(cell)]).steps
        assert step.outputs[0]["text"] == "a 2*x\n"
        (step,) = runner.run([RunCell("import autograd")]).steps
        assert step.outputs[-1]["evalue"] == "No module named 'autograd'"


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["toolz", "no-such-package"], "no package 'no-such-package' is installed"),
        (["../toolz"], "no package '../toolz' is installed"),
        (["sympy"], "sympy needs mpmath, with which answers could differentiate"),
        (["Course_BP"], "Course_BP holds the answers"),
    ],
)
def test_a_package_that_cannot_be_shown_is_refused(names: list[str], words: str) -> None:
    with pytest.raises(visible.NotShown, match=re.escape(words)):
        visible.require(names)


def test_an_editable_installation_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visible, "OURS", set())
    with pytest.raises(visible.NotShown, match="editable installation"):
        visible.require(["course-bp"])


@pytest.mark.parametrize("names", [["numpy"], ["sympy", "mpmath"], ["mpmath"], ["autograd"], []])
def test_what_is_installed_and_named_can_be_shown(names: list[str]) -> None:
    visible.require(names)
