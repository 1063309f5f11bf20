"""Folders that were made to be hard to remove."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from workflows.ordinary_user import as_ordinary_user

from autograder.inside.wipe import wipe

CLOSED = "import os\nfor n in range(50): os.mkdir('d'); os.chdir('d'); open('f', 'w')\n"
HARD = {
    "deep": "import os\nfor n in range(3000): os.mkdir('d' * 200); os.chdir('d' * 200)",
    "closed": f"{CLOSED}for n in range(50): os.chmod('f', 0); os.chdir('..'); os.chmod('d', 0)",
    "wide": "import os\nfor n in range(3000): os.mkdir(str(n)); open(f'{n}/0', 'w')",
    "no text": "import os\nos.mkdir(b'\\xe9'); open(b'\\xe9/\\xff', 'w')",
    "pipes": "import os\nos.mkfifo('pipe'); os.symlink('pipe', 'link'); os.symlink('.', 'round')",
}


@pytest.mark.parametrize("made", HARD.values(), ids=HARD)
@pytest.mark.parametrize("user", ["root", "ordinary"])
def test_it_is_gone(tmp_path: Path, user: str, made: str) -> None:
    if os.getuid() and user == "root":
        pytest.skip("these tests are run by an ordinary user")
    prefix = as_ordinary_user() if user == "ordinary" else []
    place = f"import os, tempfile\nos.chdir(tempfile.mkdtemp())\ntop = os.getcwd()\n{made}\n"
    code = (
        "from autograder.inside.wipe import wipe\nfrom pathlib import Path\n"
        f"{place}os.chdir('/')\nwipe(Path(top))\nprint(os.path.lexists(top))\n"
    )
    done = subprocess.run(
        [*prefix, sys.executable, "-c", code], capture_output=True, text=True, timeout=100
    )
    assert done.stdout == "False\n", done.stderr


def test_what_links_lead_to_stays(tmp_path: Path) -> None:
    kept, folder = tmp_path / "kept", tmp_path / "folder"
    kept.mkdir(0o500)
    (folder / "a").mkdir(parents=True)
    for place in (folder, folder / "a"):
        (place / "link").symlink_to(kept)
    wipe(folder)
    assert list(tmp_path.iterdir()) == [kept]
    assert kept.stat().st_mode & 0o777 == 0o500
    folder.symlink_to(kept)
    wipe(folder)
    assert list(tmp_path.iterdir()) == [kept]


def test_what_is_not_there_is_no_error(tmp_path: Path) -> None:
    wipe(tmp_path / "missing")
    assert list(tmp_path.iterdir()) == []
