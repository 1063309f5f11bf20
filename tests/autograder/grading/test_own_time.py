"""Whatever takes this process too long is ended, and the next is done."""

from __future__ import annotations

import itertools
import re
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_notebook

from autograder.grading import own_time
from autograder.grading.grade_submission import NotGraded, Submission, grade_submission
from autograder.grading.own_time import OutOfTime, limited
from autograder.grading.unit_of_notebook import Expected
from autograder.nbgrader_plugins.student_page import StudentPage


def count() -> None:
    for _ in itertools.count():
        pass


def search() -> None:
    re.search("(a*)*b", "a" * 60)


def swallow() -> None:
    while True:
        try:
            count()
        except Exception:
            continue


@pytest.mark.parametrize("work", [count, search, swallow])
def test_what_never_ends_is_ended(work: Callable[[], None]) -> None:
    for _ in range(2):
        with pytest.raises(OutOfTime), limited(0.05):
            work()


def test_all_is_as_before_afterwards() -> None:
    before = signal.getsignal(signal.SIGPROF)
    with limited(1000):
        assert signal.getitimer(signal.ITIMER_PROF)[0] > 0
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGPROF) == before


def test_the_outer_limit_counts() -> None:
    with pytest.raises(OutOfTime), limited(0.05), limited(1000):
        count()
    with limited(1000):
        with limited(0.05):
            pass
        assert signal.getitimer(signal.ITIMER_PROF)[0] > 100


def test_a_thread_goes_on_without() -> None:
    done = []

    def work() -> None:
        with limited(0.05):
            done.append(sum(range(1000)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [499500]


def test_a_submission_that_takes_too_long_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_time, "SECONDS", 0.2)
    monkeypatch.setattr(
        "autograder.grading.grade_submission.find_notebook", lambda *about: swallow()
    )
    expected = Expected("unit", new_notebook())  # type: ignore[no-untyped-call]
    found = grade_submission(tmp_path / "unit.ipynb", tmp_path, expected, never)
    assert isinstance(found, NotGraded)
    assert "takes too long" in found.why


def never(handed_in: Submission) -> NotGraded:
    raise AssertionError


def test_a_page_that_takes_too_long_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_time, "SECONDS", 0.2)
    monkeypatch.setattr(HTMLExporter, "from_notebook_node", lambda *about, **options: swallow())
    with pytest.raises(RuntimeError, match="takes too long"):
        StudentPage().from_notebook_node(new_notebook())  # type: ignore[no-untyped-call]
