from __future__ import annotations

import pytest
from judging import judged, positional

from autograder.exercises import find

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
