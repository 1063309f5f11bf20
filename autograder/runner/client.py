"""The grader's end of the conversation with the warm process."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from autograder.inside import wire
from autograder.runner import sandbox
from autograder.runner.job import AskExercise, RunCell, describe
from autograder.runner.limits import Limits
from autograder.runner.outcome import Outcome, StepOutcome, read_outcome

START_SECONDS = 120.0
MARGIN_SECONDS = 30.0
MAX_REPORT = 512 * 2**20


class Runner:
    """Runs submissions, one at a time, each in a warm sandboxed process of its own.

    A process that has held one student's code is never given another's: what a fork of it inherits
    can be read there, whatever has been deleted.

    Args:
        limits: what a submission may use.
        trusted: run without a sandbox, because every submission is trusted.
        hide: folders that student code must not see in any case.
    """

    def __init__(
        self, limits: Limits | None = None, trusted: bool = False, hide: Sequence[Path] = ()
    ) -> None:
        self.limits = limits or Limits()
        self.trusted = trusted
        self.hide = tuple(hide)
        self._process: subprocess.Popen[bytes] | None = None
        self._scratch: Path | None = None

    def __enter__(self) -> Runner:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def start(self) -> None:
        """Starts the warm process for the next submission, if it is not there yet.

        Raises:
            NoSandbox: if bubblewrap is missing or does not work here.
        """
        if self._process is not None:
            return
        if self.trusted:
            self._scratch = Path(tempfile.mkdtemp(prefix="course-bp-"))
            arguments, environment = sandbox.unconfined_command(self._scratch)
        else:
            arguments, environment = sandbox.command(self.limits, self.hide)
        self._process = sandbox.start(arguments, environment)
        try:
            self._receive(START_SECONDS)
        except (wire.WireError, OSError) as problem:
            error = self._why_not()
            self.close()
            raise sandbox.NoSandbox(sandbox.explain(error or str(problem))) from None

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
        described, blob = describe(steps, files)
        user = None if self.trusted else sandbox.outside_user()
        job = {**described, "limits": asdict(self.limits), "user": user}
        self.start()
        try:
            self._send(wire.pack(job, blob))
            message, content = self._receive(self.limits.submission_seconds + MARGIN_SECONDS)
            return read_outcome(message, content)
        except (wire.WireError, OSError, LookupError, TypeError) as problem:
            failure = f"the runner failed: {problem}"[:300]
            return Outcome(tuple(StepOutcome("internal") for _ in steps), failure=failure)
        finally:
            self.close()

    def close(self) -> None:
        """Ends the warm process and all that lives in its sandbox."""
        process, self._process = self._process, None
        if process is not None:
            for stream in (process.stdin, process.stdout, process.stderr):
                if stream:
                    stream.close()
            try:
                process.wait(timeout=2)  # It ends by itself when nobody asks any more.
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.kill()
                process.wait()
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)
            self._scratch = None

    def _send(self, data: bytes) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        view = memoryview(data)
        while view:
            view = view[self._process.stdin.write(view) :]

    def _receive(self, seconds: float) -> tuple[Any, bytes]:
        assert self._process is not None
        assert self._process.stdout is not None
        pipe = self._process.stdout.fileno()
        deadline = time.monotonic() + seconds
        frames = wire.FrameReader(MAX_REPORT)
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([pipe], [], [], left)[0]:
                raise wire.WireError(f"no word for {seconds:g} s")
            piece = os.read(pipe, 1 << 20)
            if not piece:
                raise wire.WireError("the warm process ended")
            if found := frames.feed(piece):
                return found[0]

    def _why_not(self) -> str:
        assert self._process is not None
        assert self._process.stderr is not None
        self._process.kill()
        return self._process.stderr.read().decode("utf-8", "replace")
