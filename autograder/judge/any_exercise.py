"""What any exercise may show: mistakes that no exercise has to list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.judge.at_the_end import at_the_end
from autograder.judge.context import Context
from autograder.judge.edits import edit_explanations
from autograder.judge.examples import some_examples
from autograder.judge.factors import cancelled, constant_factor, quantity_factor
from autograder.judge.less_likely import less_likely
from autograder.judge.matches import matches
from autograder.judge.places import misplaced
from autograder.judge.routes import route_explanations
from autograder.judge.slips import Explanation, Slip, slips
from autograder.judge.slips_in_lines import slips_in_lines
from autograder.judge.slopes import slope_of_activation
from autograder.judge.swapped import another_quantity, swapped_inputs
from autograder.judge.transformed import transformed


def general_explanations(context: Context, values: Sequence[Any]) -> list[Explanation]:
    """What any exercise may show: the first of the ways to look that finds something.

    Args:
        context: the part and what it may rest on.
        values: what the student returned for it, one value per probe.
    """
    # Whatever is said of all entries is true of none.
    if not any(map(np.size, values)):
        return []
    with np.errstate(all="ignore"):
        found = next((found for way in WAYS if (found := way(context, values))), [])
        if len({one.name for one in found}) > 1:
            # What they have in common may have a name of its own: the line that they are made in.
            common = slips_in_lines(context, values)
            found = common if len(common) == 1 else found
        return found


def _slips(context: Context, values: Sequence[Any]) -> list[Explanation]:
    return [
        slip
        for slip in slips(context.case.exercise, context.part.name)
        if any(_is_slip(context, slip, base, values) for base in context.bases())
    ]


def _is_slip(context: Context, slip: Slip, base: Sequence[Any], values: Sequence[Any]) -> bool:
    drawn = context.case.drawn
    slipped = [slip.transform(np.asarray(r), one) for r, one in zip(base, drawn, strict=True)]
    return matches(context, slipped, values) and not matches(context, slipped, base)


# The ways to look at a value that no mistake of the exercise's own explains, in order.
WAYS = (
    _slips,
    route_explanations,
    constant_factor,
    transformed,
    misplaced,
    some_examples,
    slope_of_activation,
    another_quantity,
    swapped_inputs,
    edit_explanations,
    less_likely,
    quantity_factor,
    cancelled,
    at_the_end,
    slips_in_lines,
)
