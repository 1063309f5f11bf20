"""Any locale and encoding: nothing fails, names stay whole, and numbers keep their point."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from workflows.exam import code
from workflows.support import REPOSITORY, fixed_secret

from autograder.batch.run import Options, grade_unit
from autograder.course.folder import CONFIG_FILE, Course
from autograder.course.release import release
from autograder.course.secret import VARIABLE

UNIT = "midterm"
LOCALES = {
    "C": {"LC_ALL": "C"},
    "C without UTF-8 mode": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "German": {"LC_ALL": "de_DE.UTF-8"},
    "German in Latin-1": {"LC_ALL": "de_DE.ISO-8859-1", "PYTHONUTF8": "0"},
}
# The sandbox is started in these, which are the least like UTF-8.
GRADED_AGAIN = ("C without UTF-8 mode", "German in Latin-1")
COMMANDS = (
    ("grade", UNIT, "--no-pages"),
    ("grade", UNIT, "--no-pages", "--json"),
    ("drop", UNIT, "zoë", "--reason", "müde −"),
    ("report",),
    ("export", "csv"),
)
# All commands in one process, as if some library had asked for the locale, which few do.
SCRIPT = """
import json, locale, os, sys
from autograder.cli.main import main

if os.environ.get("LC_ALL", "").startswith("de_DE"):
    locale.setlocale(locale.LC_ALL, "")
    assert locale.localeconv()["decimal_point"] == ",", "this locale is not German"
for words in json.loads(os.environ["COMMANDS"]):
    sys.argv = ["course-bp", *words]
    try:
        main()
    except SystemExit as ended:
        assert not ended.code, (words, ended.code)
    print("=" * 9, flush=True)
"""


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with German locales, which few machines have ready."""
    folder = tmp_path_factory.mktemp("locales")
    for encoding in ("UTF-8", "ISO-8859-1"):
        made = ["localedef", "-i", "de_DE", "-f", encoding, str(folder / f"de_DE.{encoding}")]
        try:
            subprocess.run(made, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"localedef cannot make de_DE.{encoding} here: {error}")
    return folder


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Zoë handed in a notebook whose test gives 1.5 of 2 points, and it is graded."""
    root = tmp_path_factory.mktemp("locale") / "course"
    source = root / "source" / UNIT / f"{UNIT}.ipynb"
    source.parent.mkdir(parents=True)
    (root / CONFIG_FILE).write_text("c = get_config()\n")
    (root / "roster.csv").write_text("id,first_name,last_name\nzoë,Zoë,Zett\n", "utf-8")
    about = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    cells = [code("1.5", "share", 2.0, grade=True, locked=True)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=about), source)
    assert list(release(Course.at(root), [UNIT])) == [UNIT]
    shutil.copytree(root / "release" / UNIT, root / "submitted" / "zoë" / UNIT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, fixed_secret(root.parent))
        assert [one.score for one in grade_unit(Course.at(root), UNIT, Options(pages=False))] == [
            1.5
        ]
    return root


@pytest.mark.parametrize("name", LOCALES)
def test_any_locale_and_encoding_gives_the_same_numbers(
    graded: Path, tmp_path: Path, name: str, request: pytest.FixtureRequest
) -> None:
    course = Path(shutil.copytree(graded, tmp_path / "course"))
    if name in GRADED_AGAIN:
        shutil.rmtree(course / "autograded")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("LC_")}
    environment |= LOCALES[name] | {
        "COMMANDS": json.dumps(COMMANDS),
        "PYTHONPATH": str(REPOSITORY),
        VARIABLE: fixed_secret(tmp_path),
    }
    if name.startswith("German"):
        environment["LOCPATH"] = str(request.getfixturevalue("locales"))
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=course,
        env=environment,
        capture_output=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    table, data, _, report, _, rest = done.stdout.split(b"=" * 9 + b"\n")
    assert rest == b""
    words = [line.replace(b"|", b" ").split() for line in table.splitlines()]
    assert [row[1:] for row in words if row and row[0].startswith(b"zo")] == [[b"1.5", b"1.5"]]
    (told,) = json.loads(data)[UNIT]
    assert (told["student"], told["score"]) == ("zoë", 1.5)
    assert (b"1 graded; scores in gradebook.db" in done.stderr) == (name in GRADED_AGAIN)
    assert b"mean 1.5 of 2, standard deviation 0" in report
    assert "zoë" in (course / "report.html").read_text("utf-8")
    rows = csv.DictReader((course / "exports" / "exercises.csv").open(encoding="utf-8-sig"))
    (zoe,) = [row for row in rows if row["student"] == "zoë"]
    assert (zoe["share"], zoe[f"{UNIT} total"]) == ("1.5", "1.5")
    arranged = (course / "arrangements.csv").read_text("utf-8")
    assert f"zoë,{UNIT},dropped,,müde −" in arranged
    with Course.at(course).gradebook() as gradebook:
        assert [student.id for student in gradebook.students] == ["zoë"]
