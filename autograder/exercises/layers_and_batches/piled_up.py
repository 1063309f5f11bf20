"""The slip in which a training loop never clears its gradients."""

from __future__ import annotations

from autograder.exercise import Mistake, Step


def gradients_pile_up(step: str, slug: str = "", **wrong: Step) -> Mistake:
    """A loop in which the gradients of every step are added to those before.

    Args:
        step: what one round of the loop goes through, such as "batch".
        slug: what tells it from others of its kind.
        **wrong: the steps of the exercise that are computed so.

    Returns:
        The mistake, with its own hints.
    """
    look = f"What do your gradients hold when the second {step} begins?"
    return Mistake(
        "M17",
        f"gradients pile up{slug}",
        wrong,
        f"your {{part}} comes from a loop that adds the gradients of each {step} to the earlier "
        "ones.",
        name="gradients that are never cleared",
        question=look,
        hints=(
            look,
            "Each step follows the gradient at the parameters that it starts from. Which line of "
            "your loop makes the gradients start from 0 again?",
            "Let the slope be 3 in the first step and 5 in the second. With a rate of 0.1, the "
            "parameter should move by −0.3 and then by −0.5. If the slopes are added to what is "
            "still there, the second step follows 3 + 5 and moves it by −0.8.",
        ),
    )
