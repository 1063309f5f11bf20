"""A JupyterHub as docs/jupyterhub.md sets it up, on a machine of its own inside this one.

The hub has an /etc, a /home and a /srv of its own, with the page's files in them, so that its
accounts have names, passwords and numbers, and this machine never hears of them.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
from workflows.ordinary_user import CAPABILITIES, readable
from workflows.support import REPOSITORY

PAGE = REPOSITORY / "docs" / "jupyterhub.md"
CONFIG = "/etc/jupyterhub/jupyterhub_config.py"
GRADER = "grader-course_bp"
COURSE = f"/home/{GRADER}/course_bp"
EXCHANGE = "/srv/nbgrader/exchange"
OWN = ("etc", "home", "srv")
PROXY = "configurable-http-proxy"
# Three minutes, in which a server starts on a busy machine too.
TRIES, PAUSE = 600, 0.3


def files_of_the_page() -> dict[str, str]:
    """Path → content of each file that docs/jupyterhub.md shows."""
    found = re.findall(r"^`(/\S+)`:\n\n```\w+\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S)
    return dict(found)


def proxy() -> str | None:
    """npm's proxy where it is on the PATH, otherwise the one from PyPI, if it is installed."""
    own = str(Path(sys.executable).parent)
    others = [folder for folder in os.environ["PATH"].split(os.pathsep) if folder != own]
    found = (shutil.which(PROXY, path=path) for path in (os.pathsep.join(others), own))
    return next(filter(None, found), None)


