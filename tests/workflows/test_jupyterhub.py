"""A unit on a real JupyterHub, from release to feedback, as docs/jupyterhub.md sets it up."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from browser.formgrader_pages import CDN, only, press, row, what_goes_amiss
from workflows.attacks.notebook import BACKWARD, FORWARD, UNIT, ZERO_BACKWARD, answered
from workflows.browser import chromium_page

pytest.importorskip("jupyterhub", reason="needs jupyterhub, which the extra `dev` installs")

from workflows.hub import COURSE, EXCHANGE, GRADER, Machine, Person, hub_of, make_machine, proxy

pytestmark = [
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can start servers for other accounts"),
    pytest.mark.skipif(not proxy(), reason="needs the hub's proxy, configurable-http-proxy"),
]
PASSWORDS = {"ada": "engine", "bob": "chain", "tara": "adjoint", GRADER: ""}
NAMES = {"course_id": "course_bp", "assignment_id": UNIT}
ANSWERS = {"ada": BACKWARD, "bob": ZERO_BACKWARD}
SERVICE = "/services/course_bp/formgrader"
ROSTER = "id,first_name,last_name\nada,Ada,Lovelace\nbob,Bob,\n"
FILE = f"{UNIT}/{UNIT}.ipynb"


@dataclass
class Hub:
    """A hub on which a unit went there and back.

    Args:
        machine: where it runs.
        address: the hub's.
        people: two students and an assistant, each with a browser.
        refused: what the hub answers to a wrong password, by person.
        statuses: what a student's assignment list says after a step, by step and student.
        validated: what the button Validate says to Ada.
        rows: what `course-bp grade` printed.
        pages: the page that each student fetched.
    """

    machine: Machine
    address: str
    people: dict[str, Person]
    refused: dict[str, int] = field(default_factory=dict)
    statuses: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    validated: dict[str, Any] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)

    def grader(self, *words: str, input: str = "") -> str:
        """Types a command into a terminal of the grader's server."""
        return self.machine.must(GRADER, *words, cwd=COURSE, input=input)

    def press(self, path: str) -> None:
        """Presses a button of formgrader, as the assistant."""
        said = self.people["tara"].send(f"{SERVICE}/api/{path}")
        assert said["success"], said.get("log", said)

    def lists(self, student: str, action: str) -> None:
        """Presses a button in a student's assignment list."""
        said = self.people[student].send(f"/user/{student}/assignments/{action}", NAMES)
        assert said["success"], said
        self.statuses[action, student] = {one["status"] for one in said["value"]}

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
            found = Hub(machine, address, people)
            _there_and_back(found)
            yield found
    finally:
        shutil.rmtree(place)


def _there_and_back(hub: Hub) -> None:
    hub.grader("tee", "roster.csv", input=ROSTER)
    for name, person in hub.people.items():
        hub.refused[name] = person.log_in("a guess").status_code
        assert name in person.log_in(PASSWORDS[name]).text
    hub.grader("course-bp", "build", "--sources-only", UNIT)
    assert hub.people["tara"].get(f"{SERVICE}/manage_assignments").ok
    for step in ("assign", "release"):
        hub.press(f"assignment/{UNIT}/{step}")
    for name, backward in ANSWERS.items():
        person, file = hub.people[name], f"/user/{name}/api/contents/{FILE}"
        person.start_server()
        hub.lists(name, "fetch")
        notebook = answered(person.get(file).json()["content"], FORWARD, f"# by {name}\n{backward}")
        person.send(file, {"type": "notebook", "format": "json", "content": notebook}, "PUT")
        if name == "ada":
            hub.validated = person.send("/user/ada/assignments/validate", {"path": FILE})
        hub.lists(name, "submit")
    hub.press(f"assignment/{UNIT}/collect")
    hub.press(f"submission/{UNIT}/ada/autograde")
    hub.rows = json.loads(hub.grader("course-bp", "grade", UNIT, "--json"))[UNIT]
    hub.press(f"assignment/{UNIT}/release_feedback")
    for name in ANSWERS:
        hub.lists(name, "fetch_feedback")
        hub.pages[name] = hub.page(name)


def test_only_who_knows_the_password_gets_in(hub: Hub) -> None:
    assert hub.refused == {"ada": 403, "bob": 403, "tara": 403}


def test_validate_names_the_checks_that_fail(hub: Hub) -> None:
    assert hub.validated["success"], hub.validated
    failed = [cell["source"] for cell in hub.validated["value"]["failed"]]
    assert 'check("case1.forward", case1_forward)' in failed
    assert not any("quiz2" in source for source in failed)


def test_a_student_fetches_and_hands_in(hub: Hub) -> None:
    assert [hub.statuses["fetch", name] for name in ANSWERS] == [{"fetched"}] * 2
    assert all("submitted" in hub.statuses["submit", name] for name in ANSWERS)


def test_each_server_is_its_own_accounts_and_nobody_elses(hub: Hub) -> None:
    machine, ada = hub.machine, hub.people["ada"]
    assert machine.path(f"/home/ada/{UNIT}").stat().st_uid == int(machine.must("ada", "id", "-u"))
    assert ada.get("/user/bob/api/contents").status_code == 403
    assert ada.get(f"{SERVICE}/manage_assignments").status_code == 403
    for closed in (COURSE, "/home/bob", f"{EXCHANGE}/course_bp/inbound"):
        assert "Permission denied" in machine.run("ada", "ls", closed).stderr


