"""Which mistakes can be made in a function, by name: without running any of them."""

from __future__ import annotations

from autograder.derived.general_names import general_name
from autograder.derived.mistakes import every_mistake
from autograder.derived.steps import Derivation


def possible_names(derivation: Derivation) -> frozenset[str]:
    """The general names of the mistakes that can be made.

    Args:
        derivation: the function and its structure.
    """
    return frozenset(general_name(mistake.name) for mistake in every_mistake(derivation))
