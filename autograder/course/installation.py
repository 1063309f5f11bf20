"""Is the installation fit for grading: Python, the packages, and a sandbox that runs a cell?"""

from __future__ import annotations

import importlib.metadata
import sys
from collections.abc import Iterator

from packaging.requirements import Requirement

from autograder.course import extras
from autograder.course.examined import FAULT, NOTE, OK, Examined
from autograder.runner.client import Runner
from autograder.runner.job import RunCell
from autograder.runner.sandbox import NoSandbox

PYTHON = ((3, 11), (3, 13))
OPTIONAL = {
    "cluster": "needed only for grade --cluster",
    "postgresql": "needed only for a gradebook in PostgreSQL",
}


def examine_installation() -> Iterator[Examined]:
    """Looks at what is installed on this machine.

    Yields:
        One finding per thing, as soon as it is known.
    """
    yield _python()
    yield _packages("grading")
    for extra, purpose in OPTIONAL.items():
        yield _packages(extra, purpose)
    yield _sandbox()


def _python() -> Examined:
    found = ".".join(map(str, sys.version_info[:3]))
    if PYTHON[0] <= sys.version_info[:2] <= PYTHON[1]:
        return Examined("Python", OK, found)
    return Examined("Python", FAULT, found, "install course-bp with Python 3.11, 3.12 or 3.13")


def _packages(extra: str, purpose: str = "") -> Examined:
    """Whether the packages are installed that the installation's own metadata asks for."""
    name = f"packages for {extra}"
    fix = extras.install(extra)
    missing, found = [], []
    for line in importlib.metadata.requires("course-bp") or ():
        requirement = Requirement(line)
        marker = requirement.marker
        plain = marker is None or marker.evaluate({"extra": ""})
        if (plain and purpose) or not (plain or (marker and marker.evaluate({"extra": extra}))):
            continue
        try:
            version = importlib.metadata.version(requirement.name)
        except importlib.metadata.PackageNotFoundError:
            missing.append(requirement.name)
            continue
        if requirement.specifier.contains(version, prereleases=True):
            found.append(f"{requirement.name} {version}")
        else:
            missing.append(f"{requirement.name} {requirement.specifier} (here {version})")
    if not found and not missing:
        return Examined(name, NOTE, "this installation's metadata does not name any", fix)
    if missing:
        words = f"missing: {', '.join(missing)}" + (f"; {purpose}" if purpose else "")
        return Examined(name, NOTE if purpose else FAULT, words, fix)
    return Examined(name, OK, ", ".join(found))


def _sandbox() -> Examined:
    try:
        with Runner() as runner:
            outcome = runner.run([RunCell("print(6 * 7)")])
    except NoSandbox as problem:
        return Examined("sandbox", FAULT, str(problem), "apt-get install bubblewrap")
    except OSError as problem:
        return Examined("sandbox", FAULT, str(problem), "apt-get install bubblewrap")
    said = "".join(str(output.get("text", "")) for output in outcome.steps[0].outputs)
    if said.strip() == "42":
        return Examined("sandbox", OK, f"bubblewrap ran a cell in {outcome.wall:.2f} s")
    problem_words = outcome.failure or outcome.steps[0].status
    fix = "read docs/threat-model.md, and report this with the versions above"
    return Examined("sandbox", FAULT, f"a cell did not run: {problem_words}", fix)
