from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from autograder.course.description import described
from autograder.exercise import Exercise
from autograder.exercises import EXERCISES
from autograder.exercises.described import Described


def test_parts_have_their_shapes_and_what_they_are_the_derivative_of(chain: Exercise) -> None:
    du, _, dw = described(chain).parts
    assert (du.shape, du.derivative_of) == ((2, 5), "")
    assert (dw.name, dw.points, dw.label) == ("dw", 2, "dy/dw")
    assert (dw.derivative_of, dw.with_respect_to) == ("y", "w")


def test_the_example_can_be_called_and_is_new_each_time(chain: Exercise) -> None:
    told = described(chain)
    first, second = told.example(), told.example()
    assert first is not None
    assert second is not None
    first["w"][:] = 0
    assert second["w"].shape == (2, 5)
    assert np.all(second["w"] != 0)


def test_an_own_way_of_asking_stays_with_the_exercise(chain: Exercise) -> None:
    own = replace(chain, ask=lambda answer, inputs: answer(**inputs))
    assert described(own).example() is None


def test_inputs_of_the_file_itself_are_no_example(chain: Exercise) -> None:
    fixed = tuple(replace(probe, fixed=True) for probe in chain.probes)
    assert described(replace(chain, probes=fixed)).example() is None


@pytest.mark.parametrize("id", EXERCISES)
def test_every_description_comes_back_from_data(id: str) -> None:
    told = described(EXERCISES[id])
    assert Described.of_data(told.as_data()) == told
