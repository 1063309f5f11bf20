from __future__ import annotations

import pytest
from derived_functions import DERIVED

from autograder.derived.general_names import general_name, without_variables


@pytest.mark.parametrize(
    ("name", "general"),
    [
        ("a path missing at the fan-out of c", "a path missing at a fan-out"),
        (
            "the gradient of h1 passed on before it is complete",
            "a gradient passed on before it is complete",
        ),
        ("the variable mu treated as a constant", "a variable treated as a constant"),
        ("the variables a and mu treated as constants", "variables treated as constants"),
        ("the wrong sign at u/v", "the wrong sign at u/v"),
    ],
)
def test_a_name_is_given_without_its_variable(name: str, general: str) -> None:
    assert general_name(name) == general


def test_no_mistake_of_a_derived_exercise_keeps_a_variable_in_its_name() -> None:
    before = DERIVED["chain.backward"]
    after = without_variables(before)
    assert len(after.mistakes) == len(before.mistakes)
    names = {mistake.name for mistake in after.mistakes}
    assert not any("fan-out of" in name or "the gradient of" in name for name in names)
    assert [one.here for one in after.mistakes] == [one.here or one.name for one in before.mistakes]
