"""Stops the processes of a batch: each ends its sandbox, whatever runs in it, and goes.

Ctrl-C reaches this process alone; what a submission does may take a minute, and is not waited for.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import time

# A worker's sandbox gets two seconds to end by itself, and is killed then.
GRACE_SECONDS = 4.0
_told = False


def heed() -> None:
    """In a worker: end the sandbox and go when told to stop."""
    signal.signal(signal.SIGTERM, _stop)


def leave_if_told() -> None:
    """In a worker, before each task: the pool still gives those that it had handed out."""
    if _told:
        raise SystemExit


def stop_workers() -> None:
    """Ends all worker processes of this process, within seconds."""
    workers = multiprocessing.active_children()
    try:
        for one in workers:
            one.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for one in workers:
            one.join(max(0.0, deadline - time.monotonic()))
    finally:
        for one in workers:
            with contextlib.suppress(ValueError):  # The pool's own thread may have closed it.
                one.kill()


def _stop(number: int, frame: object) -> None:
    global _told
    # The pool tells again, and the sandbox is ending already.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _told = True
    raise SystemExit
