"""Inputs in words: the numbers themselves where they are few, else the name of their kind."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.judge.answer_key import AnswerKey

# A short list of numbers tells more than the name of a kind; a long one is not read.
_FEW = 6


def inputs_in_words(key: AnswerKey, probe: int) -> str:
    """What an answer was asked on.

    Args:
        key: what was asked.
        probe: the number of the set of inputs.

    Returns:
        The inputs themselves where they are a few numbers, else the name of their kind.
    """
    return numbers_in_words(key, probe) or key.exercise.probes[probe].name


def numbers_in_words(key: AnswerKey, probe: int) -> str:
    """The inputs themselves where they are a few numbers, else "".

    Args:
        key: what was asked.
        probe: the number of the set of inputs.
    """
    drawn = key.drawn[probe]
    are_numbers = all(
        isinstance(value, int | float) or (isinstance(value, np.ndarray) and value.ndim == 1)
        for value in drawn.values()
    )
    repeats = key.exercise.probes[probe].repeats
    if repeats or not are_numbers or sum(map(np.size, drawn.values())) > _FEW:
        return ""
    return ", ".join(f"{name} = {_number(value)}" for name, value in drawn.items())


def _number(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"[{', '.join(f'{one:.3g}' for one in value)}]"
    return f"{value:.3g}"
