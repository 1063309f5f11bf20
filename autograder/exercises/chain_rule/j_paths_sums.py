"""Wrong sums of the two paths of J = cos(sin(x²) + 3x²), and wrong readings of the formula."""

from __future__ import annotations

import numpy as np

from autograder.exercise import Mistake

_PATH_HINTS = (
    "Along one path we multiply. What do we do when there are several paths?",
    "Nudge t a little: it moves u through u₁ and through u₂. How do two small moves of u combine?",
    "For y = a + a there are two paths, each with the product 1, and dy/da is 2.",
)
WRONG_SUMS = (
    Mistake(
        "M12",
        "paths multiplied",
        {"dx": lambda v: v.via_sin * v.via_3t},
        "your {part} multiplies the two paths.",
        name="a product of the paths instead of their sum",
        question="Along one path we multiply. What do we do when there are several paths?",
        hints=_PATH_HINTS,
    ),
    *(
        Mistake(
            "M31",
            slug,
            {"dx": step},
            evidence,
            name="missing brackets around the sum of the paths",
            question="Which factors do the two paths share, and does your line multiply both "
            "of them by these?",
        )
        for slug, step, evidence in (
            (
                "du and 2x at one path each",
                lambda v: v.du * np.cos(v.t) + 3 * 2 * v.x,
                "your {part} multiplies only the first path by du, and only the second one by 2x.",
            ),
            (
                "du at the first path only",
                lambda v: v.via_sin + 3 * 2 * v.x,
                "your {part} multiplies only the first path by du.",
            ),
            (
                "du at the second path only",
                lambda v: np.cos(v.t) * 2 * v.x + v.via_3t,
                "your {part} multiplies only the second path by du.",
            ),
            (
                "2x at the second path only",
                lambda v: v.du * (np.cos(v.t) + 3 * 2 * v.x),
                "your {part} multiplies only the second path by 2x.",
            ),
            (
                "2x at the first path only",
                lambda v: v.du * (np.cos(v.t) * 2 * v.x + 3),
                "your {part} multiplies only the first path by 2x.",
            ),
        )
    ),
    Mistake(
        "M5",
        "2x left out in the sum",
        {"dx": lambda v: v.du * (np.cos(v.t) + 3)},
        "your {part} ends at t and does not go on to x.",
        name="the last arrow, from t to x, is left out",
        question=(
            "This is a derivative with respect to t. Which arrow still leads from t back to x?"
        ),
    ),
    *(
        Mistake(
            "M12",
            slug,
            {"dx": step},
            evidence,
            name=name,
            question="Along one path we multiply. What do we do when there are several paths?",
            hints=_PATH_HINTS,
        )
        for slug, step, evidence, name in (
            (
                "the paths' own factors multiplied",
                lambda v: v.du * np.cos(v.t) * 3 * 2 * v.x,
                "your {part} has all arrows of both paths in one product.",
                "a product of the paths instead of their sum",
            ),
            (
                "difference of the paths",
                lambda v: v.via_sin - v.via_3t,
                "your {part} subtracts one path from the other.",
                "a difference of the paths instead of their sum",
            ),
            (
                "difference of the paths, the other way round",
                lambda v: v.via_3t - v.via_sin,
                "your {part} subtracts one path from the other.",
                "a difference of the paths instead of their sum",
            ),
            (
                "mean of the paths",
                lambda v: (v.via_sin + v.via_3t) / 2,
                "your {part} is the mean of the two paths.",
                "a mean of the paths instead of their sum",
            ),
        )
    ),
    *(
        Mistake(
            "M31",
            slug,
            {"J": step},
            evidence,
            name="a misplaced bracket",
            question="Which quantity is the cosine applied to?",
        )
        for slug, step, evidence in (
            (
                "cosine of the sine only",
                lambda v: np.cos(v.u1) + v.u2,
                "your {part} adds 3x² after the cosine, and not inside it.",
            ),
            (
                "sine of everything",
                lambda v: np.cos(np.sin(v.t + 3 * v.t)),
                "your {part} takes the sine of 3x² as well.",
            ),
        )
    ),
    Mistake(
        "M31",
        "cos(x)² of everything",
        {"J": lambda v: np.cos(np.sin(v.x) + 3 * v.x) ** 2},
        "your {part} squares at the end, but the formula squares x.",
        name="the square is taken at the end instead of the beginning",
        question="What is the first thing that happens to x?",
    ),
    Mistake(
        "M31",
        "product for sum",
        {"u": lambda v: v.u1 * v.u2},
        "your {part} is what you get if sin(x²) and 3x² are multiplied.",
        name="a product where the formula has a sum",
        question="Which sign stands between sin(x²) and 3x²?",
    ),
    Mistake(
        "M31",
        "degrees",
        {"u1": lambda v: np.sin(np.radians(v.t)), "J": lambda v: np.cos(np.radians(v.u))},
        "your {part} takes an angle in degrees.",
        name="degrees where radians are meant",
        question="In which unit do np.sin and np.cos expect an angle?",
    ),
    Mistake(
        "M31",
        "2x inside, t = 2x",
        {"t": lambda v: 2 * v.x},
        "your {part} is what you get if x is doubled and not squared.",
        name="the double instead of the square",
        question="What is t for x = 5?",
    ),
)
