"""A backward pass as a person writes it: one line for each variable, then one for each adjoint.

The variables are the author's own. Where a line would be too long, or would compute again what
another one has, a further variable is made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.derived.blocks import rules_of
from autograder.derived.long_lines import shortened
from autograder.derived.recorded import free_name, made_up_name, record
from autograder.derived.spelt import spelt_constants
from autograder.derived.steps import UPSTREAM
from autograder.derived.symbolic_pass import SymbolicPass, Wanted
from autograder.derived.tidy import Lengths, needed_lines, tidy
from course_bp.graph import Node

# A line with its indentation fits into 96 columns.
LONGEST = 88
# Operations that are written once more instead of being given a name.
_CHEAP = frozenset(
    ("add", "subtract", "multiply", "divide", "negative", "positive", "square", "power")
) | {"transpose", "reshape", "broadcast_to", "greater", "greater_equal", "equal", "sign"}
_ROUNDS = 12


def lines_of_solution(
    forward: Callable[..., Any],
    example: Mapping[str, Any],
    leaves: Sequence[str],
    asked: Sequence[str],
    lengths: Lengths,
) -> str:
    """The body of a right answer.

    Args:
        forward: the function.
        example: its inputs by name in order, and `upstream` if the result is an array.
        leaves: the inputs that it is differentiated with respect to.
        asked: what is handed in: a variable's name, or "d" and the name of a variable or leaf.
        lengths: sizes in the example → how code reads that length from an input.

    Returns:
        Lines of code, the last of which returns a dict.

    Raises:
        Exception: where it cannot be written in this way.
    """
    given = {name: value for name, value in example.items() if name != UPSTREAM}
    recorded = record(forward, given, list(given))
    wanted = Wanted(example, leaves, asked, spelt_constants(forward))
    extra: dict[Node, str] = {}
    for _ in range(_ROUNDS):
        written = _Written(SymbolicPass(recorded, wanted, extra), lengths)
        if not (more := written.further_variables()):
            break
        extra |= more
    return written.text()


@dataclass
class _Line:
    """A line of the solution.

    Args:
        text: the line.
        backward: whether it belongs to the backward pass.
        block: the variable whose operations it is made of.
    """

    text: str
    backward: bool
    block: str


class _Written:
    """One way to write it."""

    def __init__(self, formulas: SymbolicPass, lengths: Lengths) -> None:
        self.formulas, self.lengths = formulas, lengths
        lines = [
            _Line(tidy(f"{name} = {text}", lengths), False, name)
            for name, text in formulas.forward.items()
        ]
        for name in formulas.contributions:
            lines += self._adjoint(name)
        already: list[str] = []
        returned = []
        for name in formulas.wanted.asked:
            text = self._returned(name, already)
            if text != name and text.startswith(f"{name} = "):
                lines.append(_Line(text, True, ""))
                text = name
            returned.append(f'"{name}": {text}')
        self.last = f"return {{{', '.join(returned)}}}"
        needed = needed_lines([line.text for line in lines], self.last)
        self.lines = [line for line in lines if line.text in needed]

    def text(self) -> str:
        """The lines, the last of which returns what is asked for."""
        parts = {"# forward": False, "# backward": True}
        found: list[str] = []
        names = self.formulas.variables
        taken = {*names, *(f"d{name}" for name in names), UPSTREAM}
        for title, backward in parts.items():
            lines = [line.text for line in self.lines if line.backward is backward]
            found += [title, *shortened(lines, LONGEST, taken)] if lines else []
        alone = all(line.backward for line in self.lines)
        return "\n".join([*found[alone:], self.last])

    def _adjoint(self, name: str) -> list[_Line]:
        """The lines that add up an adjoint."""
        parts = self.formulas.contributions[name]
        texts = [tidy(part.text, self.lengths, one_term=True) for part in parts]
        whole = tidy(f"d{name} = {_added(texts)}")
        if len(whole) <= LONGEST or len(parts) == 1:
            return [_Line(whole, True, parts[0].user)]
        # += would change what the first one is another name of.
        first = 2 if texts[0].isidentifier() else 1
        start = tidy(f"d{name} = {_added(texts[:first])}")
        rest = zip(parts[first:], texts[first:], strict=True)
        return [
            _Line(start, True, parts[first - 1].user),
            *(_Line(f"d{name} += {text}", True, part.user) for part, text in rest),
        ]

    def _returned(self, name: str, already: list[str]) -> str:
        """What stands in the dict for a part: memory of its own, which may need a line."""
        formulas = self.formulas
        node = formulas.variables.get(name)
        node = formulas.adjoints[name[1:]] if node is None else node
        text = formulas.text(node)
        if np.shape(node.value) and text in (*formulas.wanted.example, *already):
            return f"{name} = {text}.copy()"
        already.append(text)
        return text

    def further_variables(self) -> dict[Node, str]:
        """Inner values that several lines need, or else those that make a line too long."""
        formulas = self.formulas
        chosen = self._repeated() or self._in_long_lines()
        taken = {*formulas.variables, *(f"d{name}" for name in formulas.variables), UPSTREAM}
        named = dict(formulas.boundary)
        names: dict[str, str] = {}
        for node in sorted(chosen, key=lambda one: one.serial):
            text = formulas.text(formulas.inner[node])
            if text not in names:
                names[text] = free_name(made_up_name(node, named), taken)
            named[node] = names[text]
        return {node: named[node] for node in chosen}

    def _repeated(self) -> list[Node]:
        """The largest formulas with a function or a matrix product that come more than once."""
        formulas = self.formulas
        times: dict[str, tuple[int, list[Node]]] = {}
        for nodes in formulas.blocks.values():
            costly: set[Node] = set()
            for node in nodes[:-1]:
                if rules_of(node).name not in _CHEAP or costly & set(node.parents):
                    costly.add(node)
                    text = tidy(formulas.text(formulas.inner[node]), self.lengths)
                    count = sum(line.text.count(text) for line in self.lines)
                    times.setdefault(text, (count, []))[1].append(node)
        several = {text: found for text, found in times.items() if found[0] > 1}
        return [
            node
            for text, (count, nodes) in several.items()
            if not any(
                text != other and text in other and more == count
                for other, (more, _) in several.items()
            )
            for node in nodes
        ]

    def _in_long_lines(self) -> list[Node]:
        """Of each block with too long a line, the largest value that a function gives."""
        formulas = self.formulas
        found: list[Node] = []
        for name in {line.block for line in self.lines if len(line.text) > LONGEST}:
            inner = [node for node in formulas.blocks[name][:-1] if formulas.matters(node)]
            costly = [node for node in inner if rules_of(node).name not in _CHEAP]
            functions = [node for node in costly if not rules_of(node).linear]
            found += sorted(functions or costly or inner, key=self._length)[-1:]
        return found

    def _length(self, node: Node) -> int:
        return len(self.formulas.text(self.formulas.inner[node]))


def _added(texts: Sequence[str]) -> str:
    return " + ".join(f"({text})" for text in texts)
