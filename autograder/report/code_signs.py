"""What a student's code does that is worth a look: measured derivatives, reaching out of the task.

These are signs in the text of the code, read and not run. The instructor's own solution is read in
the same way, and what it does too (a finite difference in the exercise on finite differences) is
no sign.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from autograder.course.folder import Course
from autograder.course.notebooks import source_notebooks
from autograder.grading.graded_notebook import read_graded_all

FINITE_DIFFERENCE = "a finite difference instead of a derivative"
# Exact to the last digit, so that no value betrays it.
COMPLEX_STEP = "a complex step instead of a derivative"
MEASURED = frozenset({FINITE_DIFFERENCE, COMPLEX_STEP})
_IPYTHON = re.compile(r"^([ \t]*)[%!?].*$", re.MULTILINE)
TOO_DEEP = "is nested too deeply to be looked at"
OUTSIDE_MODULES = {
    "atexit", "builtins", "ctypes", "gc", "importlib", "inspect", "multiprocessing", "os",
    "pathlib", "pickle", "requests", "shutil", "signal", "socket", "subprocess", "sys",
    "threading", "urllib", "autograder", "nbgrader", "IPython",
}  # fmt: skip
OUTSIDE_NAMES = {
    "__import__", "__subclasses__", "__globals__", "__builtins__", "__code__", "_getframe",
    "breakpoint", "compile", "displayhook", "eval", "exec", "get_ipython", "open", "settrace",
}  # fmt: skip
DIFFERENCE_FUNCTIONS = {
    "approx_fprime", "central_difference", "finite_difference", "forward_difference",
}  # fmt: skip
COMPLEX_TYPES = {"complex", "complex64", "complex128", "cdouble"}


def signs(source: str) -> set[str]:
    """Reads a cell for signs.

    Args:
        source: Python code, whatever it is.

    Returns:
        The signs, in words; none for code that cannot be parsed, and one of its own for code that
        is nested too deeply. Lines of IPython's own, such as `%time`, hide nothing.
    """
    try:
        tree = ast.parse(_IPYTHON.sub(r"\1pass", source))
        found = set(_signs(tree))
    except (SyntaxError, ValueError):
        return set()
    except (RecursionError, MemoryError):
        return {TOO_DEEP}
    nodes = list(ast.walk(tree))
    if any(map(_makes_complex, nodes)) and any(map(_takes_imaginary_part, nodes)):
        found.add(COMPLEX_STEP)
    return found


def unusual_signs(course: Course, unit: str, answers: dict[str, str]) -> dict[str, set[str]]:
    """The signs in a student's answers that are not in the instructor's.

    Args:
        course: the course, with the unit built.
        answers: nbgrader's id of a solution cell → the student's code.

    Returns:
        Id of the solution cell → signs, for cells that have some.
    """
    own = _instructors(course, unit)
    found = {}
    for name, source in answers.items():
        usual = own.get(name, set())
        # Where a derivative is to be measured, every way of measuring one is usual.
        found[name] = signs(source) - usual - (MEASURED if usual & MEASURED else set())
    return {name: some for name, some in found.items() if some}


def _instructors(course: Course, unit: str) -> dict[str, set[str]]:
    answers = read_graded_all(source_notebooks(course, unit)).answers
    return {name: signs(source) for name, source in answers.items()}


def _signs(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            modules += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for module in modules:
                if module.split(".")[0] in OUTSIDE_MODULES:
                    yield f"imports {module}"
        elif isinstance(node, ast.Name | ast.Attribute):
            name = node.id if isinstance(node, ast.Name) else node.attr
            if name in OUTSIDE_NAMES:
                yield f"uses {name}"
            if name in DIFFERENCE_FUNCTIONS:
                yield FINITE_DIFFERENCE
        elif isinstance(node, ast.BinOp) and _is_difference_quotient(node):
            yield FINITE_DIFFERENCE


def _is_difference_quotient(node: ast.BinOp) -> bool:
    """(f(…) − f(…)) / …: one function called twice, and the difference divided."""
    if not isinstance(node.op, ast.Div):
        return False
    above = node.left
    if isinstance(above, ast.BinOp) and isinstance(above.op, ast.Sub):
        calls = (above.left, above.right)
        if all(isinstance(call, ast.Call) for call in calls):
            names = {ast.dump(call.func) for call in calls if isinstance(call, ast.Call)}
            return len(names) == 1 and _arguments(above.left) != _arguments(above.right)
    return False


def _makes_complex(node: ast.AST) -> bool:
    """1j, complex(x, h), or an array of complex numbers; a question about a type is none."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, complex)
    if not isinstance(node, ast.Call):
        return False
    if _name(node.func) in COMPLEX_TYPES:
        return True
    given = [keyword.value for keyword in node.keywords if keyword.arg == "dtype"]
    given += node.args if _name(node.func) == "astype" else []
    return any(_name(one) in COMPLEX_TYPES for one in given)


def _takes_imaginary_part(node: ast.AST) -> bool:
    return _name(node) == "imag"


def _name(node: ast.AST) -> str:
    """The last part of a dotted name, or ""."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _arguments(call: ast.expr) -> list[str]:
    return [ast.dump(one) for one in call.args] if isinstance(call, ast.Call) else []
