"""What a function's variables hold when it returns; their names are those of what is shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def local_variables(f: Callable[..., Any]) -> Iterator[dict[str, Any]]:
    """Looks at a function's local variables while it is called within the block.

    Args:
        f: a function written in Python.

    Yields:
        A dict that is filled when f returns: name → value. It stays empty for anything else.
    """
    with variables_in_reach(f) as (local, _):
        yield local


@contextmanager
def variables_in_reach(
    f: Callable[..., Any],
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """As `local_variables`, and a second dict of the variables from outside."""
    code = getattr(f, "__code__", None)
    local: dict[str, Any] = {}
    outside: dict[str, Any] = {}

    def look(frame: Any, event: str, argument: Any) -> None:
        if event == "return" and frame.f_code is code:
            local.update(frame.f_locals)
            outside.update(frame.f_globals)

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        yield local, outside
    finally:
        sys.setprofile(before)
