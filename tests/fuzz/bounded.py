"""What every fuzzed case shares: a bound on its processor time, and checks of what comes out."""

from __future__ import annotations

import json
import signal
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# A case takes milliseconds. Processor time, so that a busy machine fails nothing.
CPU_SECONDS = 20.0


@contextmanager
def bounded() -> Iterator[None]:
    """Fails a case that does not end."""

    def stop(number: int, frame: object) -> None:
        raise AssertionError(f"this took more than {CPU_SECONDS:g} s of processor time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def require_clean(data: Any) -> None:
    """Fails if data cannot be written as JSON in UTF-8, or a text in it controls anything."""
    json.dumps(data, ensure_ascii=False).encode()
    for text in _texts(data):
        for character in text:
            assert character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs"), text
            assert character not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", text


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(key)
            yield from _texts(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _texts(value)
