"""Wrong sums of the paths in the backward pass of Quiz 1: brackets, products, a path too many."""

from __future__ import annotations

import numpy as np

from autograder.exercises.several_ways import wrong_terms

_NO_PATH_HINTS = (
    "Which nodes are computed from this one directly?",
    "Each of your terms belongs to one arrow that leaves the node. Find that arrow in the graph.",
    "For p = u·v, q = log(u) and y = p + q, u has two arrows, to p and to q. v has only one, to "
    "p, so dy/dv has a single term.",
)
_PATH_HINTS = (
    "Along one path we multiply. What do we do when there are several paths?",
    "Nudge the node a little: it moves y by each of the two paths. How do two small moves of y "
    "combine?",
    "For y = a + a there are two paths, each with the product 1, and dy/da is 2.",
)
_TOO_EARLY_HINTS = (
    "With respect to which node is this derivative, and which arrow comes only after it?",
    "A node's gradient contains the local derivatives of the arrows between it and y, and no "
    "others.",
    "For y = 5q with q = exp(p), dy/dq is 5. The slope of exp belongs to the arrow from p to q, "
    "so it enters only dy/dp.",
)

WRONG_PATHS = (
    *wrong_terms(
        "M15",
        "a path that the graph does not have",
        "Which nodes are computed from this one directly?",
        {
            "z through the logarithm": (
                "dz",
                lambda v: v.da * v.x + v.dc / v.z,
                "your {part} has a contribution through c, but c is not computed from z.",
            ),
            "z through the logarithm, at x": (
                "dz",
                lambda v: v.da * v.x + v.dc / v.x,
                "your {part} has a contribution through c, but c is not computed from z.",
            ),
            "z through c": (
                "dz",
                lambda v: v.da * v.x + v.dc,
                "your {part} has a contribution through c, but c is not computed from z.",
            ),
            "a through f": (
                "da",
                lambda v: v.db * v.b + v.dd / v.c - v.df * v.f,
                "your {part} has a contribution of f, but that one is already in your db.",
            ),
            "a through e": (
                "da",
                lambda v: v.db * v.b + v.dd / v.c + v.de,
                "your {part} has a contribution of e, but e is not computed from a.",
            ),
        },
        _NO_PATH_HINTS,
    ),
    *wrong_terms(
        "M12",
        "a product of the paths instead of their sum",
        "Along one path we multiply. What do we do when there are several paths?",
        {
            f"paths of {part[1:]} multiplied": (part, step, "your {part} multiplies its two paths.")
            for part, step in {
                "dc": lambda v: -v.dd * v.a / v.c**2 * v.de * np.cos(v.c),
                "da": lambda v: v.db * v.b * v.dd / v.c,
                "dx": lambda v: v.da * v.z * v.dc / v.x,
            }.items()
        },
        _PATH_HINTS,
    ),
    *wrong_terms(
        "M31",
        "a bracket around both contributions",
        "Which local derivative belongs to which of the two contributions?",
        {
            "both over x": (
                "dx",
                lambda v: (v.da * v.z + v.dc) / v.x,
                "your {part} divides both contributions by x.",
            ),
            "both over c": (
                "da",
                lambda v: (v.db * v.b + v.dd) / v.c,
                "your {part} divides both contributions by c.",
            ),
            "both times cos c": (
                "dc",
                lambda v: (-v.dd * v.a / v.c**2 + v.de) * np.cos(v.c),
                "your {part} multiplies both contributions by the cosine.",
            ),
            "both times z": (
                "dx",
                lambda v: (v.da + v.dc / v.x) * v.z,
                "your {part} multiplies both contributions by z.",
            ),
        },
    ),
    *wrong_terms(
        "M36",
        "a local derivative one step too early",
        "With respect to which node is this derivative, and which arrow comes only after it?",
        {
            "de with the cosine": (
                "de",
                lambda v: v.df * np.cos(v.c) / v.b,
                "your {part} already contains the derivative of the sine.",
            ),
            "db with the exponential": (
                "db",
                lambda v: v.b - v.df * v.e / v.b,
                "your {part} already contains the derivative of the exponential.",
            ),
            "db's first term with the exponential": (
                "db",
                lambda v: v.b - v.df * v.e / v.b**2,
                "in your {part}, the contribution of the sum already contains the derivative of "
                "the exponential.",
            ),
            "dc's sine with the logarithm": (
                "dc",
                lambda v: -v.dd * v.a / v.c**2 + v.de * np.cos(v.c) / v.x,
                "in your {part}, the contribution of e already contains the derivative of the "
                "logarithm.",
            ),
            "da with z": (
                "da",
                lambda v: (v.db * v.b + v.dd / v.c) * v.z,
                "your {part} already contains the factor z of the product.",
            ),
        },
        _TOO_EARLY_HINTS,
    ),
)
