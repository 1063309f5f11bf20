"""A button for the next hint, under a check that did not find everything right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def offer_hints(exercise_id: str, next_hint: Callable[[str], Any]) -> None:
    """Show the button when the cell that runs now has shown its result.

    Args:
        exercise_id: which exercise's hints to give.
        next_hint: gives the next one, an object with HTML of its own.
    """
    from IPython.core.getipython import get_ipython
    from IPython.display import display

    shell: Any = get_ipython()

    def show(*_: Any) -> None:
        shell.events.unregister("post_run_cell", show)
        display(hint_button(exercise_id, next_hint))  # type: ignore[no-untyped-call]

    shell.events.register("post_run_cell", show)


def hint_button(exercise_id: str, next_hint: Callable[[str], Any]) -> Any:
    """The button, and below it what it has said.

    Args:
        exercise_id, next_hint: as for `offer_hints`.

    Returns:
        An ipywidgets VBox of the Button and an HTML that is told to screen readers as it changes.
    """
    from ipywidgets import HTML, Button, Layout, VBox

    said = HTML()
    button = Button(
        description=f"Next hint for {exercise_id}",
        icon="",
        layout=Layout(width="auto", margin="4px 0"),
    )

    def tell(_: Any) -> None:
        words = next_hint(exercise_id)._repr_html_()
        said.value = f"<div role='status'>{words}</div>"

    button.on_click(tell)
    return VBox([button, said])
