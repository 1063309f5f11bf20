"""What wrong answers that people wrote cost, as edits of the notebook's own solution."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from judging import exercises, positional, statuses, verdict_on

from autograder.bank.right_answers import right_answers
from autograder.course.folder import Course
from autograder.exercise import Exercise
from autograder.exercises import find
from autograder.feedback.words import feedback
from autograder.judge.draw import PUBLIC_SEED
from autograder.judge.verdict import FORM_COST, Status, Verdict

COURSE = Course.at(Path(__file__).parents[3])
Edits = dict[str, str]


def edited(id: str, edits: Edits, seed: int = 1) -> Verdict:
    answer = right_answers(COURSE, find(id))[0]
    text = answer.text
    for right, wrong in edits.items():
        assert right in text
        text = text.replace(right, wrong)
    return verdict_on(id, answer.run(text), seed)


JACOBIAN = '"jacobian": np.diag(y) - np.outer(y, y)'
FROM_IT = {"y * (upstream - upstream @ y)": "upstream @ J"}
DY = "dy = -y_star / y + (1 - y_star) / (1 - y)"
FLOAT = "    x = np.array(x, dtype=float)"
RETURN = "    return {"
LOG_Y = "shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))"
# Exercise, edits, and the parts that lose points by them.
ONE_SLIP: dict[str, tuple[str, Edits, set[str]]] = {
    "a Jacobian without its diagonal": (
        "softmax.jacobian",
        {JACOBIAN: '"jacobian": (J := -np.outer(y, y))', **FROM_IT},
        {"jacobian"},
    ),
    "a Jacobian of the diagonal alone": (
        "softmax.jacobian",
        {JACOBIAN: '"jacobian": (J := np.diag(y))', **FROM_IT},
        {"jacobian"},
    ),
    "a Jacobian with a plus": (
        "softmax.jacobian",
        {JACOBIAN: '"jacobian": (J := np.diag(y) + np.outer(y, y))', **FROM_IT},
        {"jacobian"},
    ),
    "a softmax over the batch": (
        "softmax.forward",
        {LOG_Y: "b - b.max() - np.log(np.exp(b - b.max()).sum())"},
        {"y"},
    ),
    "a transposed W": (
        "rosetta.shapes",
        {'"W": (M, D)': '"W": (D, M)', '"dW": (M, D)': '"dW": (D, M)'},
        {"W"},
    ),
    "a Gaussian without its 2": (
        "losses.matching",
        {"squared_error / (2 * sigma**2)": "squared_error / sigma**2"},
        {"gaussian"},
    ),
    "a ratio of an own Gaussian": (
        "losses.matching",
        {
            "squared_error / (2 * sigma**2)": "squared_error / sigma**2",
            '"ratio": 1 / (2 * sigma**2)': '"ratio": 1 / sigma**2',
        },
        {"gaussian"},
    ),
    "a central difference by h": (
        "checker.sweep",
        {"(f(x + h) - f(x - h)) / (2 * h)": "(f(x + h) - f(x - h)) / h"},
        {"central_error"},
    ),
    "no slope of tanh": (
        "sgd.epoch",
        {"np.outer(dp, w) * (1 - h**2)": "np.outer(dp, w)"},
        {"losses"},
    ),
    "no c": ("sgd.epoch", {"inputs @ W + c": "inputs @ W"}, {"losses"}),
    "no b in five steps": (
        "bp.five_steps",
        {" @ a[layer - 1] + b[layer]": " @ a[layer - 1]"},
        {"db_L"},
    ),
    "no b in a batch": (
        "bp.batch",
        {"a[layer - 1] @ W[layer] + b[layer]": "a[layer - 1] @ W[layer]"},
        {"C"},
    ),
    "no b1": ("twenty_lines.gradients", {"x @ w1 + b1": "x @ w1"}, {"loss"}),
    "no b2": ("twenty_lines.gradients", {"h @ w2 + b2": "h @ w2"}, {"loss"}),
    "biases averaged in every layer": (
        "bp.batch",
        {"delta[layer].sum(axis=0) for": "delta[layer].mean(axis=0) for"},
        {"db_L"},
    ),
    "weights transposed in every layer": (
        "bp.five_steps",
        {"np.outer(delta[layer], a[layer - 1])": "np.outer(a[layer - 1], delta[layer])"},
        {"dW_L"},
    ),
    "no name for some suspects": ("suspects.named", {'"M14"': "None"}, {"factors_named"}),
    "1e-12 in the denominators": (
        "case1.backward",
        {DY: "dy = -y_star / (y + 1e-12) + (1 - y_star) / (1 - y + 1e-12)"},
        {"dy"},
    ),
    "1e-8 in the denominators": (
        "case1.backward",
        {DY: "dy = -y_star / (y + 1e-8) + (1 - y_star) / (1 - y + 1e-8)"},
        {"dy"},
    ),
}


@pytest.mark.parametrize("name", ONE_SLIP)
def test_one_slip_costs_one_part(name: str) -> None:
    id, edits, lost = ONE_SLIP[name]
    verdict = edited(id, edits)
    assert {part.part.name for part in verdict.parts if not part.credited} == lost
    assert not verdict.full


def test_the_gradient_from_above_that_is_dropped_everywhere_costs_once() -> None:
    # The ReLU's slope is then not even a float.
    verdict = edited("activations.backward", {"upstream * (z > 0)": "1.0 * (z > 0)"})
    once = verdict.exercise.points - verdict.score
    everywhere = edited(
        "activations.backward", {"upstream * (z > 0)": "1.0 * (z > 0)", "upstream * ": ""}
    )
    dearest = max(part.points for part in verdict.exercise.parts)
    assert 0 < once <= everywhere.exercise.points - everywhere.score <= dearest


@pytest.mark.parametrize(
    ("where", "wrong"),
    [
        ("x.shape == (2, 3)", "central = forward = 0 * forward + 1.0"),
        ("x.shape == (2, 3)", "forward = central = forward * 1.3"),
        ("x.size == 4", "central = forward = 0 * forward - 1.0"),
    ],
)
def test_to_stop_on_a_kind_of_input_earns_no_more_than_to_be_wrong_there(
    where: str, wrong: str
) -> None:
    stops = edited("checker.difference", {RETURN: f"    if {where}: raise ValueError\n{RETURN}"})
    errs = edited("checker.difference", {RETURN: f"    if {where}: {wrong}\n{RETURN}"})
    assert 0 < stops.score <= errs.score < errs.exercise.points


def test_a_difference_of_the_gradient_in_place_of_its_product_costs_a_finite_difference() -> None:
    slope = "    def grad(t):\n        return x.T @ (1 / (1 + np.exp(-(x @ t))) - y) / len(y)\n\n"
    verdict = edited(
        "hessian_free.step",
        {
            "    def times": f"{slope}    def times",
            '"hv": times(v)': '"hv": (grad(theta + 1e-5 * v) - grad(theta - 1e-5 * v)) / 2e-5',
        },
    )
    assert statuses(verdict)["hv"] is Status.NUMERIC
    assert [part.part.name for part in verdict.parts if not part.credited] == ["hv"]


@pytest.mark.parametrize("way", ['(0.5, "M2"), ', '(2, "M2"), '])
def test_one_way_of_a_planted_mistake_is_not_enough_at_home(way: str) -> None:
    assert not edited("suspects.named", {way: ""}, seed=PUBLIC_SEED[0]).full


def test_the_steeper_line_off_the_ties_is_not_enough_at_home() -> None:
    right = "left = right = p if first > second else r"
    wrong = edited("kinks.slopes", {right: "left = right = max(p, r)"}, seed=PUBLIC_SEED[0])
    assert not wrong.full


@pytest.mark.parametrize(
    ("id", "edits", "parts"),
    [
        (
            "bp.batch",
            {"delta[layer].sum(axis=0) for": "delta[layer].sum(axis=0, keepdims=True) for"},
            {"db_L", "db_next", "db_rest"},
        ),
        ("activations.values", {"np.tanh(z)": "np.tanh(z).astype(np.float32)"}, {"tanh"}),
    ],
)
def test_right_numbers_in_another_form_cost_a_tenth(id: str, edits: Edits, parts: set[str]) -> None:
    verdict = edited(id, edits)
    odd = [part for part in verdict.parts if part.status is Status.FORM]
    assert {part.part.name for part in odd} == parts
    cost = FORM_COST * sum(part.part.points for part in odd)
    assert verdict.score == pytest.approx(verdict.exercise.points - cost)
    words = " ".join(feedback(verdict).text.split())
    assert "The numbers are right; their form costs a tenth of the points." in words


@pytest.mark.parametrize(
    ("id", "edits"),
    [
        ("sgd.epoch", {"np.array(losses)": "losses"}),
        ("bptt.checkpointed", {"np.array(checkpoints)": "checkpoints"}),
    ],
)
def test_a_list_of_the_right_numbers_costs_nothing(id: str, edits: Edits) -> None:
    assert edited(id, edits).full


# No addition led to a value that was spoilt afterwards.
JUDGED_BY = {("fibonacci.memo", "value"): {"additions"}}


@exercises
def test_one_part_that_is_spoilt_costs_no_other_part(exercise: Exercise) -> None:
    right = positional(exercise)
    for part in exercise.parts:
        if part.accept is not None:
            continue

        def spoilt(*inputs: object, name: str = part.name) -> dict[str, object]:
            returned = right(*inputs)
            value = np.asarray(returned[name], dtype=float)
            bent = value * (1.3 + 0.1 * np.arange(value.size).reshape(value.shape)) + 0.01
            return {**returned, name: bent if bent.ndim else float(bent)}

        lost = {one.part.name for one in verdict_on(exercise, spoilt).parts if not one.credited}
        assert lost <= {part.name} | JUDGED_BY.get((exercise.id, part.name), set())


@pytest.mark.parametrize("nothing", ["w", "0 * w"])
def test_gradients_that_are_all_alike_support_no_choice(nothing: str) -> None:
    answer = f"def losses_matching(w, X, y, t, sigma, tau):\n    g = {nothing}\n    return dict(\n"
    names = [part.name for part in find("losses.matching").parts if part.name != "choice"]
    answer += "".join(f"        {name}=g,\n" for name in names) + '        choice="E",\n    )\n'
    known = right_answers(COURSE, find("losses.matching"))[0]
    assert verdict_on("losses.matching", known.run(answer)).score == 0
