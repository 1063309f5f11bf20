"""An LMS's archive through `nbgrader zip_collect` into submitted/: our names and our limits."""

from __future__ import annotations

import shutil
import stat
import zipfile
from pathlib import Path

import pytest
from workflows.support import REPOSITORY, UNITS, Run

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


ROSTER = """Student,ID,SIS User ID,SIS Login ID,Section,Email
"Lovelace, Ada",1001,0001,ada,A,ada@uni.example
"Müller, Jürgen",1002,0002,jur,A,jur@uni.example
"Ng, X",1003,0003,ng1,A,ng1@uni.example
"Ng, X",1004,0004,ng2,A,ng2@uni.example
"""
# What Canvas calls the files of "Download Submissions": LATE, a second attempt, a file beside it.
CANVAS = {
    f"lovelaceada_1001_55501_{UNIT}.ipynb": b"ada",
    "lovelaceada_1001_55502_data.csv": b"1,2",
    f"müllerjürgen_LATE_1002_55503_{UNIT}-1.ipynb": b"jur",
    f"ngx_1003_55504_{UNIT}.ipynb": b"ng1",
    f"ngx_1004_55505_{UNIT}.ipynb": b"ng2",
    f"strangerx_1999_55506_{UNIT}.ipynb": b"somebody",
    "lovelaceada_1001_text.html": b"<p>what was typed into a box</p>",
}
# Moodle's "Download all submissions": in folders, as 4.1 and as earlier versions name them.
MOODLE = {
    f"Ada Lovelace_77_assignsubmission_file/{UNIT}.ipynb": b"ada",
    "Ada Lovelace_77_assignsubmission_file/data.csv": b"1,2",
    "Ada Lovelace_77_assignsubmission_onlinetext/onlinetext.html": b"<p>typed</p>",
    f"Jürgen Müller_78_assignsubmission_file_/{UNIT}-1.ipynb": b"jur",
    f"X Ng_79_assignsubmission_file_/{UNIT}.ipynb": b"ng1",
    f"X Ng_80_assignsubmission_file_/{UNIT}.ipynb": b"ng2",
    f"A Stranger_81_assignsubmission_file_/{UNIT}.ipynb": b"somebody",
}
ARCHIVES = {
    "Canvas": CANVAS,
    "Moodle": MOODLE,
    "Moodle without folders": {
        name.replace("file/", "file_").replace("text/", "text_").replace("_/", "_"): content
        for name, content in MOODLE.items()
    },
}
# The assignment's grading worksheet tells two students of one name apart.
WORKSHEET = (
    "\ufeffIdentifier,Full name,Email address,Status\n"
    "Participant 79,X Ng,ng1@uni.example,Submitted for grading\n"
    "Participant 80,X Ng,ng2@uni.example,Submitted for grading\n"
)
COLLECTED = {
    f"ada/{UNIT}/{UNIT}.ipynb": b"ada",
    f"ada/{UNIT}/data.csv": b"1,2",
    f"jur/{UNIT}/{UNIT}-1.ipynb": b"jur",
    f"ng1/{UNIT}/{UNIT}.ipynb": b"ng1",
    f"ng2/{UNIT}/{UNIT}.ipynb": b"ng2",
}
STRANGER = {"Canvas": "1999", "Moodle": "A Stranger_81", "Moodle without folders": "A Stranger_81"}


@pytest.mark.parametrize("system", ARCHIVES)
def test_an_archive_of_canvas_and_of_moodle_comes_in_as_it_is(
    tmp_path: Path, run: Run, system: str
) -> None:
    shutil.copy(REPOSITORY / "nbgrader_config.py", tmp_path)
    (tmp_path / "roster.csv").write_text(ROSTER, "utf-8")
    archive = tmp_path / "downloaded" / UNIT / "archive"
    archive.mkdir(parents=True)
    with zipfile.ZipFile(archive / f"CS601-{UNIT}-4711.zip", "w") as packed:
        for name, content in ARCHIVES[system].items():
            packed.writestr(name, content)
    if system != "Canvas":
        (archive / "Grades-CS601.csv").write_text(WORKSHEET, "utf-8")
    done = run("nbgrader", "zip_collect", UNIT, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    submitted = tmp_path / "submitted"
    stranger = {f"{STRANGER[system]}/{UNIT}/{UNIT}.ipynb": b"somebody"}
    assert {
        path.relative_to(submitted).as_posix(): path.read_bytes()
        for path in submitted.rglob("*")
        if path.is_file()
    } == COLLECTED | stranger
    assert "is not in roster.csv" in done.stderr
    assert ("Canvas marks the work of jur as late" in done.stderr) == (system == "Canvas")
