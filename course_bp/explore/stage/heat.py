"""Numbers on a grid as an image that can stand in an SVG."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.image import imsave
from numpy.typing import NDArray


def heat_image(
    values: NDArray[Any], low: float, high: float, bands: int = 0, line: float | None = None
) -> str:
    """A grid as a PNG in a data address, in the colours of cividis (dark low, light high).

    Args:
        values: shape (rows, columns), the first row at the bottom.
        low, high: the values of the darkest and the lightest colour.
        bands: steps of equal colour, which show the shape of a surface; 0 for none.
        line: a value whose contour is drawn in red.
    """
    part = np.clip((values - low) / (high - low), 0.0, 1.0)
    if bands:
        part = np.minimum(np.floor(part * bands), bands - 1) / (bands - 1)
    pixels = colormaps["cividis"](np.nan_to_num(part), bytes=True)
    if line is not None:
        above = values > line
        edge = np.zeros(values.shape, dtype=bool)
        edge[:, 1:] |= above[:, 1:] != above[:, :-1]
        edge[1:] |= above[1:] != above[:-1]
        pixels[edge] = (213, 94, 0, 255)
    file = BytesIO()
    imsave(file, pixels, format="png", origin="lower")
    return "data:image/png;base64," + b64encode(file.getvalue()).decode()


def grid(
    x: tuple[float, float], y: tuple[float, float], count: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Two arrays of shape (count, count) with the coordinates of a grid's points."""
    across, up = np.meshgrid(np.linspace(*x, count), np.linspace(*y, count))
    return across, up
