"""What the course's notebooks need beside mathematics: figures with words, and patience.

The notebooks import both from here, in their first cell.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import Any

import numpy as np

Shape = Sequence[int | None]


@dataclass(frozen=True)
class Picture:
    """A picture that shows itself in a notebook, with the words for those who cannot see it.

    Args:
        png: the content of a PNG file.
        alt: what it shows, in words.
    """

    png: bytes
    alt: str

    def _repr_mimebundle_(self, **ignored: Any) -> dict[str, str]:
        data = b64encode(self.png).decode()
        html = (
            f'<img alt="{escape(self.alt)}" style="max-width:100%" '
            f'src="data:image/png;base64,{data}">'
        )
        return {"text/html": html, "text/plain": f"Picture: {self.alt}"}


def picture(figure: Any, alt: str) -> Picture:
    """Turns a matplotlib figure into a picture with alternative text, and closes the figure.

    Args:
        figure: a matplotlib Figure.
        alt: what it shows, in words; anyone who cannot see the picture gets this instead.

    Returns:
        The picture. It shows itself as the last value of a cell; elsewhere use `display`.

    Raises:
        ValueError: if there are no words.
    """
    import matplotlib.pyplot as plt

    if not alt.strip():
        raise ValueError("A picture needs words for those who cannot see it: picture(figure, alt).")
    image = BytesIO()
    figure.savefig(image, format="png", dpi=100, bbox_inches="tight")
    plt.close(figure)
    return Picture(image.getvalue(), alt)


def attempt(
    answer: Callable[..., Any],
    *inputs: Any,
    numbers: Sequence[str] = (),
    shapes: Mapping[str, Shape] | None = None,
) -> Any:
    """Calls what a student wrote; while it is not complete it says so, and the notebook runs on.

    Args:
        answer: a function, the student's own or one that uses it.
        *inputs: what to call it with.
        numbers: entries of the returned dict that have to be single numbers.
        shapes: entry → shape of those that have to be arrays; None stands for any length.

    Returns:
        The named entries as a dict of floats and float64 arrays, or, if none are named, whatever
        the answer gives. None if it stops with an error or lacks an entry; then a line in words
        is printed.
    """
    wanted: dict[str, Shape] = {**dict.fromkeys(numbers, ()), **(shapes or {})}
    try:
        found = answer(*inputs)
        values = {entry: _value(found, entry, shape) for entry, shape in wanted.items()}
    except NotImplementedError:
        reason = ""
    except _Lacking as lacking:
        reason = f" (it gives no {lacking})"
    except Exception as error:  # the check has more words for it, and the notebook runs on
        reason = f" ({type(error).__name__}: {str(error).strip()})"
    else:
        return values if wanted else found
    print(f"Your answer is not complete yet{reason}: see its check, then come back to this cell.")
    return None


def on_nodes(
    show: Callable[[Callable[..., Any]], Any],
    yours: Callable[..., Any],
    library: Callable[..., Any],
) -> Any:
    """Shows what your own lines record, or what the library's do if nodes cannot go through yours.

    Lines that are right for arrays may stop at a node: `math.exp` takes plain numbers only, and an
    array of zeros cannot be filled with nodes.

    Args:
        show: gets one of the two functions, calls it with nodes, and gives what is to be shown.
        yours: the student's own function.
        library: the same in words that the library can record.

    Returns:
        What `show` gives. When it is of the library's lines, a sentence that says so is printed.
    """
    try:
        return show(yours)
    except Exception as error:  # whatever stops a student's lines
        reason = f"{type(error).__name__}: {str(error).strip()}"
        print(f"The library's nodes cannot go through your lines ({reason}).")
        print("That makes them no less right. What follows takes the library's lines instead.")
        return show(library)


class _Lacking(Exception):
    """An entry is missing or of another shape."""


def _value(found: Any, entry: str, shape: Shape) -> Any:
    what = f"{entry!r} of shape {tuple(shape)}" if shape else f"number {entry!r}"
    try:
        value = np.array(found[entry], dtype=float)
    except (TypeError, ValueError, LookupError):
        raise _Lacking(what.replace("None", "any")) from None
    fits = value.ndim == len(shape) and all(
        length in (None, own) for length, own in zip(shape, value.shape, strict=True)
    )
    if not fits:
        raise _Lacking(what.replace("None", "any"))
    return value[()]
