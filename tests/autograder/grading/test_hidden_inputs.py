"""Hidden inputs are fair: on every draw the exercise's own answers are found right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.course.secret import hidden_seed
from autograder.exercise import Exercise, Part, Probe
from autograder.grading.hidden_inputs import NoFairDraw, hidden_inputs, is_fair, known_draws

SECRETS = [bytes([number]) * 32 for number in range(12)]


@pytest.fixture
def root(chain: Exercise) -> Exercise:
    """The square root of a number that is negative every other time, where nobody finds it."""
    return replace(
        chain,
        id="root.value",
        steps={"y": lambda v: np.sqrt(v.x)},
        parts=(Part("y", 1),),
        probes=(Probe("one", lambda rng: {"x": float(rng.normal())}),),
        output="",
        leaves={},
        batch="",
        mistakes=(),
        variants={"a power": lambda x: {"y": x**0.5}},
    )


def test_unfair_draws_are_drawn_again(root: Exercise) -> None:
    drawn = [hidden_inputs(root, secret)[0]["x"] for secret in SECRETS]
    assert min(drawn) >= 0
    assert len(set(drawn)) == len(SECRETS)


def test_the_draw_depends_on_the_secret_alone(root: Exercise, tmp_path: Path) -> None:
    first = [hidden_inputs(root, secret, known_draws(tmp_path)) for secret in SECRETS]
    assert (tmp_path / "draws.jsonl").read_text().count("\n") == len(SECRETS)
    again = [hidden_inputs(root, secret, known_draws(tmp_path)) for secret in SECRETS]
    assert first == again == [hidden_inputs(root, secret) for secret in SECRETS]


def test_what_was_found_fair_is_not_tried_again(root: Exercise, tmp_path: Path) -> None:
    expected = hidden_inputs(root, SECRETS[0], known_draws(tmp_path))

    def tried(x: float) -> dict[str, Any]:
        raise AssertionError("tried again")

    quick = replace(root, variants={"a power": tried})
    assert hidden_inputs(quick, SECRETS[0], known_draws(tmp_path)) == expected


def test_a_fair_first_draw_is_the_first_draw(chain: Exercise) -> None:
    from autograder.judge.draw import draw_inputs

    found = hidden_inputs(chain, SECRETS[1])
    first = draw_inputs(chain, hidden_seed(SECRETS[1], chain.id))
    assert np.array_equal(found[0]["w"], first[0]["w"])
    assert is_fair(chain, found)


def test_an_exercise_that_refuses_its_own_answer_is_a_fault_of_the_course(root: Exercise) -> None:
    wrong = replace(root, variants={"no power": lambda x: {"y": x}})
    with pytest.raises(NoFairDraw, match=r"root\.value rejects its own .* on 20 draws"):
        hidden_inputs(wrong, SECRETS[0])
