"""One Jupyter server and one Chromium for all browser tests of a process."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import nbformat
import pytest
from chromium import launch
from playwright.sync_api import BrowserContext, Page, sync_playwright

REPOSITORY = Path(__file__).parents[2]
OVERRIDES = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    },
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
}


@dataclass(frozen=True)
class Server:
    """A running Jupyter server."""

    root: Path
    address: str
    token: str

    def write(self, name: str, *cells: str) -> str:
        """Put a notebook of code cells on the server."""
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        nbformat.write(notebook, self.root / name)
        return name

    def lab(self, name: str) -> str:
        return f"{self.address}/lab/tree/{name}?token={self.token}&reset"

    def notebook(self, name: str) -> str:
        return f"{self.address}/notebooks/{name}?token={self.token}"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("jupyter")
    root = home / "notebooks"
    root.mkdir()
    with serve(home, root) as found:
        yield found


def environment() -> dict[str, str]:
    """What a command of this environment sees."""
    return {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": str(REPOSITORY),
    }


@contextmanager
def serve(home: Path, root: Path) -> Iterator[Server]:
    """Runs a Jupyter server, started in the folder that it shows."""
    settings = home / "settings"
    settings.mkdir()
    (settings / "overrides.json").write_text(json.dumps(OVERRIDES))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    folders = {
        name: str(home / name)
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    }
    variables = {
        **environment(),
        **folders,
        "HOME": str(home),
        "COURSE_BP_SECRET_FILE": str(home / "course.secret"),
    }
    command = [
        sys.executable, "-m", "jupyter", "lab", "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--no-browser", "--allow-root",
        f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={root}",
        f"--LabApp.app_settings_dir={settings}",
        f"--JupyterNotebookApp.app_settings_dir={settings}",
    ]  # fmt: skip
    with (home / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=root, env=variables, stdout=log, stderr=log)
    try:
        found = Server(root, f"http://127.0.0.1:{port}", token)
        _wait_until_ready(found, process, home / "log")
        yield found
    finally:
        process.terminate()
        process.wait(30)


def _wait_until_ready(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    while process.poll() is None:
        try:
            urlopen(f"{server.address}/api/status?token={server.token}").close()
            return
        except URLError:
            time.sleep(0.2)
    raise RuntimeError(f"the Jupyter server ended:\n{log.read_text()}")


# Not longer than a module: Playwright holds an event loop, which others need too.
@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    with sync_playwright() as playwright:
        profile = tmp_path_factory.mktemp("chromium")
        browser = launch(playwright, profile, viewport={"width": 1400, "height": 1000})
        browser.set_default_timeout(60_000)
        yield browser
        browser.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    opened = context.new_page()
    yield opened
    opened.close()
