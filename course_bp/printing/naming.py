"""Names for what is printed, no two of them equal."""

from __future__ import annotations

from collections.abc import Iterable


class Names:
    """The names that mean something already.

    Args:
        taken: those to begin with.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._last: dict[str, int] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._taken

    def new(self, name: str) -> str:
        """The name, or with the smallest number at its end that makes it a new one; now taken."""
        if name in self._taken:
            stem = name.rstrip("0123456789") or "v"
            number = self._last.get(stem, 1)  # all up to it are taken, and stay so
            while name in self._taken:
                number += 1
                name = f"{stem}{number}"
            self._last[stem] = number
        self._taken.add(name)
        return name