@dataclass(frozen=True)
class Machine:
    """A view of this machine with accounts of its own.

    Args:
        place: a folder that everybody may enter, with what is the machine's own.
    """

    place: Path

    def command(self, user: str, *words: str, cwd: str) -> list[str]:
        """What runs a command there as one of its users."""
        binds = [word for name in OWN for word in ("--bind", str(self.place / name), f"/{name}")]
        walls = ["bwrap", "--dev-bind", "/", "/", *binds, *readable(Path(sys.base_prefix))]
        walls += ["--chdir", cwd, "--die-with-parent"]
        path = f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
        home = "/root" if user == "root" else f"/home/{user}"
        own = ["env", "-i", f"PATH={path}", f"HOME={home}", "LANG=C.UTF-8", "COLUMNS=150"]
        if user == "root":
            return [*walls, "--cap-add", "ALL", *own, *words]
        caps = [word for cap in CAPABILITIES for word in ("--cap-add", cap)]
        ids = [f"--reuid={user}", f"--regid={user}", "--init-groups"]
        return [*walls, *caps, "setpriv", *ids, *own, *words]

    def run(
        self, user: str, *words: str, cwd: str = "/", input: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Runs a command there as one of its users."""
        command = self.command(user, *words, cwd=cwd)
        return subprocess.run(command, input=input, capture_output=True, text=True, timeout=300)

    def must(self, user: str, *words: str, cwd: str = "/", input: str = "") -> str:
        """Runs a command that must go well; returns what it printed."""
        done = self.run(user, *words, cwd=cwd, input=input)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout

    def path(self, inside: str) -> Path:
        """Where a file of that machine really lies."""
        return self.place / inside.lstrip("/")


def make_machine(place: Path, passwords: dict[str, str]) -> Machine:
    """Makes the accounts, with homes that are closed to others, and writes the page's files.

    Args:
        place: an empty folder that everybody may enter.
        passwords: account → password, or "" for an account that nobody logs in to.
    """
    machine = Machine(place)
    for name in OWN[1:]:
        (place / name).mkdir(mode=0o755)
    subprocess.run(["cp", "-a", "/etc", str(place / "etc")], check=True)
    for path, content in files_of_the_page().items():
        machine.path(path).parent.mkdir(parents=True, exist_ok=True)
        machine.path(path).write_text(content, "utf-8")
    machine.path("/srv/jupyterhub").mkdir(mode=0o700)
    for name, password in passwords.items():
        machine.must("root", "useradd", "--no-log-init", "--create-home", "-s", "/bin/sh", name)
        machine.path(f"/home/{name}").chmod(0o700)
        if password:
            machine.must("root", "chpasswd", input=f"{name}:{password}\n")
    machine.must("root", "install", "-d", "-m", "777", EXCHANGE)
    return machine


@contextmanager
def hub_of(machine: Machine) -> Iterator[str]:
    """Runs the hub; yields its address. At the end, nothing that it started goes on."""
    config = machine.path(CONFIG)
    text = config.read_text("utf-8")
    # The page's ports may be taken on this machine.
    for port in (":8000", ":9999"):
        assert text.count(port) == 1
        text = text.replace(port, f":{free_port()}")
    assert text.count(f'["{PROXY}"') == 1
    text = text.replace(f'["{PROXY}"', f'["{proxy()}"')
    text += f"c.JupyterHub.hub_port = {free_port()}\n"
    text += "c.Spawner.start_timeout = c.Spawner.http_timeout = 180\n"
    text += f'c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{free_port()}"\n'
    config.write_text(text, "utf-8")
    (address,) = re.findall(r'bind_url = "(.*)"', text)
    command = machine.command("root", "jupyterhub", "-f", CONFIG, cwd="/srv/jupyterhub")
    with (machine.place / "hub.log").open("w") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        for _ in range(TRIES):
            time.sleep(PAUSE)
            if process.poll() is not None or answers(f"{address}/hub/api"):
                break
        assert process.poll() is None, (machine.place / "hub.log").read_text()
        yield address
    finally:
        end(process)


def answers(address: str) -> bool:
    try:
        return requests.get(address, timeout=5).ok
    except requests.ConnectionError:
        return False


def end(process: subprocess.Popen[bytes]) -> None:
    """Ends bubblewrap, the hub in it and what the hub started: all that see the same machine."""
    inside = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    view = {os.readlink(f"/proc/{number}/ns/mnt") for number in inside}
    for signal, pause in ((15, TRIES), (9, TRIES)):
        for number in of_view(view):
            if signal == 9 or number in inside:
                with suppress(OSError):  # It may have ended in the meantime.
                    os.kill(int(number), signal)
        for _ in range(pause):
            if not of_view(view):
                break
            time.sleep(PAUSE)
    process.wait(30)


def of_view(view: set[str]) -> list[str]:
    """The processes that see the files of one machine."""
    found = []
    for path in Path("/proc").glob("[0-9]*/ns/mnt"):
        with suppress(OSError):  # It may have ended in the meantime.
            if os.readlink(path) in view:
                found.append(path.parts[2])
    return found


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Person:
    """Somebody with a browser, who logs in to the hub.

    Args:
        address: the hub's address.
        name: the account.
    """

    def __init__(self, address: str, name: str) -> None:
        self.address, self.name = address, name
        self._session = requests.Session()

    def log_in(self, password: str) -> requests.Response:
        """Fills in the hub's form; returns the page that comes then."""
        form = self._session.get(f"{self.address}/hub/login?next=%2Fhub%2Fhome", timeout=60)
        (token,) = set(re.findall(r'name="_xsrf"\s+value="([^"]+)"', form.text))
        data = {"username": self.name, "password": password, "_xsrf": token}
        return self._session.post(form.url, data=data, timeout=60)

    def start_server(self) -> None:
        """Starts this person's own Jupyter server, and waits for it."""
        self._session.get(f"{self.address}/hub/spawn/{self.name}", timeout=60)
        own = f"{self.address}/user/{self.name}/"
        for _ in range(TRIES):
            answer = self.get(f"/user/{self.name}/lab")
            if answer.ok and answer.url.startswith(own):  # And not the hub's "is starting up".
                return
            time.sleep(PAUSE)
        raise AssertionError(f"no server for {self.name}: {answer.status_code} {answer.url}")

    def get(self, path: str) -> requests.Response:
        """Asks for a page of the hub, of a server or of a service."""
        return self._session.get(self.address + path, timeout=120)

    def send(self, path: str, data: Any = None, method: str = "POST") -> Any:
        """Presses a button: sends JSON to a server or a service; returns what it answers."""
        base = "/".join(path.split("/")[:3]) + "/"
        token = {one.path: one.value for one in self._session.cookies if one.name == "_xsrf"}
        headers = {"X-XSRFToken": token.get(base) or "", "Referer": self.address + base}
        answer = self._session.request(
            method, self.address + path, json=data, headers=headers, timeout=300
        )
        assert answer.ok, (path, answer.status_code, answer.text)
        return answer.json()
