"""Nobody earns all points who takes an input for a narrower kind than the statement promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.bank import adversary
from autograder.bank.mutants import mutants
from autograder.bank.places import Changed
from autograder.bank.right_answers import right_answers
from autograder.course.folder import Course
from autograder.exercises import EXERCISES, find

COURSE = Course.at(Path(__file__).parents[3])
WAYS = ("np.clip({0}, -30.0, 30.0)", "np.where(np.abs({0}) < 1e-06, 0.0, {0})")
A_CLASS = "it is 0 or 1"
A_COUNT = "it is a whole number"
SATURATED = "larger ones saturate a sigmoid, and no digits of its slope are left"
A_STEP = "it is above 0, and a smaller one leaves no digits of the difference"
# Exercise → input → why its sizes do not matter, or cannot be asked.
ALLOWED = {
    "accumulate.passes": dict.fromkeys("nm", A_COUNT),
    "bp.hidden_error": {"z": SATURATED},
    "bp.output_error": {"z": SATURATED},
    "case1.backward": {"y_star": A_CLASS},
    "case1.batch": {"y_star": A_CLASS},
    "case1.forward": {"y_star": A_CLASS},
    "case2.backward": {"y_star": A_CLASS, "beta": SATURATED},
    "case2.forward": {"y_star": A_CLASS, "beta": SATURATED},
    "checker.difference": {"h": A_STEP},
    "checker.sweep": {
        "x": "the function has its curvature where it is asked",
        "steps": "they are at most 1",
    },
    "derivative.costs": dict.fromkeys(("n", "m", "steps", "length"), A_COUNT),
    "hessian_free.step": {"y": A_CLASS},
    "losses.matching": {
        "t": A_CLASS,
        **dict.fromkeys(
            ("w", "X", "y", "sigma", "tau"), "objectives are measured at points 0.001 apart"
        ),
    },
    "naumann.jacobian": dict.fromkeys(("x1", "x2"), "larger ones overflow an exponential"),
    "quiz2.backward": dict.fromkeys(("alpha2", "beta"), SATURATED),
    "quiz2.forward": dict.fromkeys(("alpha2", "beta"), SATURATED),
    "sgd.epoch": {"c": SATURATED},
    "slides.corrected": {
        "z": SATURATED,
        "y_star": A_CLASS,
        "y": "it is between 0 and 1",
        "a": "it is between 0 and 1",
        "before": "only its sign matters",
    },
    "softmax.backward": {"targets": A_CLASS},
    "softmax.forward": {"targets": A_CLASS},
    "twenty_lines.gradients": {"b1": SATURATED},
    "twenty_lines.train": {"b1": SATURATED},
}


def survivors(id: str, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The inputs that can be narrowed without losing points."""

    def narrow(text: str, *_: object) -> list[Changed]:
        ends = [way.format(name) for name in inputs(text) for way in WAYS]
        return [one for one in mutants(text) if one.what.endswith(tuple(ends))]

    monkeypatch.setattr(adversary, "_made", narrow)
    exercise = find(id)
    found = adversary.attack(exercise, right_answers(COURSE, exercise)[:1], seed=1, draws=1)
    return {one.mutant.what.split("at the start, ")[1].split(" = ")[0] for one in found.survivors}


def inputs(text: str) -> list[str]:
    """The names that stand before an equals sign at the start of a mutant."""
    starts = [one.what for one in mutants(text) if "at the start, " in one.what]
    return sorted({what.split("at the start, ")[1].split(" = ")[0] for what in starts})


@pytest.mark.parametrize("id", [id for id, one in EXERCISES.items() if not one.costly])
def test_an_input_of_any_size_is_asked(id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert survivors(id, monkeypatch) <= set(ALLOWED.get(id, ()))


@pytest.mark.parametrize("id", ["quiz2.forward", "quiz2.backward"])
def test_a_0_that_is_almost_0_is_found_on_every_draw(
    id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    way = "alpha1 = np.where(alpha1 == 0, 1e-09, alpha1)"
    exercise = find(id)
    answers = right_answers(COURSE, exercise)[:1]
    made = [one for one in mutants(answers[0].text) if one.what.endswith(way)]
    monkeypatch.setattr(adversary, "_made", lambda *_: made)
    for seed in range(1, 9):
        found = adversary.attack(exercise, answers, seed, draws=0)
        assert (found.made, found.refused) == (1, 1)
