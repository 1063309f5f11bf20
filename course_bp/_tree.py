"""Nested parameters: visit the numbers inside dicts, lists and tuples, and put others in place.

JAX calls such a structure a pytree. A leaf is whatever is not a dict, list or tuple.
"""

from collections.abc import Iterator
from typing import Any


def leaves_with_paths(tree: Any, name: str = "x") -> Iterator[tuple[str, Any]]:
    """Yield `(path, leaf)` pairs, the path written as Python would index it: `x['W'][0]`."""
    if isinstance(tree, dict):
        for key, child in tree.items():
            yield from leaves_with_paths(child, f"{name}[{key!r}]")
    elif isinstance(tree, list | tuple):
        for index, child in enumerate(tree):
            yield from leaves_with_paths(child, f"{name}[{index}]")
    else:
        yield name, tree


def with_leaves(tree: Any, leaves: Iterator[Any]) -> Any:
    """Return the same structure with its leaves replaced, in order, by those of the iterator."""
    if isinstance(tree, dict):
        return {key: with_leaves(child, leaves) for key, child in tree.items()}
    if isinstance(tree, tuple) and hasattr(tree, "_fields"):
        return type(tree)(*[with_leaves(child, leaves) for child in tree])
    if isinstance(tree, list | tuple):
        return type(tree)([with_leaves(child, leaves) for child in tree])
    return next(leaves)
