"""Names and evidence that people found untrue or of no help, each with what is right to say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from judging import verdict_on

from autograder.bank.right_answers import right_answers
from autograder.course.folder import Course
from autograder.exercises import find
from autograder.feedback.words import feedback, named_mistakes

COURSE = Course.at(Path(__file__).parents[3])

# Exercise, what the notebook's solution has, what stands there instead, the only name.
NAMED: dict[str, tuple[str, str, str, str]] = {
    "a step of one's own": (
        "checker.difference",
        "    x = np.array(x, dtype=float)",
        "    h = 1e-5\n    x = np.array(x, dtype=float)",
        "a step of your own instead of h",
    ),
    "forward and central swapped": (
        "checker.difference",
        '{"forward": forward, "central": central}',
        '{"forward": central, "central": forward}',
        "forward and central swapped",
    ),
    "a tolerance of 1e-12": (
        "checker.verdict",
        "1e-5 * larger + 1e-7 * np.abs(measured).max()",
        "1e-12 * larger",
        "a checker that rejects right gradients",
    ),
    "a step of 1e-13": (
        "checker.verdict",
        "checker_difference(f, x, 6e-6)",
        "checker_difference(f, x, 1e-13)",
        "a checker that rejects right gradients",
    ),
    "a tolerance of ten percent": (
        "checker.verdict",
        "1e-5 * larger",
        "1e-1 * larger",
        "a tolerance that is wider than the error",
    ),
    "subtraction reversed": (
        "engine.local",
        "return self + -self.as_node(other)",
        "return self.as_node(other) + -self",
        "__sub__ with its operands swapped",
    ),
    "the loss after the last step": (
        "twenty_lines.train",
        '"losses": np.array(losses)',
        '"losses": np.append(losses, 0.0 + twenty_lines_gradients(x, y, w1, b1, w2, b2)["loss"])',
        "one loss too many",
    ),
    "e and f swapped": ("quiz1.forward", '"e": e, "f": f', '"e": f, "f": e', "e and f swapped"),
    "a mean over the units": (
        "bp.five_steps",
        "W[layer + 1].T @ delta[layer + 1]",
        "W[layer + 1].T @ delta[layer + 1] / len(delta[layer + 1])",
        "a mean over the units of the layer above",
    ),
    "nothing is trained": (
        "twenty_lines.train",
        """\
        w1 = w1 - lr * found["grad_w1"]
        b1 = b1 - lr * found["grad_b1"]
        w2 = w2 - lr * found["grad_w2"]
        b2 = b2 - lr * found["grad_b2"]
""",
        """\
        for p, name in ((w1, "w1"), (b1, "b1"), (w2, "w2"), (b2, "b2")):
            p = p - lr * found["grad_" + name]
