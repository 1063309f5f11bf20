"""The sigmoid of unit 07, and its slope."""

from __future__ import annotations

from typing import Any

import numpy as np

UNIT = "07-layers-and-batches"


def sigmoid(z: Any) -> Any:
    """The logistic sigmoid."""
    return 1 / (1 + np.exp(-z))


def slope(a: Any) -> Any:
    """The sigmoid's slope, from its output."""
    return a * (1 - a)
