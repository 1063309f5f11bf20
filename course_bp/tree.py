"""Nested lists, tuples and dicts of numbers, taken apart and put together again.

Parameters come as `{"W1": …, "b1": …}` or `[(W, b), (W, b)]`; code that differentiates or updates
them sees a flat list of leaves. Everything that is not a list, tuple or dict is a leaf.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any, TypeAlias

Path: TypeAlias = tuple[int | str, ...]
BRANCHES = (dict, list, tuple)
Rebuild: TypeAlias = Callable[[Sequence[Any]], Any]
FIRST: Rebuild = itemgetter(0)  # what puts a single leaf back


def tree_flatten(tree: Any) -> tuple[list[Any], Rebuild]:
    """The leaves in order, and the function that puts such a list back into the tree's form."""
    leaves = [leaf for _, leaf in tree_paths(tree)]
    return leaves, tree_rebuilder(tree, len(leaves))


def tree_rebuilder(tree: Any, count: int) -> Rebuild:
    """The function that puts a list of `count` leaves into the tree's form."""
    if not isinstance(tree, BRANCHES):
        return FIRST

    def rebuild(leaves: Sequence[Any]) -> Any:
        if len(leaves) != count:
            raise ValueError(f"the tree has {count} leaves, not {len(leaves)}")
        return _rebuild(tree, iter(leaves))

    return rebuild


def tree_map(function: Callable[..., Any], tree: Any, *others: Any) -> Any:
    """The tree with each leaf replaced by `function` of it and the others' leaves in its place.

    Raises:
        ValueError: if another tree has a different number of leaves.
    """
    leaves, rebuild = tree_flatten(tree)
    columns = [tree_flatten(other)[0] for other in others]
    return rebuild([function(*row) for row in zip(leaves, *columns, strict=True)])


def tree_paths(tree: Any, path: Path = ()) -> list[tuple[Path, Any]]:
    """Each leaf with the keys and indices that lead to it."""
    if not isinstance(tree, BRANCHES):
        return [(path, tree)]
    if isinstance(tree, dict):
        items: list[tuple[Any, Any]] = list(tree.items())
    else:
        items = list(enumerate(tree))
    return [pair for key, branch in items for pair in tree_paths(branch, (*path, key))]


def path_name(root: str, path: Path) -> str:
    """How a leaf is called: `params['layers'][0]`."""
    return root if not path else root + "".join(f"[{key!r}]" for key in path)


def _rebuild(tree: Any, leaves: Any) -> Any:
    if not isinstance(tree, BRANCHES):
        return next(leaves)
    if isinstance(tree, dict):
        return {key: _rebuild(branch, leaves) for key, branch in tree.items()}
    if isinstance(tree, list):
        return [_rebuild(branch, leaves) for branch in tree]
    branches = [_rebuild(branch, leaves) for branch in tree]
    return type(tree)(*branches) if hasattr(tree, "_fields") else tuple(branches)
