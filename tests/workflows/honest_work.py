"""Honest submissions as people hand them in: right, wrong, unfinished, and with cells of their own.

Answers come from the example class, from the second bank, and from the exercises' own bank; what
else is in the notebook and beside it comes from `MANNERS`. The same seed always gives the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import nbformat
import numpy as np
from week_class import Answer, bank_answers, cells_of, exchange, notebook_of, personas
from workflows.attacks.damaged import REPAIRED
from workflows.attacks.notebook import UNIT, Notebook, code_cell, grade_id_of
from workflows.bank_text import bank_of

from autograder.exercises import of_unit

# nbgrader's own command never asks our grader about these.
UNREAD = ("a byte order mark", "cells of no known kind")
LEFT_OUT, STOPS, DAMAGED = 0.1, 0.05, 0.25
MOST_MANNERS = 3

# Cells of one's own. What they show is the same wherever and beside whomever they run.
CELLS = {
    "prints": "for t in (-1.0, 0.0, 2.5):\n    print(t, 1 / (1 + np.exp(-t)))\nnp.eye(2)",
    "prints much": "for n in range(3000): print(n, 'x' * 50)",
    "draws lots": (
        "import random\nprint(np.random.rand(3), np.random.default_rng(1).normal(), "
        "random.random(), list({str(n) for n in range(9)}))"
    ),
    "stops": "values = [1, 2]\nvalues[5]",
    "stops in a function": "def f(n): return 1 / n if n < 2 else f(n - 1) / 0\nf(4)",
    "does not parse": "def f(:\n    pass",
    "waits": "import time\ntime.sleep(0.3)\nprint('done')",
    "works": "print(sum(n * n for n in range(10**6)))",
    "draws a picture": (
        "import matplotlib.pyplot as plt\nt = np.linspace(-4, 4)\nplt.plot(t, np.tanh(t))\n"
        "plt.title('tanh')\nplt.show()"
    ),
    "writes": (
        "import os\nnp.save('mine.npy', np.arange(4))\nprint(np.load('mine.npy'))\n"
        "os.makedirs('deep/er')\nopen('/tmp/deep/er/notes.txt', 'w').write('x')\n"
        "print(sorted(os.listdir('.')), os.statvfs('.').f_files - os.statvfs('.').f_ffree)"
    ),
    "looks around": (
        "import os, resource, sys, threading\n"
        "print(os.getcwd(), sorted(os.listdir('/tmp/')), os.nice(0), os.getpid())\n"
        "print(sorted(os.environ.items()))\n"
        "print(resource.getrlimit(resource.RLIMIT_AS), threading.active_count(), sys.path[0])\n"
        "print([name for name in os.listdir('/proc') if name.isdigit()])"
    ),
    "warns": "import sys, warnings\nwarnings.warn('careful')\nprint('careful', file=sys.stderr)",
    "slides": "import ipywidgets\nipywidgets.IntSlider(value=3)",
    "starts a thread": (
        "import threading\nthread = threading.Thread(target=print, args=('in a thread',))\n"
        "thread.start(); thread.join()"
    ),
    "starts a program": "!ls /course",
    "a server": (
        "import socket\ns = socket.create_server(('127.0.0.1', 8999))\n"
        "c = socket.create_connection(('127.0.0.1', 8999))\nc.send(b'hi')\n"
        "print(s.accept()[0].recv(9))"
    ),
    "checks by itself": "from autograder.check import check\ncheck('quiz2.forward', None)",
}  # fmt: skip
HELPER = "import numpy as np\n\ndef double(x):\n    return 2 * np.asarray(x)\n"
USES_FILES = "import helper\nhelper.double(np.loadtxt('data/points.csv', delimiter=','))"


@dataclass
class HonestWork:
    """What an honest student hands in.

    Args:
        name: what is special about it.
        notebook: the notebook's content.
        files: what lies beside it, path → content.
    """

    name: str
    notebook: bytes
    files: dict[str, bytes] = field(default_factory=dict)

    def hand_in(self, submitted: Path, student: str) -> None:
        """Puts it into the folder of submissions."""
        folder = submitted / student / UNIT
        for name, content in {**self.files, f"{UNIT}.ipynb": self.notebook}.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)


def honest_work(released: Path, seed: int, count: int) -> list[HonestWork]:
    """Works out what honest students hand in.

    Args:
        released: the notebook that students got.
        seed: fixes all of it.
        count: how many students.
    """
    given = nbformat.read(released, as_version=4)
    rng = np.random.default_rng([seed, 1])
    bank = {id: cycle(rng.permutation(answers)) for id, answers in _bank().items()}
    return [_one(given, bank, rng) for _ in range(count)]


def _bank() -> dict[str, list[Answer]]:
    """nbgrader's id of a solution cell → answers of the second bank and of the exercises' own."""
    found = {id: list(answers) for id, answers in bank_answers().items()}
    for exercise in of_unit(UNIT):
        id = exercise.id.replace(".", "-")
        own = [Answer(f"{id}.{slug}", text) for slug, text in bank_of(exercise).items()]
        found[id] = [*found.get(id, []), *own]
    return found


def _one(
    given: nbformat.NotebookNode, bank: Mapping[str, Iterator[Answer]], rng: np.random.Generator
) -> HonestWork:
    persona = str(rng.choice(personas()))
    answers = cells_of(persona)
    exchange(answers, bank, rng)
    texts = {id: answer.text for id, answer in answers.items() if rng.random() >= LEFT_OUT}
    for id in texts:
        if rng.random() < STOPS:
            texts[id] = f"def {id.replace('-', '_')}(*inputs):\n    raise ValueError('not done')"
    # In the file that nbformat writes, each text is a list of lines.
    notebook = nbformat.reads(notebook_of(given, texts), as_version=4)
    work = HonestWork(persona, json.dumps(notebook).encode())
    manners = list(rng.choice(list(MANNERS), rng.integers(MOST_MANNERS + 1), replace=False))
    for name in manners:
        MANNERS[str(name)](work, rng)
    if rng.random() < DAMAGED:
        manners.append(str(rng.choice(list(DAMAGES))))
        _change(work, DAMAGES[manners[-1]])
    work.name = ", ".join([persona, *manners])
    return work


def _with_cell(source: str) -> Callable[[HonestWork, np.random.Generator], None]:
    def add(work: HonestWork, rng: np.random.Generator) -> None:
        notebook = json.loads(work.notebook)
        cells = notebook["cells"]
        places = [n for n, one in enumerate(cells) if grade_id_of(one)]
        place = int(rng.choice(places)) + 1
        cells.insert(place, {**code_cell(source), "id": f"mine-{len(cells)}"})
        work.notebook = json.dumps(notebook).encode()

    return add


def _with_files(work: HonestWork, rng: np.random.Generator) -> None:
    rows = rng.normal(size=(3, 2)).round(3).tolist()
    work.files["helper.py"] = HELPER.encode()
    work.files["data/points.csv"] = "\n".join(f"{x},{y}" for x, y in rows).encode()
    _with_cell(USES_FILES)(work, rng)


def _in_time(work: HonestWork, rng: np.random.Generator) -> None:
    work.files["timestamp.txt"] = f"2026-10-01 12:00:{rng.integers(60):02} UTC".encode()


def _change(work: HonestWork, change: Callable[[Notebook], Notebook | bytes | None]) -> None:
    notebook = json.loads(work.notebook)
    made = change(notebook)
    made = notebook if made is None else made
    work.notebook = made if isinstance(made, bytes) else json.dumps(made).encode()


MANNERS: dict[str, Callable[[HonestWork, np.random.Generator], None]] = {
    **{name: _with_cell(source) for name, source in CELLS.items()},
    "brings files": _with_files,
    "has a time": _in_time,
}
# What editors, and people with them, do to a notebook as a whole.
DAMAGES = {name: change for name, (change, _) in REPAIRED.items() if name not in UNREAD}
