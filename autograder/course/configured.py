"""What nbgrader's configuration says about a course folder."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.course.configuration import Configuration, UnusableConfig, read_configuration
from autograder.course.texts import files_in
from autograder.files.sharing import share_what_is_written
from autograder.runner import visible
from autograder.runner.limits import Limits

# What nbgrader itself leaves out.
IGNORED = [".ipynb_checkpoints", "*.pyc", "__pycache__", ".pytest_cache"]


class CourseError(Exception):
    """Something is missing or wrong in the course folder; the message says what to do."""


class ConfigError(CourseError):
    """nbgrader's configuration cannot be used; the message says which file, and why."""


@dataclass(frozen=True)
class Configured:
    """A folder with nbgrader's configuration.

    Args:
        root: the folder.
        settings: the configuration of a running nbgrader command, instead of reading the files.
    """

    root: Path
    settings: Any = field(default=None, compare=False, repr=False)

    @cached_property
    def configuration(self) -> Configuration:
        """nbgrader's configuration as its files have it, and which files those are.

        Raises:
            ConfigError: if a file stops with an error, or names what has another name now.
        """
        try:
            return read_configuration(self.root)
        except UnusableConfig as problem:
            raise ConfigError(str(problem)) from problem.__cause__

    @cached_property
    def config(self) -> Any:
        """nbgrader's configuration with this folder as its root, a traitlets Config.

        If it says that a group shares the course, the group may write all that this process makes
        from now on.

        Raises:
            ConfigError: if a file stops with an error, or names what has another name now.
        """
        config = copy.deepcopy(
            self.configuration.config if self.settings is None else self.settings
        )
        config.CourseDirectory.root = str(self.root)
        # A unit's text holds the solutions, and a configuration may know it by another name.
        ignored = config.CourseDirectory.get("ignore", IGNORED)
        if isinstance(ignored, list):
            source = self.root / str(config.CourseDirectory.get("source_directory", "source"))
            config.CourseDirectory.ignore = [*ignored, *files_in(source)]
        if config.CourseDirectory.get("groupshared", False) is True:
            share_what_is_written()
        return config

    @property
    def course_id(self) -> str:
        """nbgrader's name of the course."""
        return str(self.config.CourseDirectory.get("course_id", ""))

    @property
    def groupshared(self) -> bool:
        """Whether nbgrader's configuration says that a group of people writes the course."""
        return self.config.CourseDirectory.get("groupshared", False) is True

    @cached_property
    def limits(self) -> Limits:
        """What a submission may use, as nbgrader's configuration says.

        Raises:
            CourseError: if the configuration names a limit that there is not.
        """
        changed = self.config.GradeInSandbox.get("limits", {})
        try:
            return Limits(**changed)
        except TypeError as error:
            raise CourseError(f"c.GradeInSandbox.limits: {error}") from None

    @cached_property
    def packages(self) -> tuple[str, ...]:
        """What student code may import besides what every course has, by nbgrader's configuration.

        Raises:
            CourseError: if one of these packages cannot be shown to student code.
        """
        named = self.config.GradeInSandbox.get("packages", [])
        if not isinstance(named, list | tuple) or not all(isinstance(one, str) for one in named):
            raise CourseError('c.GradeInSandbox.packages is a list of names, such as ["pandas"].')
        try:
            visible.require(named)
        except visible.NotShown as problem:
            raise CourseError(f"c.GradeInSandbox.packages: {problem}") from None
        return tuple(named)
