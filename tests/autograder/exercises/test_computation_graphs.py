from __future__ import annotations

import pytest
from judging import judged, positional

from autograder.exercises import find
from autograder.judge.draw import draw_inputs

GRAPH = find("quiz1.graph")


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ("b", "the count of b is wrong."),
        ("xe", "the counts of x and e are wrong."),
        ("xbe", "the counts of x, b and e are wrong."),
    ],
)
def test_wrong_counts_are_listed_as_in_a_sentence(names: str, words: str) -> None:
    right = positional(GRAPH)()
    counts = {name: count + (name in names) for name, count in right["fan_out"].items()}
    verdict = judged(GRAPH, lambda: {**right, "fan_out": counts})
    assert verdict.parts[1].message == words


def test_the_circuit_is_asked_near_both_ends_of_what_its_text_promises() -> None:
    exercise = find("circuit.sigmoid")
    right = positional(exercise)

    def clipped(w0: float, x0: float, w1: float, x1: float, w2: float) -> dict[str, float]:
        s = w0 * x0 + w1 * x1 + w2
        return right(w0, x0, w1, x1, w2 + min(max(s, -8.0), 8.0) - s)

    assert judged(exercise, right).full
    assert judged(exercise, clipped).first_wrong.part.name == "ds"
    at = [abs(exercise.solve(one).s) for one in draw_inputs(exercise, (1,)) if "w2" in one]
    assert max(at) <= 10
