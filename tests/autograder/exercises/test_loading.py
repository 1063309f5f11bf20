from __future__ import annotations

import inspect
import sys

from autograder.exercises.loading import PACKAGE, load, needed

WHERE = "/course/exercises"


def failure(**files: str) -> str:
    """What is said of the last file, which fails."""
    _, failed = load({f"{name}.py": text for name, text in files.items()}, WHERE)
    return failed[f"{[*files][-1]}.py"]


def test_an_error_is_told_with_its_file_and_line() -> None:
    told = failure(rates="import math\n\nx = math.sqrt(-1)\n")
    assert told.startswith("/course/exercises/rates.py, line 3: ValueError: ")


def test_an_error_in_a_function_of_another_file_is_told_there() -> None:
    told = failure(helpers="def f():\n    return 1 / 0\n", rates="from .helpers import f\nf()\n")
    assert "helpers.py, line 2: ZeroDivisionError" in told


def test_a_fault_of_syntax_is_told_with_its_line() -> None:
    assert "rates.py, line 2: SyntaxError" in failure(rates="x = 1\ny = (\n")


def test_a_file_that_ends_the_program_does_not() -> None:
    assert "rates.py, line 1: SystemExit" in failure(rates="raise SystemExit(3)\n")


def test_an_import_that_needs_a_dot_is_told() -> None:
    told = failure(shared="x = 1\n", rates="import shared\n")
    assert "from .shared import" in told


def test_a_missing_file_beside_it_is_told() -> None:
    assert "There is no such file in /course/exercises" in failure(rates="from .lost import x\n")


def test_a_missing_package_is_told() -> None:
    assert "Install the package" in failure(rates="import no_such_package_anywhere\n")


def test_a_name_that_python_cannot_import_is_told() -> None:
    assert "two words.py cannot be imported" in failure(**{"two words": ""})


def test_a_file_that_is_no_utf_8_is_told() -> None:
    text = b"# \xe9\nx = 1\n".decode("utf-8", "surrogateescape")
    assert failure(rates=text) == "/course/exercises/rates.py is not UTF-8; save it as UTF-8."


def test_the_files_beside_one_that_fails_are_run() -> None:
    files = {"a.py": "x = 1\n", "b.py": "1 / 0\n", "c.py": "x = (\n", "d.py": "from .a import x\n"}
    found, failed = load(files, WHERE)
    assert {name: vars(module)["x"] for name, module in found.items()} == {"a.py": 1, "d.py": 1}
    assert [*failed] == ["b.py", "c.py"]


def test_nothing_is_left_of_a_file_that_failed() -> None:
    before = set(sys.modules), list(sys.meta_path)
    failure(first="x = 1\n", rates="y = 2\nraise ValueError\n")
    left = [name for name in set(sys.modules) - before[0] if name.endswith(".rates")]
    assert (left, list(sys.meta_path)) == ([], before[1])


def test_the_source_of_a_function_is_found_without_the_file() -> None:
    module, _ = load({"asks.py": "def ask(answer, inputs):\n    return answer(**inputs)\n"}, WHERE)
    ask = module["asks.py"].ask
    assert "return answer(**inputs)" in inspect.getsource(ask)
    assert inspect.getmodule(ask).__name__.startswith(PACKAGE)  # type: ignore[union-attr]


def test_what_a_file_needs_is_followed() -> None:
    files = {"a.py": "from .b import x\n", "b.py": "from . import c\n", "c.py": "", "d.py": ""}
    assert needed(files, "a.py") == ["a.py", "b.py", "c.py"]


def test_what_is_no_python_needs_nothing() -> None:
    assert needed({"a.py": "from .b import (\n", "b.py": ""}, "a.py") == ["a.py"]
