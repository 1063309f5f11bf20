"""Curves, dots and bars on axes, as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .numbers import short
from .svg import Element, element

LEFT, RIGHT, TOP, BOTTOM = 68.0, 14.0, 30.0, 42.0


@dataclass(frozen=True)
class Axes:
    """A frame with axes, somewhere in a picture.

    Attributes:
        x, y: its upper left corner, in pixels; `width` and `height` include the labels.
        xs, ys: the range of each axis; of its logarithm to base 10 for a logarithmic one.
        title, x_label, y_label: what is written.
        log_x, log_y: whether the axis is logarithmic.
    """

    x: float
    y: float
    width: float
    height: float
    xs: tuple[float, float]
    ys: tuple[float, float]
    title: str = ""
    x_label: str = ""
    y_label: str = ""
    log_x: bool = False
    log_y: bool = False

    def across(self, value: float) -> float:
        """The pixel of a value of x; values beyond the axes end at the frame."""
        part = _part(math.log10(value) if self.log_x else value, self.xs)
        return self.x + LEFT + part * (self.width - LEFT - RIGHT)

    def up(self, value: float) -> float:
        """The pixel of a value of y."""
        part = _part(math.log10(max(value, 1e-300)) if self.log_y else value, self.ys)
        return self.y + self.height - BOTTOM - part * (self.height - TOP - BOTTOM)

    def frame(self) -> list[Element]:
        """The axes with ticks and labels."""
        left, right = self.x + LEFT, self.x + self.width - RIGHT
        top, bottom = self.y + TOP, self.y + self.height - BOTTOM
        made = [element("rect", x=left, y=top, width=right - left, height=bottom - top,
                        class_="bp-axis")]  # fmt: skip
        for tick in ticks(self.xs, 6, self.log_x):
            value = 10.0**tick if self.log_x else tick
            at = self.across(value)
            made.append(element("line", x1=at, x2=at, y1=top, y2=bottom, class_="bp-grid"))
            made.append(_label(_tick(tick, self.log_x), at, bottom + 15, "middle"))
        for tick in ticks(self.ys, 5, self.log_y):
            value = 10.0**tick if self.log_y else tick
            at = self.up(value)
            made.append(element("line", x1=left, x2=right, y1=at, y2=at, class_="bp-grid"))
            made.append(_label(_tick(tick, self.log_y), left - 10, at + 4, "end"))
        middle = (left + right) / 2
        made.append(element("text", self.title, x=left, y=self.y + 18, class_="bp-title"))
        made.append(_label(self.x_label, middle, bottom + 33, "middle"))
        turn = f"rotate(-90 {self.x + 12:.0f} {(top + bottom) / 2:.0f})"
        made.append(
            element(
                "text",
                self.y_label,
                x=self.x + 12,
                y=(top + bottom) / 2,
                transform=turn,
                class_="bp-small middle",
            )
        )
        return made

    def path(self, xs: Sequence[float], ys: Sequence[float]) -> str:
        """The path of a curve, interrupted where it is not finite or leaves the frame far."""
        parts, drawing = [], False
        for x, y in zip(xs, ys, strict=True):
            if not (math.isfinite(x) and math.isfinite(y)):
                drawing = False
                continue
            parts.append(f"{'L' if drawing else 'M'}{self.across(x):.1f} {self.up(y):.1f}")
            drawing = True
        return "".join(parts)

    def curve(
        self, xs: Sequence[float], ys: Sequence[float], colour: str, key: str | None = None,
        dashes: str | None = None,
    ) -> Element:  # fmt: skip
        """A curve in one of the colours, such as "blue"."""
        return element("path", d=self.path(xs, ys), class_="bp-curve", data_key=key,
                       style=f"stroke:var(--{colour})", stroke_dasharray=dashes)  # fmt: skip

    def dot(self, x: float, y: float, colour: str, key: str | None = None) -> Element:
        """A dot."""
        return element("circle", cx=self.across(x), cy=self.up(y), r=6, class_="bp-dot",
                       style=f"fill:var(--{colour})", data_key=key)  # fmt: skip

    def move(self, key: str, x: float, y: float) -> list[tuple[str, str, str]]:
        """The changes that move a dot."""
        return [(key, "cx", f"{self.across(x):.1f}"), (key, "cy", f"{self.up(y):.1f}")]


def note(
    text: str, x: float, y: float, colour: str | None = None, dashes: str | None = None
) -> Element:
    """A line of text; with a colour, a piece of a curve in it stands before the text."""
    words = element("text", text, x=x + (36 if colour else 0), y=y, class_="bp-small")
    if not colour:
        return words
    swatch = element("line", x1=x, x2=x + 30, y1=y - 4, y2=y - 4, class_="bp-curve",
                     style=f"stroke:var(--{colour})", stroke_dasharray=dashes)  # fmt: skip
    return element("g", swatch, words)


def ticks(ends: tuple[float, float], most: int, whole: bool = False) -> list[float]:
    """Round numbers between two ends, about as many as asked for."""
    low, high = ends
    rough = (high - low) / most
    base = 10.0 ** math.floor(math.log10(rough))
    step = next(base * m for m in (1, 2, 5, 10) if base * m >= rough)
    if whole:
        step = max(1.0, float(math.ceil(step)))
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [i * step for i in range(first, last + 1)]


def _part(value: float, ends: tuple[float, float]) -> float:
    return min(max((value - ends[0]) / (ends[1] - ends[0]), 0.0), 1.0)


def _tick(tick: float, logarithmic: bool) -> str:
    return f"1e{tick:.0f}".replace("-", "−") if logarithmic else short(tick, 4)


def _label(text: str, x: float, y: float, anchor: str) -> Element:
    return element("text", text, x=x, y=y, class_=f"bp-small {anchor}")
