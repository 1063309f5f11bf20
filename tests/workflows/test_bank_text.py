"""The bank of the unit that is handed in, as text, answers as the bank itself does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from workflows.attacks.notebook import UNIT
from workflows.bank_text import bank_of

from autograder.exercise import Exercise
from autograder.exercises import of_unit
from autograder.judge.draw import draw_inputs


@pytest.mark.parametrize("exercise", of_unit(UNIT), ids=lambda one: one.id)
def test_the_text_computes_what_the_bank_does(exercise: Exercise) -> None:
    bank = bank_of(exercise)
    assert len(bank) >= 4
    wrong = {mistake.slug: mistake.wrong for mistake in exercise.mistakes}
    for slug, text in bank.items():
        space: dict[str, Any] = {}
        exec(text, space)
        answer = space[exercise.id.replace(".", "_")]
        for inputs in draw_inputs(exercise, (7,)):
            with np.errstate(all="ignore"):
                try:
                    expected = exercise.answer(wrong.get(slug))(**inputs)
                except ValueError:  # Shapes that do not fit, as a missing transpose gives.
                    with pytest.raises(ValueError):  # noqa: PT011
                        answer(*inputs.values())
                    continue
                found = answer(*inputs.values())
            assert found.keys() == expected.keys()
            for name, value in expected.items():
                np.testing.assert_array_equal(found[name], value)
