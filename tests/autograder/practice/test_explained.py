"""Which mistakes are named, on functions and numbers of learners."""

from __future__ import annotations

import math

from drawn_programs import scalar_exercise

from autograder.feedback.words import feedback, named_mistakes
from autograder.practice.by_hand import judge_numbers

LOST = "a path missing at a fan-out"


def names(lines: str, inputs: dict[str, float], given: dict[str, float]) -> list[str]:
    """What each wrong part looks like."""
    verdict = judge_numbers(scalar_exercise(lines, tuple(inputs)), inputs, given)
    return [part.finding.name if part.finding else "" for part in verdict.parts if not part.holds]


def test_a_path_missing_is_not_also_a_constant_or_two() -> None:
    """What has nothing to do with x makes no rival for dx."""
    lines = "a = sqrt x; b = square z; c = log x; y = sum of 3 a b c"
    assert names(lines, {"x": 1.8, "z": 3.3}, {"dx": 0.556}) == [LOST]


def test_the_wrong_sign_of_one_path_has_one_name() -> None:
    lines = (
        "a = multiply z x; b = add z a; c = subtract x b; e = add a c; g = square b; "
        "y = sum of 2 e g"
    )
    # 2b + 1, where the path through c should give −1; then da follows.
    given = {"db": 2.68, "da": 3.68}
    assert names(lines, {"x": 0.2, "z": 0.7}, given) == ["the minus of a difference lost"]


def test_one_name_for_all_parts_goes_before_a_variable_taken_for_a_constant() -> None:
    lines = "a = subtract z x; b = sqrt z; c = multiply b x; y = sum of 2 a c"
    given = {"dx": 1.342, "dz": 0.708}  # both without the path through a
    assert names(lines, {"x": 1.9, "z": 1.8}, given) == [LOST, LOST]


def test_a_variable_without_fan_outs_below_is_taken_for_a_constant() -> None:
    lines = "a = exp x; b = square z; c = multiply a z; y = sum of 2 b c"
    found = names(lines, {"x": 0.4, "z": 1.3}, {"dx": 0.0, "dz": 4.09})
    assert found == ["a variable treated as a constant"]


def test_two_mistakes_have_each_its_own_name() -> None:
    lines = "a = log x; b = exp z; c = multiply a b; e = subtract c z; y = sum of 2 c e"
    inputs = {"x": 1.6, "z": 0.7}
    # dc = 2, of which the path through e is lost; dz = dc·a·b − 1, of which the sign is lost.
    exercise = scalar_exercise(lines, ("x", "z"))
    right = exercise.solve(inputs)
    dz = round(right.a * right.b + 1, 3)
    assert names(lines, inputs, {"dc": 1.0, "dz": dz}) == [LOST, "the minus of a difference lost"]


def test_what_would_change_a_right_part_was_not_made() -> None:
    """A constant a would change dz too, which is right."""
    lines = "a = multiply x z; b = sin x; c = multiply a b; y = sum of 2 a c"
    inputs = {"x": 0.9, "z": 1.3}
    right = scalar_exercise(lines, ("x", "z")).solve(inputs)
    dx = right.dx - right.da * inputs["z"]
    assert names(lines, inputs, {"dx": round(dx, 4), "dz": round(right.dz, 4)}) == [LOST]


def test_nor_is_it_named_when_another_part_is_wrong_too() -> None:
    """A path lost at a would change dz as well."""
    lines = "a = multiply x z; b = sin a; c = cos a; e = exp t; y = sum of 3 b c e"
    inputs = {"x": 0.9, "z": 1.3, "t": 0.6}
    right = scalar_exercise(lines, ("x", "z", "t")).solve(inputs)
    given = {"dx": 1.3 * math.cos(0.9 * 1.3), "dz": right.dz, "dt": 1.0}
    assert names(lines, inputs, given) == ["", "the local derivative of exp(u) left out"]


def test_a_gradient_given_as_0_makes_no_rivals() -> None:
    """Without it, one path lost of three and one kept of three are the same."""
    lines = "a = log x; b = square x; c = exp x; e = multiply a c; y = sum of 2 b e"
    inputs = {"x": 1.3}
    given = {"dc": 0.0, "da": math.exp(1.3), "dx": 2.6}  # dx without the path through a
    assert names(lines, inputs, given) == ["a variable treated as a constant", LOST]


def test_rivals_have_the_operands_of_the_function() -> None:
    """At z = 1 the other operand and no operand at all are the same."""
    exercise = scalar_exercise("a = multiply x z; b = exp a; y = sum of 2 a b", ("x", "z"))
    inputs = {"x": 0.6, "z": 1.0}
    (part,) = judge_numbers(exercise, inputs, {"dz": exercise.solve(inputs).da}).parts
    assert part.message == (
        "more than one mistake would give this number here: the operands of a product mixed up, "
        "the local derivative of x·z left out. So we cannot tell which it is."
    )


def test_one_mistake_at_two_places_is_named_and_its_place_left_open() -> None:
    lines = "a = multiply x z; b = multiply x t; y = sum of 2 a b"
    exercise = scalar_exercise(lines, ("x", "z", "t"))
    # dx = z + t, where x may stand for the one or the other.
    verdict = judge_numbers(exercise, {"x": 0.7, "z": 1.5, "t": 1.5}, {"dx": 2.2})
    assert named_mistakes(verdict) == ("the operands of a product mixed up",)
    assert "it would give your dx at more than one place, so we cannot tell where" in " ".join(
        feedback(verdict).text.split()
    )


def test_a_lost_arrow_is_told_from_the_paths_through_the_same_line() -> None:
    exercise = scalar_exercise("a = add x z; b = multiply x a; y = sum of 2 a b", ("x", "z"))
    # dx = 1 + a + x, of which the arrow from x into b gives a.
    verdict = judge_numbers(exercise, {"x": 0.9, "z": 1.4}, {"dx": 1.9})
    assert "your dx does not have the contribution from x directly into b" in " ".join(
        feedback(verdict).text.split()
    )
