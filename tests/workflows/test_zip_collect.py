"""An LMS's archive through `nbgrader zip_collect` with our limits, into submitted/."""

from __future__ import annotations

import shutil
import stat
import zipfile
from pathlib import Path

from workflows.support import UNITS, Run

UNIT = UNITS[1]
NAMES = r".*?(?P<student_id>\w+)_attempt_(?P<timestamp>[0-9-]+)_(?P<file_id>[0-9a-z-]+)\."


def test_an_archive_comes_in_and_what_is_dangerous_stays_out(
    built_course: Path, tmp_path: Path, run: Run
) -> None:
    course = Path(shutil.copytree(built_course, tmp_path / "course"))
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(f'c.FileNameCollectorPlugin.named_regexp = r"{NAMES}"\n')
    notebook = (course / "notebooks" / UNIT / f"{UNIT}.ipynb").read_bytes()
    archive = course / "downloaded" / UNIT / "archive"
    archive.mkdir(parents=True)
    with zipfile.ZipFile(archive / "lms.zip", "w") as packed:
        for student in ("ada", "bob"):
            packed.writestr(f"{student}_attempt_2026-11-20-10-00-00_{UNIT}.ipynb", notebook)
        packed.writestr("../../../../escaped_attempt_2026-11-20-10-00-00_x.ipynb", notebook)
        link = zipfile.ZipInfo(f"eve_attempt_2026-11-20-10-00-00_{UNIT}.ipynb")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(link, str(course / "nbgrader_config.py"))
    done = run("nbgrader", "zip_collect", UNIT, cwd=course)
    assert done.returncode == 0, done.stderr
    assert "it would be unpacked outside its folder" in done.stderr
    assert "it is a link" in done.stderr
    assert sorted(path.name for path in (course / "submitted").iterdir()) == ["ada", "bob"]
    for student in ("ada", "bob"):
        collected = course / "submitted" / student / UNIT / f"{UNIT}.ipynb"
        assert collected.read_bytes() == notebook
    assert not list(tmp_path.rglob("escaped*"))
