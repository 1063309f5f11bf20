"""What people get wrong at kinks."""

from __future__ import annotations

from types import SimpleNamespace

from autograder.exercise import Mistake
from autograder.exercises.efficiency.kinks_steps import (
    gap,
    left_slope,
    lower_slope,
    right_slope,
    upper_slope,
)


def _clearly_upper(v: SimpleNamespace) -> float:
    """The first line's slope only if it is above the second."""
    return float(v.p if gap(v) > 0 else v.r)


MISTAKES = (
    Mistake(
        "M10",
        "first line where they meet",
        {"left": upper_slope, "right": upper_slope},
        "your {part} is the first line's slope where the two lines meet.",
        name="the order of the two lines instead of their slopes",
        question="Draw the two lines around the point where they meet. Which one is on top on "
        "each side?",
        hints=(
            "Draw two lines that cross, and trace the upper one with your pen.",
            "Just to the left of a crossing, the upper line is not the one that is above "
            "just to the right.",
            "Take max(2x, 5x) at 0. At x = −1 the lines are at −2 and −5, so on the left the "
            "flatter one is above.",
        ),
    ),
    Mistake(
        "M33",
        "central difference at the kink",
        {
            "left": lambda v: (v.p + v.r) / 2 if v.gap == 0 else upper_slope(v),
            "right": lambda v: (v.p + v.r) / 2 if v.gap == 0 else upper_slope(v),
        },
        "your {part} is the mean of the two slopes where the lines meet, which is what a "
        "central difference gives.",
        name="a central difference across a kink",
        question="From which side do you measure?",
    ),
    Mistake(
        "M30",
        "sides swapped",
        {
            "left": lambda v: max(v.p, v.r) if v.gap == 0 else upper_slope(v),
            "right": lambda v: min(v.p, v.r) if v.gap == 0 else upper_slope(v),
        },
        "your {part} is the slope on the other side where the lines meet.",
        name="left and right are swapped",
        question="To the right of a crossing, is the steeper line above or below?",
        together=True,
    ),
    *(
        Mistake(
            "M30",
            f"{part}: the other side's slope",
            {part: at_a_kink},
            f"your {{part}} is the {words} of the two slopes where the lines meet.",
            name=f"the slope on the {side} instead of the one on the {part}",
            question=f"Just to the {part} of a crossing, which of the two lines is on top?",
        )
        for part, side, words, at_a_kink in (
            ("left", "right", "larger", right_slope),
            ("right", "left", "smaller", left_slope),
        )
    ),
    Mistake(
        "M13",
        "lower line",
        {
            "left": lambda v: left_slope(v) if v.gap == 0 else lower_slope(v),
            "right": lambda v: right_slope(v) if v.gap == 0 else lower_slope(v),
        },
        "your {part} is the slope of the lower line.",
        name="the lower line's slope",
        question="Which of the two values does max return?",
    ),
    Mistake(
        "M10",
        "every tie a kink",
        {"differentiable": lambda v: v.gap != 0},
        "your {part} calls every point where the two values agree a kink.",
        name="a tie mistaken for a kink",
        question="When two values are equal, do the slopes differ too?",
    ),
    Mistake(
        "M10",
        "never a kink",
        {"differentiable": lambda v: True},
        "your {part} finds a derivative everywhere.",
        name="a kink mistaken for a smooth point",
        question="What must be true of the two one-sided slopes for a derivative to exist?",
    ),
    *(
        Mistake(
            id,
            slug,
            {"left": left, "right": right},
            f"your {{part}} {words}.",
            name=name,
            question=question,
            together=name.startswith("a kink everywhere"),
        )
        for id, slug, left, right, words, name, question in (
            (
                "M10",
                "second line where they meet",
                *(2 * (lambda v: float(v.r if gap(v) <= 0 else v.p),)),
                "is the second line's slope where the two lines meet",
                "the order of the two lines instead of their slopes",
                "Draw the two lines around the point where they meet. Which one is on top on "
                "each side?",
            ),
            (
                "M10",
                "first line on the left, second on the right",
                lambda v: float(v.p) if gap(v) == 0 else upper_slope(v),
                lambda v: float(v.r) if gap(v) == 0 else upper_slope(v),
                "takes the first line for the left of a crossing and the second line for its "
                "right, whatever their slopes",
                "the order of the two lines instead of their slopes",
                "Does it matter for f which of the two lines is called the first?",
            ),
            (
                "M10",
                "second line on the left, first on the right",
                lambda v: float(v.r) if gap(v) == 0 else upper_slope(v),
                lambda v: float(v.p) if gap(v) == 0 else upper_slope(v),
                "takes the second line for the left of a crossing and the first line for its "
                "right, whatever their slopes",
                "the order of the two lines instead of their slopes",
                "Does it matter for f which of the two lines is called the first?",
            ),
            (
                "M10",
                "sum of the slopes where they meet",
                *(2 * (lambda v: float(v.p + v.r) if gap(v) == 0 else upper_slope(v),)),
                "is the sum of both slopes where the lines meet",
                "both slopes at a kink",
                "How many lines are on top a little to the left of a crossing?",
            ),
            (
                "M10",
                "0 where they meet",
                *(2 * (lambda v: 0.0 if gap(v) == 0 else upper_slope(v),)),
                "is 0 where the lines meet",
                "no slope at a kink",
                "Does a kink have a slope on each of its sides?",
            ),
            (
                "M13",
                "compared at 0",
                *(2 * (lambda v: float(v.p if v.q > v.s else v.r),)),
                "is the slope of the line that is above at 0, not at x",
                "the lines are compared at 0 instead of at x",
                "At which point does the exercise ask for the slopes?",
            ),
            (
                "M13",
                "compared at 0, kink there",
                lambda v: float(v.p if v.q > v.s else v.r if v.q < v.s else min(v.p, v.r)),
                lambda v: float(v.p if v.q > v.s else v.r if v.q < v.s else max(v.p, v.r)),
                "is the slope of the line that is above at 0, not at x",
                "the lines are compared at 0 instead of at x",
                "At which point does the exercise ask for the slopes?",
            ),
            (
                "M13",
                "a kink at x = 0",
                lambda v: float(min(v.p, v.r)) if v.x == 0 else _clearly_upper(v),
                lambda v: float(max(v.p, v.r)) if v.x == 0 else _clearly_upper(v),
                "has a kink at x = 0, wherever the two lines meet",
                "a kink at x = 0, as |x| has it",
                "Where do these two lines meet?",
            ),
            (
                "M10",
                "a kink everywhere",
                lambda v: float(min(v.p, v.r)),
                lambda v: float(max(v.p, v.r)),
                "takes the flatter line for the left and the steeper line for the right, "
                "wherever x is",
                "a kink everywhere",
                "Where do the two lines have to be for both of them to count?",
            ),
            (
                "M10",
                "a kink everywhere, sides swapped",
                lambda v: float(max(v.p, v.r)),
                lambda v: float(min(v.p, v.r)),
                "takes the steeper line for the left and the flatter line for the right, "
                "wherever x is",
                "a kink everywhere, and its sides are swapped",
                "Where do the two lines have to be for both of them to count?",
            ),
            (
                "M13",
                "the steeper line",
                *(2 * (lambda v: float(max(v.p, v.r)),)),
                "is the slope of the steeper line, wherever x is",
                "the larger slope instead of the slope of the larger line",
                "Which of the two values does max return?",
            ),
            (
                "M13",
                "the flatter line",
                *(2 * (lambda v: float(min(v.p, v.r)),)),
                "is the slope of the flatter line, wherever x is",
                "the smaller slope instead of the slope of the larger line",
                "Which of the two values does max return?",
            ),
            (
                "M13",
                "lower line, also where they meet",
                lambda v: right_slope(v) if v.gap == 0 else lower_slope(v),
                lambda v: left_slope(v) if v.gap == 0 else lower_slope(v),
                "is the slope of the lower line",
                "the lower line's slope",
                "Which of the two values does max return?",
            ),
        )
    ),
    *(
        Mistake(
            "M10",
            slug,
            {"differentiable": told},
            f"your {{part}} {words}.",
            name=name,
            question=question,
        )
        for slug, told, words, name, question in (
            (
                "kinks only",
                lambda v: not (v.gap != 0 or v.p == v.r),
                "says True at kinks and False everywhere else",
                "True and False are swapped",
                "What should it be for |x| at 0?",
            ),
            (
                "differentiable nowhere",
                lambda v: False,
                "finds a derivative nowhere",
                "no derivative anywhere",
                "Does a straight line have a derivative?",
            ),
            (
                "same slopes only",
                lambda v: bool(v.p == v.r),
                "finds a derivative only where both lines have the same slope",
                "every point taken for a crossing",
                "Does it matter for f near x what slope the lower line has?",
            ),
            (
                "kinks at 0 only",
                lambda v: v.x != 0 or v.p == v.r,
                "says False at x = 0 only",
                "a kink at x = 0, as |x| has it",
                "Where do these two lines meet?",
            ),
            (
                "ties only",
                lambda v: v.gap == 0,
                "finds a derivative only where the two lines meet",
                "True and False are swapped, and a tie is mistaken for a kink",
                "What should it be for |x| at 0?",
            ),
            (
                "same line only",
                lambda v: v.gap == 0 and v.p == v.r,
                "finds a derivative only where both lines are the same",
                "a derivative only where both lines are the same",
                "Does a straight line have a derivative?",
            ),
        )
    ),
    Mistake(
        "M1",
        "left slope turned round",
        {"left": lambda v: -left_slope(v)},
        "your {part} has the wrong sign.",
        name="the slope to the left has the sign of a step to the left",
        question="If a line rises, what is the sign of its slope on the left of a point?",
    ),
)
