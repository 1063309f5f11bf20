"""Further ways in which people get the gradient times the softmax's Jacobian wrong."""

from __future__ import annotations

from autograder.exercises.several_ways import several_ways

FURTHER = (
    *several_ways(
        "M29",
        "the incoming gradient is summed before it is paired",
        "What is the weight of each class in the sum over the classes?",
        (
            "y(u − y Σu)",
            {"db": lambda v: v.y * (v.upstream - v.y * v.upstream.sum())},
            "your {part} adds up the gradient from above first, and then multiplies by y.",
        ),
        (
            "y(u − Σu)",
            {"db": lambda v: v.y * (v.upstream - v.upstream.sum())},
            "in your {part}, the gradient from above is summed without any weights.",
        ),
        (
            "u − y Σu",
            {"db": lambda v: v.upstream - v.y * v.upstream.sum()},
            "your {part} is the gradient from above less y times its sum, which belongs to log y.",
        ),
        (
            "y(u − mean of yu)",
            {"db": lambda v: v.y * (v.upstream - (v.y * v.upstream).mean())},
            "your {part} takes a mean of the products, where a sum belongs.",
        ),
        (
            "y times the plain sum",
            {"db": lambda v: v.y * v.upstream.sum()},
            "your {part} is y times the sum of the gradient from above.",
        ),
    ),
    *several_ways(
        "M31",
        "a factor y is left out of the product",
        "Entry l of the product is a sum over k. Which factor do all of its terms share?",
        (
            "yu − y·u",
            {"db": lambda v: v.y * v.upstream - v.y @ v.upstream},
            "in your {part}, the sum over the classes is subtracted without a factor y.",
        ),
        (
            "u − y(y·u)",
            {"db": lambda v: v.upstream - v.y * (v.y @ v.upstream)},
            "in your {part}, the gradient from above stands without a factor y.",
        ),
        (
            "u − y·u",
            {"db": lambda v: v.upstream - v.y @ v.upstream},
            "your {part} has no factor y in front.",
        ),
        (
            "y² in the second term",
            {"db": lambda v: v.y * v.upstream - v.y**2 * (v.y @ v.upstream)},
            "in your {part}, the second term has one factor y too many.",
        ),
    ),
    *several_ways(
        "M31",
        "only the second of the two terms",
        "The Jacobian is a difference. What does each of its two terms do to the gradient?",
        (
            "−y(y·u)",
            {"db": lambda v: -v.y * (v.y @ v.upstream)},
            "your {part} is a multiple of y.",
        ),
        (
            "y(y·u)",
            {"db": lambda v: v.y * (v.y @ v.upstream)},
            "your {part} is a multiple of y.",
        ),
    ),
    *several_ways(
        "M31",
        "y − t of the cross-entropy",
        "Is the gradient from above a row of targets?",
        (
            "y − u",
            {"db": lambda v: v.y - v.upstream},
            "your {part} is y less the gradient from above, as if that were the targets.",
        ),
        (
            "u − y",
            {"db": lambda v: v.upstream - v.y},
            "your {part} is the gradient from above less y, as if that were the targets.",
        ),
    ),
    *several_ways(
        "M12",
        "the Jacobian more than once, or with a further factor",
        "How many times does one step back multiply by the Jacobian?",
        (
            "the Jacobian twice",
            {"db": lambda v: v.upstream @ v.jacobian @ v.jacobian},
            "your {part} multiplies by the Jacobian twice.",
        ),
        (
            "the Jacobian and y",
            {"db": lambda v: (v.upstream * v.y) @ v.jacobian},
            "your {part} multiplies the gradient from above by y first.",
        ),
        (
            "u added",
            {"db": lambda v: v.upstream + v.upstream @ v.jacobian},
            "your {part} adds the gradient from above to its product with the Jacobian.",
        ),
    ),
    *several_ways(
        "M15",
        "only one row of the Jacobian is used",
        "Over which index does the sum run, and does your line use = or += ?",
        (
            "the last row",
            {"db": lambda v: v.upstream[-1] * v.jacobian[-1]},
            "your {part} holds only the contribution of the last probability.",
        ),
        (
            "the first row",
            {"db": lambda v: v.upstream[0] * v.jacobian[0]},
            "your {part} holds only the contribution of the first probability.",
        ),
    ),
)