def test_formgrader_and_terminal_give_the_same_scores(hub: Hub) -> None:
    assert {row["student"]: row["score"] for row in hub.rows} == {"ada": 3.0, "bob": 1.0}
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


def test_each_student_fetches_the_own_page(hub: Hub) -> None:
    for name, score in (("ada", "3.0"), ("bob", "1.0")):
        assert f"(Score: {score} / 14.0)" in hub.pages[name]
        assert f"by {name}" in hub.pages[name]


@contextmanager
def browser_of(hub: Hub, name: str, first: str) -> Iterator[Any]:
    """A browser in which somebody has logged in, and was led to the page asked for first."""
    with tempfile.TemporaryDirectory() as profile, chromium_page(Path(profile), False) as page:
        page.set_default_timeout(300_000)
        page.set_viewport_size({"width": 1400, "height": 1000})
        page.route("**/*", lambda route: only(hub.address, route))
        page.amiss = what_goes_amiss(page)
        page.heard = []
        page.on(
            "websocket", lambda one: one.on("framereceived", lambda _: page.heard.append(one.url))
        )
        page.goto(hub.address + first)
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(PASSWORDS[name])
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"**{first}*")
        yield page


@contextmanager
def told_what_the_notebook_shows(page: Any) -> Iterator[None]:
    """Adds to a browser's failure what somebody in front of it would see."""
    try:
        yield
    except Exception as error:
        for place in (".jp-InputPrompt", ".jp-OutputArea-output", ".jp-Dialog", ".Toastify"):
            error.add_note(f"{place}: {page.locator(place).all_inner_texts()}")
        error.add_note(f"amiss: {page.amiss}")
        raise


def kernel_answers(page: Any) -> None:
    """Waits until a notebook's kernel is idle and has been heard.

    PyPI's proxy does not know of protocols, so that JupyterLab's first connection to a kernel ends
    at once. What is sent in the seconds before the next one is lost.
    """
    for _ in range(600):
        if any(url.split("?")[0].endswith("/channels") for url in page.heard):
            break
        page.wait_for_timeout(500)
    page.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']").first.wait_for()


def assignments(page: Any) -> None:
    """Opens a student's assignment list."""
    page.locator("#jupyterlab-splash").wait_for(state="detached")
    page.locator(".lm-MenuBar-itemLabel", has_text="Nbgrader").click()
    page.locator(".lm-Menu-item", has_text="Assignment List").click()
    page.get_by_text("Submitted assignments", exact=True).wait_for()


def test_the_screens_of_a_grader_and_of_a_student(hub: Hub) -> None:
    words = "See me about the other cells."
    with browser_of(hub, "tara", f"{SERVICE}/manage_submissions/{UNIT}") as page:
        student = row(page, "ada")
        assert "Lovelace, Ada" in student.inner_text()
        assert "3 / 14" in student.inner_text()
        page.goto(f"{hub.address}{SERVICE}/gradebook/{UNIT}/{UNIT}")
        page.locator("#main-table tr", has_text="3 / 14").locator("a.name-hidden").click()
        page.wait_for_function("window.formgrader && formgrader.grades && formgrader.grades.loaded")
        score = page.locator("#case1-forward-check")
        assert (score.get_attribute("placeholder"), score.input_value()) == ("0", "")
        for box, value in ((score, "0.5"), (page.locator("textarea.comment").first, words)):
            with page.expect_response(lambda reply: reply.request.method == "PUT") as saved:
                box.fill(value)
                box.blur()
            assert saved.value.ok
        hub.grader("course-bp", "feedback", UNIT)
        page.goto(f"{hub.address}{SERVICE}/manage_submissions/{UNIT}")
        button = row(page, "ada").locator(".release-feedback a")
        press(page, button, "Successfully released feedback")
        # Without the network formgrader's own template misses MathJax, and nothing else is amiss.
        assert {said for said in page.amiss if "MathJax" not in said and CDN not in said} == set()

    with browser_of(hub, "ada", f"/user/ada/lab/tree/{FILE}") as page:
        page.locator("#jupyterlab-splash").wait_for(state="detached")
        with told_what_the_notebook_shows(page):
            kernel_answers(page)
            page.locator(".lm-MenuBar-itemLabel", has_text="Run").first.click()
            page.locator(".lm-Menu-item[data-command='runmenu:run-all']").click()
            verdict = page.get_by_text("quiz2.backward · Quiz 2, backward pass: 2 of 2 points")
            verdict.wait_for(state="attached")
        assignments(page)
        with page.expect_response(lambda reply: "fetch_feedback" in reply.url) as fetched:
            page.get_by_role("button", name="Fetch Feedback").click()
        assert fetched.value.ok
        page.get_by_text("(view feedback)").click()
        page.locator(".jp-DirListing-item[title*='.html']").dblclick()
        shown = page.frame_locator("iframe")
        shown.get_by_text("(Score: 3.5 / 14.0)").wait_for()
        assert words in shown.locator("body").inner_text()
        # PyPI's proxy does not know of protocols, and JupyterLab then goes on without one.
        assert [said for said in page.amiss if "Sec-WebSocket-Protocol" not in said] == []
