"""What the doctor found about one thing."""

from __future__ import annotations

from dataclasses import dataclass

OK, NOTE, FAULT = "ok", "note", "fault"


@dataclass(frozen=True)
class Examined:
    """What was found about one thing.

    Args:
        name: the thing.
        state: "ok", "note" (worth knowing, nothing is broken) or "fault".
        found: what is there.
        fix: what to do about it, or "".
    """

    name: str
    state: str
    found: str
    fix: str = ""
