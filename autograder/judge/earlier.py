"""What an answer did wrongly in an exercise that another one builds on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.exercise import Exercise, Inputs
from autograder.inside.asking import Response
from autograder.judge.as_before import known_mistakes_alone
from autograder.judge.verdict import Status, Verdict


@dataclass(frozen=True)
class Earlier:
    """What a student computed wrongly in an exercise that another one builds on.

    Args:
        values: the number of one of the later exercise's probes → part → value.
        explained: whether known mistakes account for all of it, so that nothing in it was chosen.
        stopped: the numbers of the later exercise's probes on which it stopped.
        mutated: the inputs that it changed in place.
    """

    values: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    explained: bool = True
    stopped: Set[int] = frozenset()
    mutated: tuple[str, ...] = ()

    def on(self, probes: Sequence[int]) -> list[Mapping[str, Any]]:
        """The values on some of the probes; none where nothing was found wrong."""
        return [self.values[i] for i in probes] if self.values else []


NOTHING_EARLIER = Earlier()
# Single precision is as far off as it is, and so is what is made from it.
_DIFFERENT = (Status.WRONG, Status.AGAIN, Status.NARROW, Status.FORM)


def asked_before(later: Exercise, drawn: Sequence[Inputs]) -> list[Inputs]:
    """The inputs on which an earlier answer is asked too: ordinary ones and corners.

    Args:
        later: the later exercise.
        drawn: its inputs, one dict per probe.
    """
    return [drawn[i] for i in _probes(later)]


def _probes(later: Exercise) -> list[int]:
    return [i for i, probe in enumerate(later.probes) if not probe.ties]


@np.errstate(all="ignore")
def found_wrong(
    verdict: Verdict, later: Exercise, drawn: Sequence[Inputs], responses: Sequence[Response]
) -> Earlier:
    """The values of the parts that a verdict found wrong, for an exercise that builds on them.

    Args:
        verdict: the verdict on the earlier exercise.
        later: the exercise that builds on them.
        drawn: its inputs, as `asked_before` gives them.
        responses: what the same answer gave, at the same time, on these.
    """
    names = [part.part.name for part in verdict.parts if part.status in _DIFFERENT]
    probes = _probes(later)
    asked = [part.part.name for part in verdict.parts]
    values = {
        # At a corner nobody has looked yet which of them is wrong.
        i: {
            name: response.values[name]
            for name in (asked if later.probes[i].corner else names)
            if name in response.values
        }
        for i, response in zip(probes, responses, strict=True)
    }
    ordinary = [n for n, i in enumerate(probes) if not later.probes[i].corner]
    explained = known_mistakes_alone(
        verdict, [drawn[n] for n in ordinary], [responses[n] for n in ordinary]
    )
    stopped = {i for i, one in zip(probes, responses, strict=True) if one.fault}
    return Earlier(
        values if names else {},
        explained,
        # A function that stopped nowhere when it was judged has paid for nothing.
        frozenset(stopped if verdict.stopped_on else ()),
        verdict.mutated,
    )
