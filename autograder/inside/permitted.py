"""What of course_bp an answer may use: own work is asked for, and the library holds the answers.

An exercise names the rooms of course_bp that its answer may call (`Exercise.library`). While the
answer is asked, every other room refuses, wherever the student's code got its reference from. The
sandbox goes further: of most rooms it has nothing but their names (see `SEEN`).

This runs beside student code and holds no expected value.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from autograder.inside.asking import Withheld

PACKAGE = "course_bp"
# Elementary functions and data: using them is no answer to a question about derivatives.
USUAL = ("primitives", "datasets")
# Units that ask for the elementary functions themselves.
BY_UNIT = {"05-activations-and-losses": ("datasets",)}
# Rooms that hold nothing that could be an answer, and that the others stand on.
_PLUMBING = ("values", "tree", "_point", "recording", "pickling", "data")
# The rooms that the sandbox has; the cells of a notebook may call them, answers only as above.
SEEN = (*USUAL, *_PLUMBING, "finite_differences", "graph", "dual")
# How names are found in the package; what they lead to refuses by itself.
_LOOKUPS = ("__getattr__", "__dir__")


def usual_library(unit: str) -> tuple[str, ...]:
    """The rooms of course_bp that answers of a unit may call unless their exercise says more.

    Args:
        unit: such as "02-computation-graphs".

    Returns:
        Names of modules of course_bp.
    """
    return BY_UNIT.get(unit, USUAL)


def words(name: str) -> str:
    """What a student is told who calls something that the exercise withholds."""
    return (
        f"This exercise asks for your own work. {name} is not available to the answer, either "
        "when it is checked or when it is graded. Elsewhere in the notebook you may use it to "
        "compare."
    )


@contextmanager
def only(library: Collection[str]) -> Iterator[None]:
    """Within it, functions and classes of course_bp raise `Withheld`, but for some rooms.

    Args:
        library: the rooms that stay as they are.
    """
    finder = _Finder(library)
    changed: list[tuple[FunctionType, CodeType]] = []
    sys.meta_path.insert(0, finder)
    rules = withhold_rules()
    try:
        for name in _modules():
            room = _room(name)  # none for the package itself, which only looks names up
            if name in sys.modules and room and room not in (*library, *_PLUMBING):
                for function, refusal in _refusals(sys.modules[name]):
                    changed.append((function, function.__code__))
                    function.__code__ = refusal
        for function in _compiled_before(library):
            changed.append((function, function.__code__))
            name = f"{PACKAGE}.compile_gradient"
            function.__code__ = _refusal(name, len(function.__code__.co_freevars))
        yield
    finally:
        # Backwards, because one function may stand in two modules.
        for function, code in reversed(changed):
            function.__code__ = code
        for primitive, field, rule in rules:
            object.__setattr__(primitive, field, rule)
        sys.meta_path.remove(finder)


def withhold_rules() -> list[tuple[Any, str, Any]]:
    """Makes the derivatives in the table of primitives refuse; their values stay.

    Returns:
        Primitive, field and what stood there; empty if they refuse already, as in the sandbox.
    """
    from course_bp.primitives import TABLE

    changed: list[tuple[Any, str, Any]] = []
    for primitive in TABLE.values():
        for field in ("vjps", "jvps"):
            rules = getattr(primitive, field)
            if rules is _NO_RULES:
                return changed
            changed.append((primitive, field, rules))
            object.__setattr__(primitive, field, _NO_RULES)
    return changed


class _NoRules:
    """The rules of a primitive where they are withheld."""

    def __getitem__(self, position: int) -> Any:
        raise Withheld(words(f"{PACKAGE}'s table of derivatives"))


_NO_RULES: Any = _NoRules()


class _Finder:
    """Refuses to import the rooms that were not imported before."""

    def __init__(self, library: Collection[str]) -> None:
        self.open = (*library, *_PLUMBING)

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        """Raises for a room that is withheld; leaves all else to the other finders.

        Raises:
            Withheld: for a room that is withheld.
        """
        if (room := _room(name)) and room not in self.open and f"{PACKAGE}.{room}" in _modules():
            raise Withheld(words(name))


@cache
def _room(name: str) -> str:
    """The room that a module belongs to, or ""."""
    package, _, rest = name.partition(".")
    return rest.partition(".")[0] if package == PACKAGE else ""


@cache
def _modules() -> tuple[str, ...]:
    """The names of all modules of course_bp, imported or not."""
    folder = Path(importlib.import_module(PACKAGE).__path__[0])
    inside = (path.relative_to(folder.parent) for path in sorted(folder.rglob("*.py")))
    return tuple(
        ".".join((path.parent if path.stem == "__init__" else path.with_suffix("")).parts)
        for path in inside
    )


@cache
def _refusals(module: ModuleType) -> list[tuple[FunctionType, CodeType]]:
    """The functions of a module and of its classes, each with the code of its refusal.

    The code of the function itself is replaced, so that no reference taken earlier gets round it.
    """
    found: dict[FunctionType, str] = {}
    for name, value in vars(module).items():
        if name in _LOOKUPS or not _belongs(value, module):
            continue
        members = vars(value).items() if inspect.isclass(value) else [("", value)]
        for _, member in members:
            for function in _functions(member):
                if _belongs(function, module):
                    found.setdefault(function, f"{module.__name__}.{name}")
    return [
        (function, _refusal(name, len(function.__code__.co_freevars)))
        for function, name in found.items()
    ]


def _compiled_before(library: Collection[str]) -> list[FunctionType]:
    """Functions that the library compiled earlier: they need nothing of it any more."""
    if "printing" in library or (module := sys.modules.get(f"{PACKAGE}.printing.compiled")) is None:
        return []
    # In the sandbox the room is empty.
    return list(vars(module).get("in_use", ()))


def _belongs(value: Any, module: ModuleType) -> bool:
    """Whether a function or class was made in the room of a module of course_bp."""
    made_in = getattr(value, "__globals__", {}).get("__name__", getattr(value, "__module__", ""))
    # Outside the package there are no rooms, and the package's own first page is none either.
    inside = str(made_in).partition(".")[0] == PACKAGE
    return inside and _room(str(made_in)) == _room(module.__name__)


def _functions(member: Any) -> list[FunctionType]:
    if isinstance(member, property):
        candidates = [member.fget, member.fset]
    else:
        candidates = [getattr(member, "__func__", member)]
    return [candidate for candidate in candidates if isinstance(candidate, FunctionType)]


def _refusal(name: str, enclosed: int) -> CodeType:
    """Code that raises, and fits a function that encloses so many variables."""
    cells = [f"c{number}" for number in range(enclosed)]
    error = f"__import__({Withheld.__module__!r}, fromlist=['']).Withheld"
    source = (
        f"def outer({', '.join(cells)}):\n"
        "    def refuse(*args, **kwargs):\n"
        f"        {', '.join(cells) or 'None'}\n"
        f"        raise {error}({words(name)!r})\n"
        "    return refuse\n"
    )
    space: dict[str, Any] = {}
    exec(source, space)
    code: CodeType = space["outer"](*[None] * enclosed).__code__
    return code
