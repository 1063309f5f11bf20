"""What people get wrong when they count what a chain keeps and repeats."""

from __future__ import annotations

import numpy as np

from autograder.exercise import Mistake

CHECKPOINT_MISTAKES = (
    *(
        Mistake(
            "M35",
            slug,
            {part: count},
            f"your {{part}} {words}.",
            name=name,
            question=question,
        )
        for part, slug, count, words, name, question in (
            (
                "kept",
                "last value kept",
                lambda v: v.steps + 1.0,
                "is one too large. It counts the last value too, from which no step leads on",
                "the last value is counted among those that are kept",
                "Which values does a step need on the way back: what enters it, or what leaves it?",
            ),
            (
                "kept",
                "first value not kept",
                lambda v: v.steps - 1.0,
                "is one too small",
                "one of the values that are kept is left out",
                "List the values that you need on the way back through a chain of two steps. "
                "Is x0 among them?",
            ),
            (
                "kept",
                "√steps",
                lambda v: float(np.sqrt(v.steps)),
                "is the square root of the number of steps, although there are no checkpoints yet",
                "the cost with checkpoints",
                "How many values does a chain of four steps keep if it keeps all that it needs?",
            ),
            (
                "kept",
                "kept and gradients",
                lambda v: 2.0 * v.steps,
                "is two values per step",
                "two values are counted per step",
                "How many values does one step need on its way back?",
            ),
            (
                "kept_with_checkpoints",
                "checkpoints alone",
                lambda v: v.steps / v.length,
                "counts the checkpoints, but not what one segment holds while you work on it",
                "only the checkpoints are counted",
                "What else do you hold while you go back through a segment?",
            ),
            (
                "kept_with_checkpoints",
                "checkpoints alone, with the end",
                lambda v: v.steps / v.length + 1.0,
                "counts the checkpoints and one more value, but not what one segment holds "
                "while you work on it",
                "only the checkpoints are counted",
                "What else do you hold while you go back through a segment?",
            ),
            (
                "kept_with_checkpoints",
                "one segment alone",
                lambda v: float(v.length),
                "counts the values of one segment, but not the checkpoints of the others",
                "only one segment is counted",
                "Which values of the other segments do you hold in the meantime?",
            ),
            (
                "kept_with_checkpoints",
                "inside of one segment alone",
                lambda v: v.length - 1.0,
                "counts the values inside one segment, but not the checkpoints",
                "only one segment is counted",
                "Which values of the other segments do you hold in the meantime?",
            ),
            (
                "kept_with_checkpoints",
                "checkpoint counted twice",
                lambda v: v.steps / v.length + v.length,
                "counts the first value of the segment twice. That value is already a checkpoint",
                "the first value of a segment is counted twice",
                "Which of the values that you hold inside a segment is a checkpoint too?",
            ),
            (
                "kept_with_checkpoints",
                "checkpoint counted twice, and the end",
                lambda v: v.steps / v.length + v.length + 1.0,
                "is two too large. It counts the first value of the segment twice, and the "
                "last value as well",
                "the first value of a segment is counted twice",
                "Which of the values that you hold inside a segment is a checkpoint too?",
            ),
            (
                "kept_with_checkpoints",
                "own checkpoint left out",
                lambda v: v.steps / v.length + v.length - 2.0,
                "is one too small",
                "one value too few is counted",
                "Count the values for four steps in segments of two, with your finger.",
            ),
            (
                "kept_with_checkpoints",
                "the larger of the two",
                lambda v: max(v.steps / v.length, v.length),
                "is the larger of two numbers, the checkpoints and the steps of a segment, "
                "although both are held at the same time",
                "the larger number instead of the sum",
                "While you work on a segment, are the checkpoints still there?",
            ),
            (
                "kept_with_checkpoints",
                "the product of the two",
                lambda v: v.steps / v.length * (v.length - 1),
                "counts the values inside all segments, although only one of them is worked "
                "on at a time",
                "the inside of every segment is counted",
                "How many segments do you work on at the same time?",
            ),
            (
                "kept_with_checkpoints",
                "twice the root",
                lambda v: 2.0 * float(np.sqrt(v.steps)),
                "is twice the square root of the number of steps, which is not the cost for "
                "every length of the segments",
                "the cost of the best length",
                "Should this number change when only the length of the segments changes?",
            ),
            (
                "repeated",
                "all steps repeated",
                lambda v: float(v.steps),
                "repeats every step; the last one of each segment is not needed again",
                "",
                "",
            ),
            (
                "repeated",
                "last segment not repeated",
                lambda v: (v.steps / v.length - 1.0) * (v.length - 1.0),
                "leaves out one segment, as if its values were still there from the way forward",
                "one segment is not repeated",
                "Which values were kept on the way forward, in the last segment too?",
            ),
            (
                "repeated",
                "all steps but those of the last segment",
                lambda v: float(v.steps - v.length),
                "leaves out one segment and repeats every step of the others",
                "one segment is not repeated",
                "Which values were kept on the way forward, in the last segment too?",
            ),
            (
                "repeated",
                "one segment",
                lambda v: v.length - 1.0,
                "counts the repeated steps of one segment only",
                "only one segment is counted",
                "In how many segments are steps repeated?",
            ),
            (
                "repeated",
                "one whole segment",
                lambda v: float(v.length),
                "counts the steps of one segment only",
                "only one segment is counted",
                "In how many segments are steps repeated?",
            ),
            (
                "repeated",
                "one step too few",
                lambda v: v.steps - 1.0,
                "leaves out a single step of the whole chain",
                "only one step of the chain is not repeated",
                "In how many segments is there a step that need not be repeated?",
            ),
            (
                "repeated",
                "segments",
                lambda v: v.steps / v.length,
                "is the number of segments",
                "the segments are counted instead of the steps",
                "How many steps are repeated inside one segment?",
            ),
            (
                "repeated",
                "two steps too few per segment",
                lambda v: v.steps / v.length * (v.length - 2.0),
                "leaves out two steps in each segment",
                "one step too few is repeated in each segment",
                "Which steps are repeated in a segment of two steps?",
            ),
        )
    ),
)
