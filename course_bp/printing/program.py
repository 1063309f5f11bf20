"""What is printed, and what comes out: a function before and after it is written as lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from .expressions import Expression


@dataclass
class Program:
    """A function to be printed.

    Attributes:
        name: the function's name.
        parameters: its parameters' names.
        unpacked: for each array inside a parameter how it is reached, and its expression.
        value: what it returns first.
        gradients: what it returns next, with the names that they are to have.
        arrange: puts the names of the gradients into the form of the arguments.
        forward: expressions with a smaller number belong to the forward pass.
        arrays: the constant arrays, by name.
        nameless: the names of those that had none, and were given one here.
    """

    name: str
    parameters: list[str]
    unpacked: list[tuple[str, Expression]]
    value: Expression
    gradients: list[tuple[str, Expression]]
    arrange: Callable[[list[str]], str]
    forward: int
    arrays: dict[str, Any] = field(default_factory=dict)
    nameless: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Printed:
    """A printed function in its parts, to be read or to be compiled.

    Attributes:
        head: the lines before the body: decorator and signature.
        outside: lines that say what arrays the body takes from outside.
        unpacking: for each array inside a parameter its name and how it is reached.
        body: the lines of the forward and the backward pass.
        value: what is returned first.
        gradients: what is returned next.
        arrange: puts the gradients into the form of the arguments.
    """

    head: list[str]
    outside: list[str]
    unpacking: list[tuple[str, str]]
    body: list[str]
    value: str
    gradients: list[str]
    arrange: Callable[[list[str]], str]

    @property
    def text(self) -> str:
        """The whole function as one reads it."""
        unpacking = [f"{name} = {access}" for name, access in self.unpacking]
        lines = [*self.outside, *unpacking, *self.body]
        lines.append(f"return {self.value}, {self.arrange(self.gradients)}")
        return "\n".join([*self.head, *indented(lines)]) + "\n"


def indented(lines: Iterable[str]) -> list[str]:
    """Lines as they stand in a function."""
    return [f"    {line}" for line in lines]
