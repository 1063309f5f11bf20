from __future__ import annotations

import numpy as np
import pytest
from derived_functions import DERIVED

from autograder.derived.line_program import line_program
from autograder.judge.draw import draw_inputs


@pytest.mark.parametrize("id", DERIVED)
def test_it_gives_what_the_reference_gives(id: str) -> None:
    exercise = DERIVED[id]
    lines = exercise.lines()
    assert lines is not None
    for inputs in draw_inputs(exercise, (1,)):
        values, right = lines.run(inputs), exercise.solve(inputs)
        for part, step in lines.results.items():
            assert np.allclose(values[step], getattr(right, part), rtol=1e-12)


def test_with_a_slip_only_what_comes_after_it_changes() -> None:
    lines = line_program("a = x + 1\nb = 2 * a\nreturn {'b': b, 'a': a}", ["x"], ["a", "b"])
    slip = next(one for one in lines.slips if one.words == "− is written for +")
    right = lines.run({"x": 3.0})
    assert (right[lines.results["a"]], right[lines.results["b"]]) == (4.0, 8.0)
    wrong = lines.changed(right, [slip])
    assert wrong is not None
    assert (wrong[lines.results["a"]], wrong[lines.results["b"]]) == (2.0, 4.0)
    held = lines.changed(right, [slip], [lines.results["a"]])
    assert held == right


def test_a_line_that_adds_on_is_a_sum() -> None:
    lines = line_program("d = x\nd += x * 3\nreturn {'d': d}", ["x"], ["d"])
    assert lines.run({"x": 2.0})[lines.results["d"]] == 8.0
    assert lines.names == ("d", "d")


def test_a_variable_that_a_student_has_not_heard_of_is_called_by_the_next_one() -> None:
    lines = line_program("v = x * x\ndx = v\nreturn {'dx': dx}", ["x"], [])
    assert (lines.names, lines.known) == (("dx", "dx"), (False, True))


def test_another_kind_of_line_is_refused() -> None:
    with pytest.raises(NotImplementedError):
        line_program("for i in x:\n    y = i\nreturn {'y': y}", ["x"], [])
