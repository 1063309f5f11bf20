"""nbgrader's configuration in the places where people really put it, asked of real commands.

The machine's is /etc/jupyter, of which each command gets its own; the user's is ~/.jupyter.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from autograder.course.configuration import CONFIG_FILE
from autograder.course.installed import PACKAGE, starter

NOTHING = "c = get_config()\n"
# What the dynamic loader and Python look up there.
OF_ETC = ("passwd", "group", "ld.so.cache", "ld.so.conf", "alternatives", "localtime")
# What nbgrader itself makes of the files, and what we do.
ASK_BOTH = """
import json
from pathlib import Path
from nbgrader.apps import NbGraderApp
from autograder.course.configuration import read_configuration
app = NbGraderApp()
app.initialize([])
configs = {"nbgrader": app.config, "ours": read_configuration(Path()).config}
names = ("course_id", "db_url", "max_depth")
print(json.dumps({
    who: [config.CourseDirectory.get(name) for name in names] for who, config in configs.items()
}))
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A home, an /etc and a course folder; none of them configures anything yet."""
    for name in ("home/.jupyter", "etc/jupyter", "course"):
        (tmp_path / name).mkdir(parents=True)
    for name in OF_ETC:
        if Path("/etc", name).exists():
            subprocess.run(["cp", "-a", f"/etc/{name}", tmp_path / "etc"], check=True)
    (tmp_path / "course" / CONFIG_FILE).write_text(NOTHING)
    return tmp_path


def write(path: Path, **values: object) -> Path:
    lines = [f"c.CourseDirectory.{name} = {value!r}\n" for name, value in values.items()]
    path.write_text(NOTHING + "".join(lines))
    return path


def asked(place: Path, *command: str) -> Any:
    """Runs a command whose machine and home are those of the place; what it prints as JSON."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "COURSE_BP"))}
    environment = kept | {
        "HOME": str(place / "home"),
        "PYTHONPATH": str(PACKAGE.parent),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    }
    own_etc = ("bwrap", "--dev-bind", "/", "/", "--bind", str(place / "etc"), "/etc")
    done = subprocess.run(
        [*own_etc, *command],
        cwd=place / "course",
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def configuration(place: Path, *options: str) -> dict[str, str]:
    """What the doctor says of the configuration."""
    findings = asked(place, "course-bp", *options, "doctor", "--json")
    (found,) = [one for one in findings if one["name"] == "configuration"]
    return dict(found)


def test_the_machines_and_the_users_files_count_as_in_nbgrader(place: Path) -> None:
    write(place / "etc/jupyter" / CONFIG_FILE, course_id="etc", db_url="etc", max_depth=1)
    write(place / "home/.jupyter" / CONFIG_FILE, db_url="home", max_depth=2)
    write(place / "course" / CONFIG_FILE, max_depth=3)
    expected = ["etc", "home", 3]
    assert asked(place, sys.executable, "-c", ASK_BOTH) == {"nbgrader": expected, "ours": expected}


def test_the_doctor_names_the_files_that_count_and_sees_our_steps_go(place: Path) -> None:
    own = f"{place}/course/{CONFIG_FILE}"
    write(place / "etc/jupyter" / CONFIG_FILE)
    users = place / "home/.jupyter" / CONFIG_FILE
    users.write_text(starter(CONFIG_FILE), "utf-8")
    found = configuration(place)
    assert found["state"] == "note"
    assert found["found"].endswith(f"counts most: /etc/jupyter/{CONFIG_FILE}, {users}, {own}")
    # A typed file is read instead of both, and has none of our steps.
    typed = write(place / "mine.py", course_id="mine")
    found = configuration(place, "--config", str(typed))
    assert found["state"] == "fault"
    assert "would run submissions outside the sandbox" in found["found"]
    assert found["found"].endswith(f"counts most: {typed}, {own})")
