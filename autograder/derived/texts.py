"""The cells of a derived exercise: its statement, the stub with the solution, the check."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.derived.line_program import line_program
from autograder.derived.not_derivable import NotDerivable
from autograder.derived.solution import PRIMES, solution_texts
from autograder.derived.statement import DerivedFrom, aligned_formula
from autograder.derived.steps import UPSTREAM
from autograder.domain import Chosen, Real, drawing, size_names
from autograder.exercise import Exercise, Inputs
from autograder.lines import Lines

# Printed numbers have all their digits, so a text is right to this or wrong.
_AGREE = 1e-9
BY_HAND = "...  # Write the solution here."


def function_name(exercise: Exercise) -> str:
    """What the student's function is called: `gelu_backward` for "gelu.backward".

    Args:
        exercise: a derived one.
    """
    return exercise.id.replace(".", "_").replace("-", "_")


def cells(exercise: Exercise) -> str:
    """The exercise as cells of a unit's text: statement, solution, check.

    Args:
        exercise: a derived one.

    Returns:
        py:percent text, to be put into solutions/UNIT/UNIT.py.
    """
    statement = textwrap.indent(_statement(exercise), "# ", lambda line: True)
    statement = "\n".join(line.rstrip() for line in statement.splitlines())
    name = function_name(exercise)
    return (
        f"# %% [markdown]\n{statement}\n\n\n"
        f'# %% solution="{exercise.id}"\n{answer_cell(exercise)}\n\n\n'
        f'# %% check="{exercise.id}"\ncheck("{exercise.id}", {name})\n'
    )


def answer_cell(exercise: Exercise) -> str:
    """The student's function with docstring, and the solution between nbgrader's marks.

    Args:
        exercise: a derived one.

    Returns:
        The cell; where the solution cannot be printed, it is left to the author.
    """
    try:
        return solution_cell(exercise)
    except NotDerivable:
        return _cell(exercise, BY_HAND)


def solution_cell(exercise: Exercise) -> str:
    """As `answer_cell`, with the solution.

    Args:
        exercise: a derived one.

    Raises:
        NotDerivable: as `solution` does.
    """
    return _cell(exercise, solution(exercise))


def _cell(exercise: Exercise, body: str) -> str:
    about = _about(exercise)
    return (
        f"def {function_name(exercise)}({', '.join(about.domains)}):\n"
        f'    """{_docstring(exercise)}\n    """\n'
        f"    ### BEGIN SOLUTION\n{textwrap.indent(body, '    ')}\n    ### END SOLUTION"
    )


def solution(exercise: Exercise) -> str:
    """The body of a right answer, checked on all probes.

    Args:
        exercise: a derived one.

    Raises:
        NotDerivable: if none that can be written is right for inputs of every size.
    """
    about = _about(exercise)
    lengths = dict(zip(size_names(about.domains), PRIMES, strict=False))
    kinds = {name: next(iter(domain.kinds())) for name, domain in about.domains.items()}
    example = drawing(about.domains, lengths, kinds)(np.random.default_rng(0))
    derived = about.derivation
    asked = [part.name for part in exercise.parts]
    drawn = [(probe.name, probe.draw(np.random.default_rng(1))) for probe in exercise.probes]
    wrong_for = ""
    for text in solution_texts(derived.forward, example, derived.leaves, asked):
        function = _as_function(text, list(about.domains))
        wrong = next((name for name, one in drawn if not _is_right(exercise, function, one)), None)
        if wrong is None:
            return text
        wrong_for = f" A formula that was tried does not hold for {wrong}; it is:\n{text}"
    raise NotDerivable(
        f"{exercise.id}: its solution cannot be printed. Write it by hand.{wrong_for}"
    )


def solution_lines(exercise: Exercise) -> Lines | None:
    """The printed solution as a program, or None where it cannot be printed or read.

    Args:
        exercise: a derived one.
    """
    about = _about(exercise)
    try:
        known = about.derivation.steps()
        return line_program(solution(exercise), list(about.domains), list(known))
    except Exception:  # Without it some mistakes have no name, and that is all.
        return None


def _about(exercise: Exercise) -> DerivedFrom:
    if not isinstance(exercise.derived_from, DerivedFrom):
        raise NotDerivable(f"{exercise.id} was written by hand, and so are its cells.")
    return exercise.derived_from


def _as_function(body: str, names: list[str]) -> Any:
    scope: dict[str, Any] = {"np": np}
    exec(f"def answer({', '.join(names)}):\n{textwrap.indent(body, '    ')}", scope)
    return scope["answer"]


def _is_right(exercise: Exercise, function: Any, inputs: Inputs) -> bool:
    right = exercise.solve(inputs)
    try:
        with np.errstate(all="ignore"):
            found = function(**inputs)
        return all(
            np.allclose(found[part.name], getattr(right, part.name), rtol=_AGREE, atol=_AGREE)
            for part in exercise.parts
        )
    except Exception:
        return False


def _statement(exercise: Exercise) -> str:
    about = _about(exercise)
    derived = about.derivation
    asked = ", ".join(f"`{part.name}`" for part in exercise.parts)
    lines = [
        f"### Exercise: `{exercise.id}`",
        "",
        "The forward pass:",
        "",
        f"$$\n{aligned_formula(derived)}\n$$",
        "",
        "and as code:",
        "",
        f"```python\n{textwrap.dedent(inspect.getsource(derived.forward)).strip()}\n```",
        "",
    ]
    if not derived.scalar:
        lines += [
            f"The result is part of something larger that ends in a number $L$; `{UPSTREAM}` is",
            "the derivative of $L$ with respect to the result.",
        ]
    lines += [f"Write the backward pass by hand and return {asked}."]
    return "\n".join(lines)


def _docstring(exercise: Exercise) -> str:
    about = _about(exercise)
    lines = [f"{exercise.title}.", "", "    Args:"]
    for name, domain in about.domains.items():
        words = (
            f"∂L/∂(result), {_shape(domain)}."
            if name == UPSTREAM
            else f"{_shape(domain)}{_limits(domain)}."
        )
        lines.append(f"        {name}: {words}")
    lines += ["", "    Returns:", "        A dict:"]
    for part in exercise.parts:
        of = part.name[1:]
        like = f", of the shape of {of}" if of in about.domains and _is_array(about, of) else ""
        lines.append(f'            "{part.name}": {part.label or part.name}{like}.')
    lines += ["", "    Example:", *_example(exercise, about.domains)]
    return "\n".join(lines)


def _is_array(about: DerivedFrom, name: str) -> bool:
    domain = about.domains[name]
    return isinstance(domain, Real) and bool(domain.sizes)


def _shape(domain: Real | Chosen) -> str:
    chosen = isinstance(domain, Chosen)
    if not domain.sizes:
        return "0.0 or 1.0" if chosen else "a float"
    sizes = ", ".join(map(str, domain.sizes)) + ("," if len(domain.sizes) == 1 else "")
    return f"an array of {'zeros and ones' if chosen else 'floats'} of shape ({sizes})"


def _limits(domain: Real | Chosen) -> str:
    if isinstance(domain, Chosen):
        return ""
    low = f" above {domain.above:g}" if np.isfinite(domain.above) else ""
    high = f" below {domain.below:g}" if np.isfinite(domain.below) else ""
    without = "".join(f", not {value:g}" for value in domain.without)
    return (
        f",{low}{' and' if low and high else ''}{high}{without}" if low or high or without else ""
    )


def _example(exercise: Exercise, domains: Mapping[str, Real | Chosen]) -> list[str]:
    """One call with small numbers, and what its first part comes to."""
    lengths = {name: 2 if i else 1 for i, name in enumerate(size_names(domains))}
    kinds = {name: next(iter(domain.kinds())) for name, domain in domains.items()}
    inputs = drawing(domains, lengths, kinds)(np.random.default_rng(3))
    rounded = {name: _rounded(value) for name, value in inputs.items()}
    right = exercise.solve(rounded)
    given = ", ".join(f"{name} = {_short(value)}" for name, value in rounded.items())
    results = ", ".join(
        f"{part.name} = {_short(_rounded(getattr(right, part.name), 4))}" for part in exercise.parts
    )
    words = f"{given} give {results}, to four digits."
    return textwrap.wrap(words, 92, initial_indent=" " * 8, subsequent_indent=" " * 8)


def _rounded(value: Any, digits: int = 1) -> Any:
    if isinstance(value, np.ndarray):
        return value.round(digits) + 0.0
    return round(value, digits) + 0.0 if isinstance(value, float) else value


def _short(value: Any) -> str:
    return str(value.tolist()) if isinstance(value, np.ndarray) else repr(value)