""",
        "parameters that are never changed",
    ),
    "J computed from b": (
        "case2.forward",
        "np.log(y) + (1 - y_star) * np.log(1 - y)",
        "np.log(b) + (1 - y_star) * np.log(1 - b)",
        "b instead of y",
    ),
    "a square around too much": (
        "activations.backward",
        "1 - np.tanh(z) ** 2",
        "(1 - np.tanh(z)) ** 2",
        "the slope of tanh, written as (1 − t)²",
    ),
    "λ of the unscaled loss": (
        "losses.matching",
        "lam = sigma**2 / tau**2",
        "lam = 1 / (2 * tau**2)",
        "an extra factor ratio",
    ),
    "n instead of e": ("circuit.gates", "dn = de * e", "dn = de * n", "n instead of e"),
    "an adjoint left out": (
        "accumulate.reverse",
        "a_bar * y + b_bar * np.cos(x)",
        "a_bar * y + np.cos(x)",
        "the incoming adjoint is dropped",
    ),
    "δ left out of the softmax": (
        "softmax.jacobian",
        "np.diag(y) - np.outer(y, y)",
        "-np.outer(y, y)",
        "the extra term on the diagonal is left out",
    ),
    "softmax over the examples": (
        "softmax.forward",
        "axis=1",
        "axis=0",
        "the softmax is taken over the examples",
    ),
    "y − a in every layer": (
        "bp.five_steps",
        "(a[L] - y)",
        "(y - a[L])",
        "the sign is flipped",
    ),
}


def edited(id: str, right: str, wrong: str) -> Any:
    answer = right_answers(COURSE, find(id))[0]
    assert right in answer.text
    return answer.run(answer.text.replace(right, wrong))


@pytest.mark.parametrize("case", NAMED)
def test_the_name_is_the_true_one(case: str) -> None:
    id, right, wrong, name = NAMED[case]
    assert named_mistakes(verdict_on(id, edited(id, right, wrong))) == (name,)


# Exercise, right, wrong, what the feedback must say, what it must not.
SAID: dict[str, tuple[str, str, str, str, str]] = {
    "an attribute that is not there": (
        "engine.local",
        "(value,))",
        "(self.nothing,))",
        "AttributeError: 'EngineLocal' object has no attribute 'nothing'",
        "nothing was returned",
    ),
    "a tuple without its comma": (
        "engine.local",
        "type(self)(value, (self,), (value,))",
        "type(self)(value, (self), (value,))",
        "A tuple with one entry needs a comma",
        "nothing was returned",
    ),
    "an operation that still waits": (
        "engine.local",
        "value = math.exp(self.value)",
        "raise NotImplementedError",
        "still waiting for your code",
        "nothing was returned",
    ),
    "a root for a number of either sign": (
        "j.paths",
        "du * np.cos(t) * 2 * x",
        "du * np.cos(t) * 2 * np.sqrt(t)",
        "you get if |x| is used where x belongs",
        "It is off by",
    ),
    "a square for negative numbers": (
        "j.paths",
        "du * np.cos(t) * 2 * x",
        "du * np.cos(t) * 2 * np.where(x < 0, t, x)",
        "wrong on this one: x = -0.",
        "It is off by",
    ),
    "a node of an engine's graph": (
        "engine.backward",
        "reversed(order)",
        "order[::-1][:1] + order[:-1]",
        "the grad of a in y = a·b·c + d",
        "entries are right",
    ),
    "an operation's derivative": (
        "engine.local",
        "(n * self.value ** (n - 1),)",
        "(n * self.value ** (n - 2),)",
        "Only the derivative of aⁿ by a is wrong.",
        "entries are right",
    ),
    "the diagonal is right": (
        "softmax.jacobian",
        "np.diag(y) - np.outer(y, y)",
        "np.diag(y - y * y) - 0.7 * (np.outer(y, y) - np.diag(y * y))",
        "Its diagonal is right; the entries off it are not.",
        "entries are right",
    ),
    "ordinary numbers before a nan far out": (
        "softmax.forward",
        '"y": np.exp(log_y)',
        '"y": np.exp(b) / (np.exp(b).sum(axis=1, keepdims=True) + 0.7)',
        "The entries of each row should add up to 1",
        "nan",
    ),
    "a checker that changes x": (
        "checker.verdict",
        "    measured",
        "    x[:] = 2\n    measured",
        "changed its input x in place",
        "cases",
    ),
    "vectors only": (
        "checker.verdict",
        "    measured = ",
        '    if np.ndim(x) != 1:\n        return {"right": False}\n    measured = ',
        "rejects a right gradient; x holds floats and has shape (2, 2)",
        "integers, where",
    ),
}


@pytest.mark.parametrize("case", SAID)
def test_the_evidence_says_where(case: str) -> None:
    id, right, wrong, said, unsaid = SAID[case]
    text = " ".join(feedback(verdict_on(id, edited(id, right, wrong))).text.split())
    assert said in text
    assert unsaid not in text


def test_a_later_part_with_a_name_comes_first() -> None:
    answer = edited("quiz1.forward", '"b": b, "c": c', '"b": b * b + 0.1, "c": np.log10(x)')
    text = " ".join(feedback(verdict_on("quiz1.forward", answer)).text.split())
    assert text.index("Your c looks like log10") < text.index("Look first at b")
    assert "does not match any mistake" not in text


def test_gradients_that_are_never_cleared_have_a_name() -> None:
    answer = right_answers(COURSE, find("sgd.epoch"))[0]
    text = answer.text.replace("losses = []", "losses = []\n    dw = db = dW = dc = 0.0")
    for name in ("dw", "db", "dW", "dc"):
        text = text.replace(f"        {name} = ", f"        {name} = {name} + ")
    assert named_mistakes(verdict_on("sgd.epoch", answer.run(text))) == (
        "gradients that are never cleared",
    )


def test_the_softmax_axis_is_named_in_the_digits() -> None:
    answer = edited("erm.digits", "axis=1", "axis=0")
    assert named_mistakes(verdict_on("erm.digits", answer))[:1] == (
        "the wrong axis for the softmax",
    )


def test_shuffled_batches_leave_no_trail_to_the_penalty() -> None:
    order = "x, y = (a[np.random.default_rng(0).permutation(len(a))] for a in (x, y))"
    answer = edited("sgd.epoch", "    losses = []", f"    {order}\n    losses = []")
    assert "λ = 0" not in feedback(verdict_on("sgd.epoch", answer)).text


@pytest.mark.parametrize("margin", [0.0, 2.0, 3.0])
def test_a_hinge_with_another_margin_does_not_pass(margin: float) -> None:
    answer = edited("losses.matching", "0, 1 - (2 * t", f"0, {margin} - (2 * t")
    assert verdict_on("losses.matching", answer).first_wrong.part.name == "hinge"


def test_between_parallel_quantities_lies_nothing_to_ask_about() -> None:
    answer = edited("circuit.sigmoid", '"dw1": ds * x1', '"dw1": ds * x0')
    text = " ".join(feedback(verdict_on("circuit.sigmoid", answer)).text.split())
    assert "your dw1 equals dw0" in text
    assert "Which quantity belongs here?" in text
