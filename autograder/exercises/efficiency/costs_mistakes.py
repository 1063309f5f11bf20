"""What people get wrong when they count passes and evaluations."""

from __future__ import annotations

from autograder.exercise import Mistake
from autograder.exercises.counted_passes import passes_mixed_up

PASS_MISTAKES = (
    *passes_mixed_up("forward_passes", "reverse_passes"),
    Mistake(
        "M35",
        "two evaluations for every entry",
        {"evaluations": lambda v: 2.0 * v.n * v.m},
        "your {part} is two evaluations per entry of the Jacobian.",
        name="every output is measured separately",
        question="How many outputs do you get from one evaluation of the function?",
    ),
    Mistake(
        "M33",
        "one-sided",
        {"evaluations": lambda v: v.n + 1.0},
        "your {part} is the cost of one-sided differences; the exercise asks for central ones.",
    ),
    *(
        Mistake(
            "M33",
            slug,
            {"evaluations": count},
            f"your {{part}} is {words}.",
            name=name,
            question=question,
        )
        for slug, count, words, name, question in (
            (
                "one-sided, without the centre",
                lambda v: float(v.n),
                "one evaluation per input; central differences need two points",
                "one evaluation per input",
                "At which points does a central difference evaluate the function?",
            ),
            (
                "centre counted too",
                lambda v: 2.0 * v.n + 1,
                "one too large. It counts the point itself, which a central difference does "
                "not use",
                "the point itself is counted too",
                "At which points does a central difference evaluate the function?",
            ),
            (
                "two per output",
                lambda v: 2.0 * v.m,
                "two evaluations per output. What moves in a finite difference is an input",
                "the outputs are counted instead of the inputs",
                "What do you move by ε: an input or an output?",
            ),
            (
                "one per entry",
                lambda v: float(v.n * v.m),
                "one evaluation per entry of the Jacobian",
                "every output is measured separately",
                "How many outputs do you get from one evaluation of the function?",
            ),
            (
                "inputs and outputs",
                lambda v: 2.0 * (v.n + v.m),
                "two evaluations per input and per output",
                "the outputs are counted too",
                "How many outputs do you get from one evaluation of the function?",
            ),
            (
                "2ⁿ",
                lambda v: 2.0**v.n,
                "two to the power of the number of inputs, as if all inputs moved together",
                "every combination of moved inputs is counted",
                "How many inputs move at a time?",
            ),
        )
    ),
    *(
        Mistake(
            "M35",
            f"{part} per entry",
            {part: lambda v: float(v.n * v.m)},
            "your {part} is one pass per entry of the Jacobian.",
            name="a pass for every entry",
            question="How much of the Jacobian does one pass give?",
        )
        for part in ("forward_passes", "reverse_passes")
    ),
    *(
        Mistake(
            "M35",
            f"{part}: a single pass",
            {part: lambda v: 1.0},
            "your {part} is a single pass. One pass gives only a part of the Jacobian.",
            name="a single pass for the whole Jacobian",
            question="How much of the Jacobian does one pass give?",
        )
        for part in ("forward_passes", "reverse_passes")
    ),
    Mistake(
        "M35",
        "a forward pass first",
        {"reverse_passes": lambda v: v.m + 1.0},
        "your {part} is one too large. It counts the evaluation before the passes too.",
        name="the evaluation is counted as a pass",
        question="The exercise counts passes of reverse mode. Is the evaluation one of them?",
    ),
    Mistake(
        "M35",
        "forward and back",
        {"reverse_passes": lambda v: 2.0 * v.m},
        "your {part} is two passes per output.",
        name="the way forward is counted as a pass of reverse mode",
        question="The exercise counts passes of reverse mode. Is the evaluation one of them?",
    ),
)
