"""What an exercise is called if its author does not say."""

from __future__ import annotations


def title_of(id: str) -> str:
    """A title from an id: "Layer norm, backward" for "layer_norm.backward".

    Args:
        id: the exercise's id.
    """
    words = id.replace(".", ", ").replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]
