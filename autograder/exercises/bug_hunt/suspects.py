"""Backward functions with a planted mistake, to be named by probing them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Acceptance, Exercise, Inputs, Part, Probe
from autograder.exercises.bug_hunt.asks import ask_for_names
from autograder.exercises.bug_hunt.line_up import GROUPS, PLANTED, names_of, numbers
from autograder.exercises.bug_hunt.planted import suspect
from autograder.exercises.bug_hunt.slides import UNIT
from autograder.exercises.bug_hunt.suspects_mistakes import HINTS, MISTAKES
from autograder.inside.lent import Lent


def _line_up(rng: np.random.Generator) -> Inputs:
    groups: Inputs = {}
    for group, names in GROUPS.items():
        # Every way of each mistake, so that who knows one of them has not found the mistake.
        rows = [numbers(way) for name in names for way in PLANTED[name]]
        groups[group] = [Lent(suspect, *rows[i]) for i in rng.permutation(len(rows))]
    return groups


def _misnamed(group: str) -> Acceptance:
    def problem(value: Any, v: SimpleNamespace) -> str | None:
        right = names_of(group)(v)
        if not isinstance(value, list) or len(value) != len(right):
            return "it should be a name for each suspect."
        wrong = sum(mine != true for mine, true in zip(value, right, strict=True))
        if not wrong:
            return None
        return f"{wrong} of these {len(right)} suspects got the wrong name in at least one line-up."

    return problem


SUSPECTS_EXERCISE = Exercise(
    id="suspects.named",
    unit=UNIT,
    title="Name the planted mistake",
    objectives=("O2", "O7"),
    deck="mistakes that people make, planted in the network of D1 and D4",
    ask=ask_for_names,
    no_domain="a suspect is a function, and every line-up has each way of each mistake",
    steps={f"{group}_named": names_of(group) for group in GROUPS},
    parts=(
        Part("sizes_named", 1, accept=_misnamed("sizes")),
        Part("factors_named", 1, accept=_misnamed("factors")),
        Part("memory_named", 0.5, accept=_misnamed("memory")),
    ),
    probes=(Probe("one line-up", _line_up), Probe("another line-up", _line_up)),
    gradients=("sizes_named", "factors_named", "memory_named"),
    mistakes=MISTAKES,
    variants={
        "every mistake tried": lambda suspect: _try_all(suspect),
        "by ratios": lambda suspect: _by_ratios(suspect),
    },
    hints=(
        "Compute the right gradients for inputs of your own, ask the suspect for the same "
        "gradients, and compare them tensor by tensor.",
        *HINTS,
    ),
)


def _probe(hidden: int) -> tuple[Any, ...]:
    rng = np.random.default_rng(hidden)
    shapes = ((5, 2), (5, 3), (2, hidden), (hidden,), (hidden, 3), (3,))
    return tuple(rng.normal(size=shape) for shape in shapes)


def _asked(backward: Callable[..., dict[str, Any]]) -> list[dict[str, Any]]:
    """Answers on layers of different sizes, twice, and on square ones."""
    return [backward(*_probe(hidden)) for hidden in (4, 4, 3)]


def _agree(mine: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(np.allclose(mine[name], other[name], rtol=1e-9) for name in mine)


def _try_all(unknown: Callable[..., dict[str, Any]]) -> str:
    seen = _asked(unknown)
    for name, ways in PLANTED.items():
        for way in ways:
            if all(map(_agree, _asked(suspect(*numbers(way))), seen)):
                return name
    return "M14"


def _by_ratios(unknown: Callable[..., dict[str, Any]]) -> str:
    seen, right = _asked(unknown), _asked(suspect(*numbers({})))
    if not _agree(seen[0], seen[1]):
        return "M17"
    if _agree(seen[0], right[0]):
        return "right" if _agree(seen[2], right[2]) else "M11"
    top = _ratio(seen[0]["dW2"], right[0]["dW2"])
    if top is not None and abs(top - 1) > 1e-9:
        return "M1" if top < 0 else "M3" if np.isclose(top, 5) else "M2"
    if not np.allclose(seen[0]["db2"], right[0]["db2"]):
        return "M20"
    if _ratio(seen[0]["dW1"], right[0]["dW1"]) is not None:
        return "M4"
    for name in ("M5", "M6"):
        if _agree(seen[0], suspect(*numbers(PLANTED[name][0]))(*_probe(4))):
            return name
    return "M14"


def _ratio(mine: Any, right: Any) -> float | None:
    """The one number by which the second is multiplied to give the first, if there is one."""
    ratios = np.ravel(mine / right)
    return float(ratios[0]) if np.allclose(ratios, ratios[0], rtol=1e-9) else None


EXERCISES = (SUSPECTS_EXERCISE,)
