"""A unit on a real JupyterHub, from release to feedback, as docs/jupyterhub.md sets it up."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from workflows.attacks.notebook import BACKWARD, FORWARD, UNIT, ZERO_BACKWARD, answered

pytest.importorskip("jupyterhub", reason="needs jupyterhub, which the extra `dev` installs")
pytest.importorskip("configurable_http_proxy", reason="needs the hub's proxy")

from workflows.hub import COURSE, EXCHANGE, GRADER, Machine, Person, hub_of, make_machine

pytestmark = [
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can start servers for other accounts"),
]
PASSWORDS = {"ada": "engine", "bob": "chain", "tara": "adjoint", GRADER: ""}
NAMES = {"course_id": "course_bp", "assignment_id": UNIT}
ANSWERS = {"ada": BACKWARD, "bob": ZERO_BACKWARD}
SERVICE = "/services/course_bp/formgrader"


@dataclass(frozen=True)
class Hub:
    machine: Machine
    address: str
    people: dict[str, Person]

    def grader(self, *words: str) -> str:
        """Types a command into a terminal of the grader's server."""
        return self.machine.must(GRADER, *words, cwd=COURSE)

    def press(self, path: str) -> None:
        """Presses a button of formgrader, as the assistant."""
        said = self.people["tara"].send(f"{SERVICE}/api/{path}")
        assert said["success"], said.get("log", said)

    def lists(self, student: str, action: str) -> list[dict[str, str]]:
        """Presses a button in a student's assignment list."""
        said = self.people[student].send(f"/user/{student}/assignments/{action}", NAMES)
        assert said["success"], said
        return list(said["value"])

    def page(self, student: str) -> str:
        """The page that a student has fetched, as the student's own server gives it."""
        folder = f"/user/{student}/api/contents/{UNIT}/feedback"
        (one,) = self.people[student].get(folder).json()["content"]
        found = self.people[student].get(f"{folder}/{one['name']}/{UNIT}.html").json()
        return str(found["content"])


@pytest.fixture(scope="module")
def hub() -> Iterator[Hub]:
    place = Path(tempfile.mkdtemp(prefix="course-bp-hub-"))
    place.chmod(0o755)
    try:
        machine = make_machine(place, PASSWORDS)
        machine.must(GRADER, "course-bp", "new", "course_bp", "--unit", UNIT, cwd=f"/home/{GRADER}")
        with hub_of(machine) as address:
            people = {name: Person(address, name) for name in ("ada", "bob", "tara")}
            yield Hub(machine, address, people)
    finally:
        shutil.rmtree(place)


def test_a_unit_goes_there_and_back(hub: Hub) -> None:
    for name, person in hub.people.items():
        assert person.log_in("a guess").status_code == 403
        assert name in person.log_in(PASSWORDS[name]).text
    hub.grader("course-bp", "build", "--sources-only", UNIT)
    assert hub.people["tara"].get(f"{SERVICE}/manage_assignments").ok
    for step in ("assign", "release"):
        hub.press(f"assignment/{UNIT}/{step}")

    for name, backward in ANSWERS.items():
        person, file = hub.people[name], f"{UNIT}/{UNIT}.ipynb"
        person.start_server()
        (listed,) = hub.lists(name, "fetch")
        assert listed["status"] == "fetched"
        model = person.get(f"/user/{name}/api/contents/{file}").json()
        notebook = answered(model["content"], FORWARD, f"# by {name}\n{backward}")
        saved = {"type": "notebook", "format": "json", "content": notebook}
        person.send(f"/user/{name}/api/contents/{file}", saved, "PUT")
        if name == "ada":
            said = person.send(f"/user/{name}/assignments/validate", {"path": file})
            assert said["success"], said
            failed = [cell["source"] for cell in said["value"]["failed"]]
            assert 'check("case1.forward", case1_forward)' in failed
            assert not any("quiz2" in source for source in failed)
        assert "submitted" in {one["status"] for one in hub.lists(name, "submit")}

    # Each server is its own account's, and nobody else's.
    machine, ada = hub.machine, hub.people["ada"]
    assert machine.path(f"/home/ada/{UNIT}").stat().st_uid == int(machine.must("ada", "id", "-u"))
    assert ada.get("/user/bob/api/contents").status_code == 403
    assert ada.get(f"{SERVICE}/manage_assignments").status_code == 403
    for closed in (COURSE, "/home/bob", f"{EXCHANGE}/course_bp/inbound"):
        assert "Permission denied" in machine.run("ada", "ls", closed).stderr

    hub.press(f"assignment/{UNIT}/collect")
    hub.press(f"submission/{UNIT}/ada/autograde")
    rows = json.loads(hub.grader("course-bp", "grade", UNIT, "--json"))[UNIT]
    assert {row["student"]: row["score"] for row in rows} == {"ada": 3.0, "bob": 1.0}
    listed = hub.people["tara"].get(f"{SERVICE}/api/submissions/{UNIT}").json()
    assert {one["student"]: one["score"] for one in listed} == {"ada": 3.0, "bob": 1.0}
    trail = [json.loads(line) for line in hub.grader("cat", ".course-bp/audit.jsonl").splitlines()]
    given = {
        (line["by"], line["student"], line["score"])
        for line in trail
        if line["exercise"] == "quiz2.backward"
    }
    assert given == {
        ("nbgrader autograde", "ada", 2.0),
        ("course-bp grade", "ada", 2.0),
        ("course-bp grade", "bob", 0.0),
    }

    hub.press(f"assignment/{UNIT}/release_feedback")
    for name, score in (("ada", "3.0"), ("bob", "1.0")):
        hub.lists(name, "fetch_feedback")
        page = hub.page(name)
        assert f"(Score: {score} / 14.0)" in page
        assert f"by {name}" in page
