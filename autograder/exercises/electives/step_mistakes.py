"""What people get wrong in the conjugate gradients of a Hessian-free step."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.exercises.electives.conjugate_gradients import conjugate_gradients, damped
from autograder.exercises.several_ways import in_one_step

_MATRIX = "Which matrix multiplies the direction?"
DAMPING_HINTS = (
    _MATRIX,
    "Write down the system that the step solves, as the text gives it, and see what "
    "is added to H. In which line of your loop does that come in?",
    "Damping adds the same number to every entry on the diagonal, which keeps the "
    "step from going too far in flat directions. Take a system with one unknown, H = "
    "0.5, and a gradient of −1: without damping d is 2, and with a damping of 0.5 it "
    "is 1. In conjugate gradients the matrix occurs only in a product with a "
    "direction. The product of a direction with the matrix plus a multiple of the "
    "identity is the product with the matrix, plus that multiple of the direction "
    "itself. Every product in the loop needs both. The product that the exercise "
    "asks for as a separate result does not.",
)
_LOOP_HINTS = (
    "Go through one iteration of the text, line by line, beside your own loop.",
    "Write down which residual and which direction each line of your loop reads: the old one or "
    "the new one.",
    "Take a system with the diagonal matrix (1, 4) and the right-hand side (2, 1), and do two "
    "iterations by hand. For a matrix of this size, d must then be the exact solution, (2, 0.25). "
    "Print d, the residual and the direction of your own loop after each iteration, and compare "
    "them with your numbers. The first one that differs shows the line to look at.",
)


def _undamped(v: SimpleNamespace, direction: Any) -> Any:
    return v.hessian @ direction


STEP_MISTAKES = in_one_step(
    (
        "M1",
        "step uphill",
        "step",
        lambda v: conjugate_gradients(v, uphill=1.0),
        "leads uphill. The right-hand side should be −gradient",
        "a step along the gradient instead of against it",
        "Which sign does the right-hand side of the system have?",
    ),
    (
        "M22",
        "damping forgotten",
        "step",
        lambda v: conjugate_gradients(v, _undamped),
        "solves the system without damping",
        "the damping is left out",
        _MATRIX,
        DAMPING_HINTS,
    ),
    (
        "M28",
        "r replaced before its square is used",
        "step",
        lambda v: conjugate_gradients(v, share=lambda new, old: 1.0),
        "keeps the whole old direction, because its factor is always 1. The residual was "
        "replaced before its old square was used",
        "the old residual is lost before it is used",
        "Which two residuals does the factor of the old direction compare?",
        _LOOP_HINTS,
    ),
    *(
        (
            "M27",
            f"s and r are one array, d {when}",
            "step",
            partial(conjugate_gradients, shared=shared),
            "comes from a first iteration in which the new residual was written over the direction",
            "the direction is the same array as the residual",
            "After s = r, does r -= ... change s?",
            _LOOP_HINTS,
        )
        for when, shared in (("first", "after"), ("last", "before"))
    ),
    (
        "M31",
        "steepest descent",
        "step",
        lambda v: conjugate_gradients(v, share=lambda new, old: 0.0),
        "takes every direction from the residual alone, which is steepest descent",
        "the old direction is dropped",
        "From which two vectors is a new direction made?",
        _LOOP_HINTS,
    ),
    (
        "M30",
        "factor upside down",
        "step",
        lambda v: conjugate_gradients(v, share=lambda new, old: old @ old / (new @ new)),
        "divides the old square by the new one",
        "the factor of the old direction is upside down",
        "When the residual becomes shorter, should the old direction count for more or for less?",
        _LOOP_HINTS,
    ),
    (
        "M31",
        "factor without squares",
        "step",
        lambda v: conjugate_gradients(v, share=lambda new, old: np.sqrt(new @ new / (old @ old))),
        "compares the lengths of the residuals, not the squares of the lengths",
        "a length that is not squared",
        "Is r·r the length of r or the square of its length?",
        _LOOP_HINTS,
    ),
    (
        "M1",
        "factor with a minus",
        "step",
        lambda v: conjugate_gradients(v, share=lambda new, old: -(new @ new / (old @ old))),
        "subtracts the old direction",
        "the sign of the old direction is flipped",
        "Is the old direction added or subtracted?",
        _LOOP_HINTS,
    ),
    (
        "M30",
        "old residual instead of the old direction",
        "step",
        lambda v: conjugate_gradients(v, added_to="residual"),
        "adds a share of the old residual, not of the old direction",
        "the residual where the direction belongs",
        "After the first iteration, are the residual and the direction still the same?",
        _LOOP_HINTS,
    ),
    (
        "M30",
        "s·s for r·r",
        "step",
        lambda v: conjugate_gradients(v, numerator="direction"),
        "finds the length of each step with the square of the direction, not of the residual",
        "the direction where the residual belongs",
        "After the first iteration, are the residual and the direction still the same?",
        _LOOP_HINTS,
    ),
    (
        "M1",
        "residual grows",
        "step",
        lambda v: conjugate_gradients(v, rest_sign=1.0),
        "comes from a residual to which A s was added",
        "the sign of the new residual's second term is flipped",
        "Should the residual become shorter or longer after a step?",
        _LOOP_HINTS,
    ),
    (
        "M15",
        "last step only",
        "step",
        lambda v: conjugate_gradients(v, sum_up=False),
        "is the share of the last iteration only",
        "d is overwritten in every iteration",
        "What was in d before this iteration?",
        _LOOP_HINTS,
    ),
    (
        "M28",
        "one iteration too few",
        "step",
        lambda v: conjugate_gradients(v, more=-1),
        "is what d was one iteration earlier",
        "one iteration too few",
        "For iterations = 2, which values does the counter of your loop take?",
        _LOOP_HINTS,
    ),
    (
        "M28",
        "one iteration too many",
        "step",
        lambda v: conjugate_gradients(v, more=1),
        "is what d becomes after one iteration more",
        "one iteration too many",
        "For iterations = 2, which values does the counter of your loop take?",
        _LOOP_HINTS,
    ),
    (
        "M28",
        "one iteration",
        "step",
        lambda v: conjugate_gradients(v, more=1 - v.iterations),
        "is what d is after the first iteration",
        "only one iteration is made",
        "Which line is the last one inside your loop?",
        _LOOP_HINTS,
    ),
    (
        "M28",
        "solved exactly",
        "step",
        lambda v: -np.linalg.solve(v.hessian + v.damping * np.eye(len(v.gradient)), v.gradient),
        "is the exact solution of the system, whatever the number of iterations",
        "the system is solved exactly",
        "Where does your step use iterations?",
        _LOOP_HINTS,
    ),
    (
        "M32",
        "new parameters",
        "step",
        lambda v: v.theta + conjugate_gradients(v),
        "is θ after the step, not the step",
        "the new parameters instead of the step",
        "Is d the step, or the place where it leads?",
        _LOOP_HINTS,
    ),
    (
        "M22",
        "residual undamped",
        "step",
        lambda v: conjugate_gradients(v, times_for_rest=_undamped),
        "uses the damping for the length of each step, but not for the new residual",
        "damping in only one of the two products",
        _MATRIX,
        DAMPING_HINTS,
    ),
    (
        "M22",
        "length undamped",
        "step",
        lambda v: conjugate_gradients(v, _undamped, damped),
        "uses the damping for the new residual, but not for the length of each step",
        "damping in only one of the two products",
        _MATRIX,
        DAMPING_HINTS,
    ),
    (
        "M22",
        "damping in every entry",
        "step",
        lambda v: conjugate_gradients(v, lambda v, s: (v.hessian + v.damping) @ s),
        "comes from a matrix to whose every entry the damping was added",
        "the damping is added to every entry of the matrix",
        _MATRIX,
        DAMPING_HINTS,
    ),
    (
        "M22",
        "damping times the diagonal",
        "step",
        lambda v: conjugate_gradients(
            v, lambda v, s: v.hessian @ s + v.damping * np.diag(v.hessian) * s
        ),
        "comes from a matrix whose diagonal was multiplied by 1 + damping",
        "the damping multiplies the diagonal",
        _MATRIX,
        DAMPING_HINTS,
    ),
    (
        "M22",
        "damping as a factor",
        "step",
        lambda v: conjugate_gradients(v, lambda v, s: v.damping * (v.hessian @ s)),
        "comes from a matrix that was multiplied by the damping",
        "the damping multiplies the matrix",
        _MATRIX,
        DAMPING_HINTS,
    ),
    (
        "M22",
        "damping twice",
        "step",
        lambda v: conjugate_gradients(v, lambda v, s: v.hessian @ s + 2 * v.damping * s),
        "comes from a matrix to which the damping was added twice",
        "the damping is added twice",
        _MATRIX,
        DAMPING_HINTS,
    ),
    (
        "M22",
        "damping subtracted",
        "step",
        lambda v: conjugate_gradients(v, lambda v, s: v.hessian @ s - v.damping * s),
        "comes from a matrix from which the damping was subtracted",
        "the damping is subtracted",
        _MATRIX,
        DAMPING_HINTS,
    ),
    (
        "M22",
        "damping of a sum",
        "step",
        lambda v: conjugate_gradients(v, lambda v, s: v.hessian @ s + v.damping / len(v.y) * s),
        "comes from a damping that was divided by the number of examples",
        "the damping is divided by the number of examples",
        _MATRIX,
        DAMPING_HINTS,
    ),
)
