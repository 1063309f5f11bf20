"""What students are told of an exercise whose reference stays with the grader: data, no code.

It names the parts, gives one example of inputs, and says which shape each part has on it and which
part is the derivative of what. A check can compare forms with it; nothing in it is a right value.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from autograder.inside import wire


@dataclass(frozen=True)
class DescribedPart:
    """One part of a described exercise.

    Args:
        name: the key under which the student returns it.
        points: what it is worth.
        label: how feedback speaks of it.
        shape: its shape on the example; None if it is not a number or an array of float64.
        derivative_of: the quantity that it is a derivative of, or "".
        with_respect_to: the input that it is the derivative with respect to, or "".
    """

    name: str
    points: float
    label: str = ""
    shape: tuple[int, ...] | None = None
    derivative_of: str = ""
    with_respect_to: str = ""

    @property
    def spoken(self) -> str:
        """The part's name, with its label where it differs."""
        return f"{self.name} ({self.label})" if self.label else self.name


@dataclass(frozen=True)
class Described:
    """An exercise without its reference.

    Args:
        id: such as "sum.backward".
        title: what a person calls it.
        parts: what it asks for.
        inputs: one example of inputs, as `wire` writes them; None if the answer cannot be called
            with inputs alone.
        content: the bytes of the arrays among them, in base 64.
        may_use: the modules of course_bp that the answer may call.
    """

    id: str
    title: str
    parts: tuple[DescribedPart, ...]
    inputs: Any = None
    content: str = ""
    may_use: tuple[str, ...] = field(default=())

    def example(self) -> dict[str, Any] | None:
        """The example's inputs by name, new ones each time."""
        if self.inputs is None:
            return None
        found = wire.decode(self.inputs, base64.b64decode(self.content))
        return found if isinstance(found, dict) else None

    def as_data(self) -> dict[str, Any]:
        """All of it, as JSON can hold it."""
        return asdict(self)

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Described:
        """What `as_data` gave, as JSON gives it back.

        Raises:
            ValueError, KeyError, TypeError: if it is something else.
        """
        parts = tuple(
            DescribedPart(**{**one, "shape": None if one["shape"] is None else tuple(one["shape"])})
            for one in data["parts"]
        )
        return cls(**{**data, "parts": parts, "may_use": tuple(data["may_use"])})
