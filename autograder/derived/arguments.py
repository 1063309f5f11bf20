"""Whether the arguments of `exercise(…)` and `computed(…)` mean something, before they fail."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from difflib import get_close_matches
from typing import Any

import numpy as np

from autograder.derived.not_derivable import NotDerivable
from autograder.domain import Chosen, Real, size_names
from autograder.exercise import Exercise, Mistake

_DOMAINS = 'real("N", "D"), real(), one_hot("N", "K"), label() or bits("N")'


def require_inputs(
    id: str,
    inputs: Mapping[str, Real | Chosen],
    sizes: Mapping[str, Sequence[int]] | None,
    forward: Callable[..., Any] | None = None,
) -> None:
    """Checks that inputs have domains, sizes have letters, and a function takes those inputs.

    Args:
        id: the exercise's, for messages.
        inputs: the domain of each input.
        sizes: the lengths to ask for by letter.
        forward: the forward function, if there is one.

    Raises:
        NotDerivable: if not.
    """
    _require(str(id), "id", isinstance(id, str), 'a text, such as "gelu.backward"')
    _require(id, "inputs", isinstance(inputs, Mapping), f"a dict: an argument's name → {_DOMAINS}")
    for name, domain in inputs.items():
        if not isinstance(domain, Real | Chosen):
            raise NotDerivable(
                f"{id}: the input {name!r} is {domain!r}. Write {_DOMAINS}.",
                argument="inputs",
                key=name,
            )
    if forward is not None:
        _require_parameters(id, forward, inputs)
    letters = size_names(inputs)
    for letter, lengths in (sizes or {}).items():
        require_known(id, "sizes", letter, letters, "is not a letter of any input. The letters are")
        sequence = isinstance(lengths, Sequence) and not isinstance(lengths, str)
        numbers = sequence and [isinstance(one, int) and one > 0 for one in lengths]
        if not numbers or not all(numbers):
            raise NotDerivable(
                f"{id}: sizes has {lengths!r} for {letter}. Write lengths from 1 up, such as "
                "(2, 5).",
                argument="sizes",
                key=letter,
            )


def require_points(id: str, points: Mapping[str, float] | float) -> None:
    """Checks that points are numbers above 0.

    Args:
        id: the exercise's, for messages.
        points: a number, or one for each part.

    Raises:
        NotDerivable: if not.
    """
    _require(id, "points", points != {}, "a number, or a dict: a part's name → a number")
    for part, worth in points.items() if isinstance(points, Mapping) else [("", points)]:
        if isinstance(worth, bool) or not isinstance(worth, int | float) or not worth > 0:
            raise NotDerivable(
                f"{id}: {part or 'points'} is worth {worth!r}. Write a number above 0.",
                argument="points",
                key=part,
            )


def require_known(id: str, argument: str, name: str, known: Iterable[str], words: str) -> None:
    """Checks that a name is one of those that mean something.

    Args:
        id: the exercise's, for messages.
        argument: where the name stands.
        name: the name.
        known: those that mean something.
        words: what is said of any other, before they are listed.

    Raises:
        NotDerivable: if it is none of them.
    """
    every = list(known)
    if name in every:
        return
    near = get_close_matches(name, every, n=1)
    advice = f" Did you mean {near[0]!r}?" if near else ""
    raise NotDerivable(
        f"{id}: {name!r} {words}: {', '.join(every)}.{advice}", argument=argument, key=name
    )


def require_mistakes(id: str, mistakes: Sequence[Mistake], steps: Iterable[str]) -> None:
    """Checks that mistakes change steps that there are.

    Args:
        id: the exercise's, for messages.
        mistakes: those that were written by hand.
        steps: the names of the steps.

    Raises:
        NotDerivable: if one changes another.
    """
    fine = isinstance(mistakes, Sequence) and all(isinstance(one, Mistake) for one in mistakes)
    _require(id, "mistakes", fine, "a tuple or list of Mistake(…) or mistake(…)")
    known = [name for name in steps if not name.startswith("_")]
    for one in mistakes:
        words = f"is not a step that {one.slug!r} can change. The steps are"
        for name in one.wrong:
            require_known(id, "mistakes", name, known, words)


def require_fields(id: str, overrides: Mapping[str, Any], named: Callable[..., Any]) -> None:
    """Checks that further arguments are fields of an exercise.

    Args:
        id: the exercise's, for messages.
        overrides: the further arguments.
        named: the function whose own arguments are suggested too.

    Raises:
        NotDerivable: if one is not.
    """
    tolerance = overrides.get("tolerance", 1e-10)
    fine = isinstance(tolerance, float) and 0 < tolerance < 1
    _require(id, "tolerance", fine, "a small number, such as 1e-8")
    own = [name for name in inspect.signature(named).parameters if name != "overrides"]
    every = [*own, *(field.name for field in fields(Exercise) if field.name not in own)]
    for name in overrides:
        if name not in every:
            near = get_close_matches(name, every, n=1)
            advice = f" Did you mean {near[0]}?" if near else ""
            raise NotDerivable(f"{id}: {name!r} is not an argument.{advice}", argument=name)


def require_hints(id: str, hints: Any) -> None:
    """Checks that hints are three texts.

    Args:
        id: the exercise's, for messages.
        hints: what was given, or None.

    Raises:
        NotDerivable: if not.
    """
    texts = isinstance(hints, tuple | list) and [isinstance(one, str) for one in hints]
    fine = hints is None or texts == [True] * 3
    _require(id, "hints", fine, "three texts: nudge, pointer, idea")


def _require(id: str, argument: str, fine: bool, wanted: str) -> None:
    if not fine:
        raise NotDerivable(f"{id}: {argument} must be {wanted}.", argument=argument)


def letters_and_shapes(inputs: Mapping[str, Real | Chosen], drawn: Mapping[str, Any]) -> str:
    """The shapes of inputs in letters and in numbers, for a message.

    Args:
        inputs: the domain of each input.
        drawn: the inputs.
    """
    return ", ".join(
        f"{name} of {' × '.join(map(str, domain.sizes))} = "
        f"{' × '.join(map(str, np.shape(drawn[name])))}"
        for name, domain in inputs.items()
        if domain.sizes
    )


def _require_parameters(
    id: str, forward: Callable[..., Any], inputs: Mapping[str, Real | Chosen]
) -> None:
    if not callable(forward):
        raise NotDerivable(
            f"{id}: the second argument is {forward!r}. Give the forward function, without calling "
            "it.",
            argument="forward",
        )
    try:
        signature = inspect.signature(forward)
    except (TypeError, ValueError):
        return  # NumPy's own functions do not say.
    name, names = getattr(forward, "__name__", "the function"), list(inputs)
    try:
        taken = list(signature.bind(*names).arguments)
    except TypeError:
        raise NotDerivable(
            f"{id}: {name}{signature} cannot be called with the inputs {', '.join(names)}. Name "
            "each of its arguments once, in order.",
            argument="inputs",
        ) from None
    if taken != names and set(taken) == set(names):
        raise NotDerivable(
            f"{id}: {name} takes {', '.join(taken)}, and inputs has {', '.join(names)}. Put them "
            "in the order of the function.",
            argument="inputs",
        )
