"""A limit on the processor time of this process, which runs no student code but reads its results.

Reading, judging and showing a submission takes a fraction of a second. Should somebody find a text
or a value on which it takes hours, the others in the class must not wait for it.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# Of a processor, whatever else this machine is doing.
SECONDS = 120.0
# It is said again, should some library have taken it for an error of its own.
AGAIN = 1.0


class OutOfTime(BaseException):
    """It takes too long. No `except Exception` on the way takes it for an error."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Ends what is done within it after so many processor seconds of this process.

    Within another limit, and outside of the main thread, which alone can be interrupted, nothing
    is limited.

    Raises:
        OutOfTime: when the time is used up.
    """
    main = threading.current_thread() is threading.main_thread()
    if not main or signal.getitimer(signal.ITIMER_PROF)[0]:
        yield
        return

    over = False

    def end(number: int, frame: Any) -> None:
        if not over:
            raise OutOfTime

    before = signal.signal(signal.SIGPROF, end)
    try:
        try:
            signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN)
            yield
        finally:
            over = True  # Should the time be up just now, the rest is done all the same.
    finally:
        over = True
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
