"""What feedback says of memory: inputs that were changed in place, arrays under several names."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.judge.one_array import ONE_ARRAY, connected
from autograder.judge.verdict import PartVerdict, Verdict
from autograder.listed import listed


def changed_inputs(verdict: Verdict) -> str:
    """What is said of inputs that the answer changed in place.

    Args:
        verdict: what the judge found.
    """
    cost = (
        "This costs half of what the parts earned."
        if verdict.unpaid
        else "It has cost the points of the parts that came out wrong because of it, and no more."
    )
    return (
        f"Your code changed its input {listed(verdict.mutated)} in place, and the code that called "
        f"it still needs the old values. {cost} Work on a copy, or write x = x + 1 instead of "
        "x += 1."
    )


def shared_memory(verdict: Verdict, wrong: PartVerdict | None) -> list[str]:
    """What is said of shared memory, a sentence or two per array.

    Args:
        verdict: what the judge found.
        wrong: the part whose finding is shown; what that says is not said again.
    """
    parts = {part.part.name for part in verdict.parts}
    # One name twice is a part and the input that it is called after.
    among = [pair for pair in verdict.shared if pair[0] != pair[1] and pair[1] in parts]
    told = _is_one_array(wrong)
    said = [_one_array(group) for group in connected(among) if not (told and told in group)]
    owners: dict[str, list[str]] = {}
    for first, second in verdict.shared:
        if (first, second) not in among:
            owners.setdefault(second, []).append(first)
    said += [
        f"Your {listed(names)} {'uses' if len(names) == 1 else 'use'} the same memory as the input "
        f"{owner}: a later += on it would change the caller's data. Return a new array, such as a "
        "copy."
        for owner, names in owners.items()
    ]
    return said[:2]


def _is_one_array(wrong: PartVerdict | None) -> str:
    """The name of a part whose finding is that it shares its memory, else ""."""
    explained = wrong and wrong.finding and wrong.finding.slug == ONE_ARRAY
    return wrong.part.name if wrong and explained else ""


def _one_array(names: Sequence[str]) -> str:
    other = "the other" if len(names) == 2 else "the others"
    return (
        f"Your {listed(names)} are the same array in memory, or share part of it: a change to one "
        f"also changes {other}. Make a new array for each."
    )
