"""nbgrader's configuration, read from the files that nbgrader itself reads, in its order.

Jupyter's folders first, from the machine's to the user's: `jupyter_config` of all of them, then
`nbgrader_config` of all of them, or the file of `--config` in their place. The course folder's own
`nbgrader_config` comes last and counts most.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course.moved import renamed

CONFIG_FILE = "nbgrader_config.py"
# What --config names, also for the processes that a command starts.
VARIABLE = "COURSE_BP_CONFIG"
# Both steps of nbgrader's autograde that keep student code in the sandbox, in their order.
GRADE, SAVE = (
    f"autograder.nbgrader_plugins.autograde.{name}" for name in ("GradeInSandbox", "SaveMarks")
)

# What releases a course's own exercises after nbgrader's generate step.
RELEASE_OWN = "autograder.nbgrader_plugins.beside.after_each"
# What nbgrader asks whose file it is, unless it is told otherwise.
STOCK_COLLECTOR = "FileNameCollectorPlugin"


class UnusableConfig(Exception):
    """A file of the configuration cannot be run; the message says which and why."""


@dataclass(frozen=True)
class Configuration:
    """What was read.

    Args:
        config: everything merged, a traitlets Config.
        files: the files that were read, the one that counts most last.
    """

    config: Any
    files: tuple[Path, ...]


def read_configuration(root: Path) -> Configuration:
    """Reads nbgrader's configuration for a course folder.

    Args:
        root: the course folder.

    Returns:
        The configuration.

    Raises:
        UnusableConfig: if a file stops with an error, names what has another name now, or is the
            one of --config and does not exist.
    """
    from traitlets.config import Config

    config, files = Config(), []
    for name, folders in _places(root):
        for path, loaded in _loaded(name, folders):
            text = path.read_text("utf-8", "replace")
            if changed := renamed(text):
                raise UnusableConfig(f"{path} needs a change: {changed}")
            config.merge(loaded)
            files.append(path)
    return Configuration(config, tuple(files))


def _places(root: Path) -> Iterator[tuple[str, list[Path]]]:
    """Names of files and the folders they may be in, those that count least first."""
    from jupyter_core.paths import jupyter_config_path

    jupyters = [Path(folder) for folder in reversed(jupyter_config_path())]
    yield "jupyter_config", jupyters
    if named := os.environ.get(VARIABLE):
        path = Path(named).absolute()
        if not path.is_file():
            raise UnusableConfig(f"there is no {path}, which --config names.")
        yield path.stem, [path.parent]
    else:
        yield "nbgrader_config", jupyters
    yield "nbgrader_config", [root]


def _loaded(name: str, folders: list[Path]) -> Iterator[tuple[Path, Any]]:
    from traitlets.config.loader import JSONFileConfigLoader, PyFileConfigLoader

    for folder in folders:
        for loader, suffix in ((PyFileConfigLoader, ".py"), (JSONFileConfigLoader, ".json")):
            path = folder / f"{name}{suffix}"
            if not path.is_file():
                continue
            try:
                yield path, loader(path.name, path=str(folder)).load_config()
            except (Exception, SystemExit) as error:
                what = f"{type(error).__name__}: {error}"
                raise UnusableConfig(f"{path} cannot be run: {what}.") from error


def lacking(config: Any) -> list[str]:
    """What a configuration does otherwise than a course folder's own file has it.

    Args:
        config: the merged configuration.

    Returns:
        A sentence for each setting without which nbgrader's own commands would not grade in the
        sandbox, or not as `course-bp grade` does; none if all are as they should be.
    """
    steps = [_named(step) for step in config.Autograde.get("autograde_preprocessors", [])]
    found = []
    if GRADE not in steps or SAVE not in steps or steps.index(GRADE) > steps.index(SAVE):
        found.append(
            "c.Autograde.autograde_preprocessors does not name GradeInSandbox and then SaveMarks: "
            "nbgrader autograde and formgrader's button would run submissions outside the sandbox"
        )
    if config.Autograde.get("sanitize_preprocessors", None) != []:
        found.append(
            "c.Autograde.sanitize_preprocessors is not []: nbgrader would stop at damaged "
            "notebooks that can be graded"
        )
    if "safe_timestamps" not in str(config.Autograde.get("pre_convert_hook", "")):
        found.append(
            "c.Autograde.pre_convert_hook is not ours: nbgrader would follow links in what was "
            "handed in"
        )
    if config.GenerateAssignment.get("post_convert_hook", "") != RELEASE_OWN:
        found.append(
            "c.GenerateAssignment.post_convert_hook is not ours: nbgrader generate_assignment and "
            "formgrader's button would write over released notebooks that somebody edited"
        )
    if "StudentPage" not in _named(config.GenerateFeedback.get("exporter_class", "")):
        found.append(
            "c.GenerateFeedback.exporter_class is not ours: pages would need a network for formulas"
        )
    if "SafeExtractor" not in _named(config.ZipCollectApp.get("extractor_plugin", "")):
        found.append(
            "c.ZipCollectApp.extractor_plugin is not ours: archives would be unpacked without "
            "limits"
        )
    # A collector of the instructor's own, or an expression for nbgrader's, knows by itself.
    collector = _named(config.ZipCollectApp.get("collector_plugin", STOCK_COLLECTOR))
    told = config.FileNameCollectorPlugin.get("named_regexp", "")
    if collector.endswith(STOCK_COLLECTOR) and not told:
        found.append(
            "c.ZipCollectApp.collector_plugin is not ours: nbgrader zip_collect would not know "
            "whose work is what in the archives of Canvas and Moodle"
        )
    return found


def _named(value: Any) -> str:
    """A class of the configuration as a dotted name, however it was written."""
    return f"{value.__module__}.{value.__qualname__}" if isinstance(value, type) else str(value)
