"""Backward functions with a planted mistake, to be named by probing them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercise import Acceptance, Exercise, Inputs, Mistake, Part, Probe, Step
from autograder.exercises.bug_hunt.asks import ask_for_names
from autograder.exercises.bug_hunt.planted import suspect
from autograder.exercises.bug_hunt.slides import UNIT
from autograder.inside.lent import Lent

RIGHT = dict(
    scale=1.0, power=1.0, slope=1.0, again=0.0, square=0.0, extra=0.0, bias=0.0, moved=0.0,
    keep=0.0,
)  # fmt: skip
# What is changed in the right function, by the name of the mistake.
PLANTED: dict[str, list[dict[str, float]]] = {
    "M1": [{"scale": -1.0}],
    "M2": [{"scale": 2.0}, {"scale": 0.5}],
    "M3": [{"power": 0.0}],
    "M4": [{"extra": 1.0}],
    "M5": [{"slope": 0.0}],
    "M6": [{"again": 1.0}],
    "M11": [{"square": 1.0}],
    "M14": [{"moved": 0.1}, {"moved": 0.3}],
    "M17": [{"keep": 1.0}],
    "M20": [{"bias": 1.0}],
    "right": [{}],
}
GROUPS = {
    "sizes": ("M1", "M2", "M3", "M4", "M20"),
    "factors": ("M5", "M6", "M11", "M14", "right"),
    "memory": ("M17", "right", "right", "M17", "M5"),
}


def _numbers(changed: Mapping[str, float]) -> list[float]:
    return list({**RIGHT, **changed}.values())


NAMES = {tuple(_numbers(way)): name for name, ways in PLANTED.items() for way in ways}


def _line_up(rng: np.random.Generator) -> Inputs:
    groups: Inputs = {}
    for group, names in GROUPS.items():
        # Every way of each mistake, so that who knows one of them has not found the mistake.
        rows = [_numbers(way) for name in names for way in PLANTED[name]]
        groups[group] = [Lent(suspect, *rows[i]) for i in rng.permutation(len(rows))]
    return groups


def _names(group: str, renamed: Mapping[str, str] | None = None) -> Step:
    """The right names of a group, or those of somebody who takes some for others."""

    def names(v: SimpleNamespace) -> list[str]:
        true = [NAMES[one.parameters] for one in getattr(v, group)]
        return [(renamed or {}).get(name, name) for name in true]

    return names


def _misnamed(group: str) -> Acceptance:
    def problem(value: Any, v: SimpleNamespace) -> str | None:
        right = _names(group)(v)
        if not isinstance(value, list) or len(value) != len(right):
            return "it should be a name for each suspect."
        wrong = sum(mine != true for mine, true in zip(value, right, strict=True))
        if not wrong:
            return None
        return f"{wrong} of these {len(right)} suspects got the wrong name in at least one line-up."

    return problem


def _takes(group: str, **renamed: str) -> dict[str, Step]:
    return {f"{group}_named": _names(group, renamed)}


# The catalogue's hints are for whoever computes a gradient, and here one looks for mistakes.
_HINTS = (
    "Choose a prime number of examples, at least 3, and random biases. Use one network with "
    "layers of different sizes, and another with as many hidden units as outputs. Call each "
    "suspect twice. Start with the clear signs: the second call differs, or the answer is right "
    "on one network and wrong on the other. Then look at the factors.",
    "If dW2 is right and dW1 is not, the mistake lies between them. If all ratios dW1/right are "
    "the same number, that number is 1/N (M4). If not, compute the two remaining candidates "
    "yourself: without the slope, and with σ applied once more. A suspect that matches neither "
    "has used a different W2.",
)

SUSPECTS_EXERCISE = Exercise(
    id="suspects.named",
    unit=UNIT,
    title="Name the planted mistake",
    objectives=("O2", "O7"),
    deck="mistakes that people make, planted in the network of D1 and D4",
    ask=ask_for_names,
    no_domain="a suspect is a function, and every line-up has each way of each mistake",
    steps={f"{group}_named": _names(group) for group in GROUPS},
    parts=(
        Part("sizes_named", 1, accept=_misnamed("sizes")),
        Part("factors_named", 1, accept=_misnamed("factors")),
        Part("memory_named", 0.5, accept=_misnamed("memory")),
    ),
    probes=(Probe("one line-up", _line_up), Probe("another line-up", _line_up)),
    gradients=("sizes_named", "factors_named", "memory_named"),
    mistakes=(
        Mistake(
            "M3",
            "two examples",
            _takes("sizes", M3="M2"),
            "your {part} calls a sum a factor of 2. With two examples in the batch, they look the "
            "same.",
            name="a probe with two examples",
            question="For which numbers of examples do 2 and N differ?",
            hints=("For which numbers of examples do 2 and N differ?", *_HINTS),
        ),
        Mistake(
            "M4",
            "one example",
            _takes("sizes", M3="right", M4="right", M20="right"),
            "your {part} accepts every mistake in a factor 1/N as right. With only one example "
            "in the batch, such a mistake does not show.",
            name="a probe with one example",
            question="What does dividing by N do when N is 1?",
            hints=("What does dividing by N do when N is 1?", *_HINTS),
        ),
        Mistake(
            "M20",
            "biases not looked at",
            _takes("sizes", M20="right"),
            "your {part} finds nothing wrong when only the gradients of the biases are wrong.",
            name="biases that are not checked",
            question="Which of the four gradients does your function compare?",
            hints=("Which of the four gradients does your function compare?", *_HINTS),
        ),
        Mistake(
            "M11",
            "layers of different sizes only",
            _takes("factors", M11="right"),
            "your {part} finds nothing wrong with a matrix that is transposed where the layers "
            "have the same size.",
            name="a probe without a square layer",
            question="Where would a transposed matrix run without an error?",
            hints=("Where would a transposed matrix run without an error?", *_HINTS),
        ),
        Mistake(
            "M14",
            "no look at moved weights",
            _takes("factors", M14="right"),
            "your {part} finds nothing wrong when W2 was changed before it was used.",
            name="weights are changed too early, and it goes unnoticed",
            question="Which gradient depends on W2 being unchanged?",
            hints=("Which gradient depends on W2 being unchanged?", *_HINTS),
        ),
        Mistake(
            "M6",
            "σ′ left out and σ taken twice alike",
            _takes("factors", M6="M5"),
            "your {part} gives two different mistakes at the sigmoid the same name.",
            name="two mistakes at the sigmoid are mistaken for one",
            question="With the slope left out, what is the ratio to the right gradient?",
            hints=("With the slope left out, what is the ratio to the right gradient?", *_HINTS),
        ),
        Mistake(
            "M17",
            "called once",
            _takes("memory", M17="right"),
            "your {part} finds nothing wrong with a function that remembers its last call.",
            name="a probe that calls once",
            question="Is the answer the same when you ask again?",
            hints=("Is the answer the same when you ask again?", *_HINTS),
        ),
    ),
    variants={
        "every mistake tried": lambda suspect: _try_all(suspect),
        "by ratios": lambda suspect: _by_ratios(suspect),
    },
    hints=(
        "Compute the right gradients for inputs of your own, ask the suspect for the same "
        "gradients, and compare them tensor by tensor.",
        *_HINTS,
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
            if all(map(_agree, _asked(suspect(*_numbers(way))), seen)):
                return name
    return "M14"


def _by_ratios(unknown: Callable[..., dict[str, Any]]) -> str:
    seen, right = _asked(unknown), _asked(suspect(*_numbers({})))
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
        if _agree(seen[0], suspect(*_numbers(PLANTED[name][0]))(*_probe(4))):
            return name
    return "M14"


def _ratio(mine: Any, right: Any) -> float | None:
    """The one number by which the second is multiplied to give the first, if there is one."""
    ratios = np.ravel(mine / right)
    return float(ratios[0]) if np.allclose(ratios, ratios[0], rtol=1e-9) else None


EXERCISES = (SUSPECTS_EXERCISE,)
