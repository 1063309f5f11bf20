"""Slips in a forward pass that no part shows, and that everything after them carries on."""

from __future__ import annotations

from autograder.exercise import Mistake, Step


def bias_left_out(where: str = "", **wrong: Step) -> Mistake:
    """A forward pass without its biases.

    Args:
        where: which biases, where there are several kinds.
        **wrong: the steps as they are then.
    """
    which = f"the bias {where}".strip()
    return Mistake(
        "M31",
        f"{which} left out of the forward pass",
        wrong,
        f"your {{part}} comes from a forward pass without {which}.",
        name=f"{which} is left out of the forward pass",
        question="Which arrays does your forward pass read, and which ones were you given?",
        hints=(
            "Which arrays does your forward pass read, and which ones were you given?",
            "Set all weights to 0. What should then enter each unit?",
            "A unit with the weights (2, 1), the bias 3 and the inputs (1, 1) gets 2 + 1 + 3 = 6.",
        ),
    )


def no_activation(where: str, **wrong: Step) -> Mistake:
    """A forward pass in which an activation is missing.

    Args:
        where: which one.
        **wrong: the steps as they are then.
    """
    return Mistake(
        "M6",
        f"no activation {where}",
        wrong,
        f"your {{part}} comes from a forward pass without the activation {where}.",
        name=f"the activation {where} is left out of the forward pass",
        question="Between which two quantities does each activation stand?",
    )
