"""Runs the same tests again and again, each time in a fork of a process that has the libraries.

    python forks.py [pytest's arguments]

Most mutants fall to the first test, so that starting Python, NumPy and pytest would take most of
a run's time. Each line on standard input is one run, its number the seconds of computing that it
may take; the answer is a line with "passed" or "failed". The fork imports the code under test anew,
and collects a file of tests only when the ones before have passed.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest


def main(arguments: list[str]) -> None:
    """Answers each line on standard input with how the tests went."""
    here = Path.cwd()
    sys.path[0] = str(here)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    for name in json.loads(_in_fork(lambda: json.dumps(_libraries(arguments, here)))):
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    sys.dont_write_bytecode = True
    gc.freeze()
    for line in sys.stdin:
        print(_in_fork(lambda: _how(arguments), seconds=int(line)) or "failed", flush=True)


def _how(arguments: list[str]) -> str:
    options = [argument for argument in arguments if not Path(argument).is_file()]
    files = [argument for argument in arguments if Path(argument).is_file()]
    return "failed" if any(pytest.main([*options, file]) for file in files) else "passed"


def _libraries(arguments: list[str], here: Path) -> list[str]:
    """What the tests import from elsewhere than the checkout; they run once and leave pyc files."""
    pytest.main(arguments)
    files = {name: getattr(module, "__file__", None) for name, module in sys.modules.items()}
    elsewhere = [name for name, file in files.items() if file and not _is_in(Path(file), here)]
    return sorted(elsewhere)


def _is_in(file: Path, here: Path) -> bool:
    return file.is_relative_to(here) and not file.is_relative_to(here / ".venv")


def _in_fork(work: Callable[[], str], seconds: int = 0) -> str:
    """What a fork says, or nothing when it takes too long or breaks."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        signal.setitimer(signal.ITIMER_PROF, seconds)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        os.write(writing, work().encode())
        os._exit(0)
    os.close(writing)
    with open(reading, encoding="utf-8") as answer:
        said = answer.read()
    os.waitpid(child, 0)
    return said


if __name__ == "__main__":
    main(sys.argv[1:])
