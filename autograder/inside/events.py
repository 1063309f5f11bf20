"""What the process of a submission may say of a step: a few words of bounded form, or nothing.

That process is the student's, so an event may be anything. Only what the grader reads is passed on.
Nested without end, or in other words, it could make the report of the whole run unreadable, and
what cannot be read is not graded.
"""

from __future__ import annotations

import json
from typing import Any

from autograder.inside import framing

# A list of outputs, each a dict that may hold a dict of data.
DEPTH = 4
MAX_OUTPUTS = 200
MAX_FRAMES = 1_000
# How a step can end that ran. That it did not, or that the grader is at fault, is not for a
# submission to say.
STATUSES = (
    "ok", "error", "wall time", "cpu time", "memory", "signal", "exit", "processes", "output",
)  # fmt: skip
# A number that another program could not read.
MAX_NUMBER = 2**53
NUMBERS = ("cpu", "wall", "peak", "signal")


def report(event: dict[str, Any]) -> bytes:
    """What is kept of the event that ends a step.

    Args:
        event: "status"; of a cell "outputs"; of an exercise "sizes"; and what it took.

    Returns:
        JSON of these alone.

    Raises:
        WireError: if outputs are nested more deeply than outputs are.
    """
    status = event.get("status")
    kept: dict[str, Any] = {"status": status if status in STATUSES else "error"}
    for name in NUMBERS:
        value: Any = event.get(name)
        kept[name] = value if type(value) in (int, float) and 0 <= value < MAX_NUMBER else 0
    if isinstance(outputs := event.get("outputs"), list):
        kept["outputs"] = outputs[:MAX_OUTPUTS]
        if not _is_flat(kept["outputs"], DEPTH):
            raise framing.WireError("outputs are nested too deeply")
    if isinstance(sizes := event.get("sizes"), list):
        kept["sizes"] = [size for size in sizes[:MAX_FRAMES] if _is_size(size)]
    return json.dumps(kept).encode()


def _is_flat(value: Any, depth: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return depth >= 0 and all(_is_flat(one, depth - 1) for one in inner)


def _is_size(value: Any) -> bool:
    return type(value) is int and 0 <= value < MAX_NUMBER
