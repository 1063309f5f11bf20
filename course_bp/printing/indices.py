"""How an index is written between brackets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np


def subscript(where: Any, names: Mapping[int, str] = {}) -> str:
    """An index as it stands between brackets; arrays by the names that their ids have."""
    if isinstance(where, tuple) and where:
        alone = len(where) == 1 and isinstance(where[0], tuple)  # x[(0, 1),] is not x[0, 1]
        return ", ".join(subscript(part, names) for part in where) + ("," if alone else "")
    if isinstance(where, slice):
        parts = ["" if x is None else str(x) for x in (where.start, where.stop)]
        return ":".join(parts) + ("" if where.step is None else f":{where.step}")
    if where is Ellipsis:
        return "..."
    if isinstance(where, np.ndarray):
        return names.get(id(where)) or repr(where.tolist())
    return repr(where)
