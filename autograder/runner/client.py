"""The grader's end of the conversation with the warm process."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from autograder.inside import framing
from autograder.inside.conversation import CLEAN, JOB, MANY, MOST_WAITING, ONE
from autograder.inside.lent import MAX_PACKET
from autograder.inside.wipe import wipe
from autograder.runner import sandbox
from autograder.runner.control_group import ControlGroup, around_sandbox
from autograder.runner.job import AskExercise, RunCell, describe
from autograder.runner.lender import Lender
from autograder.runner.limits import Limits
from autograder.runner.outcome import Outcome, StepOutcome, read_outcome

START_SECONDS = 120.0
MARGIN_SECONDS = 30.0
CLEAN_SECONDS = 30.0


class Runner:
    """Runs submissions, one at a time, in a warm sandbox that serves many.

    The conversation about each goes over a socket of its own, which the process that forks never
    reads. A sandbox in which anything is different after a submission is discarded.

    Args:
        limits: what a submission may use.
        trusted: run without a sandbox, because every submission is trusted.
        hide: folders that student code must not see in any case.
        packages: what student code may import besides what every course has; names of
            distributions, which `visible.require` has let pass.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        trusted: bool = False,
        hide: Sequence[Path] = (),
        packages: Sequence[str] = (),
    ) -> None:
        self.limits = limits or Limits()
        self.trusted = trusted
        self.hide = tuple(hide)
        self.packages = tuple(packages)
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._scratch: Path | None = None
        self._group: ControlGroup | None = None
        self._serves_many = False
        self._busy = False

    def __enter__(self) -> Runner:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def start(self) -> None:
        """Starts the warm process, unless there is one that can take the next submission.

        Raises:
            NoSandbox: if bubblewrap is missing or does not work here.
        """
        if self._process is not None:
            if self._is_ready():
                return
            self.close()
        if self.trusted:
            self._scratch = Path(tempfile.mkdtemp(prefix="course-bp-"))
            arguments, environment = sandbox.unconfined_command(self._scratch)
        else:
            arguments, environment = sandbox.command(self.limits, self.hide, self.packages)
            self._group = around_sandbox(self.limits)
            if self._group is not None:
                arguments = self._group.around(arguments)
        self._process, self._control = sandbox.start(arguments, environment)
        said = self._word(START_SECONDS)
        if said not in (MANY, ONE):
            error = self._why_not()
            self.close()
            raise sandbox.NoSandbox(sandbox.explain(error))
        self._serves_many = said == MANY

    def run(
        self, steps: Sequence[RunCell | AskExercise], files: Mapping[str, bytes] | None = None
    ) -> Outcome:
        """Runs a submission.

        Args:
            steps: cells to run and exercises to ask, in order.
            files: what lies beside the notebook, path → content.

        Returns:
            The outcome; its `failure` tells if the runner itself failed.

        Raises:
            NoSandbox: if the warm process cannot be started.
        """
        described, blob, functions = describe(steps, files)
        user = None if self.trusted else sandbox.outside_user()
        job = {**described, "limits": asdict(self.limits), "user": user}
        self.start()
        seconds = MOST_WAITING * self.limits.submission_seconds + MARGIN_SECONDS
        try:
            pipe, lending = self._hand_over()
            with pipe, lending:
                _send(pipe, framing.pack(job, blob), seconds)
                message, content = _receive(pipe, seconds, lending, Lender(functions))
            outcome = read_outcome(message, content)
        except (framing.WireError, OSError, LookupError, TypeError) as problem:
            self.close()
            failure = f"the runner failed: {problem}"[:300]
            return Outcome(tuple(StepOutcome("internal") for _ in steps), failure=failure)
        except BaseException:
            self.close()  # What it says next would be about this submission.
            raise
        if self._serves_many:
            self._busy = True
        else:
            self.close()
        return outcome

    def close(self) -> None:
        """Ends the warm process and all that lives in its sandbox."""
        process, self._process = self._process, None
        control, self._control = self._control, None
        self._busy = False
        if control is not None:
            control.close()
        if process is not None:
            try:
                process.wait(timeout=2)  # It ends by itself when nobody asks any more.
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.kill()
                process.wait()
            if process.stderr:
                process.stderr.close()
        if self._group is not None:
            self._group.close()
            self._group = None
        if self._scratch is not None:
            with contextlib.suppress(OSError):
                wipe(self._scratch)
            self._scratch = None

    def _hand_over(self) -> tuple[socket.socket, socket.socket]:
        """Gives the warm process one end of two new sockets, and returns the others.

        The first is for the job and its outcome. The second is for calls of lent functions, one
        packet each, and is left to the submission's code.
        """
        assert self._control is not None
        ours, theirs = socket.socketpair()
        lending, borrowing = socket.socketpair(type=socket.SOCK_SEQPACKET)
        with theirs, borrowing:
            try:
                socket.send_fds(self._control, [JOB], [theirs.fileno(), borrowing.fileno()])
            except OSError:
                ours.close()
                lending.close()
                raise
        return ours, lending

    def _is_ready(self) -> bool:
        """Whether the warm process is there, and found nothing that the last submission left."""
        if self._busy:
            self._busy = False
            return self._word(CLEAN_SECONDS) == CLEAN
        assert self._process is not None
        return self._process.poll() is None

    def _word(self, seconds: float) -> bytes:
        """The next word of the warm process, or nothing if it does not come."""
        assert self._control is not None
        self._control.settimeout(seconds)
        try:
            return self._control.recv(1)
        except OSError:
            return b""

    def _why_not(self) -> str:
        assert self._process is not None
        assert self._process.stderr is not None
        self._process.kill()
        return self._process.stderr.read().decode("utf-8", "replace")


def _send(pipe: socket.socket, data: bytes, seconds: float) -> None:
    pipe.settimeout(seconds)
    pipe.sendall(data)


def _receive(
    pipe: socket.socket, seconds: float, lending: socket.socket, lender: Lender
) -> tuple[Any, bytes]:
    """Waits for the outcome, and meanwhile answers the calls of lent functions."""
    deadline = time.monotonic() + seconds
    frames = framing.FrameReader(framing.MAX_STREAM)
    open_ones = [pipe, lending]
    while True:
        left = deadline - time.monotonic()
        ready = select.select(open_ones, [], [], left)[0] if left > 0 else []
        if not ready:
            raise framing.WireError(f"no word for {seconds:g} s")
        if lending in ready and not _answer(lending, lender):
            open_ones.remove(lending)
        if pipe not in ready:
            continue
        piece = pipe.recv(1 << 20)
        if not piece:
            raise framing.WireError("the warm process ended")
        if found := frames.feed(piece):
            return found[0]


def _answer(lending: socket.socket, lender: Lender) -> bool:
    """Answers one call of a lent function; returns whether there may be more."""
    try:
        packet, _, flags, _ = lending.recvmsg(MAX_PACKET)
        if not packet:
            return False
        answer = lender.answer(b"" if flags & socket.MSG_TRUNC else packet)
        # Whoever calls and does not listen is not waited for.
        lending.send(answer, socket.MSG_DONTWAIT)
        if lender.seconds < 0:
            lending.shutdown(socket.SHUT_RDWR)
            return False
    except BlockingIOError:
        return True
    except OSError:
        return False
    return True
