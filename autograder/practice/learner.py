"""Whose record practice keeps: of whoever sits at this machine, from one session to the next."""

from __future__ import annotations

import contextlib
import os

from autograder.practice.record import Record, read_record, write_record


class Learner:
    """A learner with a record; a grader's run and a page without a disk keep it to themselves."""

    def __init__(self) -> None:
        self._own = Record({})

    @property
    def record(self) -> Record:
        """The record so far, with what other sessions have written into it."""
        if "NBGRADER_EXECUTION" in os.environ:
            return self._own
        try:
            found = read_record()
        except ImportError:  # A browser's Python may not know where files of a user belong.
            return self._own
        return found if found.rows else self._own

    @record.setter
    def record(self, record: Record) -> None:
        self._own = record
        if "NBGRADER_EXECUTION" in os.environ:
            return
        with contextlib.suppress(ImportError):
            write_record(record)
