"""How unit 10 asks: one suspect after the other."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from autograder.inside.asking import CannotAsk, call_with_inputs


def ask_for_names(
    answer: Any, inputs: dict[str, Sequence[Callable[..., Any]]]
) -> Mapping[str, Any]:
    """Hands each suspect to the student's function and gathers the names.

    Args:
        answer: the student's function of one suspect; a function of the inputs is just called.
        inputs: groups of suspects, each a list of functions.

    Returns:
        For each group, under its name and "_named", the names in the order of its suspects; None
        where a name is not a string.

    Raises:
        CannotAsk: if the answer is not a function, or no name is a string.
    """
    if not callable(answer) or not _takes_one(answer):
        return call_with_inputs(answer, inputs)
    # What takes any number may be either, and stops where it is the other.
    stopped: Exception | None = None
    if _takes_any_number(answer):
        try:
            return call_with_inputs(answer, inputs)
        except Exception as error:
            stopped = error
    told = {group: [answer(suspect) for suspect in suspects] for group, suspects in inputs.items()}
    if not any(isinstance(name, str) for names in told.values() for name in names):
        if stopped is not None:
            raise stopped
        first = next(name for names in told.values() for name in names)
        raise CannotAsk(
            "Your function should return a name such as 'M5' or 'right', but it returned "
            f"{first!r}."
        )
    return {
        f"{group}_named": [name.strip() if isinstance(name, str) else None for name in names]
        for group, names in told.items()
    }


def _takes_one(answer: Callable[..., Any]) -> bool:
    parameters = inspect.signature(answer).parameters.values()
    needed = [p for p in parameters if p.default is p.empty and p.kind is not p.VAR_KEYWORD]
    return len(needed) == 1


def _takes_any_number(answer: Callable[..., Any]) -> bool:
    parameters = inspect.signature(answer).parameters.values()
    return any(p.kind is p.VAR_POSITIONAL for p in parameters)
