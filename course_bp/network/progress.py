"""A progress bar of plain text: one line that redraws itself, in a terminal or under a cell."""

import sys
import time
from typing import TextIO

__all__ = ["ProgressBar"]

_SECONDS_BETWEEN_DRAWINGS = 0.1
_CELLS = 30


class ProgressBar:
    """Shows how far a loop of known length is, and what it has to say.

    Args:
        total: how many steps there are, at least 1.
        unit: what one step is called.
        file: where to write; by default the standard output, which Jupyter shows under the cell.

    Use as a context manager, so that the line is finished even when the loop is interrupted.
    """

    def __init__(self, total: int, unit: str = "epoch", file: TextIO | None = None) -> None:
        self.total = total
        self.unit = unit
        self.file = sys.stdout if file is None else file
        self._done = 0
        self._note = ""
        self._drawn_at = -float("inf")
        self._width = 0

    def __enter__(self) -> "ProgressBar":
        return self

    def __exit__(self, *exception: object) -> None:
        self._draw()
        self.file.write("\n")
        self.file.flush()

    def update(self, done: int, note: str = "") -> None:
        """Say that `done` of the steps are behind us; redraws at most ten times a second."""
        self._done, self._note = done, note
        now = time.monotonic()
        if now - self._drawn_at >= _SECONDS_BETWEEN_DRAWINGS:
            self._drawn_at = now
            self._draw()

    def _draw(self) -> None:
        filled = _CELLS * self._done // self.total
        bar = "█" * filled + "·" * (_CELLS - filled)
        line = f"{self.unit} {self._done}/{self.total} {bar} {self._note}".rstrip()
        # spaces cover what a longer line left behind
        self.file.write("\r" + line.ljust(self._width))
        self.file.flush()
        self._width = len(line)
