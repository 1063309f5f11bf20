"""What an answer did wrongly in an exercise that another one builds on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from autograder.exercise import Exercise, Inputs
from autograder.inside.asking import Response
from autograder.judge.as_before import known_mistakes_alone
from autograder.judge.verdict import Status, Verdict


@dataclass(frozen=True)
class Earlier:
    """What a student computed wrongly in an exercise that another one builds on.

    Args:
        values: the number of one of the later exercise's ordinary probes → part → value.
        explained: whether known mistakes account for all of it, so that nothing in it was chosen.
        narrow: whether some of it is right on some inputs only.
        stopped: the numbers of the later exercise's probes on which it stopped.
        mutated: the inputs that it changed in place.
    """

    values: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    explained: bool = True
    narrow: bool = False
    stopped: Set[int] = frozenset()
    mutated: tuple[str, ...] = ()

    def on(self, probes: Sequence[int]) -> list[Mapping[str, Any]]:
        """The values on some of the probes; none where nothing was found wrong."""
        return [self.values[i] for i in probes] if self.values else []


NOTHING_EARLIER = Earlier()


def ordinary_inputs(exercise: Exercise, drawn: Sequence[Inputs]) -> list[Inputs]:
    """The inputs on which an earlier answer is asked too: those that answers are diagnosed on.

    Args:
        exercise: the later exercise.
        drawn: its inputs, one dict a probe.
    """
    return [drawn[i] for i in exercise.ordinary]


def found_wrong(
    verdict: Verdict, later: Exercise, drawn: Sequence[Inputs], responses: Sequence[Response]
) -> Earlier:
    """The values of the parts that a verdict found wrong, for an exercise that builds on them.

    Args:
        verdict: the verdict on the earlier exercise.
        later: the exercise that builds on them.
        drawn: its ordinary inputs.
        responses: what the same answer gave, at the same time, on these.
    """
    wrong = [part for part in verdict.parts if part.status is Status.WRONG]
    names = [part.part.name for part in wrong]
    values = {
        i: {name: response.values[name] for name in names if name in response.values}
        for i, response in zip(later.ordinary, responses, strict=True)
    }
    explained = known_mistakes_alone(verdict, drawn, responses)
    narrow = any(part.status is Status.NARROW for part in verdict.parts)
    stopped = {i for i, one in zip(later.ordinary, responses, strict=True) if one.fault}
    return Earlier(
        values,
        explained,
        narrow or bool(verdict.stopped_on),
        # A function that stopped nowhere when it was judged has paid for nothing.
        frozenset(stopped if verdict.stopped_on else ()),
        verdict.mutated,
    )
