"""Wrong numbers of passes for a Jacobian: forward mode by outputs, reverse mode by inputs."""

from __future__ import annotations

from autograder.exercise import Mistake


def passes_mixed_up(forward: str, reverse: str) -> tuple[Mistake, ...]:
    """The mistakes of an exercise with n inputs and m outputs that asks for both numbers.

    Args:
        forward: the part with the number of forward passes.
        reverse: the part with the number of reverse passes.

    Returns:
        Both numbers swapped, and each of them alone.
    """
    both = Mistake(
        "M30",
        "modes swapped",
        {forward: lambda v: float(v.m), reverse: lambda v: float(v.n)},
        "your {part} is the number for the other mode.",
        name="forward and reverse mode are swapped",
        question="What does one forward pass start from: an input or an output?",
        together=True,
    )
    alone = (
        Mistake(
            "M30",
            f"{part}: {counted}",
            {part: count},
            f"your {{part}} is the number of {counted}.",
            name=f"the {counted} are counted instead of the {belongs}",
            question=f"What does one {mode} pass start from: an input or an output?",
        )
        for part, mode, counted, belongs, count in (
            (forward, "forward", "outputs", "inputs", lambda v: float(v.m)),
            (reverse, "reverse", "inputs", "outputs", lambda v: float(v.n)),
        )
    )
    return both, *alone
