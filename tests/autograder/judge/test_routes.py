"""A step of a backward pass as a sum over the routes by which its quantity reaches the output."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from autograder.exercise import Exercise, Part, Probe
from autograder.judge.answer_key import AnswerKey
from autograder.judge.context import Case, Context
from autograder.judge.routes import DIRECT, contributions, route_explanations, route_mistakes

X = np.array([0.5, 1.5])


def fan(count: int, direct: float = 0.0, dx: Callable[[Any], Any] | None = None) -> Exercise:
    """y, a sum over so many users a, b, … of x: each contributes its own multiple of x."""
    names = "abcdefgh"[:count]

    def total(v: Any) -> Any:
        shares = sum((k + 1) * vars(v)[f"d{name}"] for k, name in enumerate(names))
        return v.x * shares + direct

    return Exercise(
        again=False,
        id="fan.backward",
        unit="99-test",
        title="A fan",
        objectives=("O2",),
        deck="none",
        steps={
            "y": lambda v: v.x,
            **{f"d{name}": lambda v: 1.0 + 0 * v.x for name in names},
            "dx": dx or total,
            "later": lambda v: v.dx,
        },
        parts=(Part("dx", 1),),
        probes=(Probe("one", lambda rng: {"x": X}), Probe("two", lambda rng: {"x": 2 * X})),
        output="y",
    )


def split(exercise: Exercise, part: str = "dx") -> dict[str, Any]:
    return contributions(exercise, part, exercise.solve({"x": X}))


def explained(exercise: Exercise, value: Callable[[Any], Any], own: Any = None) -> list[Any]:
    key = AnswerKey(exercise, [{"x": X}, {"x": 2 * X}])
    mine = [own or {}, own or {}]
    context = Context(Case(key, (0, 1)), exercise.parts[0], mine, {}, mine)
    return route_explanations(context, [value(X), value(2 * X)])


class TestContributions:
    def test_each_adjoint_has_its_share(self) -> None:
        shares = split(fan(3))
        assert list(shares) == ["da", "db", "dc"]
        for k, share in enumerate(shares.values()):
            np.testing.assert_allclose(share, (k + 1) * X)

    def test_what_does_not_pass_an_adjoint_is_the_direct_path(self) -> None:
        shares = split(fan(2, direct=0.25))
        assert list(shares) == [DIRECT, "da", "db"]
        np.testing.assert_allclose(shares[DIRECT], 0.25)
        np.testing.assert_allclose(shares["db"], 2 * X)

    @pytest.mark.parametrize(("count", "told"), [(1, 0), (2, 2), (6, 6), (7, 0)])
    def test_two_to_six_routes_are_told_apart(self, count: int, told: int) -> None:
        assert len(split(fan(count))) == told

    def test_an_adjoint_without_a_share_is_no_route(self) -> None:
        exercise = fan(3, dx=lambda v: v.x * (v.da + v.dc))
        assert list(split(exercise)) == ["da", "dc"]

    def test_a_step_that_is_no_sum_has_none(self) -> None:
        assert split(fan(2, dx=lambda v: v.x * (v.da * v.db + v.da + v.db))) == {}

    def test_a_step_that_is_nearly_a_sum_has_none(self) -> None:
        assert split(fan(2, dx=lambda v: v.x * (v.da + v.db + 1e-8 * v.da * v.db))) == {}

    def test_a_step_that_cannot_be_taken_without_its_adjoints_has_none(self) -> None:
        def dx(v: Any) -> Any:
            if not v.da.any():
                raise ZeroDivisionError
            return v.x * (v.da + v.db)

        assert split(fan(2, dx=dx)) == {}

    def test_a_forward_step_has_none(self) -> None:
        assert split(fan(2), "y") == {}

    def test_only_adjoints_before_the_step_are_routes(self) -> None:
        assert split(fan(2), "da") == {}
        assert split(fan(2), "later") == {}

    def test_the_output_is_no_adjoint(self) -> None:
        assert list(split(fan(2, dx=lambda v: v.y * (v.da + v.db)))) == ["da", "db"]

    @pytest.mark.parametrize("output", ["", "z"])
    def test_without_an_output_there_are_none(self, output: str) -> None:
        exercise = fan(2)
        object.__setattr__(exercise, "output", output)
        assert split(exercise) == {}

    def test_a_part_that_is_no_step_has_none(self) -> None:
        assert split(fan(2), "dz") == {}

    def test_what_is_no_number_is_left_alone(self) -> None:
        exercise = fan(2, dx=lambda v: v.x * (v.da + v.db) if v.dc == "c" else v.x)
        exercise = Exercise(
            **{
                **vars(exercise),
                "steps": {
                    "y": lambda v: v.x,
                    "da": lambda v: 1.0,
                    "db": lambda v: np.float64(2),
                    "dc": lambda v: "c",
                    "dx": exercise.steps["dx"],
                },
            },
        )
        assert list(split(exercise)) == ["da", "db"]


class TestExplanations:
    @pytest.mark.parametrize(
        ("factors", "id", "slug", "name"),
        [
            ((0, 1, 1), "M15", "da lost", "a path missing at a fan-out"),
            ((1, 2, 1), "M15", "db doubled", "a path counted twice"),
            ((1, 1, -1), "M1", "dc sign", "the sign of one path"),
            ((0, 1, -1), "M15", "da lost, dc sign", "mistakes in two paths"),
            ((1, -1, 2), "M1", "db sign, dc doubled", "mistakes in two paths"),
        ],
    )
    def test_the_routes_that_go_wrong_are_named(
        self, factors: tuple[int, ...], id: str, slug: str, name: str
    ) -> None:
        weights = [1.0, 2.5, 6.25]

        def dx(v: Any) -> Any:
            return v.x * sum(w * d for w, d in zip(weights, (v.da, v.db, v.dc), strict=True))

        wrong = sum(f * w for f, w in zip(factors, weights, strict=True))
        (found,) = explained(fan(3, dx=dx), lambda x: wrong * x)
        assert (found.id, found.slug, found.name) == (id, slug, name)
        assert found.evidence.startswith("your {part} ")
        assert all(route in found.evidence for route in slug.split()[::2])
        assert found.evidence.endswith("; the rest of it is right.")
        assert found.evidence.count(", and it ") == slug.count(",")
        assert found.question.startswith("By which paths")

    def test_every_fit_with_one_route_is_told(self) -> None:
        exercise = fan(2, dx=lambda v: v.x * (v.da + v.db))
        assert [e.slug for e in explained(exercise, lambda x: x)] == ["da lost", "db lost"]

    def test_another_factor_fits_none(self) -> None:
        assert explained(fan(2), lambda x: 4.5 * x) == []

    def test_one_input_that_does_not_fit_is_enough(self) -> None:
        assert explained(fan(2), lambda x: x if x[0] < 0.6 else 1.5 * x) == []

    def test_routes_are_fitted_to_own_adjoints_too(self) -> None:
        own = {"da": np.array([5.0, 7.0])}
        (found,) = explained(fan(2), lambda x: x * (own["da"] - 2), own)
        assert found.slug == "db sign"

    def test_a_route_that_is_not_there_on_all_inputs_is_none(self) -> None:
        exercise = fan(2, dx=lambda v: v.x * (v.da + 3 * v.db * (v.x[0] < 0.6)))
        assert explained(exercise, lambda x: x * (1 - 3 * (x[0] < 0.6))) == []
        assert explained(exercise, lambda x: -x * (1 + 3 * (x[0] < 0.6))) == []

    def test_without_routes_there_is_none(self) -> None:
        assert explained(fan(1), lambda x: 2 * x) == []


class TestMistakes:
    def found(self, exercise: Exercise) -> dict[str, Any]:
        right = [exercise.solve({"x": k * X}) for k in (1, 2)]
        return {mistake.slug: mistake for mistake in route_mistakes(exercise, right)}

    def test_every_route_can_go_wrong_in_three_ways(self) -> None:
        assert list(self.found(fan(2))) == [
            "dx: da lost",
            "dx: da doubled",
            "dx: da sign",
            "dx: db lost",
            "dx: db doubled",
            "dx: db sign",
        ]

    def test_a_mistake_can_be_run(self) -> None:
        mistake = self.found(fan(2))["dx: db doubled"]
        values = fan(2).solve({"x": X}, mistake.wrong)
        np.testing.assert_allclose(values.dx, 5 * X)
        assert mistake.id == "M15"
        assert mistake.name == "a path counted twice"
        assert "counts twice the contribution through db" in mistake.evidence

    def test_a_single_number_stays_a_float(self) -> None:
        exercise = fan(2)
        mistake = self.found(exercise)["dx: db doubled"]
        found = exercise.solve({"x": 3.0}, mistake.wrong).dx
        assert type(found) is float
        assert found == 15

    def test_parts_that_are_no_numbers_have_none(self) -> None:
        exercise = fan(2)
        odd = Part("dx", 1, accept=lambda value, right: None)
        both = Exercise(**{**vars(exercise), "parts": (odd, *exercise.parts)})
        assert len(self.found(both)) == 6
        assert self.found(Exercise(**{**vars(exercise), "parts": (odd,)})) == {}

    def test_without_inputs_there_are_none(self) -> None:
        assert list(route_mistakes(fan(2), [])) == []

    def test_a_route_that_some_inputs_lack_has_none(self) -> None:
        exercise = fan(3)
        values = exercise.solve({"x": X})
        fewer = SimpleNamespace(**{**vars(values), "db": 0 * X})
        assert list(route_mistakes(exercise, [values, fewer])) == []
        assert list(route_mistakes(exercise, [fewer, values])) == []
