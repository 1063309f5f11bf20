"""Your own gradient checker: it must reject planted bugs and accept right gradients."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from autograder.exercise import Exercise, Mistake, Part, Probe
from autograder.exercises.four_ways import checkers
from autograder.exercises.four_ways.asks import ask_for_verdicts
from autograder.exercises.four_ways.claims import draw_cases, problem_of
from autograder.exercises.four_ways.difference import UNIT

Checker = Callable[[Callable[[Any], float], Any, Any], bool]
_POINTS = {
    "plain": (1.0, "right gradients, a flipped sign, a factor"),
    "one_entry": (0.75, "one wrong entry among many"),
    "scale": (0.75, "very small and very large gradients"),
    "zeros": (0.5, "entries whose slope is 0"),
    "whole_numbers": (0.5, "an x of integers"),
    "form": (0.25, "claims that are not finite, or have the wrong shape"),
    "corners": (0.25, "a function with corners"),
}


def _verdicts(name: str, checker: Checker) -> Any:
    """The step of one part: the verdicts of a checker on its cases."""

    def verdicts(v: SimpleNamespace) -> list[bool]:
        return [checker(case["f"], case["claimed"], case["x"]) for case in v.cases[name]]

    return verdicts


def _mistake(
    id: str,
    slug: str,
    checker: Checker,
    misses: str,
    evidence: str,
    name: str,
    question: str,
    pointer: str,
    idea: str,
) -> Mistake:
    """A wrong checker, with the names of the parts that it misses."""
    wrong = {part: _verdicts(part, checker) for part in misses.split()}
    return Mistake(id, slug, wrong, evidence, name, question, (question, pointer, idea))


VERDICT_EXERCISE = Exercise(
    id="checker.verdict",
    unit=UNIT,
    title="A gradient checker of your own",
    objectives=("O7",),
    deck="D0, objective “use the finite difference method to evaluate the gradient”; D1, Gradient "
    "Checking",
    ask=ask_for_verdicts,
    costly=True,
    steps={name: _verdicts(name, checkers.good) for name in _POINTS},
    parts=tuple(
        Part(name, points, label, accept=problem_of(name))
        for name, (points, label) in _POINTS.items()
    ),
    probes=(
        # Each call of f in the sandbox is a message to outside, so x is small.
        Probe("a vector of 3", draw_cases(3, many=24)),
        Probe("a transposed square matrix", draw_cases(2, 2, many=5, order="F")),
        Probe("a column", draw_cases(3, 1, many=2), corner=True),
        Probe("three axes", draw_cases(2, 1, 2, many=3), corner=True),
    ),
    gradients=tuple(_POINTS),
    mistakes=(
        _mistake(
            "M9", "everything passes", lambda f, claimed, x: True, " ".join(_POINTS),
            "in the part {part}, your checker accepts every claim.",
            "a checker that accepts everything",
            "Which claim would your checker reject?",
            "Give it twice the right gradient. Which two things does it compare?",
            "A smoke alarm that never rings is useless. First make sure that yours rings for −∇f.",
        ),
        *(
            _mistake(
                "M33", slug, checker, " ".join(_POINTS),
                "in the part {part}, your checker rejects right claims.",
                "a checker that rejects right gradients",
                "For a right gradient, how large is the difference that you compare, and how "
                "large may it be?",
                "A difference quotient never has more than some ten right digits. Print the "
                "largest difference for a right claim, next to your tolerance.",
                "A central difference with h = 1e-5 is right to about 1e-10. With h = 1e-13 its "
                "numerator is mostly round-off. A bound of 1e-12 rejects both.",
            )
            for slug, checker in (
                ("everything fails", lambda f, claimed, x: False),
                ("right to the last digit", checkers.to_the_last_digit),
            )
        ),
        _mistake(
            "M33", "a wide tolerance", checkers.loose, "one_entry scale",
            "in the part {part}, your checker accepts an entry that is off by a few percent.",
            "a tolerance that is wider than the error",
            "By how many percent may an entry be off before your checker says no?",
            "A right claim agrees to many digits. How small can your tolerance be?",
            "With h = 1e-5, right claims agree to 1e-8 or better. A tolerance of 1e-4 leaves room "
            "and still finds an entry that is off by 2 percent.",
        ),
        _mistake(
            "M33", "divided by h", checkers.divided_by_h, " ".join(_POINTS),
            "in the part {part}, your checker accepts the doubled gradient and rejects the right "
            "one.",
            "the wrong distance between the two points",
            "How far apart are your two points?",
            "Test your difference on x³ at 1, where the slope is 3.",
            "The points x + h and x − h are 2h apart.",
        ),
        *(
            _mistake(
                "M33", slug, checker, misses,
                "in the part {part}, your checker compares only one number for all entries "
                "together.",
                "all entries are moved at once",
                "If two entries of the claim were swapped, would your checker notice?",
                "Move one entry at a time, and compare one entry at a time.",
                "For f = x₁ + 2x₂, the claims (1, 2) and (2, 1) have the same sum.",
            )
            for slug, checker, misses in (
                ("all entries are moved at once", checkers.at_once, "one_entry"),
                ("all at once, loosely", checkers.at_once_and_loose, "one_entry scale"),
            )
        ),
        _mistake(
            "M1", "sizes without signs", checkers.sizes_only, "plain scale whole_numbers",
            "in the part {part}, your checker accepts the gradient with its sign flipped.",
            "sizes are compared without their signs",
            "At which point of your comparison is the sign lost?",
            "Take the absolute value of the difference, not of the two numbers.",
            "| |2| − |−2| | is 0, and |2 − (−2)| is 4.",
        ),
        _mistake(
            "M33", "one norm for all entries", checkers.one_norm, "one_entry scale",
            "in the part {part}, your checker accepts a claim with a single wrong entry.",
            "one number for all entries",
            "One entry in twenty is wrong. How much does that change a norm?",
            "Compare every entry on its own, and ask whether all of them agree.",
            "With 99 right entries of size 1 and one that is off by 0.1, the norm of the "
            "difference is 0.1 and the norm of the gradient is 10. That is one percent.",
        ),
        _mistake(
            "M33", "the largest slope for all entries", checkers.by_the_largest, "scale",
            "in the part {part}, your checker accepts a small slope that is wrong, next to a large "
            "one.",
            "large slopes hide wrong small ones",
            "One slope is a thousand times as large as its neighbours. How far off may a "
            "neighbour be before your checker says no?",
            "Let the bound of an entry be a fraction of that entry. Only the floor, which is there "
            "for round-off, is a very small fraction of the largest slope.",
            "For measured slopes (1000, 1) and a claim of (1000, 0), a bound of 1e-3 · 1000 is as "
            "large as the second slope itself. A bound of 1e-4 · 1 rejects the claim.",
        ),
        *(
            _mistake(
                "M13", slug, checker, misses,
                f"in the part {{part}}, your checker accepts a claim of which {words} is right.",
                name,
                "Change only the second of three entries. Does your checker notice?",
                "In which line do all entries come together to one verdict?",
                "A class has passed if everybody has. If you look at the first student and say "
                "“passed”, you have not looked at the others.",
            )
            for slug, checker, misses, words, name in (
                (
                    "first entry only", checkers.first_only, "one_entry scale zeros",
                    "the first entry", "only the first entry is compared",
                ),
                (
                    "last entry only", checkers.last_only, "one_entry scale zeros form",
                    "the last entry", "only the last entry is compared",
                ),
                (
                    "any entry", checkers.any_entry, "one_entry scale zeros form",
                    "a single entry", "one right entry is enough",
                ),
            )
        ),
        _mistake(
            "M33", "an absolute tolerance", checkers.absolute, "scale",
            "in the part {part}, your checker uses the same tolerance for slopes of every size.",
            "an absolute tolerance",
            "If the loss were measured in millionths, would your verdict change?",
            "Compare the difference with the size of the slopes.",
            "For a slope of 1e-7, a claim of 0 is off by only 1e-7, and it is entirely wrong. "
            "For a slope of 1e6, a measurement may be off by 1e-4, and it is fine.",
        ),
        _mistake(
            "M33", "the absolute tolerance of NumPy's allclose", checkers.numpys_own, "scale",
            "in the part {part}, your checker adds an absolute tolerance of 1e-8, as np.allclose "
            "does.",
            "the absolute tolerance that np.allclose adds",
            "If the loss were measured in millionths, would your verdict change?",
            "np.allclose has two tolerances. Which of them does your call leave at its default?",
            "np.allclose(0, 1e-9) is True: its atol of 1e-8 is added to what rtol allows. Set "
            "atol=0, or to a small fraction of the largest slope.",
        ),
        _mistake(
            "M25", "nan passes", checkers.nan_passes, "form",
            "in the part {part}, your checker accepts a claim that is nan.",
            "a comparison that nan passes",
            "Is nan > 0.1 true or false?",
            "Every comparison with nan is False. Which answer does that give in your code?",
            "For nan, (error > t).any() is False, so a check for not any(...) accepts it. (error "
            "<= t).all() is False too, so a check with all(...) rejects it.",
        ),
        *(
            _mistake(
                "M25", slug, checker, "zeros",
                "in the part {part}, your checker divides zero by zero and rejects a right claim.",
                "zero divided by zero",
                "What is the relative error when both the measured and the claimed slope are 0?",
                "Multiply instead of dividing: difference ≤ tolerance · size.",
                "If both numbers are 0, the comparison 0 <= 1e-4 · 0 is true, but 0/0 is nan.",
            )
            for slug, checker in (
                ("zero by zero", checkers.nan_fails),
                ("zero by zero beside a floor", checkers.nan_fails_beside_a_floor),
            )
        ),
        _mistake(
            "M33", "a relative tolerance alone", checkers.relative_alone, "zeros",
            "in the part {part}, your checker rejects a right claim at a point where a slope "
            "happens to be 0, such as the top of a hill. What it measures there is only round-off.",
            "a relative tolerance that leaves nothing at a slope of 0",
            "What does your difference measure for the sine at π/2, and how large is your "
            "tolerance there?",
            "A fraction of almost nothing is almost nothing. Add a floor: a very small fraction "
            "of the largest slope.",
            "At π/2 the claim is 6e-17, and a central difference gives about 1e-12. The bound "
            "1e-5 · 1e-12 rejects it. With a floor of 1e-7 times the largest slope it passes.",
        ),
        _mistake(
            "M33", "a copy taken for a view", checkers.unseen_steps, " ".join(_POINTS),
            "in the part {part}, your checker measures slopes of 0 where x is transposed in "
            "memory. There, reshape(-1) or ravel() makes a copy.",
            "a copy that is taken for a view",
            "Does the array that you hand to f change when you move an entry?",
            "reshape(-1) and ravel() may make a copy. Which of your arrays does f get?",
            "For a transposed matrix, m = x.T followed by m.reshape(-1)[0] = 5 leaves m as it was. "
            "m.flat[0] = 5 changes it.",
        ),
        _mistake(
            "M26", "whole numbers cannot be moved", checkers.whole, "whole_numbers",
            "in the part {part}, your step is truncated to 0, because x holds integers.",
            "",
            "What does x[0] += 1e-5 do to an array of integers?",
            "Begin with an array of floats: np.array(x, dtype=float) makes a copy.",
            "If an array of integers holds 2 and you set that entry to 2.00001, it still holds 2.",
        ),
        _mistake(
            "M19", "shape ignored", checkers.flattened, "form",
            "in the part {part}, your checker accepts a claim with a different shape from x.",
            "shapes that are not compared",
            "What shape must a gradient have?",
            "Compare claimed.shape with x.shape before you compare any numbers.",
            "x − η∇f with shapes (3,) and (3, 1) is a matrix of nine numbers.",
        ),
    ),
    variants={
        "relative to the larger": lambda f, claimed, x: {"right": checkers.good(f, claimed, x)},
        "Richardson": lambda f, claimed, x: {"right": checkers.by_richardson(f, claimed, x)},
        "allclose with a scaled floor": lambda f, claimed, x: {
            "right": checkers.by_allclose(f, claimed, x)
        },
    },
    hints=(
        "Measure the gradient yourself, and then compare it with the claim entry by entry. When "
        "is a difference small?",
        "Compare the difference with the size of the entry. Think of 0 against 0, of nan, of the "
        "shape, and of an x of integers.",
        "Take measured slopes (2, 0) and a claim of (2.00001, 0). The differences are (0.00001, "
        "0), and the bounds are 1e-4 · (2, 0). Both differences are within their bounds, so the "
        "verdict is True.",
    ),
)  # fmt: skip


EXERCISES = (VERDICT_EXERCISE,)
