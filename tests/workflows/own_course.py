"""Somebody else's course: its own units, exercises, names; nothing of the five lectures."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from workflows.support import REPOSITORY, hand_in

UNIT, SECOND = "w1-rates", "w2-mixtures"
RATE, MIX = "arrhenius.rate", "mixture.share"
HELPERS = '''\
"""What the files beside it share."""

import numpy as np


def kelvins(*shape):
    return lambda rng: {
        "A": float(rng.uniform(1.0, 3.0)),
        "E": float(rng.uniform(500.0, 900.0)),
        "T": rng.uniform(280.0, 360.0, size=shape) + 0 * np.ones(shape),
    }
'''
RATES = '''\
"""How fast a reaction is, and how much faster when it is warmer."""

import numpy as np

from autograder.exercise import Exercise, Mistake, Part, Probe

from .shared import kelvins

arrhenius = Exercise(
    id="arrhenius.rate",
    title="Arrhenius: the rate and its slope",
    steps={
        "k": lambda v: v.A * np.exp(-v.E / v.T),
        "total": lambda v: v.k.sum(),
        "dT": lambda v: v.k * v.E / v.T**2,
    },
    parts=(Part("k", 1, "the rate"), Part("dT", 2, "its slope")),
    probes=(Probe("a column", kelvins(4)), Probe("a table", kelvins(2, 3))),
    output="total",
    leaves={"dT": "T"},
    mistakes=(
        Mistake("M1", "sign", {"dT": lambda v: -v.k * v.E / v.T**2}, "your {part} falls."),
        Mistake(
            "", "temperature once", {"dT": lambda v: v.k * v.E / v.T},
            "your {part} divides by T only once.", name="a power of T left out",
        ),
    ),
    variants={
        "by logarithms": lambda A, E, T: {
            "k": np.exp(np.log(A) - E / T), "dT": np.exp(np.log(A) - E / T) * E / T / T
        }
    },
    hints=("What is warm?", "Use the chain rule.", "For exp(-1/t) the slope is exp(-1/t)/t²."),
)
'''
MIXTURES = '''\
"""Which share of a mixture is what."""

import numpy as np

from autograder.exercise import Exercise, Part, Probe


def by_position(answer, inputs):
    return answer(*inputs.values())


EXERCISES = (
    Exercise(
        id="mixture.share",
        title="Shares that add up to 1",
        steps={"share": lambda v: v.amounts / v.amounts.sum()},
        ask=by_position,
        parts=(Part("share", 4),),
        probes=(
            Probe("three", lambda rng: {"amounts": rng.uniform(1, 2, size=3)}),
            Probe("five", lambda rng: {"amounts": rng.uniform(1, 2, size=5)}),
        ),
    ),
)
'''
FILES = {"shared.py": HELPERS, "rates.py": RATES, "mixtures.py": MIXTURES}
IMPORTS = """\
# %% [markdown]
# # {title}

# %% locked="imports"
import numpy as np

from autograder.check import check, hint
"""


def header(id: str, points: int | None = None, solution: bool = False, essay: bool = False) -> str:
    """The header of a cell with nbgrader's own metadata."""
    kind = "markdown" if essay else "code"
    said = {"grade": points is not None, "grade_id": id, "solution": solution}
    said |= {"locked": not solution, "task": False, "schema_version": 3, "cell_type": kind}
    said |= {} if points is None else {"points": points}
    return f"# %%{' [markdown]' if essay else ''} nbgrader={json.dumps(said)}"


RATES_TEXT = (
    IMPORTS.format(title="Rates of reactions")
    + """
# %% [markdown]
# ## Exercise: `arrhenius.rate`
#
# Return the rate and the derivative of its sum with respect to the temperature.

# %% solution="arrhenius.rate"
def rate(A, E, T):
    ### BEGIN SOLUTION
    k = A * np.exp(-E / T)
    return {"k": k, "dT": k * E / T**2}
    ### END SOLUTION

# %% check="arrhenius.rate"
check("arrhenius.rate", rate)

@double
def double(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION

@test
assert double(2) == 4
### BEGIN HIDDEN TESTS
assert double(-3) == -6
### END HIDDEN TESTS

@essay
# Why does a reaction go faster when it is warm?
"""
)
for mark, made in {
    "@double": header("double", solution=True),
    "@test": header("double-test", 2),
    "@essay": header("essay", 3, solution=True, essay=True),
}.items():
    RATES_TEXT = RATES_TEXT.replace(mark, made)
MIXTURES_TEXT = (
    IMPORTS.format(title="Mixtures")
    + """
# %% solution="mixture.share"
def share(amounts):
    ### BEGIN SOLUTION
    return {"share": amounts / amounts.sum()}
    ### END SOLUTION

# %% check="mixture.share"
check("mixture.share", share)
"""
)
TEXTS = {UNIT: RATES_TEXT, SECOND: MIXTURES_TEXT}
# What students write, by the id of the cell.
RIGHT = {
    "arrhenius-rate": "def rate(A, E, T):\n"
    "    k = A / np.exp(E / T)\n"
    '    return {"k": k, "dT": k * E / T / T}\n',
    "double": "def double(x):\n    return x + x\n",
    "essay": "More of them have the energy.",
}
WRONG_SIGN = {
    **RIGHT,
    "arrhenius-rate": "def rate(A, E, T):\n"
    "    k = A * np.exp(-E / T)\n"
    '    return {"k": k, "dT": -k * E / T**2}\n',
}


def write_course(folder: Path) -> Path:
    """A course folder with two units and three files of exercises, and nothing built."""
    for name, text in FILES.items():
        _write(folder / "exercises" / name, text)
    for unit, text in TEXTS.items():
        _write(folder / "solutions" / unit / f"{unit}.py", text)
    shutil.copy(REPOSITORY / "nbgrader_config.py", folder)
    return folder


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def hand_in_answers(course: Path, student: str, unit: str, answers: Mapping[str, str]) -> Path:
    """Hands in what a student fetched, as nbgrader does: the whole folder, with answers in it."""
    released = course / "notebooks" / unit
    notebook = json.loads((released / f"{unit}.ipynb").read_bytes())
    for cell in notebook["cells"]:
        id = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if id in answers:
            cell["source"] = answers[id]
    made = course / "made.ipynb"
    made.write_text(json.dumps(notebook))
    path = hand_in(course, student, unit, made)
    made.unlink()
    if (released / "exercises").is_dir():
        shutil.copytree(released / "exercises", path.parent / "exercises")
    return path
