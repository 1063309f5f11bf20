"""`exercise(...)`: an exercise from a forward function. What an instructor's file imports.

from autograder.derived.author import exercise, real
from course_bp import tanh

def gelu(x):
    return 0.5 * x * (1 + tanh(0.7979 * (x + 0.0447 * x**3)))

GELU = exercise("gelu.backward", gelu, inputs={"x": real("N", "D")}, points={"dx": 3})
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from autograder.derived.arguments import (
    letters_and_shapes,
    require_fields,
    require_hints,
    require_inputs,
    require_known,
    require_mistakes,
    require_points,
)
from autograder.derived.computed import computed, mistake
from autograder.derived.less_likely import less_likely_mistakes
from autograder.derived.mistakes import derived_mistakes
from autograder.derived.not_derivable import NotDerivable, line_of_result
from autograder.derived.probes import derived_probes, solved
from autograder.derived.statement import DerivedFrom, general_hints
from autograder.derived.steps import UPSTREAM, Derivation, derivation
from autograder.derived.texts import solution_lines
from autograder.derived.titles import title_of
from autograder.domain import Chosen, Real, bits, drawing, label, one_hot, size_names
from autograder.exercise import Exercise, Inputs, Mistake, Part, Step
from course_bp.printing.source import compile_gradient

__all__ = [
    "NotDerivable",
    "bits",
    "computed",
    "exercise",
    "label",
    "mistake",
    "one_hot",
    "real",
]

real = Real


def exercise(
    id: str,
    forward: Callable[..., Any],
    *,
    inputs: Mapping[str, Real | Chosen],
    points: Mapping[str, float] | float = 1.0,
    title: str = "",
    sizes: Mapping[str, Sequence[int]] | None = None,
    mistakes: Sequence[Mistake] = (),
    hints: tuple[str, str, str] | None = None,
    labels: Mapping[str, str] | None = None,
    **overrides: Any,
) -> Exercise:
    """Derives an exercise from a forward function: the student writes its backward pass.

    The student's function takes the inputs in their order, and then, if the result is an array,
    `upstream`: the derivative of a loss L with respect to the result, of the result's shape. It
    returns a dict of derivatives.

    Args:
        id: such as "gelu.backward".
        forward: the function, written with course_bp's operations or NumPy's. Its local variables
            give their names to what feedback says, and can be asked for.
        inputs: the domain of each argument, in order: `real("N", "D")` is an array of N × D floats,
            `real()` a float, `real("N", above=0)` positive ones; `one_hot("N", "K")`, `label()` and
            `bits("N")` are not differentiated with respect to.
        points: what is handed in, and what it is worth: "dx" is the derivative with respect to x,
            which may be an input or a local variable; "mu" is the value of the local variable mu. A
            number is shared by all inputs.
        title: what a person calls it (default: from the id).
        sizes: the lengths to ask for by letter, where 1, 2 and 4 do not do.
        mistakes: further mistakes, written by hand; they come first.
        hints: for the exercise as a whole (default: from the graph).
        labels: part → how feedback speaks of it.
        **overrides: further fields of `Exercise`, such as `tolerance`, put in place as they are.

    Returns:
        The exercise.

    Raises:
        NotDerivable: if no exercise can be derived from the function; the message says what to
            change.
    """
    require_inputs(id, inputs, sizes, forward)
    require_points(id, points)
    require_fields(id, overrides, exercise)
    leaves = tuple(name for name, domain in inputs.items() if isinstance(domain, Real))
    if not leaves:
        raise NotDerivable(
            f"{id}: no input is real(…), so there is nothing to differentiate by.",
            argument="inputs",
        )
    require_hints(id, hints)
    example = _example(inputs, sizes or {})
    try:
        derived = derivation(forward, example, leaves)
    except NotDerivable:
        raise
    except Exception as error:
        shapes = letters_and_shapes(inputs, example)
        error.add_note(f"the letters in inputs=… gave {shapes}")
        raise
    domains = dict(inputs)
    if not derived.scalar:
        domains[UPSTREAM] = Real(*_result_sizes(id, forward, inputs, derived, sizes or {}))
    steps = derived.steps()
    require_mistakes(id, mistakes, steps)
    parts = _parts(id, points, derived, steps, labels or {})
    names = [part.name for part in parts]

    def solve(given: Inputs, noise: float) -> list[Any]:
        return solved(given, steps, names, noise)

    def patterns(given: Inputs) -> set[Any]:
        return derived.recorded(given).patterns()

    choices = patterns if derived.example.patterns() else None
    probes = derived_probes(domains, solve, sizes or {}, choices)
    drawn = [probe.draw(np.random.default_rng(i)) for i, probe in enumerate(probes[:2])]
    asked = {f"d{leaf}": leaf for leaf in leaves if f"d{leaf}" in names}
    made = Exercise(
        id=id,
        unit="",
        title=title or title_of(id),
        objectives=(),
        deck="",
        steps=steps,
        parts=parts,
        probes=probes,
        output=derived.objective,
        leaves=asked,
        mistakes=(*mistakes, *derived_mistakes(derived, steps, drawn, names)),
        further=cache(lambda: tuple(less_likely_mistakes(derived))),
        lines=cache(lambda: solution_lines(made)),
        variants=_variants(derived, asked, names),
        library=(),
        hints=hints or general_hints(derived),
        symbols=tuple(name for name in steps if not name.startswith("_")),
        derived_from=DerivedFrom(derived, domains, dict(sizes or {})),
    )
    return replace(made, **overrides) if overrides else made


def _example(
    inputs: Mapping[str, Real | Chosen], sizes: Mapping[str, Sequence[int]]
) -> dict[str, Any]:
    lengths = {name: max(sizes.get(name, (3 + i,))) for i, name in enumerate(size_names(inputs))}
    kinds = {name: next(iter(domain.kinds())) for name, domain in inputs.items()}
    return drawing(inputs, lengths, kinds)(np.random.default_rng(0))


def _result_sizes(
    id: str,
    forward: Callable[..., Any],
    inputs: Mapping[str, Real | Chosen],
    derived: Derivation,
    sizes: Mapping[str, Sequence[int]],
) -> list[str | int]:
    """The axes of the result in the letters of the inputs."""
    block = derived.example.blocks[derived.example.output]
    shape = np.shape(block.nodes[-1].value)
    example = _example(inputs, sizes)
    letters: dict[int, str | int] = {}
    for name, domain in inputs.items():
        letters.update(zip(np.shape(example[name]), domain.sizes, strict=True))
    unknown = [length for length in shape if length not in letters and length != 1]
    if unknown:
        raise NotDerivable(
            f"{id}: the result has the shape {shape}, and no input has an axis of length "
            f"{unknown[0]}. Say which letter that is by an input of that size.",
            at=line_of_result(forward),
        )
    axes: list[str | int] = [int(length) for length in shape]
    return [letters.get(n, n) if isinstance(n, int) else n for n in axes]


def _parts(
    id: str,
    points: Mapping[str, float] | float,
    derived: Derivation,
    steps: Mapping[str, Step],
    labels: Mapping[str, str],
) -> tuple[Part, ...]:
    """What is handed in, in the order of computation."""
    if not isinstance(points, Mapping):
        asked = [f"d{leaf}" for leaf in derived.leaves if f"d{leaf}" in steps]
        points = {name: round(points / len(asked), 4) for name in asked}
    known = [name for name in steps if not name.startswith("_")]
    for name in points:
        require_known(id, "points", name, known, "cannot be asked for. You can ask for")
    for name in labels:
        require_known(id, "labels", name, points, "is not a part. The parts are")
    about = derived.example.output if derived.scalar else "L"
    every = {f"d{name}": f"∂{about}/∂{name}" for name in derived.adjoints} | dict(labels)
    return tuple(
        Part(name, float(points[name]), every.get(name, "")) for name in known if name in points
    )


def _variants(
    derived: Derivation, asked: Mapping[str, str], names: Sequence[str]
) -> dict[str, Callable[..., Any]]:
    """The gradient as course_bp prints and compiles it, if only that of inputs is asked for."""
    if set(asked) != set(names):
        return {}

    def compiled(*args: Any) -> dict[str, Any]:
        def objective(*given: Any) -> Any:
            result = derived.forward(*given[: len(derived.inputs)])
            return result if derived.scalar else (result * given[-1]).sum()

        places = tuple(derived.inputs.index(leaf) for leaf in asked.values())
        _, found = compile_gradient(objective, *args, argnums=places)(*args)
        return dict(zip(asked, found, strict=True))

    return {"printed by the library": compiled}
