from __future__ import annotations

import numpy as np
import pytest
from drawn_programs import KINDS, QUIZ1, drawn

from autograder.bank.run import run_bank
from autograder.derived.steps import derivation
from autograder.domain import drawing, size_names
from autograder.exercises import find
from autograder.judge.draw import draw_inputs
from autograder.random_functions.derived_program import derived_program
from autograder.random_functions.ordinary import passes
from autograder.random_functions.program import Program
from course_bp.finite_differences import finite_difference

every_kind = pytest.mark.parametrize("kind", KINDS)
SOME, ALL = 20, 500
BANK = 6


def inputs_of(program: Program, seed: int) -> dict[str, object]:
    lengths = {name: 2 + i for i, name in enumerate(size_names(program.inputs))}
    kinds = {name: next(iter(domain.kinds())) for name, domain in program.inputs.items()}
    return drawing(program.inputs, lengths, kinds)(np.random.default_rng(seed))


def reference_engine_and_differences_agree(program: Program, seed: int) -> None:
    inputs = inputs_of(program, seed)
    derived = derivation(program.forward, inputs, program.leaves)
    held: dict[str, object] = dict(inputs)
    space = type("Values", (), {})()
    vars(space).update(held)
    for name, step in derived.steps().items():
        setattr(space, name, step(space))
    _, adjoints = passes(program, inputs)
    for name, adjoint in adjoints.items():
        np.testing.assert_allclose(getattr(space, f"d{name}"), adjoint, rtol=1e-9, atol=1e-12)
    for name in program.leaves:

        def output(value: object, name: str = name) -> object:
            return program.forward(**{**inputs, name: value})

        numeric = finite_difference(output)(inputs[name])
        scale = max(1.0, float(np.abs(output(inputs[name]))))
        np.testing.assert_allclose(adjoints[name], numeric, rtol=1e-5, atol=1e-7 * scale)


@every_kind
def test_the_reference_is_what_engine_and_finite_differences_give(kind: str) -> None:
    for seed in range(SOME):
        reference_engine_and_differences_agree(drawn(kind, seed), seed)


@every_kind
@pytest.mark.slow
def test_the_reference_is_right_for_five_hundred_draws(kind: str) -> None:
    for seed in range(SOME, ALL):
        reference_engine_and_differences_agree(drawn(kind, seed), seed)


@pytest.mark.parametrize("seed", range(BANK))
@every_kind
@pytest.mark.slow
def test_each_mistake_is_refused_and_named_and_each_right_answer_accepted(
    kind: str, seed: int
) -> None:
    tally = run_bank(derived_program("practice.draw", drawn(kind, 100 + seed), "Draw"), 1)
    assert tally.trouble == ()
    assert (tally.refused, tally.named) == (tally.wrong, tally.wrong)
    assert tally.accepted == tally.right
    assert tally.wrong >= 10


def test_quiz_1_as_a_program_has_the_lectures_gradient() -> None:
    exercise = derived_program("quiz1.again", QUIZ1, "Quiz 1 again")
    for inputs in draw_inputs(exercise, (1,)):
        right = find("quiz1.backward").solve(inputs)
        found = exercise.solve(inputs)
        assert found.dx == pytest.approx(right.dx, rel=1e-10)
        assert found.dz == pytest.approx(right.dz, rel=1e-10)


def test_no_name_of_a_mistake_holds_a_variable() -> None:
    exercise = derived_program("practice.draw", drawn("graphs", 2), "Draw")
    names = {mistake.name for mistake in exercise.mistakes}
    assert {"a path missing at a fan-out", "a path counted twice at a fan-out"} <= names
    assert not any("fan-out of" in name for name in names)
