"""A job for the runner: cells to run and exercises to ask, as data."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from autograder.exercise import Exercise, Inputs
from autograder.inside import asking, framing, wire
from autograder.inside.lent import Lent


class CannotSend(Exception):
    """An exercise or its graded cell is written so that it cannot be asked in the sandbox."""


@dataclass(frozen=True)
class RunCell:
    """Run a cell.

    Args:
        source: its code.
    """

    source: str


@dataclass(frozen=True)
class Sent:
    """A set of inputs as it is sent.

    Args:
        description: what `wire.encode` says of it.
        content: the bytes of its arrays.
        frame: both.
    """

    description: Any
    content: bytes
    frame: bytes


@dataclass(frozen=True)
class AskExercise:
    """Ask an exercise; one that is kept for a whole class is written down once.

    Args:
        answer: the expression that names the student's answer, such as "quiz1_backward".
        drawn: the inputs to ask for.
    """

    exercise: Exercise
    answer: str
    drawn: Sequence[Inputs]

    @property
    def sent(self) -> tuple[Sent, ...]:
        """The inputs as they are sent; functions that are lent have numbers from 0."""
        return self._written[0]

    @property
    def lent(self) -> tuple[Lent, ...]:
        """The functions that are lent, by their numbers."""
        return self._written[1]

    @cached_property
    def step(self) -> dict[str, Any]:
        """The rest of what is sent.

        Raises:
            CannotSend: if the exercise's way of asking is not a plain function.
        """
        return {
            "kind": "ask",
            "answer": self.answer,
            "ask": ask_source(self.exercise),
            "library": list(self.exercise.may_use),
            "names": self.exercise.asked,
        }

    @cached_property
    def _written(self) -> tuple[tuple[Sent, ...], tuple[Lent, ...]]:
        functions: list[Lent] = []

        def lend(value: Any) -> int | None:
            if not isinstance(value, Lent):
                return None
            functions.append(value)
            return len(functions) - 1

        sent = []
        for inputs in self.drawn:
            blob = bytearray()
            description = wire.encode(inputs, blob, lend)
            sent.append(Sent(description, bytes(blob), framing.pack(description, bytes(blob))))
        return tuple(sent), tuple(functions)


def describe(
    steps: Sequence[RunCell | AskExercise], files: Mapping[str, bytes] | None = None
) -> tuple[dict[str, Any], bytes, list[Lent]]:
    """Writes a job down as data.

    Args:
        steps: in the order in which they are to happen.
        files: what lies beside the notebook, path → content.

    Returns:
        A JSON description of "steps" and "files", the bytes of both, and the functions that are
        lent and stay here, by their numbers.

    Raises:
        CannotSend: if an exercise's way of asking is not a plain function.
    """
    blob = bytearray()
    described: list[dict[str, Any]] = []
    functions: list[Lent] = []
    for step in steps:
        if isinstance(step, RunCell):
            described.append({"kind": "cell", "source": step.source})
            continue
        places = []
        for one in step.sent:
            places.append([len(blob), len(one.frame)])
            blob += one.frame
        described.append({**step.step, "inputs": places, "lends": len(functions)})
        functions += step.lent
    laid_out = []
    for name, content in (files or {}).items():
        laid_out.append([name, len(blob), len(content)])
        blob += content
    return {"steps": described, "files": laid_out}, bytes(blob), functions


def ask_source(exercise: Exercise) -> dict[str, str] | None:
    """The exercise's way of asking as source, or None for the usual one.

    Args:
        exercise: the exercise. Its `ask` must be a function at the top of a module. A module
            named `asks` is sent whole, and may import nothing of the grader but
            `autograder.inside.asking`; of any other module only the function is sent, which then
            uses nothing but its arguments, `np`, `math` and the names of
            `autograder.inside.asking`.

    Returns:
        Source and name.

    Raises:
        CannotSend: if it is written otherwise.
    """
    ask = exercise.ask
    if ask is asking.call_with_inputs:
        return None
    name = getattr(ask, "__name__", "")
    if not inspect.isfunction(ask) or ask.__closure__ or not name.isidentifier():
        raise CannotSend(f"{exercise.id}: `ask` must be a plain function at the top of a module.")
    module = inspect.getmodule(ask)
    if module is not None and module.__name__.endswith(".asks"):
        return {"name": name, "source": _whole_module(exercise, module)}
    known = {*vars(asking), *dir(__builtins__), *_builtin_names(), "np", "math", name}
    if unknown := _globals_of(ask.__code__) - known:
        raise CannotSend(
            f"{exercise.id}: `ask` uses {', '.join(sorted(unknown))}, which the sandbox does not "
            "have. It may use np, math and what autograder.inside.asking holds."
        )
    return {"name": name, "source": textwrap.dedent(inspect.getsource(ask))}


def answer_expression(source: str) -> tuple[str, str]:
    """Takes a graded cell apart.

    Args:
        source: a cell that is one call, such as `check("quiz1.backward", quiz1_backward)`.

    Returns:
        The exercise's id and the expression of the answer.

    Raises:
        CannotSend: if the cell is anything else.
    """
    try:
        body = ast.parse(source).body
    except SyntaxError:
        body = []
    call = body[0].value if len(body) == 1 and isinstance(body[0], ast.Expr) else None
    if (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "check"
        and len(call.args) == 2
        and isinstance(call.args[0], ast.Constant)
    ):
        return str(call.args[0].value), ast.unparse(call.args[1])
    raise CannotSend(
        'a graded cell must be one line such as check("quiz1.backward", answer), '
        f"not: {source[:80]!r}"
    )


def _whole_module(exercise: Exercise, module: Any) -> str:
    source = inspect.getsource(module)
    for node in ast.walk(ast.parse(source)):
        imported = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        imported += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for name in imported:
            if name.split(".")[0] == "autograder" and name != asking.__name__:
                raise CannotSend(
                    f"{exercise.id}: {module.__name__} is sent to the sandbox and must not import "
                    f"{name}."
                )
    return source


def _globals_of(code: Any) -> set[str]:
    import dis

    names = {
        str(instruction.argval)
        for instruction in dis.get_instructions(code)
        if instruction.opname in ("LOAD_GLOBAL", "LOAD_NAME")
    }
    for constant in code.co_consts:
        if inspect.iscode(constant):
            names |= _globals_of(constant)
    return names


def _builtin_names() -> list[str]:
    import builtins

    return dir(builtins)
