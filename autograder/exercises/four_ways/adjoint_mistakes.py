"""Wrong adjoints of s = xy + sin x: a slope too early, the seed twice, paths multiplied."""

from __future__ import annotations

import numpy as np

from autograder.exercises.several_ways import wrong_terms

_SINE_HINTS = (
    "Just to the right of 0, does the sine rise or fall, and how steeply?",
    "The slope of the sine is taken at the number that goes into the sine, and multiplies what "
    "comes from outside.",
    "The sine rises as fast as its argument at 0, and at π/2, its maximum, it is flat. Which "
    "function is 1 at 0 and 0 at π/2?",
)
_ADJOINT_HINTS = (
    "How much does s grow when only this node grows by a little?",
    "Each adjoint contains the local derivatives of the arrows between its node and s, and each "
    "of them once.",
    "Take q = p + r and p = u² with adjoint q̄ = 5. Then p̄ is 5, because q grows exactly as p "
    "does, and ū is 5·2u.",
)

_PATH_HINTS = (
    "Along one path we multiply. What do we do when there are several paths?",
    "Nudge x a little: it moves s through a and through b. How do two small moves of s combine?",
    "For y = a + a there are two paths, each with the product 1, and dy/da is 2.",
)

WRONG_ADJOINTS = (
    *wrong_terms(
        "M36",
        "a local derivative one step too early",
        "With respect to which node is this adjoint, and which arrow comes only after it?",
        {
            "b_bar with the cosine": (
                "b_bar",
                lambda v: v.s_bar * np.cos(v.x),
                "your {part} already contains the derivative of the sine.",
            ),
        },
        _ADJOINT_HINTS,
    ),
    *wrong_terms(
        "M31",
        "the other term of the sum is subtracted or added",
        "If s = a + b and only a grows by 0.1, by how much does s grow?",
        {
            "a_bar from b": (
                "a_bar",
                lambda v: v.s_bar - v.b,
                "your {part} contains the value of b.",
            ),
            "b_bar from a": (
                "b_bar",
                lambda v: v.s_bar - v.a,
                "your {part} contains the value of a.",
            ),
        },
        _ADJOINT_HINTS,
    ),
    *wrong_terms(
        "M9",
        "the seed is used twice",
        "Which of your adjoints already contain s_bar?",
        {
            "x_bar times s_bar": (
                "x_bar",
                lambda v: (v.a_bar * v.y + v.b_bar * np.cos(v.x)) * v.s_bar,
                "your {part} multiplies by s_bar once more.",
            ),
            "path through b times s_bar": (
                "x_bar",
                lambda v: v.a_bar * v.y + v.b_bar * np.cos(v.x) * v.s_bar,
                "in your {part}, the contribution of b is multiplied by s_bar once more.",
            ),
            "path through a times s_bar": (
                "x_bar",
                lambda v: v.a_bar * v.y * v.s_bar + v.b_bar * np.cos(v.x),
                "in your {part}, the contribution of a is multiplied by s_bar once more.",
            ),
            "y_bar times s_bar": (
                "y_bar",
                lambda v: v.a_bar * v.x * v.s_bar,
                "your {part} multiplies by s_bar once more.",
            ),
        },
        _ADJOINT_HINTS,
    ),
    *wrong_terms(
        "M9",
        "the incoming adjoint is dropped",
        "If s_bar doubles, does your x_bar double?",
        {
            "both adjoints dropped": (
                "x_bar",
                lambda v: v.y + np.cos(v.x),
                "your {part} is only the sum of the local derivatives.",
            ),
            "b_bar dropped": (
                "x_bar",
                lambda v: v.a_bar * v.y + np.cos(v.x),
                "in your {part}, the contribution of b is only the local derivative.",
            ),
            "a_bar dropped": (
                "x_bar",
                lambda v: v.y + v.b_bar * np.cos(v.x),
                "in your {part}, the contribution of a is only the local derivative.",
            ),
        },
    ),
    *wrong_terms(
        "M8",
        "a wrong derivative of the sine",
        "Just to the right of 0, how steep is the sine?",
        {
            "minus the sine": (
                "x_bar",
                lambda v: v.a_bar * v.y - v.b_bar * np.sin(v.x),
                "in your {part}, the contribution of b has the derivative of a cosine.",
            ),
            "the sine itself": (
                "x_bar",
                lambda v: v.a_bar * v.y + v.b_bar * np.sin(v.x),
                "in your {part}, the contribution of b has the sine itself where its derivative "
                "belongs.",
            ),
        },
        _SINE_HINTS,
    ),
    *wrong_terms(
        "M6",
        "the adjoint goes into the cosine instead of in front of it",
        "At which number is the slope of the sine taken?",
        {
            "cosine of b_bar": (
                "x_bar",
                lambda v: v.a_bar * v.y + np.cos(v.b_bar),
                "in your {part}, the cosine is taken of the adjoint of b.",
            ),
            "cosine of b_bar times x": (
                "x_bar",
                lambda v: v.a_bar * v.y + np.cos(v.b_bar * v.x),
                "in your {part}, the adjoint of b is inside the cosine.",
            ),
        },
        _SINE_HINTS,
    ),
    *wrong_terms(
        "M12",
        "a product of the paths instead of their sum",
        "Along one path we multiply. What do we do when there are several paths?",
        {
            "paths multiplied": (
                "x_bar",
                lambda v: v.a_bar * v.y * v.b_bar * np.cos(v.x),
                "your {part} multiplies the two paths.",
            ),
            "local derivatives multiplied": (
                "x_bar",
                lambda v: v.a_bar * v.y * np.cos(v.x),
                "your {part} has the local derivatives of both paths in one product.",
            ),
        },
        _PATH_HINTS,
    ),
    *wrong_terms(
        "M31",
        "a bracket around both contributions",
        "Which local derivative belongs to which of the two contributions?",
        {
            "cosine for both": (
                "x_bar",
                lambda v: (v.a_bar * v.y + v.b_bar) * np.cos(v.x),
                "your {part} multiplies both contributions by the cosine.",
            ),
            "y for both": (
                "x_bar",
                lambda v: (v.a_bar + v.b_bar * np.cos(v.x)) * v.y,
                "your {part} multiplies both contributions by y.",
            ),
        },
    ),
    *wrong_terms(
        "M5",
        "the local derivatives are left out",
        "What lies between x and a, and what between x and b?",
        {
            "sum of the adjoints": (
                "x_bar",
                lambda v: v.a_bar + v.b_bar,
                "your {part} is the sum of the adjoints of a and b.",
            ),
        },
        _ADJOINT_HINTS,
    ),
    *wrong_terms(
        "M15",
        "a path that the graph does not have",
        "Which nodes are computed from this one directly?",
        {
            "y through the sine of y": (
                "y_bar",
                lambda v: v.a_bar * v.x + v.b_bar * np.cos(v.y),
                "your {part} has a contribution of b, but b is not computed from y.",
            ),
            "y through the sine of x": (
                "y_bar",
                lambda v: v.a_bar * v.x + v.b_bar * np.cos(v.x),
                "your {part} has a contribution of b, but b is not computed from y.",
            ),
            "y through b": (
                "y_bar",
                lambda v: v.a_bar * v.x + v.b_bar,
                "your {part} has a contribution of b, but b is not computed from y.",
            ),
        },
        (
            "Which nodes are computed from this one directly?",
            "Each of your terms belongs to one arrow that leaves the node. Find that arrow in the "
            "graph.",
            "For p = u·v, q = log(u) and y = p + q, u has two arrows, to p and to q. v has only "
            "one, to p, so dy/dv has a single term.",
        ),
    ),
)
