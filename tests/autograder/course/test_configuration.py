"""nbgrader's configuration is read where nbgrader reads it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.course.configuration import (
    CONFIG_FILE,
    VARIABLE,
    UnusableConfig,
    lacking,
    read_configuration,
)
from autograder.course.folder import ConfigError, Course
from autograder.course.installed import PACKAGE, starter


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course folder, and Jupyter's folders beside it: one for the machine, one for the user."""
    for name in ("user", "machine", "course"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "user"))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path / "machine"))
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
    monkeypatch.delenv(VARIABLE, raising=False)
    (tmp_path / "course" / CONFIG_FILE).write_text("c = get_config()\n")
    return tmp_path / "course"


def write(path: Path, value: str, name: str = "course_id") -> Path:
    path.write_text(f"c = get_config()\nc.CourseDirectory.{name} = {value!r}\n")
    return path


def names(root: Path) -> list[str]:
    files = read_configuration(root).files
    own = [path for path in files if path.is_relative_to(root.parent)]
    return [path.relative_to(root.parent).as_posix() for path in own]


def test_the_users_and_the_machines_files_count_below_the_courses(root: Path) -> None:
    for folder in ("machine", "user"):
        write(root.parent / folder / CONFIG_FILE, folder)
    assert Course.at(root).course_id in ("machine", "user")
    assert names(root)[-1] == f"course/{CONFIG_FILE}"
    assert set(names(root)) == {f"{name}/{CONFIG_FILE}" for name in ("machine", "user", "course")}
    write(root / CONFIG_FILE, "course")
    assert Course.at(root).course_id == "course"


def test_settings_of_several_files_add_up(root: Path) -> None:
    write(root.parent / "user" / CONFIG_FILE, "theirs")
    write(root / CONFIG_FILE, "mine", "source_directory")
    found = read_configuration(root).config.CourseDirectory
    assert (found.course_id, found.source_directory) == ("theirs", "mine")


def test_jupyters_own_file_and_json_count_too(root: Path) -> None:
    write(root.parent / "user" / "jupyter_config.py", "general")
    assert Course.at(root).course_id == "general"
    written = {"CourseDirectory": {"course_id": "as json"}}
    (root.parent / "user" / "nbgrader_config.json").write_text(json.dumps(written))
    assert Course.at(root).course_id == "as json"
    assert names(root)[:2] == ["user/jupyter_config.py", "user/nbgrader_config.json"]


def test_json_beside_the_courses_own_file_can_take_our_steps_away(root: Path) -> None:
    (root / CONFIG_FILE).write_text(starter(CONFIG_FILE), "utf-8")
    assert lacking(Course.at(root).config) == []
    plain = {"Autograde": {"autograde_preprocessors": ["nbgrader.preprocessors.Execute"]}}
    (root / "nbgrader_config.json").write_text(json.dumps(plain))
    (found,) = lacking(Course.at(root).config)
    assert "would run submissions outside the sandbox" in found


def test_config_stands_in_for_jupyters_folders(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root.parent / "user" / CONFIG_FILE, "user")
    monkeypatch.setenv(VARIABLE, str(write(root.parent / "other.py", "other")))
    assert (Course.at(root).course_id, names(root)[0]) == ("other", "other.py")
    monkeypatch.setenv(VARIABLE, str(root / "nothing.py"))
    with pytest.raises(ConfigError, match=r"nothing\.py, which --config names"):
        Course.at(root).course_id  # noqa: B018


def test_nbgrader_itself_reads_the_same(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oracle is nbgrader's own application in the course folder."""
    from nbgrader.apps import NbGraderApp

    write(root.parent / "machine" / CONFIG_FILE, "machine")
    write(root.parent / "user" / "jupyter_config.py", "general")
    write(root.parent / "user" / CONFIG_FILE, "from-user", "source_directory")
    write(root / CONFIG_FILE, "from-course", "release_directory")
    monkeypatch.chdir(root)
    app = NbGraderApp()
    app.initialize([])
    theirs, ours = app.config.CourseDirectory, read_configuration(root).config.CourseDirectory
    kept = ("course_id", "source_directory", "release_directory")
    assert {name: theirs[name] for name in kept} == {name: ours[name] for name in kept}


def test_a_file_that_cannot_be_run_is_named(root: Path) -> None:
    path = root.parent / "user" / CONFIG_FILE
    path.write_text("1 / 0\n")
    with pytest.raises(UnusableConfig, match=f"{path}.*ZeroDivisionError"):
        read_configuration(root)


def test_the_repositorys_own_configuration_lacks_nothing() -> None:
    assert lacking(Course.at(PACKAGE.parent).config) == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("c.Autograde.autograde_preprocessors = ['nbgrader.preprocessors.Execute']", "sandbox"),
        (
            "c.Autograde.autograde_preprocessors = list(reversed("
            "c.Autograde.autograde_preprocessors))",
            "GradeInSandbox and then SaveMarks",
        ),
        ("del c.Autograde.sanitize_preprocessors", "damaged"),
        ("c.Autograde.pre_convert_hook = 'mine'", "links"),
        ("del c.GenerateAssignment.post_convert_hook", "somebody edited"),
        ("c.GenerateFeedback.exporter_class = 'nbconvert.exporters.HTMLExporter'", "network"),
        ("del c.ZipCollectApp.extractor_plugin", "archives"),
        ("del c.ZipCollectApp.collector_plugin", "whose work"),
        (
            "c.ZipCollectApp.collector_plugin = 'nbgrader.plugins.FileNameCollectorPlugin'",
            "whose work",
        ),
    ],
)
def test_what_a_later_line_takes_away_is_seen(root: Path, line: str, words: str) -> None:
    own = (PACKAGE.parent / CONFIG_FILE).read_text("utf-8")
    (root / CONFIG_FILE).write_text(f"{own}\n{line}\n")
    (found,) = lacking(Course.at(root).config)
    assert words in found


@pytest.mark.parametrize(
    "line",
    [
        "c.ZipCollectApp.collector_plugin = 'mine.Collector'",
        "del c.ZipCollectApp.collector_plugin\n"
        "c.FileNameCollectorPlugin.named_regexp = '(?P<student_id>.+)'",
    ],
)
def test_an_instructors_own_way_to_tell_whose_file_it_is_lacks_nothing(
    root: Path, line: str
) -> None:
    own = (PACKAGE.parent / CONFIG_FILE).read_text("utf-8")
    (root / CONFIG_FILE).write_text(f"{own}\n{line}\n")
    assert lacking(Course.at(root).config) == []
