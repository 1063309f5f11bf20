"""The steps of a derived exercise: each variable forward, then each adjoint backward.

`dx` stands for the derivative of the result with respect to x; if the result is an array, of its
sum weighted by `upstream`, as in a layer of a larger network.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.derived.blocks import Edge, Read, Rule, Slip
from autograder.derived.not_derivable import NotDerivable, line_of_choice
from autograder.derived.recorded import Recorded, record
from autograder.exercise import Inputs, Step

UPSTREAM = "upstream"
# Names of steps that nobody is told about.
_RECORDED, _WEIGHTED = "_recorded", "_weighted"


@dataclass(frozen=True)
class Derivation:
    """How a function is recorded, and the steps that follow from its structure.

    Args:
        forward: the function.
        inputs: the names of its arguments, in order.
        leaves: those that it is differentiated with respect to.
        example: a recording on typical inputs.
        scalar: whether the result is one number.
    """

    forward: Callable[..., Any]
    inputs: tuple[str, ...]
    leaves: tuple[str, ...]
    example: Recorded
    scalar: bool

    def recorded(self, inputs: Inputs) -> Recorded:
        """The function recorded on inputs.

        Args:
            inputs: by name; others than the function's are left out.

        Returns:
            The recording.

        Raises:
            NotDerivable: if it is not built as on the example.
        """
        given = {name: inputs[name] for name in self.inputs}
        found = self.example.again(self.forward, given)
        if found is None:
            raise NotDerivable(
                "The forward function does other operations for other inputs. Write it with array "
                "operations instead of loops and branches that depend on the inputs.",
                at=line_of_choice(self.forward),
            )
        return found

    @property
    def adjoints(self) -> list[str]:
        """The variables and leaves whose adjoint is computed, in the order of a backward pass."""
        example = self.example
        return [*reversed(list(example.blocks)), *(x for x in example.leaves if example.users(x))]

    def steps(self) -> dict[str, Step]:
        """All steps by name, in the order of computation."""
        found: dict[str, Step] = {_RECORDED: lambda v: self.recorded(vars(v))}
        for name in self.example.blocks:
            found[name] = self.forward_step(name)
        output = self.example.output
        if not self.scalar:
            found[_WEIGHTED] = lambda v: float(np.sum(getattr(v, output) * v.upstream))
        for name in self.adjoints:
            found[f"d{name}"] = self.adjoint(name)
        return found

    def forward_step(self, name: str, slips: Mapping[int, Slip] | None = None) -> Step:
        """The step that computes a variable, or a wrong way to do it.

        Args:
            name: the variable.
            slips: operations of its block by their number that are computed wrongly.

        Returns:
            The step.
        """
        return lambda v: v._recorded.blocks[name].value(lambda one: getattr(v, one), slips)

    def reads(self) -> dict[str, set[str]]:
        """What each step is computed from, by name."""
        found: dict[str, set[str]] = {}
        for name, block in self.example.blocks.items():
            found[name] = set(block.reads)
        for name in self.adjoints:
            users = self.example.users(name)
            values = {one for user in users for one in self.example.blocks[user].reads}
            found[f"d{name}"] = {*values, *users, *(f"d{user}" for user in users)}
        return found

    @property
    def objective(self) -> str:
        """The step that is differentiated, a number."""
        return self.example.output if self.scalar else _WEIGHTED

    def adjoint(
        self,
        name: str,
        changed: Mapping[Edge, Rule | Read] | None = None,
        without: str = "",
        slips: Mapping[str, Mapping[int, Slip]] | None = None,
        handed_on: Collection[str] = (),
    ) -> Step:
        """The step that computes an adjoint, or a wrong way to do it.

        Args:
            name: the variable.
            changed: edges at which another rule stands.
            without: a user whose contribution is left out.
            slips: variable → operations of its block that are computed wrongly.
            handed_on: users that hand on the gradient at them as it is.

        Returns:
            The step.
        """
        users = self.example.users(name)
        if name == self.example.output:
            return lambda v: 1.0 if self.scalar else v.upstream

        def step(v: SimpleNamespace) -> Any:
            total: Any = None
            for user in users:
                if user == without:
                    continue
                g = getattr(v, f"d{user}")
                block = v._recorded.blocks[user]
                wrong = slips.get(user) if slips else None
                part = g
                if user not in handed_on:
                    part = block.pull_back(lambda one: getattr(v, one), g, name, changed, wrong)
                total = part if total is None else total + part
            if total is None:
                shape = np.shape(getattr(v, name))
                return np.zeros(shape) if shape else 0.0
            return total

        return step

    def reached(self, edges: Sequence[Edge]) -> list[str]:
        """The variables and leaves whose adjoint one of these edges is part of.

        Args:
            edges: of one or several blocks.
        """
        found = []
        for name in self.adjoints:
            if name == self.example.output:
                continue
            if any(self._leads(edge, name) for edge in edges):
                found.append(name)
        return found

    def _leads(self, edge: Edge, target: str) -> bool:
        block = self.example.blocks[edge.block]
        start = block.nodes[edge.place].operands[edge.position]
        waiting, seen = [start], set()
        while waiting:
            node = waiting.pop()
            name = block.boundary.get(node)
            if name is not None:
                if name == target:
                    return True
            elif node not in seen:
                seen.add(node)
                waiting.extend(node.parents)
        return False


def derivation(forward: Callable[..., Any], inputs: Inputs, leaves: Sequence[str]) -> Derivation:
    """Looks at a function on one set of inputs.

    Args:
        forward: the function.
        inputs: its arguments by name, in order.
        leaves: those that it is differentiated with respect to.

    Returns:
        What its steps follow from.

    Raises:
        NotDerivable: if no exercise can be derived from it.
    """
    example = record(forward, inputs, leaves)
    result = example.blocks[example.output].nodes[-1]
    return Derivation(forward, tuple(inputs), tuple(leaves), example, not np.shape(result.value))
