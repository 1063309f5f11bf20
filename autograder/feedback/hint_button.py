"""A button for the next hint, under a check that did not find everything right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def offer_hints(exercise_id: str, next_hint: Callable[[str], Any]) -> None:
    """Show the button when the cell that runs now has shown its result.

    Args:
        exercise_id: which exercise's hints to give.
        next_hint: gives the next one, an object with the words in `text`.
    """
    from IPython.core.getipython import get_ipython
    from IPython.display import display

    shell: Any = get_ipython()

    def show(*_: Any) -> None:
        from autograder.feedback.hint_widget import HintButton

        shell.events.unregister("post_run_cell", show)
        display(HintButton(exercise_id, next_hint))  # type: ignore[no-untyped-call]

    shell.events.register("post_run_cell", show)
