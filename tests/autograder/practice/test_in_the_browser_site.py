"""Practice needs nothing but NumPy: no widgets, threads or processes, as in a browser."""

from __future__ import annotations

import subprocess
import sys

import pytest

_SCRIPT = """
import sys, threading

allowed = {"numpy", "autograder", "course_bp", *sys.stdlib_module_names}
absent = {"fcntl", "resource", "termios", "_posixsubprocess", "_multiprocessing", "sqlite3"}

class OnlyNumPy:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        known = top in allowed or top.startswith("_sysconfigdata")
        if top in absent or not known:
            raise ImportError(f"{name} is not there")

def refuse(*args, **kwargs):
    raise RuntimeError("there are no threads")

sys.meta_path.insert(0, OnlyNumPy())
threading.Thread.start = refuse

from autograder.practice import practice

for topic in ("graphs", "layers", "losses"):
    task = practice(topic, level=1, seed=1)
    task._repr_html_()
    name = task.asked[0]
    right = getattr(task.question.exercise.solve(task.inputs), name)
    assert task.answer(**{name: right}).verdict.full
    assert task.check(lambda *given: {}).score == 0
    task.hint(), task.solution(), task.next(), practice.record()
    assert task.form() is None
print("done")
"""


@pytest.mark.slow
def test_numpy_is_enough() -> None:
    done = subprocess.run([sys.executable, "-c", _SCRIPT], capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("done\n", 0), done.stderr
