from __future__ import annotations

import pytest

from autograder.listed import listed


@pytest.mark.parametrize(
    ("names", "words"),
    [([], ""), (["x"], "x"), (["x", "e"], "x and e"), (["a", "b", "c"], "a, b and c")],
)
def test_names_are_joined_as_in_a_sentence(names: list[str], words: str) -> None:
    assert listed(names) == words
