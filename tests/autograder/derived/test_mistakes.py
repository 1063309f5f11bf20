from __future__ import annotations

import pytest
from derived_functions import DERIVED


@pytest.mark.parametrize("id", DERIVED)
def test_no_hint_repeats_what_the_feedback_says(id: str) -> None:
    """The nudge is the question that the check asks, so that the first hint says more."""
    for mistake in DERIVED[id].mistakes:
        if mistake.hints:
            assert mistake.hints[0] == mistake.question
            assert not any(hint in mistake.evidence for hint in mistake.hints)


def test_a_mistake_is_shown_with_its_operands_and_counted_without() -> None:
    found = {mistake.here: mistake.name for mistake in DERIVED["chain.backward"].mistakes}
    assert found["the local derivative of exp(a) left out"] == (
        "the local derivative of exp(u) left out"
    )
